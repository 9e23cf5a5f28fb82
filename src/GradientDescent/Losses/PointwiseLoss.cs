namespace GradientDescent;

/// <summary>The common base of this library's losses with one score per target. Each loss adds its formula.</summary>
/// <remarks>Losses are equal if they have the same type and settings. For a loss of your own implement <see cref="ILoss"/>.</remarks>
public abstract record PointwiseLoss : ILoss
{
    private protected PointwiseLoss()
    {
    }

    /// <inheritdoc/>
    public virtual double? MaxCurvature => null;

    /// <inheritdoc/>
    public virtual double MinCurvature => 0;

    /// <inheritdoc/>
    public virtual double CancellationFactor => Rescaled(1) is null ? 0 : MaxCurvature ?? 0;

    /// <summary>The settings for <see cref="ToString"/>; <see langword="null"/> if there are none.</summary>
    private protected virtual FormattableString? Settings => null;

    /// <inheritdoc/>
    public double Evaluate(
        ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives) =>
        Sum(new LossBlock(predictions, targets, weights, derivatives));

    /// <inheritdoc/>
    public string? ValidateShape(int scoresPerTarget) => scoresPerTarget == 1
        ? null
        : Format.Text($"{GetType().Name} takes one score per target, the model gives {scoresPerTarget}");

    /// <inheritdoc/>
    public virtual string? ValidateTarget(double target, int scoresPerTarget) => null;

    /// <inheritdoc/>
    public virtual (ILoss Loss, double Factor)? Rescaled(double scale) => null;

    /// <summary>The loss and its settings.</summary>
    public sealed override string ToString() =>
        Settings is { } settings ? $"{GetType().Name}({FormattableString.Invariant(settings)})" : GetType().Name;

    /// <summary>
    /// How far a score falls along the gradient flow dp/dτ = −ℓ′(p); NaN if there is no closed form. Karampatziakis and Langford, "Online
    /// Importance Weight Aware Updates", 2011, table 1.
    /// </summary>
    /// <param name="score">The score at the start.</param>
    /// <param name="target">The target.</param>
    /// <param name="time">τ at the end, at least 0.</param>
    internal virtual double Descent(double score, double target, double time) => double.NaN;

    /// <summary>Returns Σ wᵢℓᵢ and writes the derivatives.</summary>
    private protected abstract double Sum(in LossBlock block);

    /// <summary>Returns why a target that must be the label 0 or 1 cannot be used, or <see langword="null"/> if it can.</summary>
    private protected string? ValidateLabel(double target) => target is 0 or 1 ? null
        : $"{GetType().Name} takes the labels 0 and 1"
            + (target == -1 ? "; LibSvmOptions.Classes or Dataset.WithTargets makes -1 a 0" : "");

    /// <summary>
    /// Divides a positive setting in the targets' unit by the scale of the targets; <see langword="null"/> if the quotient overflows or
    /// underflows to 0.
    /// </summary>
    private protected static double? Divided(double setting, double scale) =>
        setting / scale is var divided && double.IsFinite(divided) && divided > 0 ? divided : null;
}
