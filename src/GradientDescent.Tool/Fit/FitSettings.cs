namespace GradientDescent.Tool;

/// <summary>How a model is fitted.</summary>
/// <param name="Optimizer">The optimizer to train with; <see langword="null"/>: the library's own fit of the model.</param>
/// <param name="Options">The options of the training; the library's own fits do not use them.</param>
/// <param name="FitOptions">The penalty; the library's own fits do not use it.</param>
/// <param name="HeldOut">The share of the samples for validation; <see langword="null"/>: none.</param>
internal sealed record FitSettings(IOptimizer? Optimizer, TrainingOptions Options, FitOptions FitOptions, double? HeldOut)
{
    public string Name => Optimizer?.GetType().Name ?? "best fit";
}
