using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GradientDescent.Numerics;

/// <summary>Z = Q·S with orthonormal columns in Q: new columns for a table, and how coefficients go from one to the other.</summary>
internal sealed class OrthonormalBasis
{
    private readonly Matrix<double> _q;
    private readonly Matrix<double> _toBasis;
    private readonly Matrix<double> _fromBasis;

    private OrthonormalBasis(Matrix<double> q, Matrix<double> toBasis, Matrix<double> fromBasis) =>
        (_q, _toBasis, _fromBasis) = (q, toBasis, fromBasis);

    /// <summary>Columns of Q: the rank of Z; a single column of zeros where Z is zero.</summary>
    public int Rank => _q.ColumnCount;

    /// <summary>Thin QR; by singular values where the columns depend on each other to within max(n, d)·2⁻⁵² of the largest.</summary>
    public static OrthonormalBasis From(int rowCount, int columnCount, Func<int, int, double> entry)
    {
        Matrix<double> z = Matrix<double>.Build.Dense(rowCount, columnCount, entry);
        double tolerance = Math.Max(rowCount, columnCount) * double.ScaleB(1, -52);
        bool isWide = rowCount < columnCount;
        QR<double> qr = (isWide ? z.Transpose() : z).QR(QRMethod.Thin);
        Vector<double> diagonal = qr.R.Diagonal().PointwiseAbs();
        if (!isWide && diagonal.Minimum() > tolerance * diagonal.Maximum())
            return new(qr.Q, qr.R, qr.R.Inverse());

        // Z = Q·R with R = UΣVᵀ, or Zᵀ = Q·R: singular vectors of the small triangle alone.
        Svd<double> svd = (isWide ? qr.R.Transpose() : qr.R).Svd();
        int rank = svd.S.Count(s => s > tolerance * svd.S[0]);
        if (rank == 0)
            return new(Zeros(rowCount, 1), Zeros(1, columnCount), Zeros(columnCount, 1));
        Matrix<double> left = svd.U.SubMatrix(0, svd.U.RowCount, 0, rank);
        Matrix<double> right = svd.VT.SubMatrix(0, rank, 0, svd.VT.ColumnCount);
        Vector<double> values = svd.S.SubVector(0, rank);
        (Matrix<double> q, Matrix<double> directions) = isWide ? (left, right * qr.Q.Transpose()) : (qr.Q * left, right);
        return new(q, Diagonal(values) * directions, directions.Transpose() * Diagonal(1 / values));
    }

    /// <summary>
    /// As <see cref="From(int, int, Func{int, int, double})"/>, for Z with the rows of a diagonal matrix D below it, turned so that QᵀQ is diagonal: then QᵀQ and the part of D, S⁻ᵀD²S⁻¹, add up to the
    /// identity. Only the rows of Z are kept.
    /// </summary>
    /// <param name="rowCount">Rows of Z.</param>
    /// <param name="columnCount">Columns of Z.</param>
    /// <param name="entry">An entry of Z.</param>
    /// <param name="diagonal">D, a number for each column.</param>
    /// <param name="shares">The diagonal of D's part, from 0 to 1: a number for each column of Q.</param>
    public static OrthonormalBasis From(int rowCount, int columnCount, Func<int, int, double> entry, double[] diagonal, out double[] shares)
    {
        OrthonormalBasis whole = From(rowCount + columnCount, columnCount, (i, j) => i < rowCount ? entry(i, j) : i - rowCount == j ? diagonal[j] : 0);
        Svd<double> svd = whole._q.SubMatrix(rowCount, columnCount, 0, whole.Rank).Svd();
        shares = [.. svd.S.Select(s => s * s)];
        return new(whole._q.SubMatrix(0, rowCount, 0, whole.Rank).TransposeAndMultiply(svd.VT), svd.VT * whole._toBasis, whole._fromBasis.TransposeAndMultiply(svd.VT));
    }

    /// <summary>An entry of Q.</summary>
    public double this[int row, int column] => _q[row, column];

    /// <summary>Coefficients of the columns of Z to coefficients of Q: S·w.</summary>
    public double[] ToBasis(double[] coefficients) => (_toBasis * Vector<double>.Build.Dense(coefficients)).ToArray();

    /// <summary>Coefficients of Q to coefficients of Z: S⁻¹·w, or of least norm where there are many.</summary>
    public double[] FromBasis(double[] coefficients) => (_fromBasis * Vector<double>.Build.Dense(coefficients)).ToArray();

    /// <summary>S⁻¹, or S⁺ where the columns of Z depend on each other: a row for each of them.</summary>
    public double[,] Inverse() => _fromBasis.ToArray();

    private static Matrix<double> Zeros(int rowCount, int columnCount) => Matrix<double>.Build.Dense(rowCount, columnCount);

    private static Matrix<double> Diagonal(Vector<double> values) => Matrix<double>.Build.DiagonalOfDiagonalVector(values);
}
