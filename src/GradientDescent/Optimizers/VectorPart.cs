namespace GradientDescent;

/// <summary>Copies some blocks of a vector, which need not be adjacent, to and from a contiguous vector.</summary>
internal sealed class VectorPart
{
    private readonly List<(int Start, int Length)> _runs = [];

    /// <param name="blocks">The blocks in their order in the vector; adjacent blocks are copied together.</param>
    public VectorPart(IEnumerable<ParameterBlock> blocks)
    {
        foreach (ParameterBlock block in blocks)
        {
            if (_runs.Count > 0 && _runs[^1] is var last && last.Start + last.Length == block.Start)
                _runs[^1] = (last.Start, last.Length + block.Length);
            else
                _runs.Add((block.Start, block.Length));
            Length += block.Length;
        }
    }

    /// <summary>The number of entries in the part.</summary>
    public int Length { get; }

    /// <summary>Copies the part out of the whole vector.</summary>
    public void Take(ReadOnlySpan<double> whole, Span<double> part)
    {
        int at = 0;
        foreach ((int start, int length) in _runs)
        {
            whole.Slice(start, length).CopyTo(part[at..]);
            at += length;
        }
    }

    /// <summary>Copies the part into the whole vector.</summary>
    public void Put(ReadOnlySpan<double> part, Span<double> whole)
    {
        int at = 0;
        foreach ((int start, int length) in _runs)
        {
            part.Slice(at, length).CopyTo(whole[start..]);
            at += length;
        }
    }
}
