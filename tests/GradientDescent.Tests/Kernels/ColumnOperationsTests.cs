using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

/// <summary>Operations on the columns of a row have the bits of one column after the other, for any number of columns.</summary>
public class ColumnOperationsTests
{
    [Fact]
    public void Include_OfAnyLength_KeepsTheLeastAndTheMost()
    {
        for (int length = 0; length <= 35; length++)
        {
            double[] row = Numbers(length, 1), low = Numbers(length, 2), high = Numbers(length, 3);
            double[] least = [.. row.Zip(low, Math.Min)], most = [.. row.Zip(high, Math.Max)];

            ColumnOperations.Include(row, low, high);

            low.Should().Equal(least);
            high.Should().Equal(most);
        }
    }

    [Fact]
    public void AddScaled_OfAnyLength_AddsEachColumnAndNothingElse()
    {
        for (int length = 0; length <= 35; length++)
        {
            double[] row = Numbers(length, 1), factors = Numbers(length, 2), sums = Numbers(length + 9, 3);
            double[] expected = [.. sums.Select((sum, j) => j < length ? sum + 0.3 * (row[j] * factors[j]) : sum)];

            ColumnOperations.AddScaled(row, factors, 0.3, sums);

            sums.Should().Equal(expected);
        }
    }

    [Fact]
    public void AddSquares_OfAnyLength_AddsTheSquareOfEachDeviation()
    {
        for (int length = 0; length <= 35; length++)
        {
            double[] row = Numbers(length, 1), factors = Numbers(length, 2), centers = Numbers(length, 3), sums = Numbers(length + 9, 4);
            double[] deviations = [.. row.Select((x, j) => x * factors[j] - centers[j])];
            double[] expected = [.. sums.Select((sum, j) => j < length ? sum + 0.3 * (deviations[j] * deviations[j]) : sum)];

            ColumnOperations.AddSquares(row, factors, centers, 0.3, sums);

            sums.Should().Equal(expected);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(16)]
    public void Standardize_OfAnyLength_DividesAndDoesNotOverflow(int overflowing)
    {
        for (int length = 0; length <= 35; length++)
        {
            double[] row = Numbers(length, 1), centers = Numbers(length, 2);
            double[] scales = [.. Numbers(length, 3).Select((scale, j) => j % 5 == 2 ? 0 : Math.Abs(scale))];
            if (overflowing >= 0 && overflowing < length)
                (row[overflowing], centers[overflowing], scales[overflowing]) = (1.5e308, -1.5e308, 1e308);
            double[] target = Numbers(length + 9, 4);
            double[] expected = [.. target];
            for (int j = 0; j < length; j++)
                expected[j] = j == overflowing ? 1.5e308 / 1e308 + 1.5e308 / 1e308 : scales[j] == 0 ? 0 : (row[j] - centers[j]) / scales[j];

            ColumnOperations.Standardize(row, centers, scales, target);

            target.Should().Equal(expected);
        }
    }

    private static double[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => ((i + 3L) * (i + 7 * seed) * 7919 % 10007 - 5003) / 1250.0)];
}
