using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Replaces sums by outputs and writes the derivatives, element by element. Exponentials are computed in double, and rounded where the
/// network computes in float.
/// </summary>
internal static class ActivationFunctions
{
    private const int ChunkLength = 64;

    /// <summary>values ← f(values), slopes ← f′(values).</summary>
    public static void Apply<T>(Activation activation, Span<T> values, Span<T> slopes) where T : unmanaged
    {
        switch (activation)
        {
            case Activation.ReLU:
                Rectify(values, slopes);
                break;
            case Activation.Tanh:
                ApplyInChunks<TanhLoop, T>(values, slopes);
                break;
            case Activation.Sigmoid:
                ApplyInChunks<SigmoidLoop, T>(values, slopes);
                break;
            default:
                slopes.Fill(One<T>());
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify<T>(Span<T> values, Span<T> slopes) where T : unmanaged
    {
        ref T value = ref MemoryMarshal.GetReference(values);
        ref T slope = ref MemoryMarshal.GetReference(slopes[..values.Length]);
        Vector512<T> zero = Vector512<T>.Zero, one = Vector512<T>.One;
        int i = 0;
        for (; i + Vector512<T>.Count <= values.Length; i += Vector512<T>.Count)
        {
            var sums = Vector512.LoadUnsafe(ref value, (nuint)i);
            // NaN is not less than 0: it stays, so that a divergence is seen.
            Vector512.ConditionalSelect(Vector512.LessThan(sums, zero), zero, sums).StoreUnsafe(ref value, (nuint)i);
            Vector512.ConditionalSelect(Vector512.GreaterThan(sums, zero), one, zero).StoreUnsafe(ref slope, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            double sum = AsDouble.One(ref value, (nuint)i);
            if (sum < 0)
                Unsafe.Add(ref value, i) = default;
            Unsafe.Add(ref slope, i) = sum > 0 ? One<T>() : default;
        }
    }

    private static T One<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(1) : Unsafe.BitCast<double, T>(1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyInChunks<TLoop, T>(Span<T> values, Span<T> slopes)
        where TLoop : struct, IActivationLoop<TLoop>, allows ref struct
        where T : unmanaged
    {
        Span<double> sums = stackalloc double[ChunkLength], derivatives = stackalloc double[ChunkLength];
        for (int start = 0; start < values.Length; start += ChunkLength)
        {
            int count = Math.Min(ChunkLength, values.Length - start);
            Span<T> own = values.Slice(start, count), ownSlopes = slopes.Slice(start, count);
            for (int i = 0; i < count; i++)
                sums[i] = AsDouble.One(ref own[i], 0);
            PackLoop.Run(TLoop.Over(sums, derivatives), count);
            Store(sums, own);
            Store(derivatives, ownSlopes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ReadOnlySpan<double> source, Span<T> target) where T : unmanaged
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)source[i]) : Unsafe.BitCast<double, T>(source[i]);
    }

    private interface IActivationLoop<TLoop> : IPackLoop
        where TLoop : struct, IActivationLoop<TLoop>, allows ref struct
    {
        static abstract TLoop Over(Span<double> values, Span<double> slopes);
    }

    private readonly ref struct TanhLoop(Span<double> values, Span<double> slopes) : IActivationLoop<TanhLoop>
    {
        private readonly ref double _values = ref MemoryMarshal.GetReference(values);
        private readonly ref double _slopes = ref MemoryMarshal.GetReference(slopes);

        public static TanhLoop Over(Span<double> values, Span<double> slopes) => new(values, slopes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nuint index) where V : struct, ILanes<V, double>
        {
            V x = V.Load(in _values, index);
            V e = Exponential.Of(-2.0 * V.Abs(x));
            V.Store(HyperbolicTangent.Of(x, e), ref _values, index);
            V.Store(HyperbolicTangent.Slope(e), ref _slopes, index);
        }
    }

    private readonly ref struct SigmoidLoop(Span<double> values, Span<double> slopes) : IActivationLoop<SigmoidLoop>
    {
        private readonly ref double _values = ref MemoryMarshal.GetReference(values);
        private readonly ref double _slopes = ref MemoryMarshal.GetReference(slopes);

        public static SigmoidLoop Over(Span<double> values, Span<double> slopes) => new(values, slopes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nuint index) where V : struct, ILanes<V, double>
        {
            V x = V.Load(in _values, index);
            V e = Exponential.Of(V.Fill(0) - V.Abs(x)), total = e + 1;
            V.Store(Sigmoid.Of(x, e), ref _values, index);
            V.Store(e / (total * total), ref _slopes, index);
        }
    }
}
