using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>A test function of two parameters with its gradient. <see cref="TestFunctions"/> lists them.</summary>
/// <remarks>Thread-safe: it has no state.</remarks>
public sealed class TestFunction : IObjective
{
    private readonly Func<double, double, (double Value, double Dx, double Dy)> _function;

    internal TestFunction(string name, Func<double, double, (double Value, double Dx, double Dy)> function) =>
        (Name, _function) = (name, function);

    /// <summary>The name of the function.</summary>
    public string Name { get; }

    /// <summary>The name of the first parameter.</summary>
    public string XName { get; init; } = "x";

    /// <summary>The name of the second parameter.</summary>
    public string YName { get; init; } = "y";

    /// <summary>The usual starting point.</summary>
    public required (double X, double Y) Start { get; init; }

    /// <summary>The minima; empty for the saddle, which has none.</summary>
    public required ImmutableArray<(double X, double Y)> Minima { get; init; }

    /// <summary>The interesting range of the first parameter.</summary>
    public required (double Min, double Max) XRange { get; init; }

    /// <summary>The interesting range of the second parameter.</summary>
    public required (double Min, double Max) YRange { get; init; }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are not two parameters, or the gradient is neither empty nor of length two.</exception>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        if (parameters.Length != 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"parameters has {parameters.Length} entries: {Name} is a function of two."),
                nameof(parameters));
        }

        if (gradient.Length is not (0 or 2))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"gradient has {gradient.Length} entries: it must have two, or none."), nameof(gradient));
        }

        (double value, double dx, double dy) = _function(parameters[0], parameters[1]);
        if (!gradient.IsEmpty)
            (gradient[0], gradient[1]) = (dx, dy);
        return value;
    }
}
