using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>Converts hyperparameters, which are doubles, to the element type.</summary>
internal static class Rounding
{
    public static T To<T>(double value) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateSaturating(value);

    /// <summary>
    /// ε for a denominator √s + ε. If a gradient is below √(smallest normal number), its square underflows and g/√s has no bound. A smaller
    /// ε is therefore raised to that value (1.1e-19 in float, 1.5e-154 in double). It never rounds to 0, and a gradient of 0 gives 0/ε = 0:
    /// the parameter does not move.
    /// </summary>
    public static T Epsilon<T>(double epsilon) where T : unmanaged,
        IBinaryFloatingPointIeee754<T> => T.Max(To<T>(epsilon), T.Sqrt(SmallestNormal<T>()));

    /// <summary>ε for a root √(s + ε), in the unit of a square: at least the smallest normal number.</summary>
    public static T SquaredEpsilon<T>(double epsilon) where T : unmanaged,
        IBinaryFloatingPointIeee754<T> => T.Max(To<T>(epsilon), SmallestNormal<T>());

    private static T SmallestNormal<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? T.CreateChecked(float.ScaleB(1, -126)) : T.CreateChecked(double.ScaleB(1, -1022));
}
