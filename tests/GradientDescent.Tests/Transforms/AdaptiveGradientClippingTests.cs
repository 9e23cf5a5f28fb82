using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Transforms;

/// <summary>Brock et al. (2021), eq. (3), in a plain loop.</summary>
public sealed class AdaptiveGradientClippingTests
{
    private static readonly ParameterLayout _layout = new(
        new ParameterBlock("W", rows: 3, columns: 2), new ParameterBlock("b", rows: 3, role: ParameterRole.Bias));

    [Fact]
    public void Apply_BoundsEachRowOfAMatrixAndEachVectorAsAWhole()
    {
        // Norms of the weights: 5, 0 (counts as 0.5), 10, and 13 for the bias.
        double[] parameters = [3, 4, 0, 0, 6, 8, 3, 4, 12], gradient = [0, 2, 0.3, -0.4, 0.06, 0.08, 0, 0, 26];

        new AdaptiveGradientClipping(ratio: 0.1, minNorm: 0.5).Apply(new GradientContext(gradient, parameters, _layout));

        double[] expected = [0, 0.5, 0.03, -0.04, 0.06, 0.08, 0, 0, 1.3];
        gradient.Should().Equal(expected, (a, e) => Math.Abs(a - e) <= 4e-16 * Math.Abs(e)); // four roundings of 2^-53
    }

    [Fact]
    public void Apply_LeavesNoRowAboveItsBoundAndKeepsEachDirection() => Prop.ForAll(
        Gen.Choose(-1000, 1000).Select(number => number / 100.0).ArrayOf(18).ToArbitrary(),
        numbers =>
        {
            double[] parameters = numbers[..9], before = numbers[9..], after = numbers[9..];

            new AdaptiveGradientClipping(ratio: 0.2).Apply(new GradientContext(after, parameters, _layout));

            foreach ((int start, int length) in ((int, int)[])[(0, 2), (2, 2), (4, 2), (6, 3)])
            {
                double bound = 0.2 * Math.Max(Norm(parameters.AsSpan(start, length)), 1e-3);
                double was = Norm(before.AsSpan(start, length)), factor = was > bound ? bound / was : 1;
                for (int i = start; i < start + length; i++)
                    after[i].Should().BeApproximately(before[i] * factor, 1e-14 * Math.Abs(before[i]));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constructor_OutsideTheIntervals_NamesTheArgument()
    {
        FluentActions.Invoking(() => new AdaptiveGradientClipping(ratio: 0)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("ratio");
        FluentActions.Invoking(() => new AdaptiveGradientClipping(minNorm: double.NaN)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("minNorm");
    }

    private static double Norm(ReadOnlySpan<double> vector)
    {
        double sum = 0;
        foreach (double entry in vector)
            sum += entry * entry;
        return Math.Sqrt(sum);
    }
}
