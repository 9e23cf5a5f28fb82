namespace GradientDescent;

/// <summary>How the samples of a data set are divided among ranks: each has adjacent samples, cut at the ends of parts.</summary>
internal sealed class Sharding
{
    private readonly int[] _starts;
    private readonly SumNode[][] _nodes;

    /// <param name="collective">The ranks.</param>
    /// <param name="sampleCount">The number of samples of all ranks.</param>
    /// <param name="keepsAllRows">Whether each rank has the rows of all samples.</param>
    /// <param name="hasFastSums">Whether a sum over all samples sends one vector, and its bits depend on the number of ranks.</param>
    public Sharding(ICollective collective, int sampleCount, bool keepsAllRows, bool hasFastSums)
    {
        (Collective, Parts, KeepsAllRows, HasFastSums) = (collective, new SampleParts(sampleCount), keepsAllRows, hasFastSums);
        int[] parts = [.. Enumerable.Range(0, collective.Size + 1).Select(rank => (int)((long)rank * Parts.Count / collective.Size))];
        _starts = Array.ConvertAll(parts, Parts.StartOf);
        _nodes = [.. parts.Zip(parts.Skip(1), (first, end) => SumNode.Of(first, end).ToArray())];
        FirstNode = _nodes.Take(collective.Rank).Sum(nodes => nodes.Length);
    }

    /// <summary>The rows that ranks happen to have; they can only be read.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="starts">The first sample of each rank, and the number of samples.</param>
    public Sharding(ICollective collective, int[] starts) =>
        (Collective, Parts, _starts, _nodes) = (collective, new SampleParts(starts[^1]), starts, []);

    public ICollective Collective { get; }

    /// <summary>The parts of the samples of all ranks.</summary>
    public SampleParts Parts { get; }

    public bool KeepsAllRows { get; }

    public bool HasFastSums { get; }

    /// <summary>The nodes whose sums this rank computes.</summary>
    public ReadOnlySpan<SumNode> OwnNodes => _nodes[Collective.Rank];

    /// <summary>The nodes of all ranks, in the order of the samples.</summary>
    public IEnumerable<SumNode> AllNodes => _nodes.SelectMany(nodes => nodes);

    /// <summary>The place of this rank's first node among all nodes.</summary>
    public int FirstNode { get; }

    /// <summary>The samples of this rank.</summary>
    public (int First, int Count) Own => SamplesOf(Collective.Rank);

    /// <summary>The samples of a rank.</summary>
    public (int First, int Count) SamplesOf(int rank) => (_starts[rank], _starts[rank + 1] - _starts[rank]);

    /// <summary>The rank of a sample.</summary>
    public int OwnerOf(int sample)
    {
        int rank = Array.BinarySearch(_starts, 0, Collective.Size, sample);
        if (rank < 0)
            return ~rank - 1;
        while (_starts[rank + 1] == sample)
            rank++; // ranks without samples
        return rank;
    }

    /// <summary>The same division for another number of samples.</summary>
    public Sharding Of(int sampleCount) => new(Collective, sampleCount, KeepsAllRows, HasFastSums);

    /// <summary>Returns the samples of a rank that are among others.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="first">The first of the other samples.</param>
    /// <param name="count">The number of the other samples.</param>
    public (int First, int Count) Among(int rank, int first, int count)
    {
        int start = Math.Max(_starts[rank], first), end = Math.Min(_starts[rank + 1], first + count);
        return (start, Math.Max(end - start, 0));
    }

    /// <summary>Combines the smallest and largest numbers that ranks have found.</summary>
    /// <param name="low">The smallest numbers of this rank, to become those of all ranks.</param>
    /// <param name="high">The largest numbers.</param>
    public void Widen(Span<double> low, Span<double> high)
    {
        int width = low.Length;
        double[] message = new double[2 * width * Collective.Size];
        low.CopyTo(message.AsSpan(2 * width * Collective.Rank));
        high.CopyTo(message.AsSpan(2 * width * Collective.Rank + width));
        Collective.Sum(message);
        for (int i = 0; i < message.Length; i++)
        {
            int j = i % width;
            if (i / width % 2 == 0)
                low[j] = Math.Min(low[j], message[i]);
            else
                high[j] = Math.Max(high[j], message[i]);
        }
    }

    /// <summary>Completes a list of numbers of adjacent samples, of which each rank has those of its own samples.</summary>
    /// <param name="values">The numbers, sample after sample.</param>
    /// <param name="perSample">The number of numbers of a sample.</param>
    /// <param name="first">The first sample of the list.</param>
    public void Gather(Span<double> values, int perSample, int first = 0)
    {
        for (int rank = 0; rank < Collective.Size; rank++)
        {
            (int start, int count) = Among(rank, first, values.Length / perSample);
            if (count > 0)
                Collective.Broadcast(values.Slice((start - first) * perSample, count * perSample), rank);
        }
    }
}
