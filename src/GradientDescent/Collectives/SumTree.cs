using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Adds the sums of parts in pairs, in a tree that depends only on the number of parts: neighbours are added first, then neighbouring
/// pairs.
/// </summary>
/// <remarks>
/// Nodes are pushed in the order of their parts. The tree keeps at most one waiting sum for each level. A sum has numbers of losses and
/// weights and, if it is pushed with one, a vector.
/// </remarks>
internal sealed class SumTree
{
    private const int LevelCount = 32;

    private readonly AlignedArray<double>?[] _vectors = new AlignedArray<double>?[LevelCount];
    private readonly LossSum[] _sums = new LossSum[LevelCount];
    private readonly bool[] _isWaiting = new bool[LevelCount];

    /// <summary>Forgets the sums that wait, such as those of an evaluation that has thrown.</summary>
    public void Clear() => Array.Clear(_isWaiting);

    /// <summary>Adds a node: where its left neighbour waits, both become one node of the next level.</summary>
    /// <param name="level">The height of the node; 0 for one part.</param>
    /// <param name="vector">The vector of the node; empty if there is none.</param>
    /// <param name="sum">The losses and weights of the node.</param>
    public void Push(int level, ReadOnlySpan<double> vector, LossSum sum)
    {
        for (; _isWaiting[level]; level++)
        {
            // The earlier neighbour is the left operand.
            sum = _sums[level] + sum;
            _isWaiting[level] = false;
            if (vector.IsEmpty)
                continue;
            Span<double> target = _vectors[level]!.Span;
            Reductions.AddScaled(target, 1, vector);
            vector = target;
        }

        (_sums[level], _isWaiting[level]) = (sum, true);
        if (vector.IsEmpty)
            return;
        if (_vectors[level] is null || _vectors[level]!.Length != vector.Length)
            _vectors[level] = new AlignedArray<double>(vector.Length);
        vector.CopyTo(_vectors[level]!.Span);
    }

    /// <summary>Adds the sums that wait, from the last to the first, and empties the tree.</summary>
    /// <param name="vector">The vector of the sum, to be written; empty if there is none.</param>
    public LossSum Collect(Span<double> vector)
    {
        LossSum total = default;
        bool isFirst = true;
        for (int level = 0; level < LevelCount; level++)
        {
            if (!_isWaiting[level])
                continue;
            _isWaiting[level] = false;
            total = isFirst ? _sums[level] : _sums[level] + total;
            if (!vector.IsEmpty)
            {
                ReadOnlySpan<double> left = _vectors[level]!.Span;
                if (isFirst)
                    left.CopyTo(vector);
                else
                    Reductions.AddScaled(vector, 1, left); // addition commutes: the order of the operands changes no bit
            }

            isFirst = false;
        }

        return total;
    }
}
