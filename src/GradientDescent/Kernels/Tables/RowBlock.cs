using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>Some rows of a table in double, few enough for the second-level cache. Each row is padded with zeros.</summary>
/// <param name="columnCount">The number of columns.</param>
internal sealed class RowBlock(int columnCount)
{
    public const int Capacity = 128, LaneCount = 8;

    /// <summary>The number of multiplications from which several threads save time.</summary>
    private const long ParallelThreshold = 1_000_000;

    private readonly AlignedArray<double> _values = new(Capacity * StrideFor(columnCount));

    /// <summary>The number of rows that are filled.</summary>
    public int RowCount { get; private set; }

    /// <summary>The distance between the starts of two rows.</summary>
    public int Stride { get; } = StrideFor(columnCount);

    /// <summary>The rows, with their padding.</summary>
    public Span<double> Values => _values.Span[..(RowCount * Stride)];

    public static int StrideFor(int columnCount) => (columnCount + LaneCount - 1) / LaneCount * LaneCount;

    /// <summary>The numbers of one row, without padding.</summary>
    public Span<double> Row(int row) => _values.Span.Slice(row * Stride, columnCount);

    /// <summary>Fills the block with the rows from <paramref name="first"/> on, as many as it can hold.</summary>
    /// <param name="first">The index of the first row in the table.</param>
    /// <param name="tableRowCount">The number of rows of the table.</param>
    /// <param name="write">The function that writes one row of the table.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int first, int tableRowCount, RowWriter write)
    {
        RowCount = Math.Min(Capacity, tableRowCount - first);
        for (int i = 0; i < RowCount; i++)
            write(first + i, Row(i));
    }

    /// <summary>
    /// Executes pieces of work on the rows, each row times a square matrix of its width, on several threads if that saves time.
    /// </summary>
    public void Run(IParallelWork work, int pieceCount, ThreadTeam team)
    {
        if ((long)RowCount * Stride * Stride >= ParallelThreshold)
        {
            team.Run(work, pieceCount);
            return;
        }

        for (int piece = 0; piece < pieceCount; piece++)
            work.Execute(piece);
    }
}

/// <summary>Writes one row of a table.</summary>
/// <param name="row">The index of the row.</param>
/// <param name="target">The memory for it, one number for each column.</param>
internal delegate void RowWriter(int row, Span<double> target);
