using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The scores at one point of a <see cref="LearningCurve"/> or a <see cref="ValidationCurve"/>.</summary>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class CurvePoint<TValue>
{
    internal CurvePoint(TValue value, ImmutableArray<CurveScore> scores)
    {
        Value = value;
        TrainingScores = [.. scores.Select(score => score.Training)];
        TestScores = [.. scores.Select(score => score.Test)];
        Errors = [.. scores.Select(score => score.Error).OfType<Exception>()];
        UnconvergedCount = scores.Count(score => score.Error is null && !score.IsConverged);
        (Training, Test) = (new ScoreSummary(TrainingScores.AsSpan()), new ScoreSummary(TestScores.AsSpan()));
    }

    /// <summary>The number of training samples, or the value of the setting.</summary>
    public TValue Value { get; }

    /// <summary>The score of each fold on its training samples; NaN if its fit threw an exception.</summary>
    public ImmutableArray<double> TrainingScores { get; }

    /// <summary>The score of each fold on its test samples; NaN if its fit threw an exception.</summary>
    public ImmutableArray<double> TestScores { get; }

    /// <summary>The scores on training samples.</summary>
    public ScoreSummary Training { get; }

    /// <summary>The scores on test samples.</summary>
    public ScoreSummary Test { get; }

    /// <summary>The exceptions of fits and scores, in the order of the folds.</summary>
    public ImmutableArray<Exception> Errors { get; }

    /// <summary>The number of folds whose fit ended without an exception, but has not converged.</summary>
    public int UnconvergedCount { get; }

    /// <summary>The value and both scores, and the folds that failed or did not converge.</summary>
    public override string ToString() => Format.Text($"{Value}: training {Training}, test {Test}")
        + (Errors.IsEmpty ? "" : Format.Text($"; {Errors.Length} failed: {Errors[0].Message}"))
        + (UnconvergedCount > 0 ? Format.Text($"; {UnconvergedCount} not converged") : "");
}
