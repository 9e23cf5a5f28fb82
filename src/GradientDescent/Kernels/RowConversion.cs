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
        for (; i + 16 <= length; i += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.LoadUnsafe(ref s, i));
            low.StoreUnsafe(ref t, i);
            high.StoreUnsafe(ref t, i + 8);
        }

        for (; i < length; i++)
            Unsafe.Add(ref t, i) = Unsafe.Add(ref s, i);
    }

    /// <summary>Some rows of a table in float, into a tile; meanwhile the memory is asked for the rows that follow.</summary>
    /// <param name="source">The table.</param>
    /// <param name="sourceStride">Distance between its rows.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="upcoming">Rows that will be asked for soon.</param>
    /// <param name="columnCount">Numbers in a row.</param>
    /// <param name="target">The tile.</param>
    /// <param name="targetStride">Distance between its rows, a multiple of 8; what lies beyond the columns stays 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(
        ReadOnlySpan<float> source, int sourceStride, ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming, int columnCount, Span<double> target, int targetStride)
    {
        bool isPadded = sourceStride % 16 == 0; // then whole vectors may be read, and the padding is zeros
        for (int i = 0; i < rows.Length; i++)
        {
            if (i < upcoming.Length)
                RowSet.Prefetch(source.Slice(upcoming[i] * sourceStride, columnCount));
            Span<double> row = target.Slice(i * targetStride, targetStride);
            if (!isPadded)
            {
                Widen(source.Slice(rows[i] * sourceStride, columnCount), row);
                continue;
            }

            ref float s = ref MemoryMarshal.GetReference(source.Slice(rows[i] * sourceStride, sourceStride));
            ref double t = ref MemoryMarshal.GetReference(row);
            nuint length = (nuint)row.Length, k = 0;
            for (; k + 16 <= length; k += 16)
            {
                Vector512<float> numbers = Vector512.LoadUnsafe(ref s, k);
                Vector512.WidenLower(numbers).StoreUnsafe(ref t, k);
                Vector512.WidenUpper(numbers).StoreUnsafe(ref t, k + 8);
            }

            if (k < length)
                Vector512.WidenLower(Vector512.LoadUnsafe(ref s, k)).StoreUnsafe(ref t, k);
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
