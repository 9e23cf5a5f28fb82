using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>Converts between rows in float, which take half the memory, and rows in double, which the kernels compute with.</summary>
internal static class RowConversion
{
    /// <summary>Converts float to double, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<float> source, Span<double> target)
    {
        ref float s = ref MemoryMarshal.GetReference(source);
        ref double t = ref MemoryMarshal.GetReference(target[..source.Length]);
        nuint length = (nuint)source.Length, i = 0;
        for (; i + 8 <= length; i += 8)
            AsDouble.Eight(ref s, i).StoreUnsafe(ref t, i);
        for (; i < length; i++)
            Unsafe.Add(ref t, i) = Unsafe.Add(ref s, i);
    }

    /// <summary>Converts rows in float to rows in double, and prefetches the upcoming rows meanwhile.</summary>
    /// <param name="rows">The rows in float.</param>
    /// <param name="target">The memory for the rows in double.</param>
    /// <param name="targetStride">The distance between two rows in <paramref name="target"/>, a multiple of 8. The padding stays 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(in RowView<float> rows, Span<double> target, int targetStride)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            rows.PrefetchUpcoming(i);
            Span<double> row = target.Slice(i * targetStride, targetStride);
            if (!rows.IsPadded)
            {
                Widen(rows[i], row);
                continue;
            }

            ref float s = ref rows.Start(i);
            ref double t = ref MemoryMarshal.GetReference(row);
            for (nuint k = 0; k < (nuint)row.Length; k += 8)
                AsDouble.Eight(ref s, k).StoreUnsafe(ref t, k); // includes the padding, which is zeros
        }
    }

    /// <summary>Rounds to nearest. Returns the index of the first number that overflows float, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        ref double s = ref MemoryMarshal.GetReference(source);
        ref float t = ref MemoryMarshal.GetReference(target[..source.Length]);
        Vector256<float> largest = Vector256.Create(float.MaxValue);
        int i = 0;
        for (; i + 8 <= source.Length; i += 8)
        {
            Vector256<float> eight = Vector256.Narrow(Vector256.LoadUnsafe(ref s, (nuint)i), Vector256.LoadUnsafe(ref s, (nuint)i + 4));
            if (!Vector256.LessThanOrEqualAll(Vector256.Abs(eight), largest))
                break; // rare: the rest is done one by one
            eight.StoreUnsafe(ref t, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (float)source[i];
            if (!float.IsFinite(target[i]))
                return i;
        }

        return -1;
    }
}
