using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A random order of rows that reads a file block by block: in each epoch the blocks of adjacent rows come in a new order, and the rows of
/// several blocks, a window, are shuffled together. It is a pure function of (seed, epoch, position), and takes the memory of a window.
/// </summary>
internal sealed class WindowOrder
{
    public const int DefaultRows = 1 << 16;

    private const int BlocksPerWindow = 16;
    private const long WindowStream = -2; // and below: the order of the blocks takes the indices from 0

    private readonly int _rowCount;
    private readonly int _blockRows;
    private readonly int _blocksPerWindow;
    private readonly int _windowRows;
    private readonly long _seed;
    private readonly int[] _blocks;
    private readonly int[] _window;
    private long _epoch = -1;
    private int _shortPlace; // the place of the last block of the data, which may be shorter, among the blocks of the epoch
    private int _current = -1;

    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="windowRows">The number of rows that are shuffled together, at least 1.</param>
    /// <param name="seed">The seed of the random orders.</param>
    public WindowOrder(int rowCount, int windowRows, long seed)
    {
        windowRows = Math.Min(windowRows, rowCount);
        (_rowCount, _seed) = (rowCount, seed);
        _blockRows = Math.Max(1, windowRows / BlocksPerWindow);
        _blocksPerWindow = windowRows / _blockRows;
        _windowRows = _blockRows * _blocksPerWindow;
        _blocks = new int[(rowCount - 1) / _blockRows + 1];
        _window = new int[_windowRows];
    }

    /// <summary>Writes the rows at some places of an epoch.</summary>
    public void CopyTo(long epoch, int start, Span<int> rows)
    {
        while (!rows.IsEmpty)
        {
            ReadOnlySpan<int> part = From(epoch, start);
            part = part[..Math.Min(part.Length, rows.Length)];
            part.CopyTo(rows);
            start += part.Length;
            rows = rows[part.Length..];
        }
    }

    /// <summary>The rows from a place of an epoch to the end of its window, at least one. Valid until another window is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<int> From(long epoch, int start)
    {
        if (epoch != _epoch)
            Prepare(epoch);
        int window = start / _windowRows;
        if (StartOf(window + 1) <= start)
            window++; // the short block came before
        if (window != _current)
            Fill(window);
        int first = (int)StartOf(window), end = (int)StartOf(window + 1);
        return _window.AsSpan(start - first, end - start);
    }

    private long StartOf(int window)
    {
        long place = (long)window * _blocksPerWindow;
        if (place >= _blocks.Length)
            return _rowCount;
        int missing = _shortPlace < place ? _blocks.Length * _blockRows - _rowCount : 0;
        return place * _blockRows - missing;
    }

    private void Prepare(long epoch)
    {
        new CounterRandom(_seed, epoch).Permutation(_blocks);
        (_epoch, _current) = (epoch, -1);
        _shortPlace = _blocks.IndexOf(_blocks.Length - 1);
    }

    private void Fill(int window)
    {
        var random = new CounterRandom((long)new CounterRandom(_seed, _epoch).Bits(WindowStream - window), 0);
        int first = window * _blocksPerWindow, end = Math.Min(first + _blocksPerWindow, _blocks.Length), count = 0;
        for (int place = first; place < end; place++)
        {
            int row = _blocks[place] * _blockRows, endOfBlock = (int)Math.Min((long)row + _blockRows, _rowCount);
            for (; row < endOfBlock; row++, count++)
            {
                int other = random.Below(count + 1, count); // Fisher and Yates
                _window[count] = _window[other];
                _window[other] = row;
            }
        }

        _current = window;
    }
}
