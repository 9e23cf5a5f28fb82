namespace GradientDescent;

/// <summary>A function whose Hessian, the matrix of second derivatives, can be multiplied by vectors exactly.</summary>
/// <remarks><c>Objective.Differentiable</c> creates such objectives. They are used where the curvature is measured.</remarks>
/// <example><code>
/// IHessianObjective valley = Objective.Differentiable(p => p[0] * p[0] * p[1]);
/// double[] column = new double[2];
/// valley.MultiplyHessian([3, 2], [1, 0], column);
/// Console.WriteLine($"{column[0]} {column[1]}");   // 4 6
/// </code></example>
public interface IHessianObjective : IObjective
{
    /// <summary>Writes the product of the Hessian and a vector.</summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="direction">The vector, as long as the parameters.</param>
    /// <param name="product">The vector for the product, as long as the parameters; every entry is written.</param>
    void MultiplyHessian(ReadOnlySpan<double> parameters, ReadOnlySpan<double> direction, Span<double> product);
}
