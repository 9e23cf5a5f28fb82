using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The scores at one point of a <see cref="LearningCurve"/> or a <see cref="ValidationCurve"/>.</summary>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class CurvePoint<TValue>
{
    internal CurvePoint(TValue value, ImmutableArray<double> trainingScores, ImmutableArray<double> testScores)
    {
        (Value, TrainingScores, TestScores) = (value, trainingScores, testScores);
        (Training, Test) = (new ScoreSummary(trainingScores.AsSpan()), new ScoreSummary(testScores.AsSpan()));
    }

    /// <summary>The number of training samples, or the value of the setting.</summary>
    public TValue Value { get; }

    /// <summary>The score of each fold on its training samples.</summary>
    public ImmutableArray<double> TrainingScores { get; }

    /// <summary>The score of each fold on its test samples.</summary>
    public ImmutableArray<double> TestScores { get; }

    /// <summary>The scores on training samples.</summary>
    public ScoreSummary Training { get; }

    /// <summary>The scores on test samples.</summary>
    public ScoreSummary Test { get; }

    /// <summary>The value and both scores.</summary>
    public override string ToString() => Format.Text($"{Value}: training {Training}, test {Test}");
}
