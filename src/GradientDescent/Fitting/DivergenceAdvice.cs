using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Suggests changes after a fit that diverged, or that ended worse than it began.</summary>
internal sealed class DivergenceAdvice
{
    public required EmpiricalRisk Risk { get; init; }

    /// <summary>The objective over all samples.</summary>
    public required IObjective Whole { get; init; }

    public required ImmutableArray<string> FeatureNames { get; init; }

    public required FeatureScaling Scaling { get; init; }

    /// <summary>The largest scale of a feature divided by the smallest; 1 if the features are scaled.</summary>
    public required double RatioOfScales { get; init; }

    /// <summary>Whether the rate was 1/L.</summary>
    public required bool IsRateFromCurvature { get; init; }

    /// <summary>Returns the advice as sentences; <see langword="null"/> if there is none.</summary>
    public string? For(TrainingResult result) =>
        Format.Sentences(NonFiniteFeature(result.NonFiniteIndex), StableRates(), Scales(), result.Steps > 0 ? Bound() : null);

    /// <summary>Names the feature whose coefficient was not finite; with decorrelated features, no feature has one coefficient.</summary>
    private string? NonFiniteFeature(int? coordinate) =>
        Risk.Model.IsLinear && Scaling != FeatureScaling.Decorrelate && coordinate < FeatureNames.Length * Risk.Model.OutputCount
            ? $"It belongs to feature '{FeatureNames[coordinate.Value % FeatureNames.Length]}'."
            : null;

    private string? StableRates()
    {
        if (!Risk.Model.IsLinear)
            return null;
        double curvature = PowerIteration.LargestCurvature(Objective.SmoothPart(Whole), new double[Risk.ParameterCount]);
        if (!double.IsFinite(curvature) || curvature <= 0)
            return null;
        return Risk.Loss.MaxCurvature is null
            ? $"The curvature of {Risk.Loss.GetType().Name} has no known bound, so no rate can be called stable: divide the rate by 10 " +
                $"until the loss falls."
            : Format.Text($"Here plain gradient descent on all samples is stable at rates below about {2 / curvature:G3}, " +
                $"and mini-batches need smaller rates.");
    }

    private string? Scales() => RatioOfScales > 100
        ? Format.Text($"The features' scales differ by a factor of {RatioOfScales:G3}: standardise them.")
        : null;

    private string? Bound() => IsRateFromCurvature
        ? $"At 1/L plain descent never diverges: check whether MaxCurvature of {Risk.Loss.GetType().Name} is less than its second " +
            $"derivative somewhere, or whether the schedule raises the rate."
        : null;
}
