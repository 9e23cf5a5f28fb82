namespace GradientDescent.Tests.Estimators;

/// <summary>−0 is written as 0, wherever the library writes numbers.</summary>
public sealed class ZeroTextTests
{
    [Fact]
    public void Text_OfMinusZero_IsZero()
    {
        Format.Text($"{-0.0} {-0.0:G6} {-0.0,3} {-0.0:F2} {-0.0f}").Should().Be("0 0   0 0.00 0");
        Format.List([-0.0, 1]).Should().Be("0, 1");
        Equation.Of("y", -0.0, [-0.0, 2, -0.0], j => $"x{j}").Should().Be("y = 0 + 0·x0 + 2·x1 + 0·x2");
        Equation.Of("y", null, [-0.0], j => $"x{j}").Should().Be("y = 0·x0");
    }

    // A constant target and mirrored features: the least-squares weights are 0, from sums of both signs.
    [Fact]
    public void Fit_OfWeightsZero_HasNoMinusZero()
    {
        double[][] rows = [[-1, 2], [1, -2], [-3, -1], [3, 1]];

        foreach (double target in (double[])[5, -5, 0, -0.0])
        {
            LinearFit fit = LinearRegression.Fit(rows, [target, target, target, target]);
            fit.Weights.Should().NotContain(weight => weight == 0 && double.IsNegative(weight));
            fit.ToString().Should().NotContain("-0");
        }
    }
}
