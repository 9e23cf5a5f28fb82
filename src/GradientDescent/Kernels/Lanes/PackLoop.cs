using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>What a loop over vectors does with one pack of their elements.</summary>
internal interface IPackLoop
{
    /// <summary>Works on the elements from <paramref name="index"/> on, as many as V has; on these alone, so that the packs' width changes no bit.</summary>
    void At<V>(nuint index) where V : struct, ILanes<V, double>;
}

/// <summary>Runs a loop on the widest packs of the machine, its last elements on narrower ones and on single numbers.</summary>
internal static class PackLoop
{
    public static void Run<TLoop>(TLoop loop, int length) where TLoop : struct, IPackLoop, allows ref struct
    {
        nuint i = 0, end = (nuint)length;
        if (Vector512.IsHardwareAccelerated)
            i = Sweep<TLoop, Lanes512<double>>(in loop, i, end);
        if (Vector256.IsHardwareAccelerated)
            i = Sweep<TLoop, Lanes256<double>>(in loop, i, end);
        if (Vector128.IsHardwareAccelerated)
            i = Sweep<TLoop, Lanes128<double>>(in loop, i, end);
        Sweep<TLoop, DoubleLane>(in loop, i, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint Sweep<TLoop, V>(ref readonly TLoop loop, nuint i, nuint end)
        where TLoop : struct, IPackLoop, allows ref struct
        where V : struct, ILanes<V, double>
    {
        for (nuint width = (nuint)V.Count; i + width <= end; i += width)
            loop.At<V>(i);
        return i;
    }
}
