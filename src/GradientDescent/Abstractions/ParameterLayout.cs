using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The consecutive blocks of a flat parameter vector.</summary>
/// <remarks>
/// Most optimizers work on the flat vector and need no layout. It is used by parameter groups, by rules for matrices, by penalties that do
/// not apply to biases, and for frozen blocks.
/// </remarks>
/// <example><code>
/// var layout = new ParameterLayout(
///     new ParameterBlock("W1", rows: 3, columns: 2), new ParameterBlock("b1", rows: 3, role: ParameterRole.Bias));
/// Console.WriteLine($"{layout.Count} parameters, b1 starts at {layout["b1"].Start}");   // 9 parameters, b1 starts at 6
/// </code></example>
public sealed class ParameterLayout
{
    /// <summary>Creates a layout of blocks in the given order. Each block starts where the previous one ends.</summary>
    /// <param name="blocks">The blocks, at least one, with different names.</param>
    /// <exception cref="ArgumentException">
    /// There is no block, two blocks have the same name, or there are too many parameters for an array.
    /// </exception>
    public ParameterLayout(params ReadOnlySpan<ParameterBlock> blocks)
    {
        if (blocks.IsEmpty)
            throw Guard.Invalid(nameof(blocks), $"There are no blocks: at least one is needed.");
        ImmutableArray<ParameterBlock>.Builder placed = ImmutableArray.CreateBuilder<ParameterBlock>(blocks.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        long start = 0;
        foreach (ParameterBlock block in blocks)
        {
            ArgumentNullException.ThrowIfNull(block, nameof(blocks));
            if (!names.Add(block.Name))
                throw Guard.Invalid(nameof(blocks), $"Two blocks are named '{block.Name}': each block needs a name of its own.");
            if (start + (long)block.Rows * block.Columns > Array.MaxLength)
                throw Guard.Invalid(nameof(blocks),
                    $"The blocks up to '{block.Name}' have more than {Array.MaxLength} parameters: no array holds them.");
            placed.Add(block with { Start = (int)start });
            start += block.Length;
        }

        Blocks = placed.MoveToImmutable();
        Count = (int)start;
        HasFrozenBlocks = Blocks.Any(block => block.IsFrozen);
    }

    /// <summary>The number of parameters in all blocks.</summary>
    public int Count { get; }

    /// <summary>The blocks in their order in the vector.</summary>
    public ImmutableArray<ParameterBlock> Blocks { get; }

    /// <summary>Whether at least one block is frozen.</summary>
    public bool HasFrozenBlocks { get; }

    /// <summary>Gets the block with a name.</summary>
    /// <param name="name">The block's name.</param>
    /// <exception cref="KeyNotFoundException">There is no block of this name.</exception>
    public ParameterBlock this[string name]
    {
        get
        {
            foreach (ParameterBlock block in Blocks)
            {
                if (block.Name == name)
                    return block;
            }

            throw new KeyNotFoundException(
                $"There is no block '{name}': the blocks are {Format.List(Blocks.Select(block => block.Name))}.");
        }
    }

    /// <summary>Creates a layout of one block named <c>parameters</c>, a column of weights.</summary>
    /// <param name="count">The number of parameters, at least 1.</param>
    public static ParameterLayout Flat(int count) => new(new ParameterBlock("parameters", count));

    /// <summary>Returns the blocks as text.</summary>
    public override string ToString() => Format.List(Blocks);
}
