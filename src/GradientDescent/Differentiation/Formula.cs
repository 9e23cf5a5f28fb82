using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>Functions for formulas, over double, <see cref="Dual"/> and <see cref="Variable"/>.</summary>
/// <remarks>
/// Products and sums of vectors have derivatives of their own: on a tape each is one node (for a matrix, one for each row), not one for
/// each element. The elements are added in the fixed order of the library's other sums, so the value has the same bits for each type.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3];
/// IObjective error = Objective.Differentiable(w => Formula.LogOnePlusExp(-Formula.Dot(w, x)) + 0.1 * Formula.SquaredNorm(w));
/// double[] gradient = new double[3];
/// Console.WriteLine($"{error.Evaluate([0, 0, 0], gradient):F4} {gradient[0]} {gradient[2]}");   // 0.6931 -0.5 -1.5
/// </code></example>
public static partial class Formula
{
    /// <summary>1/(1 + e⁻ˣ), to full precision at both ends.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The argument x.</param>
    public static T Logistic<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => Apply<T, ExponentialFunctions.Logistic>(x);

    /// <summary>ln(1 + eˣ), the softplus function, without overflow.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The argument x.</param>
    public static T LogOnePlusExp<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        Apply<T, ExponentialFunctions.LogOnePlusExp>(x);

    /// <summary>ln(1 + x), also accurate for small x, which .NET's own <c>LogP1</c> of double is not.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The argument x.</param>
    public static T LogP1<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => Apply<T, LogarithmicFunctions.LogP1>(x);

    /// <summary>eˣ − 1, also accurate for small x, which .NET's own <c>ExpM1</c> of double is not.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="x">The argument x.</param>
    public static T ExpM1<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => Apply<T, ExponentialFunctions.ExpM1>(x);

    private static T Apply<T, TFunction>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IFunction
    {
        if (typeof(T) == typeof(Variable))
            return Unsafe.BitCast<Variable, T>(Variable.Apply<TFunction>(Unsafe.BitCast<T, Variable>(x)));
        if (typeof(T) == typeof(Dual))
            return Unsafe.BitCast<Dual, T>(Dual.Apply<TFunction>(Unsafe.BitCast<T, Dual>(x)));
        return T.CreateSaturating(TFunction.Value(double.CreateSaturating(x)));
    }
}
