using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The model ½‖residual‖² by its columns: for more columns than samples (the naive updates of glmnet).</summary>
internal sealed class ResidualModel(double[][] columns, double[] residual)
    : QuadraticModel([.. columns.Select(column => Reductions.Dot<double, double>(column, column))])
{
    public override double Slope(int j) => Reductions.Dot<double, double>(columns[j], residual);

    public override void Move(int j, double change) => Reductions.AddScaled<double>(residual, -change, columns[j]);

    /// <summary>
    /// (XᵀX + bI)⁻¹z = (z − Xᵀ(XXᵀ + bI)⁻¹Xz)/b, the Woodbury identity: a system as large as there are samples, not columns.
    /// </summary>
    public override bool TrySolve(int[] support, double b, double[] z)
    {
        if (b == 0)
            return false; // more columns than samples are dependent
        double[][] rows = [.. residual.Select(_ => new double[residual.Length])];
        double[] product = new double[residual.Length];
        for (int s = 0; s < support.Length; s++)
        {
            double[] column = columns[support[s]];
            Reductions.AddScaled<double>(product, z[s], column);
            for (int i = 0; i < rows.Length; i++)
                Reductions.AddScaled<double>(rows[i].AsSpan(i), column[i], column.AsSpan(i));
        }

        if (!ShiftedSystem.TrySolve(rows, b, product))
            return false;
        for (int s = 0; s < support.Length; s++)
            z[s] = (z[s] - Reductions.Dot<double, double>(columns[support[s]], product)) / b;
        return true;
    }
}
