namespace GradientDescent;

/// <summary>The size of a full gradient, for the tests of convergence.</summary>
/// <param name="Norm">The Euclidean norm.</param>
/// <param name="Relative">The largest entry, in standard errors; unset if it is not tested.</param>
internal readonly record struct GradientMeasure(double Norm, RelativeGradient? Relative);
