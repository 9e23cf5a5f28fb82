using System.Numerics;

namespace GradientDescent;

/// <summary>
/// A node of the tree in which the sums of the parts are added: 2^Level adjacent parts, whose first is a multiple of 2^Level.
/// </summary>
/// <param name="First">The first part.</param>
/// <param name="Level">The height of the node in the tree; 0 for one part.</param>
internal readonly record struct SumNode(int First, int Level)
{
    /// <summary>The part behind the last one of the node.</summary>
    public int End => First + (1 << Level);

    /// <summary>Returns the largest nodes that make up a range of parts, in their order.</summary>
    public static IEnumerable<SumNode> Of(int first, int end)
    {
        while (first < end)
        {
            int level = Math.Min(BitOperations.TrailingZeroCount(first), BitOperations.Log2((uint)(end - first)));
            yield return new SumNode(first, level);
            first += 1 << level;
        }
    }
}
