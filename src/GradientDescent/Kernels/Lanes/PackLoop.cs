using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>A loop over the elements of vectors, compiled once for each width of a pack.</summary>
internal interface ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Works on as many whole packs as lie between the two indices, and returns the index where it stopped.</summary>
    nuint Sweep<V>(nuint start, nuint end) where V : struct, ILanes<V, T>;
}

/// <summary>The body of a loop over vectors of doubles.</summary>
internal interface IPackLoop
{
    /// <summary>
    /// Works on the pack of elements that begins at <paramref name="index"/>. No element may depend on another one of the pack, so the bits
    /// do not depend on the width.
    /// </summary>
    void At<V>(nuint index) where V : struct, ILanes<V, double>;
}

/// <summary>Runs a loop on the widest packs of the machine, then the remaining elements on narrower packs and on single numbers.</summary>
internal static class PackLoop
{
    public static void Run<TLoop>(TLoop loop, int length) where TLoop : struct, IPackLoop, allows ref struct =>
        Run<Body<TLoop>, double, DoubleLane>(new Body<TLoop>(loop), 0, (nuint)length);

    // The remaining elements go to narrower packs first: eight single numbers take as long as hundreds of numbers in packs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TSweep, T, TScalar>(TSweep sweep, nuint start, nuint end)
        where TSweep : struct, ISweep<T>, allows ref struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TScalar : struct, ILanes<TScalar, T>
    {
        if (Vector512.IsHardwareAccelerated && end - start >= (nuint)Lanes512<T>.Count)
            start = sweep.Sweep<Lanes512<T>>(start, end);
        if (Vector256.IsHardwareAccelerated && end - start >= (nuint)Lanes256<T>.Count)
            start = sweep.Sweep<Lanes256<T>>(start, end);
        if (Vector128.IsHardwareAccelerated && end - start >= (nuint)Lanes128<T>.Count)
            start = sweep.Sweep<Lanes128<T>>(start, end);
        if (start < end)
            sweep.Sweep<TScalar>(start, end);
    }

    private readonly ref struct Body<TLoop>(TLoop loop) : ISweep<double>
        where TLoop : struct, IPackLoop, allows ref struct
    {
        private readonly TLoop _loop = loop;

        // Inlined into its caller, the loop would exceed the compiler's inlining budget, and the operations of the body would become calls.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public nuint Sweep<V>(nuint start, nuint end) where V : struct, ILanes<V, double>
        {
            nuint i = start;
            for (nuint width = (nuint)V.Count; i + width <= end; i += width)
                _loop.At<V>(i);
            return i;
        }
    }
}
