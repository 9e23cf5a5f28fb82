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
        NodeCount = _nodes.Sum(nodes => nodes.Length);
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

    public int NodeCount { get; }

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

    /// <summary>Completes a list of numbers of all samples, of which each rank has those of its own samples.</summary>
    /// <param name="values">The numbers, sample after sample.</param>
    /// <param name="perSample">The number of numbers of a sample.</param>
    public void Gather(Span<double> values, int perSample)
    {
        for (int rank = 0; rank < Collective.Size; rank++)
        {
            (int first, int count) = SamplesOf(rank);
            if (count > 0)
                Collective.Broadcast(values.Slice(first * perSample, count * perSample), rank);
        }
    }
}
