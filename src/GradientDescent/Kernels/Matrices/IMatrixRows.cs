using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>The rows of a matrix, wherever each of them lies in memory.</summary>
internal interface IMatrixRows<T>
    where T : unmanaged
{
    /// <summary>The number of rows.</summary>
    int Count { get; }

    /// <summary>The number of columns.</summary>
    int ColumnCount { get; }

    /// <summary>The first number of a row.</summary>
    ref T Start(int row);

    /// <summary>Prefetches what is read after this row, if anything is known about it.</summary>
    void PrefetchUpcoming(int row);
}

/// <summary>A matrix whose rows follow each other in memory.</summary>
internal readonly ref struct MatrixRows<T>(ReadOnlySpan<T> values, int columnCount) : IMatrixRows<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _values = values;

    public int Count => _values.Length / ColumnCount;

    public int ColumnCount { get; } = columnCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Start(int row) => ref MemoryMarshal.GetReference(_values.Slice(row * ColumnCount, ColumnCount));

    public void PrefetchUpcoming(int row)
    {
    }
}
