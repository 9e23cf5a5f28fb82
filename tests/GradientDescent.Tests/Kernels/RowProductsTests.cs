using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

/// <summary>Four rows at a time have the bits of one row after the other.</summary>
public class RowProductsTests
{
    [Fact]
    public void Dot_OfAnyShape_EqualsTheProductsOfTheRows()
    {
        foreach ((int columns, int stride, int[] rows) in Shapes())
        {
            double[] storage = Numbers(12 * stride, columns, stride), x = Numbers(columns, columns, columns);
            double[] expected = [.. rows.Select(row => Reductions.Dot(storage.AsSpan(row * stride, columns), x) + 0.25)];
            double[] actual = new double[rows.Length * 2];

            RowProducts.Dot(new RowSet(storage, columns, stride, rows, [3, 11]), x, 0.25, actual, 2);

            actual.Where((_, i) => i % 2 == 0).Should().Equal(expected, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
        }
    }

    [Fact]
    public void AddScaled_OfAnyShape_EqualsAddingRowAfterRow()
    {
        foreach ((int columns, int stride, int[] rows) in Shapes())
        {
            double[] storage = Numbers(12 * stride, columns, stride), factors = Numbers(2 * rows.Length, 1, 1);
            double[] expected = Numbers(columns, columns, columns), actual = [.. expected];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = 0; j < columns; j++)
                    expected[j] += factors[2 * i] * storage[rows[i] * stride + j];
            }

            RowProducts.AddScaled(new RowSet(storage, columns, stride, rows, []), factors, 2, actual);

            actual.Should().Equal(expected, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
        }
    }

    private static IEnumerable<(int Columns, int Stride, int[] Rows)> Shapes()
    {
        foreach (int columns in Enumerable.Range(1, 35))
        {
            foreach (int[] rows in (int[][])[[], [5], [0, 1, 2], [0, 1, 2, 3], [11, 0, 7, 7, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]])
            {
                yield return (columns, columns, rows);
                yield return (columns, (columns + 7) & ~7, rows);
            }
        }
    }

    /// <summary>Numbers of mixed sizes, and zeros in the padding.</summary>
    private static double[] Numbers(int count, int columns, int stride) =>
        [.. Enumerable.Range(0, count).Select(i => i % stride < columns ? Math.Sin(i + columns) * Math.Pow(10, i % 5) : 0)];
}
