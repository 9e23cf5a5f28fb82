using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GradientDescent.Kernels;

/// <summary>
/// Copies parts of a matrix into panels, in the order in which <see cref="TileProduct"/> reads them: for each k, the numbers of all rows or
/// columns of the panel. Rows or columns that the matrix lacks are zeros.
/// </summary>
internal static class Panels
{
    // This part of a panel stays in the first-level cache while some rows after others are written to it.
    private const int PartDepth = 64;

    /// <summary>Packs rows: k is the column. Numbers in double are rounded if the panel is in float.</summary>
    /// <param name="rows">The matrix.</param>
    /// <param name="first">The first row of the panel.</param>
    /// <param name="width">The number of rows of the panel.</param>
    /// <param name="panel">The panel, to be written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackRows<TRows, TSource, T>(TRows rows, int first, int width, Span<T> panel)
        where TRows : IMatrixRows<TSource>, allows ref struct
        where TSource : unmanaged
        where T : unmanaged
    {
        int depth = rows.ColumnCount, count = Math.Min(width, rows.Count - first);
        ref T target = ref MemoryMarshal.GetReference(panel[..(depth * width)]);
        if (count < width)
            panel[..(depth * width)].Clear();
        for (int i = 0; i < count; i++)
            rows.PrefetchUpcoming(first + i);
        for (int start = 0; start < depth; start += PartDepth)
        {
            int length = Math.Min(PartDepth, depth - start), done = 0;
            ref T part = ref Unsafe.Add(ref target, start * width);
            if (typeof(T) == typeof(float) && Sse.IsSupported && count == width)
            {
                done = length & ~3;
                for (int i = 0; i < width; i += 4)
                {
                    int row = Math.Min(i, width - 4); // the last four rows may include some of the four before
                    Transpose(ref Unsafe.Add(ref rows.Start(first + row), start), ref Unsafe.Add(ref rows.Start(first + row + 1), start),
                        ref Unsafe.Add(ref rows.Start(first + row + 2), start), ref Unsafe.Add(ref rows.Start(first + row + 3), start),
                        ref Unsafe.As<T, float>(ref Unsafe.Add(ref part, row)), width, done);
                }
            }

            for (int i = 0; i < count; i++)
            {
                ref TSource source = ref Unsafe.Add(ref rows.Start(first + i), start);
                for (int k = done; k < length; k++)
                    Unsafe.Add(ref part, k * width + i) = Convert<TSource, T>(Unsafe.Add(ref source, k));
            }
        }
    }

    /// <summary>Writes four rows as columns, four numbers of each at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose<TSource>(
        ref TSource a, ref TSource b, ref TSource c, ref TSource d, ref float target, int width, int length)
        where TSource : unmanaged
    {
        for (int k = 0; k < length; k += 4)
        {
            Vector128<float> u = Four(ref a, (nuint)k), v = Four(ref b, (nuint)k), x = Four(ref c, (nuint)k), y = Four(ref d, (nuint)k);
            Vector128<float> lowPairs = Sse.UnpackLow(u, x), highPairs = Sse.UnpackHigh(u, x);
            Vector128<float> otherLowPairs = Sse.UnpackLow(v, y), otherHighPairs = Sse.UnpackHigh(v, y);
            Sse.UnpackLow(lowPairs, otherLowPairs).StoreUnsafe(ref target);
            Sse.UnpackHigh(lowPairs, otherLowPairs).StoreUnsafe(ref target, (nuint)width);
            Sse.UnpackLow(highPairs, otherHighPairs).StoreUnsafe(ref target, (nuint)(2 * width));
            Sse.UnpackHigh(highPairs, otherHighPairs).StoreUnsafe(ref target, (nuint)(3 * width));
            target = ref Unsafe.Add(ref target, 4 * width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Four<TSource>(ref TSource source, nuint index) where TSource : unmanaged =>
        typeof(TSource) == typeof(float)
            ? Vector128.LoadUnsafe(ref Unsafe.As<TSource, float>(ref source), index)
            : Vector256.Narrow(Vector256.LoadUnsafe(ref Unsafe.As<TSource, double>(ref source), index), default).GetLower();

    /// <summary>Packs columns: k is the row. Numbers in double are rounded if the panel is in float.</summary>
    /// <param name="rows">The matrix.</param>
    /// <param name="first">The first column of the panel.</param>
    /// <param name="width">The number of columns of the panel.</param>
    /// <param name="panel">The panel, to be written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackColumns<TRows, TSource, T>(TRows rows, int first, int width, Span<T> panel)
        where TRows : IMatrixRows<TSource>, allows ref struct
        where TSource : unmanaged
        where T : unmanaged
    {
        int depth = rows.Count, count = Math.Min(width, rows.ColumnCount - first);
        ref T target = ref MemoryMarshal.GetReference(panel[..(depth * width)]);
        for (int k = 0; k < depth; k++)
        {
            Copy(ref Unsafe.Add(ref rows.Start(k), first), ref target, count);
            for (int i = count; i < width; i++)
                Unsafe.Add(ref target, i) = default;
            target = ref Unsafe.Add(ref target, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TSource, T>(ref TSource source, ref T target, int count)
        where TSource : unmanaged
        where T : unmanaged
    {
        int i = 0;
        for (; i + Vector512<T>.Count <= count; i += Vector512<T>.Count)
            Load<TSource, T>(ref source, (nuint)i).StoreUnsafe(ref target, (nuint)i);
        for (; i < count; i++)
            Unsafe.Add(ref target, i) = Convert<TSource, T>(Unsafe.Add(ref source, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load<TSource, T>(ref TSource source, nuint index)
        where TSource : unmanaged
        where T : unmanaged
    {
        if (typeof(TSource) == typeof(T))
            return Vector512.LoadUnsafe(ref Unsafe.As<TSource, T>(ref source), index);
        ref double wide = ref Unsafe.As<TSource, double>(ref source);
        return Vector512.Narrow(
            Vector512.LoadUnsafe(ref wide, index), Vector512.LoadUnsafe(ref wide, index + (nuint)Vector512<double>.Count)).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Convert<TSource, T>(TSource value)
        where TSource : unmanaged
        where T : unmanaged
    {
        if (typeof(TSource) == typeof(T))
            return Unsafe.BitCast<TSource, T>(value);
        float narrow = (float)Unsafe.BitCast<TSource, double>(value);
        return Unsafe.BitCast<float, T>(narrow);
    }
}
