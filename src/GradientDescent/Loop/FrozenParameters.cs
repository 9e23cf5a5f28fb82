namespace GradientDescent;

/// <summary>The blocks that training does not change: their gradient counts as 0, and changes by an update rule are undone.</summary>
internal sealed class FrozenParameters
{
    private readonly ParameterBlock[] _blocks;
    private readonly double[] _values;

    /// <param name="layout">The blocks.</param>
    /// <param name="start">The parameters at the start of the run.</param>
    private FrozenParameters(ParameterLayout layout, ReadOnlySpan<double> start) =>
        (_blocks, _values) = ([.. layout.Blocks.Where(block => block.IsFrozen)], start.ToArray());

    /// <summary>Returns the frozen blocks of a layout; <see langword="null"/> if there are none.</summary>
    public static FrozenParameters? Of(ParameterLayout layout, ReadOnlySpan<double> start) =>
        layout.HasFrozenBlocks ? new FrozenParameters(layout, start) : null;

    public void ClearGradient(Span<double> gradient)
    {
        foreach (ParameterBlock block in _blocks)
            block.Of(gradient).Clear();
    }

    public void Restore(Span<double> parameters)
    {
        foreach (ParameterBlock block in _blocks)
            block.Of((ReadOnlySpan<double>)_values).CopyTo(block.Of(parameters));
    }
}
