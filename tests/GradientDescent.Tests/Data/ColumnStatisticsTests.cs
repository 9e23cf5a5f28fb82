using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

public sealed class ColumnStatisticsTests
{
    // Values c + s·(−3, −1, 1, 3): mean c, variance s²(9 + 1 + 1 + 9)/4 = 5s². For c = 0 or whole numbers all sums are exact; a few
    // roundings of 2⁻⁵³ are left in s·s, the root and the expected product.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 1)]
    [InlineData(1e9, 1)]
    [InlineData(1e15, 1)]
    [InlineData(0, 1e300)]
    [InlineData(0, 1e-300)]
    [InlineData(0, 5e307)]
    [InlineData(-1e15, 0.5)]
    public void From_CenteredColumn_HasItsMeanAndStandardDeviation(double center, double spread)
    {
        double[] column = [center - 3 * spread, center - spread, center + spread, center + 3 * spread];

        (double mean, double scale) = OneColumn(column);

        mean.Should().Be(center);
        new[] { scale }.ShouldBeWithin([Math.Sqrt(5) * spread], relative: 4e-16);
    }

    [Fact]
    public void From_ColumnsOfVeryDifferentSize_DoNotDisturbEachOther()
    {
        Dataset data = Dataset.From([[1e300, 1e-300, 7], [-1e300, 3e-300, 9]], new double[2]);

        ColumnStatistics statistics = ColumnStatistics.From(data, 3, data.Features, centered: true);

        statistics.Centers.ShouldBeWithin([0, 2e-300, 8], relative: 4e-16);
        statistics.Scales.ShouldBeWithin([1e300, 1e-300, 1], relative: 4e-16);
    }

    // A sum of n numbers over n is not the number itself in general: 0.1 + 0.1 + 0.1 is more than 0.3. A constant column must be seen as
    // such all the same.
    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e300)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(0.0)]
    public void From_ConstantColumn_HasExactlyThatCenterAndScaleZero(double value) =>
        OneColumn(value, value, value).Should().Be((value, 0.0));

    [Fact]
    public void From_AlmostConstantColumn_HasAScale() => OneColumn(1, 1, 1 + Math.ScaleB(1, -52)).Scale.Should().BeGreaterThan(0);

    [Fact]
    public void From_ColumnOfSubnormalNumbers_HasAScale() =>
        OneColumn(4 * double.Epsilon, -4 * double.Epsilon).Should().Be((0.0, 4 * double.Epsilon));

    [Fact]
    public void From_NotCentered_DividesByTheRootMeanSquare()
    {
        // √((9 + 16 + 0 + 0)/4) = 2.5.
        Dataset data = Dataset.From([3.0, -4, 0, 0], new double[4]);

        ColumnStatistics statistics = ColumnStatistics.From(data, 1, data.Features, centered: false);

        (statistics.Centers[0], statistics.Scales[0]).Should().Be((0.0, 2.5));
    }

    [Theory]
    [InlineData(-7, 7)]
    [InlineData(1e200, 1e200)]
    [InlineData(0, 0)]
    public void From_NotCenteredConstantColumn_HasItsMagnitudeAsScale(double value, double scale)
    {
        Dataset data = Dataset.From([value, value], new double[2]);

        ColumnStatistics statistics = ColumnStatistics.From(data, 1, data.Features, centered: false);

        statistics.Scales.ShouldBeWithin([scale], relative: 4e-16);
    }

    [Fact]
    public void From_Weights_AreCopies()
    {
        // The sums are of small whole numbers and eighths: exact, so weights and copies give the same bits.
        Dataset weighted = Dataset.From([1.0, 2, 5, 1000], new double[4], [3, 2, 3, 0]);
        Dataset copies = Dataset.From([1.0, 1, 1, 2, 2, 5, 5, 5], new double[8]);

        ColumnStatistics statistics = ColumnStatistics.From(weighted, 1, weighted.Features, centered: true);

        ColumnStatistics expected = ColumnStatistics.From(copies, 1, copies.Features, centered: true);
        (statistics.Centers[0], statistics.Scales[0]).Should().Be((expected.Centers[0], expected.Scales[0]));
    }

    [Fact]
    public void From_ColumnThatVariesOnlyWhereTheWeightIsZero_IsConstant()
    {
        // The mean of three times 0.1 is rounded to more than 0.1: only a column that is seen to be constant has exactly this center.
        Dataset data = Dataset.From([0.1, 0.1, 0.1, 1e9], new double[4], [1, 1, 1, 0]);

        ColumnStatistics statistics = ColumnStatistics.From(data, 1, data.Features, centered: true);

        (statistics.Centers[0], statistics.Scales[0]).Should().Be((0.1, 0.0));
    }

    private static (double Center, double Scale) OneColumn(params double[] column)
    {
        Dataset data = Dataset.From(column, new double[column.Length]);
        ColumnStatistics statistics = ColumnStatistics.From(data, 1, data.Features, centered: true);
        return (statistics.Centers[0], statistics.Scales[0]);
    }
}
