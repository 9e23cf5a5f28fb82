using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>The inner products of the columns of a table, G = ZᵀZ, summed over blocks of its rows.</summary>
/// <remarks>
/// An entry is the sum over the rows of a block, one row after the other, added to the sum of the blocks before: its bits do not depend on
/// the number of threads or on the width of vectors.
/// </remarks>
/// <param name="columnCount">The number of columns of Z.</param>
/// <param name="team">The threads.</param>
internal sealed class GramMatrix(int columnCount, ThreadTeam team) : IParallelWork
{
    private const int LaneCount = RowBlock.LaneCount, TileRows = 4;

    private readonly int _stride = RowBlock.StrideFor(columnCount);
    private readonly AlignedArray<double> _sums = new(RowBlock.StrideFor(columnCount) * RowBlock.StrideFor(columnCount));
    private RowBlock? _rows;
    private RowBlock? _block;

    /// <summary>Returns the rows of G; row j is defined from column j on.</summary>
    /// <param name="rowCount">The number of rows of Z.</param>
    /// <param name="columnCount">The number of columns of Z.</param>
    /// <param name="write">The function that writes a row of Z.</param>
    /// <param name="team">The threads.</param>
    public static double[][] Of(int rowCount, int columnCount, RowWriter write, ThreadTeam team)
    {
        var gram = new GramMatrix(columnCount, team);
        gram.AddRows(0, rowCount, write);
        return gram.ToRows();
    }

    /// <summary>The sums. Their length depends on the number of columns alone.</summary>
    public Span<double> Sums => _sums.Span;

    /// <summary>Adds the products of adjacent rows of Z.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row behind the last one.</param>
    /// <param name="write">The function that writes a row of Z.</param>
    public void AddRows(int first, int end, RowWriter write)
    {
        _rows ??= new RowBlock(columnCount);
        for (int start = first; start < end; start += RowBlock.Capacity)
        {
            _rows.Fill(start, end, write);
            Add(_rows);
        }
    }

    /// <summary>Returns the rows of G; row j is defined from column j on.</summary>
    public double[][] ToRows() => [.. Enumerable.Range(0, columnCount).Select(j => Row(j).ToArray())];

    /// <summary>Row j of G from column j on. The entries before it are not defined.</summary>
    public Span<double> Row(int j) => _sums.Span.Slice(j * _stride, columnCount);

    /// <summary>Adds the products of the rows of a block, whose rows have as many columns as Z.</summary>
    public void Add(RowBlock block)
    {
        _block = block;
        block.Run(this, _stride / LaneCount, team);
    }

    public void Execute(int piece)
    {
        int start = piece * LaneCount;
        ref double z = ref MemoryMarshal.GetReference(_block!.Values);
        ref double sums = ref MemoryMarshal.GetReference(_sums.Span);
        for (int column = start; column < _stride; column += LaneCount)
        {
            for (int row = start; row < start + LaneCount; row += TileRows)
                AddTile(ref z, _block.RowCount, (nuint)_stride, (nuint)row, (nuint)column, ref sums);
        }
    }

    /// <summary>Adds to 4 rows and 8 columns of G. They stay in registers meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(ref double z, int count, nuint stride, nuint row, nuint column, ref double sums)
    {
        Vector512<double> a = default, b = default, c = default, d = default;
        ref double left = ref Unsafe.Add(ref z, row);
        ref double right = ref Unsafe.Add(ref z, column);
        for (int i = 0; i < count; i++)
        {
            Vector512<double> factor = Vector512.LoadUnsafe(ref right);
            a += Vector512.Create(left) * factor;
            b += Vector512.Create(Unsafe.Add(ref left, 1)) * factor;
            c += Vector512.Create(Unsafe.Add(ref left, 2)) * factor;
            d += Vector512.Create(Unsafe.Add(ref left, 3)) * factor;
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        ref double target = ref Unsafe.Add(ref sums, row * stride + column);
        (Vector512.LoadUnsafe(ref target) + a).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, stride) + b).StoreUnsafe(ref target, stride);
        (Vector512.LoadUnsafe(ref target, 2 * stride) + c).StoreUnsafe(ref target, 2 * stride);
        (Vector512.LoadUnsafe(ref target, 3 * stride) + d).StoreUnsafe(ref target, 3 * stride);
    }
}
