using System.Numerics;

namespace GradientDescent;

/// <summary>A formula that is written once for double, <see cref="Dual"/> and <see cref="Variable"/>.</summary>
/// <remarks>
/// The type argument has all operators and functions of .NET's generic math. Constants are made by <c>T.CreateChecked(0.5)</c>. It is
/// unmanaged, so a formula may keep intermediate numbers in <c>stackalloc T[n]</c>. The formula may be a struct with data; a struct is
/// compiled for each type of number. It is evaluated anew for each gradient, so it may compare and branch, but should have no side effects.
/// </remarks>
/// <example><code>
/// using System.Numerics;
///
/// IObjective valley = Objective.Differentiable(new Rosenbrock());
/// Console.WriteLine(new Trainer(new Nesterov(0.001)).Minimize(valley, [-1.2, 1]).Reason);   // Converged
///
/// readonly struct Rosenbrock : IFormula
/// {
///     public T Evaluate&lt;T&gt;(ReadOnlySpan&lt;T&gt; p) where T : unmanaged, IFloatingPointIeee754&lt;T&gt;
///     {
///         T a = T.One - p[0], b = p[1] - p[0] * p[0];
///         return a * a + T.CreateChecked(100) * b * b;
///     }
/// }
/// </code></example>
public interface IFormula
{
    /// <summary>Evaluates the formula.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
    T Evaluate<T>(ReadOnlySpan<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>;
}
