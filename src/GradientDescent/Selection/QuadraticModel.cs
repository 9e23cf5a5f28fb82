using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A quadratic function of the weights of a working set, for coordinate descent.</summary>
internal abstract class QuadraticModel(double[] curvatures)
{
    /// <summary>The second derivative along each coordinate.</summary>
    public double[] Curvatures => curvatures;

    /// <summary>Returns minus the derivative along one coordinate at the current point.</summary>
    public abstract double Slope(int j);

    /// <summary>Moves the current point along one coordinate.</summary>
    public abstract void Move(int j, double change);

    /// <summary>Returns the rows of the matrix, or <see langword="null"/> if it is not known.</summary>
    public virtual double[][]? Matrix => null;
}

/// <summary>The model by its matrix: a move costs as much as the working set is long (the covariance updates of glmnet).</summary>
internal sealed class GramModel(double[][] matrix, double[] slopes) : QuadraticModel([.. matrix.Select((row, j) => row[j])])
{
    public override double[][] Matrix => matrix;

    public override double Slope(int j) => slopes[j];

    public override void Move(int j, double change) => Reductions.AddScaled<double>(slopes, -change, matrix[j]);
}

/// <summary>The model ½‖residual‖² by its columns: for more columns than samples (the naive updates of glmnet).</summary>
internal sealed class ResidualModel(double[][] columns, double[] residual)
    : QuadraticModel([.. columns.Select(column => Reductions.Dot<double, double>(column, column))])
{
    public override double Slope(int j) => Reductions.Dot<double, double>(columns[j], residual);

    public override void Move(int j, double change) => Reductions.AddScaled<double>(residual, -change, columns[j]);
}
