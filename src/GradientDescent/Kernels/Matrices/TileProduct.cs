using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// The product of a panel of six rows and a panel of some columns: a tile whose numbers stay in registers. Each number of the tile is one
/// chain of fused multiply-adds in the order of k, whatever the width of the vectors, so the bits do not depend on the machine.
/// </summary>
internal static class TileProduct
{
    /// <summary>The number of rows in a tile: with two vectors for each, they fill the 16 registers of a machine of 256 bits.</summary>
    public const int Rows = 6;

    /// <summary>The number of columns in a tile: two vectors of 512 bits, in each width.</summary>
    public static int Columns<T>() where T : unmanaged => 2 * Vector512<T>.Count;

    /// <summary>tile ← Σₖ leftₖ rightₖᵀ.</summary>
    /// <param name="left">For each k, the numbers of six rows.</param>
    /// <param name="right">For each k, the numbers of all columns of a tile.</param>
    /// <param name="depth">The number of k.</param>
    /// <param name="tile">The tile, row after row, to be written.</param>
    public static void Multiply<T>(ref T left, ref T right, nuint depth, ref T tile) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            Multiply<ProductLanes512<T>, T>(ref left, ref right, depth, ref tile);
        else if (Vector256.IsHardwareAccelerated)
            Multiply<ProductLanes256<T>, T>(ref left, ref right, depth, ref tile);
        else
            Multiply<ProductLanes128<T>, T>(ref left, ref right, depth, ref tile);
    }

    private static void Multiply<V, T>(ref T left, ref T right, nuint depth, ref T tile)
        where V : struct, IProductLanes<V, T>
        where T : unmanaged
    {
        int columns = Columns<T>();
        for (int j = 0; j < columns; j += 2 * V.Count)
            MultiplyPart<V, T>(ref left, ref Unsafe.Add(ref right, j), depth, ref Unsafe.Add(ref tile, j));
    }

    // The twelve sums are twelve variables, because the compiler keeps no element of an array in a register.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyPart<V, T>(ref T left, ref T right, nuint depth, ref T tile)
        where V : struct, IProductLanes<V, T>
        where T : unmanaged
    {
        nuint next = (nuint)V.Count;
        int columns = Columns<T>();
        V a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        V d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        for (nuint k = 0; k < depth; k++)
        {
            V u = V.Load(ref right, 0), v = V.Load(ref right, next);
            AddTo(ref a0, ref a1, V.Fill(left), u, v);
            AddTo(ref b0, ref b1, V.Fill(Unsafe.Add(ref left, 1)), u, v);
            AddTo(ref c0, ref c1, V.Fill(Unsafe.Add(ref left, 2)), u, v);
            AddTo(ref d0, ref d1, V.Fill(Unsafe.Add(ref left, 3)), u, v);
            AddTo(ref e0, ref e1, V.Fill(Unsafe.Add(ref left, 4)), u, v);
            AddTo(ref f0, ref f1, V.Fill(Unsafe.Add(ref left, 5)), u, v);
            left = ref Unsafe.Add(ref left, Rows);
            right = ref Unsafe.Add(ref right, columns);
        }

        Store(ref tile, 0, a0, a1);
        Store(ref tile, 1, b0, b1);
        Store(ref tile, 2, c0, c1);
        Store(ref tile, 3, d0, d1);
        Store(ref tile, 4, e0, e1);
        Store(ref tile, 5, f0, f1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void AddTo(ref V sum, ref V sumOfNext, V factor, V u, V v) =>
            (sum, sumOfNext) = (V.MultiplyAdd(factor, u, sum), V.MultiplyAdd(factor, v, sumOfNext));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Store(ref T tile, int row, V first, V second)
        {
            V.Store(first, ref Unsafe.Add(ref tile, row * Columns<T>()), 0);
            V.Store(second, ref Unsafe.Add(ref tile, row * Columns<T>()), (nuint)V.Count);
        }
    }
}
