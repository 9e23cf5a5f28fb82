using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>How hyperparameters, which are doubles, become numbers of the element type.</summary>
internal static class Rounding
{
    public static T To<T>(double value) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateSaturating(value);

    /// <summary>
    /// ε for a denominator √s + ε. Below √(smallest normal number) the square of a gradient underflows while the gradient does not, and
    /// g/√s would lose its bound; a smaller ε is raised to that value (1.1e-19 in float, 1.5e-154 in double). So it never rounds to zero,
    /// and 0/0 is 0/ε: no movement.
    /// </summary>
    public static T Epsilon<T>(double epsilon) where T : unmanaged,
        IBinaryFloatingPointIeee754<T> => T.Max(To<T>(epsilon), T.Sqrt(SmallestNormal<T>()));

    /// <summary>ε for a root √(s + ε), in the unit of a square: at least the smallest normal number.</summary>
    public static T SquaredEpsilon<T>(double epsilon) where T : unmanaged,
        IBinaryFloatingPointIeee754<T> => T.Max(To<T>(epsilon), SmallestNormal<T>());

    private static T SmallestNormal<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? T.CreateChecked(float.ScaleB(1, -126)) : T.CreateChecked(double.ScaleB(1, -1022));
}
