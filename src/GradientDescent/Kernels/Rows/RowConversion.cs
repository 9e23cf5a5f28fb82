using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>Between rows in float, which take half the memory, and rows in double, which are computed with.</summary>
internal static class RowConversion
{
    /// <summary>Exact.</summary>
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

    /// <summary>Rows in float, into a tile; meanwhile the memory is asked for the rows that follow.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="target">The tile.</param>
    /// <param name="targetStride">Distance between its rows, a multiple of 8; what lies beyond the columns stays 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(in RowView<float> rows, Span<double> target, int targetStride)
    {
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            rows.PrefetchInPlaceOf(i);
            Span<double> row = target.Slice(i * targetStride, targetStride);
            if (!rows.IsPadded)
            {
                Widen(rows[i], row);
                continue;
            }

            ref float s = ref rows.Start(i);
            ref double t = ref MemoryMarshal.GetReference(row);
            for (nuint k = 0; k < (nuint)row.Length; k += 8)
                AsDouble.Eight(ref s, k).StoreUnsafe(ref t, k); // with the padding, which is zeros
        }
    }

    /// <summary>Rounded to nearest. Returns the index of the first number that no float is near, or −1.</summary>
    public static int Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = (float)source[i];
            if (!float.IsFinite(target[i]))
                return i;
        }

        return -1;
    }
}
