using GradientDescent.Kernels;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GradientDescent.Numerics;

/// <summary>
/// The factorization Z = Q·S of a table Z, where Q has orthonormal columns, and the maps between coefficients of Z and of Q.
/// </summary>
internal sealed class OrthonormalBasis
{
    private readonly RowWriter _writeRow;
    private readonly Matrix<double> _toBasis;
    private readonly Matrix<double> _fromBasis;

    private OrthonormalBasis(RowWriter writeRow, Matrix<double> toBasis, Matrix<double> fromBasis) =>
        (_writeRow, _toBasis, _fromBasis) = (writeRow, toBasis, fromBasis);

    /// <summary>Whether all ranks must read rows of Q together, where the rows of Z are divided among them.</summary>
    public bool ReadsTogether { get; private init; }

    /// <summary>The number of columns of Q, which is the rank of Z; 1, for a column of zeros, if Z is zero.</summary>
    public int Rank => _toBasis.RowCount;

    /// <summary>
    /// Returns the relative tolerance max(n, d)·2⁻⁵² for the singular values of an n×d matrix. A singular value of at most the tolerance
    /// times the largest may be only rounding error, and the columns are treated as dependent.
    /// </summary>
    public static double RankTolerance(int rowCount, int columnCount) => Math.Max(rowCount, columnCount) * double.ScaleB(1, -52);

    /// <summary>
    /// Creates the basis of Z from the inner products of its columns if Z is large and well-conditioned (<see cref="GramBasis"/>).
    /// Otherwise it comes from the thin QR, or from singular values if columns are dependent (<see cref="RankTolerance"/>).
    /// </summary>
    /// <param name="rowCount">The number of rows of Z.</param>
    /// <param name="columnCount">The number of columns of Z.</param>
    /// <param name="write">The function that writes a row of Z. It is called as long as rows of Q are read.</param>
    /// <param name="threads">The maximum number of threads.</param>
    public static OrthonormalBasis From(int rowCount, int columnCount, RowWriter write, int threads) =>
        From(new RowTable(rowCount, columnCount, write), threads);

    /// <inheritdoc cref="From(int, int, RowWriter, int)"/>
    /// <param name="table">Z.</param>
    /// <param name="threads">The maximum number of threads.</param>
    public static OrthonormalBasis From(RowTable table, int threads)
    {
        (int rowCount, int columnCount, RowWriter write) = table;
        double tolerance = RankTolerance(rowCount, columnCount);
        if (GramBasis.TryCreate(table, threads, tolerance) is { } fast)
            return new(fast.CopyRow, fast.ToBasis, fast.FromBasis) { ReadsTogether = fast.ReadsTogether };

        Matrix<double> z = Table(rowCount, columnCount, write);
        bool isWide = rowCount < columnCount;
        QR<double> qr = (isWide ? z.Transpose() : z).QR(QRMethod.Thin);
        Vector<double> diagonal = qr.R.Diagonal().PointwiseAbs();
        if (!isWide && diagonal.Minimum() > tolerance * diagonal.Maximum())
            return new(RowsOf(qr.Q), qr.R, qr.R.Inverse());

        // Z = Q·R with R = UΣVᵀ, or Zᵀ = Q·R: only the small triangle needs singular vectors.
        Svd<double> svd = (isWide ? qr.R.Transpose() : qr.R).Svd();
        int rank = svd.S.Count(s => s > tolerance * svd.S[0]);
        if (rank == 0)
            return new((_, target) => target.Clear(), Zeros(1, columnCount), Zeros(columnCount, 1));
        Matrix<double> left = svd.U.SubMatrix(0, svd.U.RowCount, 0, rank);
        Matrix<double> right = svd.VT.SubMatrix(0, rank, 0, svd.VT.ColumnCount);
        Vector<double> values = svd.S.SubVector(0, rank);
        (Matrix<double> q, Matrix<double> directions) = isWide ? (left, right * qr.Q.Transpose()) : (qr.Q * left, right);
        return new(RowsOf(q), Diagonal(values) * directions, directions.Transpose() * Diagonal(1 / values));
    }

    /// <summary>
    /// Creates the basis for Z with the rows of a diagonal matrix D below it, rotated so that QᵀQ is diagonal. Then QᵀQ and the part of D,
    /// S⁻ᵀD²S⁻¹, add up to the identity. Only the rows of Z are kept.
    /// </summary>
    /// <param name="rowCount">The number of rows of Z.</param>
    /// <param name="columnCount">The number of columns of Z.</param>
    /// <param name="write">The function that writes a row of Z. It is called as long as rows of Q are read.</param>
    /// <param name="threads">The maximum number of threads.</param>
    /// <param name="diagonal">The diagonal of D: one number for each column of Z.</param>
    /// <param name="shares">The diagonal of the part of D, from 0 to 1: one number for each column of Q.</param>
    public static OrthonormalBasis From(
        int rowCount, int columnCount, RowWriter write, int threads, double[] diagonal, out double[] shares)
    {
        OrthonormalBasis whole = From(rowCount + columnCount, columnCount, WriteWhole, threads);
        Svd<double> svd = Table(columnCount, whole.Rank, (i, target) => whole._writeRow(rowCount + i, target)).Svd();
        shares = [.. svd.S.Select(s => s * s)];
        double[][] directions = svd.VT.ToRowArrays();
        double[] row = new double[whole.Rank];
        return new(WriteRotated, svd.VT * whole._toBasis, whole._fromBasis.TransposeAndMultiply(svd.VT))
        {
            ReadsTogether = whole.ReadsTogether,
        };

        void WriteWhole(int i, Span<double> target)
        {
            if (i < rowCount)
            {
                write(i, target);
                return;
            }

            target.Clear();
            target[i - rowCount] = diagonal[i - rowCount];
        }

        void WriteRotated(int i, Span<double> target)
        {
            whole._writeRow(i, row);
            for (int k = 0; k < directions.Length; k++)
                target[k] = Reductions.Dot<double, double>(directions[k], row);
        }
    }

    /// <summary>Writes a row of Q. Rows are read fastest in order.</summary>
    public void CopyRow(int row, Span<double> target) => _writeRow(row, target);

    /// <summary>Maps coefficients of the columns of Z to coefficients of Q: S·w.</summary>
    public double[] ToBasis(double[] coefficients) => (_toBasis * Vector<double>.Build.Dense(coefficients)).ToArray();

    /// <summary>Maps coefficients of Q to coefficients of Z: S⁻¹·w, or the coefficients of least norm if they are not unique.</summary>
    public double[] FromBasis(double[] coefficients) => (_fromBasis * Vector<double>.Build.Dense(coefficients)).ToArray();

    /// <summary>Returns S⁻¹, or S⁺ if the columns of Z are linearly dependent, with one row for each column of Z.</summary>
    public double[,] Inverse() => _fromBasis.ToArray();

    private static Matrix<double> Table(int rowCount, int columnCount, RowWriter write)
    {
        Matrix<double> table = Zeros(rowCount, columnCount);
        double[] row = new double[columnCount];
        for (int i = 0; i < rowCount; i++)
        {
            write(i, row);
            for (int j = 0; j < columnCount; j++)
                table[i, j] = row[j];
        }

        return table;
    }

    private static RowWriter RowsOf(Matrix<double> q) => (i, target) =>
    {
        for (int j = 0; j < q.ColumnCount; j++)
            target[j] = q[i, j];
    };

    private static Matrix<double> Zeros(int rowCount, int columnCount) => Matrix<double>.Build.Dense(rowCount, columnCount);

    private static Matrix<double> Diagonal(Vector<double> values) => Matrix<double>.Build.DiagonalOfDiagonalVector(values);
}
