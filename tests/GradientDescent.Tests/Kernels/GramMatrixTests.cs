using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

/// <summary>Inner products of columns, and rows solved with a triangle, have the bits of one number after the other.</summary>
public class GramMatrixTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(8, 129)]
    [InlineData(19, 300)]
    [InlineData(91, 257)]
    public void Add_OfBlocksOfRows_IsTheSumOfTheBlocks(int columns, int rows)
    {
        foreach (int threads in (int[])[1, 2, 5])
        {
            var gram = new GramMatrix(columns, new ThreadTeam(threads));
            var block = new RowBlock(columns);
            double[,] expected = new double[columns, columns];
            for (int first = 0; first < rows; first += RowBlock.Capacity)
            {
                block.Fill(first, rows, (i, target) => Write(i, target));
                gram.Add(block);
                for (int j = 0; j < columns; j++)
                {
                    for (int k = j; k < columns; k++)
                    {
                        double sum = 0;
                        for (int i = first; i < Math.Min(rows, first + RowBlock.Capacity); i++)
                            sum += Number(i, j) * Number(i, k);
                        expected[j, k] += sum;
                    }
                }
            }

            for (int j = 0; j < columns; j++)
                gram.Row(j)[j..].ToArray().Should().Equal(Enumerable.Range(j, columns - j).Select(k => expected[j, k]));
        }
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(7, 2, 3)]
    [InlineData(8, 0, 8)]
    [InlineData(20, 9, 127)]
    [InlineData(101, 3, 128)]
    public void Solve_OfABlock_IsTheSubstitutionOfEachRow(int size, int further, int rows)
    {
        double Entry(int k, int j) => k == j ? 2 + Number(k, 3) : Number(k, j) / 4;
        foreach (int threads in (int[])[1, 2, 5])
        {
            var factor = new TriangularFactor(size, further, Entry, new ThreadTeam(threads));
            var block = new RowBlock(factor.BlockColumnCount);
            block.Fill(0, rows, (i, target) =>
            {
                Write(i, target[..size]);
                Write(i + 1000, target.Slice(factor.FurtherStart, further));
            });

            factor.Solve(block);

            for (int i = 0; i < rows; i++)
            {
                double[] q = new double[size], left = new double[further];
                Write(i, q);
                Write(i + 1000, left);
                for (int j = 0; j < size + further; j++)
                {
                    ref double number = ref j < size ? ref q[j] : ref left[j - size];
                    for (int k = 0; k < Math.Min(j, size); k++)
                        number -= q[k] * Entry(k, j);
                    if (j < size)
                        number *= 1 / Entry(j, j);
                }

                block.Row(i)[..size].ToArray().Should().Equal(q);
                block.Row(i).Slice(factor.FurtherStart, further).ToArray().Should().Equal(left);
            }
        }
    }

    [Fact]
    public void Fill_NearTheEndOfATable_HoldsTheRowsThatAreLeft()
    {
        var block = new RowBlock(3);

        block.Fill(RowBlock.Capacity, RowBlock.Capacity + 2, (i, target) => target.Fill(i));

        block.RowCount.Should().Be(2);
        block.Values.ToArray().Should().Equal([128, 128, 128, 0, 0, 0, 0, 0, 129, 129, 129, 0, 0, 0, 0, 0]);
    }

    private static void Write(int row, Span<double> target)
    {
        for (int j = 0; j < target.Length; j++)
            target[j] = Number(row, j);
    }

    private static double Number(int row, int column) => ((row + 3L) * (row + 7) * (column + 11) % 1009 - 504) / 301.0;
}
