using GradientDescent.Kernels;

namespace GradientDescent.Numerics;

/// <summary>Factorizes a symmetric positive semidefinite matrix into RᵀR, with an upper triangle R.</summary>
internal static class Cholesky
{
    // A column counts as dependent if less than this share of its square is left: its angle to the columns before is below 1e-5.
    private const double DependentShare = 1e-10;

    /// <summary>
    /// Returns one row of R after the other, without the columns that depend on the ones before and those that are 0. Golub and Van Loan,
    /// "Matrix Computations", section 4.2.5.
    /// </summary>
    /// <param name="rows">The matrix; row j is read from column j on and is overwritten.</param>
    /// <returns>
    /// The rows of R, each as long as a row of the matrix; the columns they belong to; and the columns that depend on these.
    /// </returns>
    public static (double[][] Triangle, int[] Basis, int[] Dependent) Factorize(double[][] rows)
    {
        double[] squares = [.. rows.Select((row, j) => row[j])];
        List<int> basis = [], dependent = [];
        for (int j = 0; j < rows.Length; j++)
        {
            Span<double> row = rows[j];
            row[..j].Clear();
            if (!(row[j] > DependentShare * squares[j]))
            {
                if (squares[j] != 0)
                    dependent.Add(j);
                continue;
            }

            Reductions.Divide(row[j..], Math.Sqrt(row[j]));
            basis.Add(j);
            for (int i = j + 1; i < rows.Length; i++)
                Reductions.AddScaled<double>(rows[i].AsSpan(i), -row[i], row[i..]);
        }

        return ([.. basis.Select(j => rows[j])], [.. basis], [.. dependent]);
    }

    /// <summary>Returns the rows of R⁻¹, where R are the columns of the basis.</summary>
    /// <param name="triangle">The rows of the factor.</param>
    /// <param name="basis">The columns that they belong to.</param>
    public static double[][] Inverse(double[][] triangle, int[] basis)
    {
        double[][] inverse = [.. basis.Select(_ => new double[basis.Length])];
        for (int i = basis.Length - 1; i >= 0; i--)
        {
            Span<double> row = inverse[i];
            row[i] = 1;
            for (int k = i + 1; k < basis.Length; k++)
                Reductions.AddScaled<double>(row[k..], -triangle[i][basis[k]], inverse[k].AsSpan(k));
            Reductions.Divide(row, triangle[i][basis[i]]);
        }

        return inverse;
    }

    /// <summary>Returns bᵀ(RᵀR)⁻¹b for a square R.</summary>
    /// <param name="triangle">The rows of R.</param>
    /// <param name="b">The vector b; it is overwritten.</param>
    public static double InverseForm(double[][] triangle, Span<double> b)
    {
        double sum = 0;
        for (int i = 0; i < triangle.Length; i++)
        {
            double solved = b[i] / triangle[i][i];
            sum += solved * solved;
            if (solved != 0)
                Reductions.AddScaled<double>(b[i..], -solved, triangle[i].AsSpan(i));
        }

        return sum;
    }
}
