namespace GradientDescent.Tests.Fitting;

public class CollinearityTests
{
    // Three orthogonal features with a mean of 0.
    private static readonly double[][] _signs = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]];

    [Fact]
    public void OrthogonalFeatures_HaveNoInflation() =>
        Inflation(signs => signs).Should().BeApproximately(1, 1e-14);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void TwoCorrelatedFeaturesOfThree_RaiseTheMean(double correlation)
    {
        double rest = Math.Sqrt(1 - correlation * correlation);

        double inflation = Inflation(signs => [5 + 100 * signs[0], correlation * signs[0] + rest * signs[1], signs[2]]);

        double ofBoth = 1 / (rest * rest);
        inflation.Should().BeApproximately((2 * ofBoth + 1) / 3, 1e-12 * ofBoth * ofBoth);
    }

    [Fact]
    public void DependentFeatures_HaveAnInfiniteInflation() =>
        Inflation(signs => [signs[0], signs[1], 2 * signs[0] - signs[1]]).Should().Be(double.PositiveInfinity);

    [Fact]
    public void AConstantFeature_DoesNotCount() =>
        Inflation(signs => [signs[0], 7, signs[2]]).Should().BeApproximately(1, 1e-14);

    private static double Inflation(Func<double[], double[]> features) =>
        Collinearity.MeanInflation(Dataset.From([.. _signs.Concat(_signs).Concat(_signs).Select(features)], new double[12]), threads: 1);
}
