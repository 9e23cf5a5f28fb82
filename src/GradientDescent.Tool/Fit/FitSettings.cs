namespace GradientDescent.Tool;

/// <summary>The settings of a fit.</summary>
/// <param name="Optimizer">The optimizer to train with; <see langword="null"/> for the <c>Fit</c> method of the model.</param>
/// <param name="Options">The options for training with an optimizer; otherwise only the seed is used.</param>
/// <param name="FitOptions">The penalty.</param>
/// <param name="HeldOut">The fraction of the samples for validation, or <see langword="null"/> for no validation.</param>
internal sealed record FitSettings(IOptimizer? Optimizer, TrainingOptions Options, FitOptions FitOptions, double? HeldOut)
{
    /// <summary>The processes that share the work; <see langword="null"/>: this one works alone.</summary>
    public ICollective? Ranks { get; init; }

    /// <summary>Returns the name of the optimizer or, without one, what the model's own <c>Fit</c> has found.</summary>
    public string NameOf(TrainingResult result) => Optimizer?.GetType().Name ?? result.Reason switch
    {
        StopReason.Converged => "best fit",
        StopReason.Separable => "no best fit: separable classes",
        _ => "unfinished fit",
    };
}
