namespace GradientDescent;

/// <summary>A gradient that an <see cref="IGradientTransform"/> changes, and what it belongs to.</summary>
/// <example><code>
/// double[] parameters = [1, 2], gradient = [30, 40];
/// var context = new GradientContext(gradient, parameters, ParameterLayout.Flat(2));
/// GradientClipping.ByNorm(5).Apply(in context);
/// Console.WriteLine($"{gradient[0]} {gradient[1]}");   // 3 4
/// </code></example>
public readonly ref struct GradientContext
{
    /// <summary>Creates the context of a gradient in your own loop.</summary>
    /// <param name="gradient">The gradient of the step, changed in place.</param>
    /// <param name="parameters">The parameters at which it was computed, as many as the gradient has entries.</param>
    /// <param name="layout">The blocks of the parameters; blocks that are not trained are marked as frozen.</param>
    /// <param name="step">The number of steps before this one.</param>
    /// <param name="seed">The seed for transforms that use random numbers.</param>
    /// <exception cref="ArgumentException">Gradient, parameters and layout do not have the same length.</exception>
    public GradientContext(
        Span<double> gradient, ReadOnlySpan<double> parameters, ParameterLayout layout, long step = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Guard.SameLength(parameters, gradient);
        if (layout.Count != gradient.Length)
            throw Guard.Invalid(
                nameof(layout), $"The layout has {layout.Count} parameters: it must have {gradient.Length}, as many as the gradient.");
        (Layout, Step, Seed) = (layout, step, seed);
        Gradient = gradient;
        Parameters = parameters;
    }

    /// <summary>The gradient of the step, of the problem as optimised; changed in place.</summary>
    public Span<double> Gradient { get; }

    /// <summary>The parameters at which the gradient was computed.</summary>
    public ReadOnlySpan<double> Parameters { get; }

    /// <summary>The blocks of the parameters; blocks that are not trained are marked as frozen.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The number of steps before this one.</summary>
    public long Step { get; }

    /// <summary>The seed of the run, for transforms that use random numbers.</summary>
    public long Seed { get; }
}
