using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class FeedForwardNetwork
{
    /// <summary>Returns the class of one row: that with the highest score, or class 1 of two where the only score is at least 0.</summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or is a regression.</exception>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public int PredictClass(params ReadOnlySpan<double> row) => ClassOf(Scores(row).AsSpan());

    /// <summary>Returns the probabilities of the classes for one row; for two classes those of class 0 and class 1.</summary>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{double})"/>
    public ImmutableArray<double> PredictProbability(params ReadOnlySpan<double> row)
    {
        RequireClasses();
        double[] values = [.. Scores(row)];
        if (OutputCount > 1)
        {
            SoftmaxRegression.ToProbabilities(values);
            return ImmutableCollectionsMarshal.AsImmutableArray(values);
        }

        return [Elementary.Sigmoid(-values[0]), Elementary.Sigmoid(values[0])];
    }

    private int ClassOf(ReadOnlySpan<double> scores)
    {
        RequireClasses();
        return scores.Length > 1 ? Reductions.IndexOfMax(scores) : scores[0] >= 0 ? 1 : 0;
    }

    private void RequireClasses()
    {
        if (Task == ModelTask.Regression)
            throw new InvalidOperationException("This network is a regression: it has scores, and no classes.");
    }
}
