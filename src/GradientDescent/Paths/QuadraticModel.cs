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

    /// <summary>Solves (A + bI)x = z in some coordinates, where A is the matrix of second derivatives.</summary>
    /// <param name="support">The coordinates.</param>
    /// <param name="b">The number b, at least 0.</param>
    /// <param name="z">The right side; overwritten with the solution.</param>
    /// <returns>Whether there is a solution that rounding does not spoil.</returns>
    public abstract bool TrySolve(int[] support, double b, double[] z);
}
