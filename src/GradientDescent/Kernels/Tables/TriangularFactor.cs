using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>Solves q·R = z for rows z, where R is an upper triangle, and computes what is left of further columns: e − q·S.</summary>
/// <remarks>
/// Columns are handled in tiles of eight. The numbers of a tile are adjacent in memory, because the tile is read again for each group of
/// four rows. Each row is solved by substitution, which is backward stable: q is exact for an R that differs by rounding.
/// </remarks>
internal sealed class TriangularFactor : IParallelWork
{
    private const int LaneCount = RowBlock.LaneCount, RowsPerPiece = 32;

    private readonly ThreadTeam _team;
    private readonly AlignedArray<double> _tiles;
    private readonly double[] _reciprocals;
    private readonly int _stride;
    private readonly int _solvedStride;
    private RowBlock? _block;

    /// <param name="size">The number of rows of R.</param>
    /// <param name="further">The number of columns of S.</param>
    /// <param name="entry">The entry of R in a row and a column, or of S, whose columns follow after those of R.</param>
    /// <param name="team">The threads.</param>
    public TriangularFactor(int size, int further, Func<int, int, double> entry, ThreadTeam team)
    {
        _team = team;
        FurtherStart = _solvedStride = RowBlock.StrideFor(size);
        _stride = _solvedStride + RowBlock.StrideFor(further);
        _reciprocals = new double[_solvedStride];
        for (int k = 0; k < size; k++)
            _reciprocals[k] = 1 / entry(k, k);
        _tiles = new AlignedArray<double>((int)TileStart(_stride));
        for (int column = 0; column < size + further; column++)
        {
            int at = column < size ? column : _solvedStride + column - size;
            Span<double> tile = _tiles.Span[(int)TileStart(at / LaneCount * LaneCount)..];
            for (int k = 0; k < Math.Min(column, size); k++)
                tile[k * LaneCount + at % LaneCount] = entry(k, column);
        }
    }

    /// <summary>The number of columns of a block, of which the last ones belong to S.</summary>
    public int BlockColumnCount => _stride;

    /// <summary>The column of a block at which the further columns start; q is before it.</summary>
    public int FurtherStart { get; }

    /// <summary>Replaces each row (z, e) of the block by (q, e − q·S).</summary>
    public void Solve(RowBlock block)
    {
        _block = block;
        block.Run(this, (block.RowCount + RowsPerPiece - 1) / RowsPerPiece, _team);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int piece)
    {
        int end = Math.Min((piece + 1) * RowsPerPiece, _block!.RowCount), row = piece * RowsPerPiece;
        ref double rows = ref MemoryMarshal.GetReference(_block.Values);
        for (int column = 0; column < _stride; column += LaneCount)
        {
            ref double tile = ref Unsafe.Add(ref MemoryMarshal.GetReference(_tiles.Span), TileStart(column));
            nuint before = (nuint)Math.Min(column, _solvedStride);
            int i = row;
            for (; i + 4 <= end; i += 4)
                SubtractFromFour(ref Unsafe.Add(ref rows, (nuint)i * (nuint)_stride), (nuint)_stride, ref tile, before, (nuint)column);
            for (; i < end; i++)
                SubtractFromOne(ref Unsafe.Add(ref rows, (nuint)i * (nuint)_stride), ref tile, before, (nuint)column);
            if (column < _solvedStride)
            {
                for (i = row; i < end; i++)
                    Substitute(_block.Values.Slice(i * _stride + column, LaneCount), ref tile, column);
            }
        }
    }

    /// <summary>The start of the tile of a column that is a multiple of 8. A tile of R ends with its 8 rows on the diagonal.</summary>
    private nuint TileStart(int column)
    {
        int solved = Math.Min(column, _solvedStride);
        return (nuint)((solved + LaneCount) * solved / 2 + (column - solved) * _solvedStride);
    }

    /// <summary>Subtracts the columns before a tile from the tile, in four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractFromFour(ref double row, nuint stride, ref double tile, nuint before, nuint column)
    {
        ref double second = ref Unsafe.Add(ref row, stride);
        ref double third = ref Unsafe.Add(ref second, stride);
        ref double fourth = ref Unsafe.Add(ref third, stride);
        Vector512<double> a = Vector512.LoadUnsafe(ref row, column), b = Vector512.LoadUnsafe(ref second, column);
        Vector512<double> c = Vector512.LoadUnsafe(ref third, column), d = Vector512.LoadUnsafe(ref fourth, column);
        for (nuint k = 0; k < before; k++)
        {
            Vector512<double> factor = Vector512.LoadUnsafe(ref tile, k * LaneCount);
            a -= Vector512.Create(Unsafe.Add(ref row, k)) * factor;
            b -= Vector512.Create(Unsafe.Add(ref second, k)) * factor;
            c -= Vector512.Create(Unsafe.Add(ref third, k)) * factor;
            d -= Vector512.Create(Unsafe.Add(ref fourth, k)) * factor;
        }

        a.StoreUnsafe(ref row, column);
        b.StoreUnsafe(ref second, column);
        c.StoreUnsafe(ref third, column);
        d.StoreUnsafe(ref fourth, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractFromOne(ref double row, ref double tile, nuint before, nuint column)
    {
        Vector512<double> a = Vector512.LoadUnsafe(ref row, column);
        for (nuint k = 0; k < before; k++)
            a -= Vector512.Create(Unsafe.Add(ref row, k)) * Vector512.LoadUnsafe(ref tile, k * LaneCount);
        a.StoreUnsafe(ref row, column);
    }

    /// <summary>Solves for the eight numbers of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Substitute(Span<double> row, ref double tile, int column)
    {
        for (int k = 0; k < LaneCount; k++)
        {
            double solved = row[k] *= _reciprocals[column + k];
            ref double entries = ref Unsafe.Add(ref tile, (column + k) * LaneCount);
            for (int j = k + 1; j < LaneCount; j++)
                row[j] -= solved * Unsafe.Add(ref entries, j);
        }
    }
}
