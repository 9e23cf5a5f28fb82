namespace GradientDescent;

/// <summary>A function of the parameters.</summary>
/// <param name="parameters">The parameters to evaluate at.</param>
public delegate double ObjectiveValue(ReadOnlySpan<double> parameters);

/// <summary>Writes the gradient of a function.</summary>
/// <param name="parameters">The parameters to evaluate at.</param>
/// <param name="gradient">The gradient, as long as the parameters; every entry must be written.</param>
public delegate void ObjectiveGradient(ReadOnlySpan<double> parameters, Span<double> gradient);

/// <summary>Returns the value of a function and writes its gradient.</summary>
/// <param name="parameters">The parameters to evaluate at.</param>
/// <param name="gradient">The gradient, as long as the parameters; every entry must be written.</param>
public delegate double ObjectiveValueAndGradient(ReadOnlySpan<double> parameters, Span<double> gradient);
