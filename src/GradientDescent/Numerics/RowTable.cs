using GradientDescent.Kernels;

namespace GradientDescent.Numerics;

/// <summary>A table whose rows are written one at a time.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="ColumnCount">The number of columns.</param>
/// <param name="Write">The function that writes a row. Where the rows are divided among ranks, all ranks call it together.</param>
internal sealed record RowTable(int RowCount, int ColumnCount, RowWriter Write)
{
    /// <summary>How the rows are divided among ranks; <see langword="null"/> if <see cref="Write"/> is all there is.</summary>
    public Sharding? Sharding { get; init; }

    /// <summary>The function that writes an own row of this rank without the others.</summary>
    public RowWriter WriteOwn { get; init; } = Write;

    /// <summary>The rows that <see cref="WriteOwn"/> can write.</summary>
    public (int First, int Count) Own => Sharding?.Own ?? (0, RowCount);
}
