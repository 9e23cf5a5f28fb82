namespace GradientDescent;

/// <summary>The line of the file that each row of a table is on. Where each row is one line, it takes no memory.</summary>
internal sealed class RowLines
{
    private readonly List<(int Row, long Line)> _jumps = [];
    private long _nextLine;

    public int RowCount { get; private set; }

    /// <summary>The line of a row, counted from 1.</summary>
    public long this[int row]
    {
        get
        {
            int jump = _jumps.BinarySearch((row, long.MaxValue));
            (int first, long line) = _jumps[~jump - 1];
            return line + (row - first);
        }
    }

    /// <summary>Adds the next row.</summary>
    public void Add(long line)
    {
        if (line != _nextLine)
            _jumps.Add((RowCount, line));
        (RowCount, _nextLine) = (RowCount + 1, line + 1);
    }
}
