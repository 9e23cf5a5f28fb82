using GradientDescent.Kernels;
using GradientDescent.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Numerics;

/// <summary>
/// Z = Q·S for small tables (reflections) and for large ones (inner products, from 2 million multiplications on), with dependent columns,
/// columns of zeros and columns that are nearly dependent.
/// </summary>
public class OrthonormalBasisTests
{
    private const double Unit = 1.1102230246251565e-16; // 2⁻⁵³

    [Theory]
    [InlineData(300, 12)] // small
    [InlineData(3, 12)] // wide
    [InlineData(2000, 40)]
    [InlineData(3001, 33)]
    [InlineData(40, 300)]
    [InlineData(301, 300)]
    public void From_AnyTable_IsAProductWithOrthonormalColumns(int rows, int columns)
    {
        var basis = OrthonormalBasis.From(rows, columns, Write, 2);

        Matrix<double> q = Q(basis, rows), z = Table(rows, columns, Write), s = S(basis, columns);
        basis.Rank.Should().Be(Math.Min(rows, columns));
        double condition = z.ConditionNumber();
        // Inner products have errors of n·u of the columns' lengths, which the inverse of R multiplies by κ on both sides.
        double tolerance = 4 * rows * Unit * condition * condition;
        (q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(basis.Rank)).L2Norm().Should().BeLessThan(tolerance);
        ShouldBeTheProduct(q, s, z);
        (s * FromBasis(basis) - Matrix<double>.Build.DenseIdentity(basis.Rank)).L2Norm().Should().BeLessThan(tolerance);
    }

    [Fact]
    public void From_ALargeTable_ReadsItRowByRow()
    {
        int last = -1;
        var jumps = new List<int>();

        _ = OrthonormalBasis.From(2000, 40, (i, target) =>
        {
            if (i != last + 1)
                jumps.Add(i);
            last = i;
            Write(i, target);
        }, 1);

        jumps.Should().BeEmpty("one pass gives S, and Q is made when its rows are read");
    }

    [Theory]
    [InlineData(300, 12)]
    [InlineData(4000, 40)]
    public void From_ATableWithDependentColumns_HasTheirRankAndTheSolutionOfLeastNorm(int rows, int columns)
    {
        // Column 0 is 0, column 5 is a copy of column 2, column 7 is a sum with a copy of the last.
        void WriteDependent(int i, Span<double> target)
        {
            Write(i, target);
            target[0] = 0;
            target[5] = target[2];
            target[7] = target[1] - 3 * target[4] + target[^1];
        }

        var basis = OrthonormalBasis.From(rows, columns, WriteDependent, 2);

        Matrix<double> z = Table(rows, columns, WriteDependent), q = Q(basis, rows), s = S(basis, columns);
        basis.Rank.Should().Be(columns - 3);
        ShouldBeTheProduct(q, s, z);
        (q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(basis.Rank)).L2Norm().Should().BeLessThan(1e-10);
        // The four conditions of Penrose define S⁺; that S·S⁺ = I implies three of them.
        Matrix<double> inverse = FromBasis(basis), projection = inverse * s;
        (s * inverse - Matrix<double>.Build.DenseIdentity(basis.Rank)).L2Norm().Should().BeLessThan(1e-10);
        (projection - projection.Transpose()).L2Norm().Should().BeLessThan(1e-10);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    public void From_ALargeTableWithNearlyDependentColumns_CountsThemAndKeepsTheProduct(double distance)
    {
        void WriteNear(int i, Span<double> target)
        {
            Write(i, target);
            target[3] = target[2] + distance * target[3];
        }

        var basis = OrthonormalBasis.From(3000, 30, WriteNear, 2);

        Matrix<double> z = Table(3000, 30, WriteNear), q = Q(basis, 3000);
        basis.Rank.Should().Be(30);
        ShouldBeTheProduct(q, S(basis, 30), z);
        // A condition number beyond 10⁶ is left to the reflections, whose columns are orthogonal to rounding.
        double tolerance = distance < 1e-5 ? 1e-12 : 1e-6;
        (q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(30)).L2Norm().Should().BeLessThan(tolerance);
    }

    [Theory]
    [InlineData(300, 12)]
    [InlineData(4000, 40)]
    public void From_WithADiagonalBelow_SharesTheCurvature(int rows, int columns)
    {
        double[] diagonal = [.. Enumerable.Range(0, columns).Select(j => j % 3 == 0 ? 0 : Math.Sqrt(rows) * (1 + j))];

        var basis = OrthonormalBasis.From(rows, columns, Write, 2, diagonal, out double[] shares);

        Matrix<double> q = Q(basis, rows), z = Table(rows, columns, Write), s = S(basis, columns);
        ShouldBeTheProduct(q, s, z);
        Matrix<double> rest = Matrix<double>.Build.DenseIdentity(columns)
            - Matrix<double>.Build.DenseOfDiagonalArray(shares);
        (q.TransposeThisAndMultiply(q) - rest).L2Norm().Should().BeLessThan(1e-10);
        Matrix<double> d = Matrix<double>.Build.DenseOfDiagonalArray(diagonal) * FromBasis(basis);
        (d.TransposeThisAndMultiply(d) - Matrix<double>.Build.DenseOfDiagonalArray(shares)).L2Norm().Should().BeLessThan(1e-10);
    }

    [Fact]
    public void From_OnAnyNumberOfThreads_HasTheSameBits()
    {
        double[][] Rows(int threads)
        {
            var basis = OrthonormalBasis.From(3001, 33, Write, threads);
            return [.. Q(basis, 3001).ToRowArrays(), .. FromBasis(basis).ToRowArrays()];
        }

        double[][] expected = Rows(1);

        Rows(2).Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
        Rows(7).Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
    }

    [Fact]
    public void CopyRow_InAnyOrder_IsTheSameRow()
    {
        var basis = OrthonormalBasis.From(3001, 33, Write, 2);
        double[][] inOrder = Q(basis, 3001).ToRowArrays();
        double[] row = new double[33];

        foreach (int i in (int[])[3000, 0, 127, 128, 2999, 1])
        {
            basis.CopyRow(i, row);
            row.Should().Equal(inOrder[i]);
        }
    }

    /// <summary>Each row of Q solves a triangle that differs from S by rounding: |Q·S − Z| ≤ (columns + 2)·u·|Q|·|S|.</summary>
    private static void ShouldBeTheProduct(Matrix<double> q, Matrix<double> s, Matrix<double> z)
    {
        double bound = 16 * (q.ColumnCount + 8) * Unit * (q.L2Norm() + 1) * s.FrobeniusNorm();
        (q * s - z).PointwiseAbs().Enumerate().Max().Should().BeLessThan(bound);
    }

    private static Matrix<double> Q(OrthonormalBasis basis, int rows) => Table(rows, basis.Rank, basis.CopyRow);

    private static Matrix<double> S(OrthonormalBasis basis, int columns) => Matrix<double>.Build.DenseOfColumnArrays(
        Enumerable.Range(0, columns).Select(j => basis.ToBasis([.. Enumerable.Range(0, columns).Select(k => k == j ? 1.0 : 0)])));

    private static Matrix<double> FromBasis(OrthonormalBasis basis) => Matrix<double>.Build.DenseOfArray(basis.Inverse());

    private static Matrix<double> Table(int rows, int columns, RowWriter write) => Matrix<double>.Build.DenseOfRowArrays(
        Enumerable.Range(0, rows).Select(i =>
        {
            double[] row = new double[columns];
            write(i, row);
            return row;
        }));

    private static void Write(int row, Span<double> target)
    {
        for (int j = 0; j < target.Length; j++)
            target[j] = ((row + 3L) * (row + 7) * (j + 11) * (j + 5 + row) % 10007 - 5003) / 2500.0;
    }
}
