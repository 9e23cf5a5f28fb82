using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class ThinningTests
{
    [Theory]
    [InlineData(801)]
    [InlineData(5_000)]
    [InlineData(100_003)]
    public void Line_OfManyPoints_KeepsTheFirstLowestHighestAndLastOfEachColumn(int count)
    {
        double[] x = [.. Enumerable.Range(0, count).Select(i => 3 + 0.25 * i)];
        double[] y = [.. x.Select((_, i) => (double)(i * 7919L % 10_007))];

        // Columns of equal width; the last point alone is in one of its own.
        int[] expected = [.. Enumerable.Range(0, count).GroupBy(i => (int)Math.Floor((x[i] - x[0]) / ((x[^1] - x[0]) / 800)))
            .SelectMany(column => new[] { column.First(), column.MinBy(i => y[i]), column.MaxBy(i => y[i]), column.Last() })
                .Distinct().Order()];

        Thinning.Line(x, y).Should().Equal(expected).And.HaveCountLessThanOrEqualTo(4 * 801);
    }

    [Fact]
    public void Line_OfAtMostEightHundredPlaces_KeepsAll() =>
        Thinning.Line([.. Enumerable.Range(0, 800).Select(i => (double)i)], new double[800]).Should().Equal(Enumerable.Range(0, 800));

    [Fact]
    public void Line_WithAValueThatIsNotFinite_StaysInterruptedThere()
    {
        double[] x = [.. Enumerable.Range(0, 10_000).Select(i => (double)i)], y = [.. x];
        y[5_000] = double.NaN;

        Thinning.Line(x, y).Should().Contain([4_999, 5_000, 5_001]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Line_OfNothingOrOnePoint_KeepsIt(int count) => Thinning.Line(new double[count], new double[count])
        .Should().HaveCount(count);

    [Fact]
    public void Line_OfOnePlace_KeepsFirstLowestHighestAndLast()
    {
        double[] y = [.. Enumerable.Range(0, 2_000).Select(i => i == 700 ? -1.0 : i == 900 ? 2 : 0)];

        Thinning.Line(new double[2_000], y).Should().Equal(0, 700, 900, 1_999);
    }

    [Theory]
    [InlineData(4_000, 4_000, 4_000)]
    [InlineData(4_001, 4_000, 4_004)]
    [InlineData(200_000, 4_000, 4_004)]
    public void Dots_OfMany_AreFourThousandAndTheExtremes(int count, int least, int most)
    {
        double[] x = [.. Enumerable.Range(0, count).Select(i => i == count - 3 ? 1e9 : i == count - 7 ? -1e9 : i)];
        double[] y = [.. Enumerable.Range(0, count).Select(i => i == count - 11 ? 1e9 : i == count - 13 ? -1e9 : i % 100)];

        int[] kept = Thinning.Dots(x, y);

        kept.Length.Should().BeInRange(least, most);
        kept.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.Contain([count - 3, count - 7, count - 11, count - 13]);
    }

    [Fact]
    public void Dots_ThatCannotBeShown_AreLeftOut() =>
        Thinning.Dots([0, double.NaN, 2, 3, 1e300], [1, 1, double.PositiveInfinity, 4, 5]).Should().Equal(0, 3);
}
