using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial class LogisticRegression
{
    /// <summary>The probability of class 1 of each row.</summary>
    /// <inheritdoc cref="PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<double> PredictProbabilities(IEnumerable<double[]> rows) => ForAll(rows, row => PredictProbability(row));
}

public sealed partial class SoftmaxRegression
{
    /// <summary>The probability of each class for each row; those of a row add up to 1.</summary>
    /// <inheritdoc cref="PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<ImmutableArray<double>> PredictProbabilities(IEnumerable<double[]> rows) =>
        ForAll(rows, row => PredictProbability(row));
}
