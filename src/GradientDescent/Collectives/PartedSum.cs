namespace GradientDescent;

/// <summary>What pushes the sums of parts into the tree.</summary>
internal interface IPartSource
{
    /// <summary>Pushes the sum of each part of a node, in their order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="tree">The tree to push to.</param>
    void Push(SumNode node, SumTree tree);
}

/// <summary>A sum over all samples in fixed parts and a fixed tree, with the same bits on any number of ranks.</summary>
/// <remarks>
/// A rank that has some of the parts adds them up to the largest nodes of the tree that it has alone. The message of all ranks holds the
/// sums of these nodes, each at its place; every rank then adds the nodes.
/// </remarks>
/// <param name="parts">The parts.</param>
/// <param name="sharding">How they are divided; <see langword="null"/>: this process works alone.</param>
internal sealed class PartedSum(SampleParts parts, Sharding? sharding)
{
    private readonly SumNode[] _nodes = sharding is null ? [.. SumNode.Of(0, parts.Count)] : [.. sharding.AllNodes];
    private readonly SumTree _tree = new();
    private readonly SumMessage _message = new();

    /// <summary>Returns the losses and weights of all parts and writes the sum of their vectors.</summary>
    /// <param name="source">Evaluates the parts of this rank.</param>
    /// <param name="vector">The sum of the vectors, to be written; empty if there are none.</param>
    public LossSum Of<TSource>(scoped ref TSource source, scoped Span<double> vector)
        where TSource : IPartSource, allows ref struct
    {
        _tree.Clear();
        if (sharding is null)
        {
            foreach (SumNode node in _nodes)
                source.Push(node, _tree);
            return _tree.Collect(vector);
        }

        return sharding.HasFastSums ? OfVectors(ref source, vector) : OfNodes(ref source, vector);
    }

    /// <summary>Sends the sums of the nodes of all ranks, and adds them in the tree.</summary>
    private LossSum OfNodes<TSource>(scoped ref TSource source, scoped Span<double> vector)
        where TSource : IPartSource, allows ref struct
    {
        _message.Begin(_nodes.Length, vector.Length);
        int slot = sharding!.FirstNode;
        foreach (SumNode node in sharding.OwnNodes)
        {
            source.Push(node, _tree);
            _message[slot] = _tree.Collect(_message.VectorOf(slot));
            slot++;
        }

        _message.Send(sharding.Collective);
        slot = 0;
        foreach (SumNode node in _nodes)
        {
            _tree.Push(node.Level, _message.VectorOf(slot), _message[slot]);
            slot++;
        }

        return _tree.Collect(vector);
    }

    /// <summary>Sends one vector, the sum over the parts of a rank.</summary>
    private LossSum OfVectors<TSource>(scoped ref TSource source, scoped Span<double> vector)
        where TSource : IPartSource, allows ref struct
    {
        _message.Begin(1, vector.Length);
        foreach (SumNode node in sharding!.OwnNodes)
            source.Push(node, _tree);
        _message[0] = _tree.Collect(_message.VectorOf(0));
        _message.Send(sharding.Collective);
        _message.VectorOf(0).CopyTo(vector);
        return _message[0];
    }
}
