using System.Runtime.CompilerServices;
using GradientDescent.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Numerics;

/// <summary>
/// The factorization Z = Q·S of a large table from the inner products of its columns: ZᵀZ = RᵀR (Cholesky), then Q = Z·R⁻¹ row by row.
/// </summary>
/// <remarks>
/// It takes two passes over the table and no memory for it, and is several times as fast as Householder reflections. The price: the columns
/// of Q are orthogonal only to about κ²·2⁻⁵³, where κ is the condition number of Z. Z = Q·R still holds to rounding, because each row is
/// solved by substitution. So it is used for κ up to 10⁶. Columns that seem to depend on the ones before them are left out of Q. The
/// table must confirm it, because inner products cannot tell a dependent column from one that is nearly so.
/// </remarks>
internal sealed class GramBasis
{
    private const double LargestCondition = 1e6;

    // Up to this number of columns, the products of the parts of the rows are added in a tree, which keeps some of them.
    private const int MostColumnsInParts = 1024;

    // With fewer rows in a part, adding its products to those of others would take longer than a tenth of the time.
    private const int LeastRowsOfPart = 512;

    // From this number of multiplications on, the time saved can be noticed. Smaller tables keep the orthogonality of the reflections.
    private const double SmallestWork = 2e6;

    private const int MostColumns = 8192;

    private readonly RowTable _table;
    private readonly int[] _basis;
    private readonly int[] _dependent;
    private readonly TriangularFactor _factor;
    private readonly RowBlock _block;
    private readonly double[] _row;
    private int _blockStart = -1;

    private GramBasis(RowTable table, double[][] triangle, double[][] inverse, int[] basis, int[] dependent, ThreadTeam team)
    {
        (_table, _basis, _dependent) = (table, basis, dependent);
        int[] order = [.. basis, .. dependent];
        _factor = new TriangularFactor(basis.Length, dependent.Length, (k, j) => triangle[k][order[j]], team);
        _block = new RowBlock(_factor.BlockColumnCount);
        _row = new double[triangle[0].Length];
        ToBasis = Matrix<double>.Build.DenseOfRowArrays(triangle);
        FromBasis = PseudoInverse(inverse);
    }

    /// <summary>The number of columns of Q.</summary>
    public int Rank => _basis.Length;

    /// <summary>S, with one row for each column of Q.</summary>
    public Matrix<double> ToBasis { get; }

    /// <summary>S⁻¹, or S⁺ if columns depend on each other.</summary>
    public Matrix<double> FromBasis { get; }

    /// <summary>Creates the basis; <see langword="null"/> if Z is small, has fewer rows than columns, or is ill-conditioned.</summary>
    /// <param name="table">Z.</param>
    /// <param name="threads">The maximum number of threads.</param>
    /// <param name="tolerance">The length of what is left of a dependent column, relative to the longest column of Z.</param>
    public static GramBasis? TryCreate(RowTable table, int threads, double tolerance)
    {
        (int rowCount, int columnCount, _) = table;
        if (rowCount < columnCount || columnCount > MostColumns || (double)rowCount * columnCount * columnCount < SmallestWork)
            return null;
        var team = new ThreadTeam(threads);
        bool inParts = columnCount <= MostColumnsInParts && new SampleParts(rowCount).Length >= LeastRowsOfPart;
        if (!inParts)
            table = new RowTable(rowCount, columnCount, table.Write); // ranks read all rows together
        double[][] products = inParts ? ProductsInParts(table, team) : GramMatrix.Of(rowCount, columnCount, table.Write, team);
        double longest = Math.Sqrt(products.Select((row, j) => row[j]).Max());
        (double[][] triangle, int[] basis, int[] dependent) = Cholesky.Factorize(products);
        if (basis.Length == 0)
            return null;
        double[][] inverse = Cholesky.Inverse(triangle, basis);
        if (!(Norm(triangle, basis) * Math.Sqrt(inverse.Sum(row => Reductions.Dot<double, double>(row, row))) <= LargestCondition))
            return null;
        var created = new GramBasis(table, triangle, inverse, basis, dependent, team);
        return dependent.Length == 0 || created.LongestRemainder() <= tolerance * longest ? created : null;
    }

    /// <summary>Whether all ranks must read rows of Q together.</summary>
    public bool ReadsTogether => _table.Sharding is null;

    /// <summary>Writes a row of Q. Rows in order are fast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRow(int row, Span<double> target)
    {
        int first = _table.Own.First, start = first + (row - first) / RowBlock.Capacity * RowBlock.Capacity;
        if (start != _blockStart)
            Solve(start);
        _block.Row(row - start)[..Rank].CopyTo(target);
    }

    private void Solve(int start)
    {
        _block.Fill(start, _table.Own.First + _table.Own.Count, Rank == _row.Length ? WriteWhole : WritePicked);
        _factor.Solve(_block);
        _blockStart = start;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteWhole(int row, Span<double> target) => _table.WriteOwn(row, target[..Rank]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WritePicked(int row, Span<double> target)
    {
        _table.WriteOwn(row, _row);
        for (int k = 0; k < _basis.Length; k++)
            target[k] = _row[_basis[k]];
        for (int k = 0; k < _dependent.Length; k++)
            target[_factor.FurtherStart + k] = _row[_dependent[k]];
    }

    /// <summary>Returns the largest length of what the columns of Q leave of a dependent column.</summary>
    private double LongestRemainder()
    {
        double[] squares = new double[_dependent.Length];
        (int first, int count) = _table.Own;
        for (int start = first; start < first + count; start += RowBlock.Capacity)
        {
            Solve(start);
            for (int i = 0; i < _block.RowCount; i++)
            {
                ReadOnlySpan<double> left = _block.Row(i).Slice(_factor.FurtherStart, squares.Length);
                for (int k = 0; k < left.Length; k++)
                    squares[k] += left[k] * left[k];
            }
        }

        _table.Sharding?.Collective.Sum(squares);
        return Math.Sqrt(squares.Max());
    }

    /// <summary>Returns the inner products with the same bits on any number of ranks.</summary>
    private static double[][] ProductsInParts(RowTable table, ThreadTeam team)
    {
        var gram = new GramMatrix(table.ColumnCount, team);
        var parts = new SampleParts(table.RowCount);
        var source = new PartsOfProducts(parts, table, gram);
        new PartedSum(parts, table.Sharding).Of(ref source, gram.Sums);
        return gram.ToRows();
    }

    private static double Norm(double[][] triangle, int[] basis)
    {
        double sum = 0;
        for (int k = 0; k < basis.Length; k++)
            sum += basis.Skip(k).Sum(column => triangle[k][column] * triangle[k][column]);
        return Math.Sqrt(sum);
    }

    /// <summary>
    /// Returns S⁺. With R for the columns of the basis and R·C for the dependent columns, it is R⁻¹ − C·(I + CᵀC)⁻¹·CᵀR⁻¹ =: W for the
    /// columns of the basis, Cᵀ·W for the dependent ones, and 0 for columns of zeros.
    /// </summary>
    private Matrix<double> PseudoInverse(double[][] inverse)
    {
        Matrix<double> ofBasis = Matrix<double>.Build.DenseOfRowArrays(inverse);
        Matrix<double> whole = Matrix<double>.Build.Dense(ToBasis.ColumnCount, Rank);
        if (_dependent.Length > 0)
        {
            Matrix<double> c = ofBasis * Matrix<double>.Build.DenseOfColumns(_dependent.Select(column => ToBasis.Column(column)));
            Matrix<double> identity = Matrix<double>.Build.DenseIdentity(_dependent.Length);
            ofBasis -= c * (identity + c.TransposeThisAndMultiply(c)).Cholesky().Solve(c.TransposeThisAndMultiply(ofBasis));
            Matrix<double> ofDependent = c.TransposeThisAndMultiply(ofBasis);
            for (int k = 0; k < _dependent.Length; k++)
                whole.SetRow(_dependent[k], ofDependent.Row(k));
        }

        for (int k = 0; k < _basis.Length; k++)
            whole.SetRow(_basis[k], ofBasis.Row(k));
        return whole;
    }

    /// <summary>The inner products of the rows of each part.</summary>
    private readonly struct PartsOfProducts(SampleParts parts, RowTable table, GramMatrix gram) : IPartSource
    {
        public void Push(SumNode node, SumTree tree)
        {
            for (int part = node.First; part < node.End; part++)
            {
                gram.Sums.Clear();
                gram.AddRows(parts.StartOf(part), parts.StartOf(part + 1), table.WriteOwn);
                tree.Push(0, gram.Sums, default);
            }
        }
    }
}
