using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GradientDescent.Numerics;

/// <summary>Z = Q·S with orthonormal columns in Q: what decorrelating the columns of Z needs, both ways.</summary>
/// <param name="Q">n×r, r the rank of Z.</param>
/// <param name="ToBasis">S, r×d: coefficients of the columns become coefficients of the basis.</param>
/// <param name="FromBasis">Its (pseudo-)inverse, d×r.</param>
internal sealed record OrthonormalBasis(Matrix<double> Q, Matrix<double> ToBasis, Matrix<double> FromBasis)
{
    public static OrthonormalBasis Of(Matrix<double> z)
    {
        if (z.RowCount >= z.ColumnCount)
        {
            QR<double> qr = z.QR(QRMethod.Thin);
            Vector<double> diagonal = qr.R.Diagonal().PointwiseAbs();
            if (diagonal.Minimum() > Tolerance(z) * diagonal.Maximum())
                return new(qr.Q, qr.R, qr.R.Inverse());
        }

        Svd<double> svd = z.Svd();
        int rank = Math.Max(1, svd.S.Count(s => s > Tolerance(z) * svd.S[0]));
        Vector<double> values = svd.S.SubVector(0, rank);
        Matrix<double> right = svd.VT.SubMatrix(0, rank, 0, z.ColumnCount);
        Matrix<double> scale = Matrix<double>.Build.DiagonalOfDiagonalVector(values);
        Vector<double> inverse = values.Map(s => s > 0 ? 1 / s : 0);
        return new(
            svd.U.SubMatrix(0, z.RowCount, 0, rank),
            scale * right,
            right.Transpose() * Matrix<double>.Build.DiagonalOfDiagonalVector(inverse));
    }

    private static double Tolerance(Matrix<double> z) => Math.Max(z.RowCount, z.ColumnCount) * double.ScaleB(1, -52);
}
