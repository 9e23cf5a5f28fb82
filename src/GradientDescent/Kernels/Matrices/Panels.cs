using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Copies parts of a matrix into panels, in the order in which <see cref="TileProduct"/> reads them: for each k, the numbers of all rows or
/// columns of the panel. Rows or columns that the matrix lacks are zeros.
/// </summary>
internal static class Panels
{
    // This part of a panel stays in the first-level cache while one row after another is written to it.
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
        for (int start = 0; start < depth; start += PartDepth)
        {
            int end = Math.Min(start + PartDepth, depth);
            for (int i = 0; i < count; i++)
            {
                if (start == 0)
                    rows.PrefetchUpcoming(first + i);
                ref TSource source = ref rows.Start(first + i);
                for (int k = start; k < end; k++)
                    Unsafe.Add(ref target, k * width + i) = Convert<TSource, T>(Unsafe.Add(ref source, k));
            }

            for (int i = count; i < width; i++)
            {
                for (int k = start; k < end; k++)
                    Unsafe.Add(ref target, k * width + i) = default;
            }
        }
    }

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
