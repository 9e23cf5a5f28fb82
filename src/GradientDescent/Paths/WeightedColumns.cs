using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The columns x̃ = √(2ω)·x and the target ỹ = √(2ω)·(y − ȳ), in which the mean of (ŷ − y)² is ½‖ỹ − X̃w‖².</summary>
internal sealed class WeightedColumns
{
    /// <param name="design">The columns; they are overwritten.</param>
    /// <param name="intercept">Whether there is an intercept: the mean of the target.</param>
    public WeightedColumns(PathDesign design, bool intercept)
    {
        Columns = design.Columns;
        Intercept = intercept ? Reductions.Dot<double, double>(design.Shares, design.Targets) : null;
        double center = Intercept ?? 0;
        double[] roots = Array.ConvertAll(design.Shares, share => Math.Sqrt(2 * share));
        Target = [.. design.Targets.Zip(roots, (target, root) => (target - center) * root)];
        foreach (double[] column in Columns)
        {
            for (int i = 0; i < column.Length; i++)
                column[i] *= roots[i];
        }
    }

    public double[][] Columns { get; }

    public double[] Target { get; }

    public double? Intercept { get; }
}
