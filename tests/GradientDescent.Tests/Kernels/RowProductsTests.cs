using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

/// <summary>Four rows at a time have the bits of one row after the other, whether they are kept in double or in float.</summary>
public class RowProductsTests
{
    [Fact]
    public void Dot_OfAnyShape_HasTheBitsOfEightScalarLanes()
    {
        foreach ((int columns, int stride, int[] rows) in Shapes())
        {
            float[] storage = Numbers(12 * stride, columns, stride);
            double[] wide = [.. storage], x = [.. Numbers(columns, columns, columns)];
            double[] expected = [.. rows.Select(row => EightLanes([.. x.Select((factor, j) => factor * wide[row * stride + j])]) + 0.25)];
            double[] ofDoubles = new double[rows.Length * 2], ofFloats = new double[rows.Length * 2];

            RowProducts.Dot(new RowView<double>(wide, columns, stride, rows, [3, 11]), x, 0.25, ofDoubles, 2);
            RowProducts.Dot(new RowView<float>(storage, columns, stride, rows, [3, 11]), x, 0.25, ofFloats, 2);

            ofDoubles.Where((_, i) => i % 2 == 0).Should()
                .Equal(expected, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
            ofFloats.Should().Equal(ofDoubles);
        }
    }

    [Fact]
    public void AddScaled_OfAnyShape_EqualsAddingRowAfterRow()
    {
        foreach ((int columns, int stride, int[] rows) in Shapes())
        {
            float[] storage = Numbers(12 * stride, columns, stride);
            double[] wide = [.. storage], factors = [.. Numbers(2 * rows.Length, 1, 1)];
            double[] expected = [.. Numbers(columns + 8, columns, columns)]; // what lies beyond the columns must stay
            double[] ofDoubles = [.. expected], ofFloats = [.. expected];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = 0; j < columns; j++)
                    expected[j] += factors[2 * i] * wide[rows[i] * stride + j];
            }

            RowProducts.AddScaled(new RowView<double>(wide, columns, stride, rows, []), factors, 2, ofDoubles);
            RowProducts.AddScaled(new RowView<float>(storage, columns, stride, rows, []), factors, 2, ofFloats);

            ofDoubles.Should().Equal(expected, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
            ofFloats.Should().Equal(expected, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
        }
    }

    /// <summary>The order of additions that <see cref="Reductions"/> promises, one number at a time.</summary>
    private static double EightLanes(double[] terms)
    {
        double[] lane = new double[8];
        for (int i = 0; i < terms.Length; i++)
            lane[i % 8] += terms[i];
        return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
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
    private static float[] Numbers(int count, int columns, int stride) =>
        [.. Enumerable.Range(0, count).Select(i => i % stride < columns ? (float)(Math.Sin(i + columns) * Math.Pow(10, i % 5)) : 0)];
}
