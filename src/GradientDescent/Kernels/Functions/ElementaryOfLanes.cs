using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>Elementary functions for packs of either precision.</summary>
internal static class ElementaryOfLanes
{
    /// <summary>A function of each element, computed in double and rounded to <typeparamref name="T"/>.</summary>
    // Number and type of the elements are known when the method is compiled: one of the branches is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<F, V, T>(V x)
        where F : struct, IElementaryFunction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            return V.Count switch
            {
                8 => Doubles<F, V, Lanes512<double>>(x),
                4 => Doubles<F, V, Lanes256<double>>(x),
                2 => Doubles<F, V, Lanes128<double>>(x),
                _ => Doubles<F, V, DoubleLane>(x),
            };
        }

        return V.Count switch
        {
            16 => Unsafe.BitCast<Vector512<float>, V>(Sixteen<F>(Unsafe.BitCast<V, Vector512<float>>(x))),
            8 => Unsafe.BitCast<Vector256<float>, V>(Eight<F>(Unsafe.BitCast<V, Vector256<float>>(x))),
            4 => Unsafe.BitCast<Vector128<float>, V>(Four<F>(Unsafe.BitCast<V, Vector128<float>>(x))),
            _ => Unsafe.BitCast<float, V>((float)Elementary.Of<F>(Unsafe.BitCast<V, float>(x))),
        };
    }

    // Inlined, the function would exceed the inlining budget of the rule's loop, and its operations would become calls: DiffGrad took 7 ns
    // a parameter instead of 3.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TTo Doubles<F, TTo, V>(TTo x)
        where F : struct, IElementaryFunction
        where TTo : struct
        where V : struct, ILanes<V, double> => Unsafe.BitCast<V, TTo>(F.Of(Unsafe.BitCast<TTo, V>(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sixteen<F>(Vector512<float> x) where F : struct, IElementaryFunction
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(x);
        return Vector512.Narrow(
            Doubles<F, Vector512<double>, Lanes512<double>>(lower), Doubles<F, Vector512<double>, Lanes512<double>>(upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Eight<F>(Vector256<float> x) where F : struct, IElementaryFunction
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(x);
        return Vector256.Narrow(
            Doubles<F, Vector256<double>, Lanes256<double>>(lower), Doubles<F, Vector256<double>, Lanes256<double>>(upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Four<F>(Vector128<float> x) where F : struct, IElementaryFunction
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(x);
        return Vector128.Narrow(
            Doubles<F, Vector128<double>, Lanes128<double>>(lower), Doubles<F, Vector128<double>, Lanes128<double>>(upper));
    }
}
