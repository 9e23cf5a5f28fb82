namespace GradientDescent;

/// <summary>Named arrays of parameters in one flat vector, such as W1, b1, W2 and b2 of a network.</summary>
/// <example><code>
/// var layout = new ParameterLayout(
///     new ParameterBlock("W1", rows: 1, columns: 2), new ParameterBlock("b1", rows: 1, role: ParameterRole.Bias));
/// var parameters = new ParameterSet(layout);
/// ParameterSet gradients = parameters.CreateNew();
/// gradients["W1"][0] = 0.5;
/// gradients["b1"][0] = -2;
/// new SGD(learningRate: 0.1).Update(parameters, gradients);
/// Console.WriteLine($"{parameters["W1"][0]} {parameters["b1"][0]}");   // -0.05 0.2
/// </code></example>
public sealed class ParameterSet
{
    private readonly double[] _values;

    /// <summary>Creates parameters that are all 0.</summary>
    /// <param name="layout">The blocks.</param>
    public ParameterSet(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        _values = new double[layout.Count];
    }

    /// <summary>The blocks.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>All parameters as one vector, in the order of the layout. A change of the vector also changes the blocks.</summary>
    public Span<double> Values => _values;

    /// <summary>The parameters of a block, row after row. A change of the block also changes the vector.</summary>
    /// <param name="name">The block's name.</param>
    /// <exception cref="KeyNotFoundException">There is no block of this name.</exception>
    public Span<double> this[string name] => Layout[name].Of(Values);

    /// <summary>Creates a set with the same layout, all 0, for example for gradients.</summary>
    public ParameterSet CreateNew() => new(Layout);

    /// <summary>Returns the layout as text.</summary>
    public override string ToString() => Layout.ToString();
}
