using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Solves (A + bI)x = z for a symmetric positive semidefinite A by Cholesky's factors.</summary>
internal static class ShiftedSystem
{
    /// <param name="rows">The rows of A, from the diagonal on; overwritten.</param>
    /// <param name="b">The number b, at least 0.</param>
    /// <param name="z">The right side; overwritten with the solution.</param>
    /// <returns>Whether no column depends on the ones before.</returns>
    public static bool TrySolve(double[][] rows, double b, Span<double> z)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i][i] += b;
        (double[][] triangle, int[] basis, _) = Cholesky.Factorize(rows);
        if (basis.Length < rows.Length)
            return false;
        for (int i = 0; i < z.Length; i++)
        {
            z[i] /= triangle[i][i];
            Reductions.AddScaled<double>(z[(i + 1)..], -z[i], triangle[i].AsSpan(i + 1));
        }

        for (int i = z.Length - 1; i >= 0; i--)
            z[i] = (z[i] - Reductions.Dot<double, double>(z[(i + 1)..], triangle[i].AsSpan(i + 1))) / triangle[i][i];
        return true;
    }
}
