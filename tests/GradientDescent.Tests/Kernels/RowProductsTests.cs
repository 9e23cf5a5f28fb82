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

    [Fact]
    public void PairProducts_OfAnyShape_HaveTheBitsOfEachVectorAlone()
    {
        foreach ((int columns, int stride, int[] rows) in Shapes())
        {
            float[] storage = Numbers(12 * stride, columns, stride);
            double[] wide = [.. storage], pair = [.. Numbers(2 * columns, columns, columns)], factors = [.. Numbers(3 * rows.Length, 1, 1)];
            double[] results = new double[rows.Length * 3], ofFloats = new double[rows.Length * 3], expected = new double[rows.Length * 3];
            double[] sums = [.. Numbers(2 * columns + 8, columns, columns)], sumsOfFloats = [.. sums], expectedSums = [.. sums];
            RowView<double> view = new(wide, columns, stride, rows, [3, 11]), narrowed = view.ForPass(1, 2);
            RowView<float> inFloat = new(storage, columns, stride, rows, [3, 11], isReadOnce: true);

            PairProducts.Dot(in narrowed, pair, (0.25, -1), results.AsSpan(rows.Length == 0 ? 0 : 1), 3);
            PairProducts.Dot(in inFloat, pair, (0.25, -1), ofFloats.AsSpan(rows.Length == 0 ? 0 : 1), 3);
            PairProducts.AddScaled(in view, factors, 3, sums);
            PairProducts.AddScaled(in inFloat, factors, 3, sumsOfFloats);

            if (rows.Length > 0)
            {
                RowProducts.Dot(in view, pair.AsSpan(0, columns), 0.25, expected.AsSpan(1), 3);
                RowProducts.Dot(in view, pair.AsSpan(columns), -1, expected.AsSpan(2), 3);
                RowProducts.AddScaled(in view, factors, 3, expectedSums.AsSpan(0, columns));
                RowProducts.AddScaled(in view, factors.AsSpan(1), 3, expectedSums.AsSpan(columns, columns));
            }

            results.Should().Equal(expected, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
            ofFloats.Should().Equal(expected);
            sums.Should().Equal(expectedSums, "{0} columns, stride {1}, {2} rows", columns, stride, rows.Length);
            sumsOfFloats.Should().Equal(expectedSums);
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
