using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Least squares by MathNet with its managed provider: the matrix is made from the rows, as a user has to.</summary>
internal static class MathNetJobs
{
    public static Job Find(string name, bool byQR) => name switch
    {
        Jobs.Linear => new Job(Jobs.Rows, Jobs.Columns, (rows, columns) => Fit(rows, columns, byQR)),
        Jobs.TallLinear => new Job(Jobs.TallRows, Jobs.TallColumns, (rows, columns) => Fit(rows, columns, byQR)),
        _ => throw new ArgumentException($"There is no job '{name}'.", nameof(name)),
    };

    private static Work Fit(int rows, int columns, bool byQR)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, HashedNumbers.Score);
        return () =>
        {
            Matrix<double> design = Matrix<double>.Build.Dense(rows, columns + 1, (i, j) => j < columns ? features[i * columns + j] : 1);
            Vector<double> response = Vector<double>.Build.Dense(targets);
            Vector<double> solution = byQR
                ? design.QR(QRMethod.Thin).Solve(response)
                : design.TransposeThisAndMultiply(design).Cholesky().Solve(design.TransposeThisAndMultiply(response));
            return () => Losses.Squared(features, targets, [.. solution.Take(columns)], solution[columns]);
        };
    }
}
