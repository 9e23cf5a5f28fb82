using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The model by its matrix: a move costs as much as the working set is long (the covariance updates of glmnet).</summary>
internal sealed class GramModel(double[][] matrix, double[] slopes) : QuadraticModel([.. matrix.Select((row, j) => row[j])])
{
    public override double Slope(int j) => slopes[j];

    public override void Move(int j, double change) => Reductions.AddScaled<double>(slopes, -change, matrix[j]);

    public override bool TrySolve(int[] support, double b, double[] z)
    {
        double[][] rows = [.. support.Select(j => Array.ConvertAll(support, k => matrix[j][k]))];
        return ShiftedSystem.TrySolve(rows, b, z);
    }
}
