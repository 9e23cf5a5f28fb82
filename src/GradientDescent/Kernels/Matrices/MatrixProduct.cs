using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>The right factor of a product, in panels of columns.</summary>
internal interface IRightFactor<T>
    where T : unmanaged
{
    /// <summary>Writes the panel that begins with a column.</summary>
    void Pack(int firstColumn, Span<T> panel);
}

/// <summary>Takes the tiles of a product.</summary>
internal interface ITileTarget<T>
    where T : unmanaged
{
    /// <summary>Takes one tile. Its rows are <see cref="TileProduct.Columns{T}"/> numbers apart.</summary>
    void Take(int firstRow, int firstColumn, int rowCount, int columnCount, ReadOnlySpan<T> tile);
}

/// <summary>Products of matrices in tiles; each number is one chain of fused multiply-adds: see <see cref="TileProduct"/>.</summary>
internal static class MatrixProduct
{
    /// <summary>The length of all left panels of a matrix.</summary>
    public static int LeftLength(int rowCount, int depth) =>
        (rowCount + TileProduct.Rows - 1) / TileProduct.Rows * TileProduct.Rows * depth;

    /// <summary>Multiplies a matrix in packed panels by another one, panel after panel.</summary>
    /// <param name="left">The panels of the left factor, of <see cref="TileProduct.Rows"/> rows each.</param>
    /// <param name="rowCount">The number of rows of the left factor.</param>
    /// <param name="columnCount">The number of columns of the right factor.</param>
    /// <param name="depth">The number of columns of the left factor and of rows of the right factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="target">Takes the tiles.</param>
    /// <param name="panel">Memory for a panel of the right factor, followed by memory for a tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRight, TTarget, T>(
        ReadOnlySpan<T> left, int rowCount, int columnCount, int depth, TRight right, TTarget target, Span<T> panel)
        where TRight : struct, IRightFactor<T>, allows ref struct
        where TTarget : struct, ITileTarget<T>, allows ref struct
        where T : unmanaged
    {
        int width = TileProduct.Columns<T>();
        Span<T> tile = panel.Slice(depth * width, TileProduct.Rows * width);
        ref T rightPanel = ref MemoryMarshal.GetReference(panel);
        ref T leftPanel = ref MemoryMarshal.GetReference(left[..LeftLength(rowCount, depth)]);
        for (int j = 0; j < columnCount; j += width)
        {
            right.Pack(j, panel[..(depth * width)]);
            for (int i = 0; i < rowCount; i += TileProduct.Rows)
            {
                TileProduct.Multiply(ref Unsafe.Add(ref leftPanel, i * depth), ref rightPanel, (nuint)depth,
                    ref MemoryMarshal.GetReference(tile));
                target.Take(i, j, Math.Min(TileProduct.Rows, rowCount - i), Math.Min(width, columnCount - j), tile);
            }
        }
    }
}
