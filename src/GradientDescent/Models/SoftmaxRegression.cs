using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Softmax (multinomial logistic) regression: P(class j) = e^sⱼ / Σ e^sᵢ with s = x·W + b;
/// targets are class indices from 0.</summary>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4, 5, 6], [0, 0, 1, 2, 1, 2]);   // classes 0, 1, 2
/// var model = new SoftmaxRegression(classCount: 3);
/// var options = new TrainingOptions { MaxEpochs = 5000 };
/// FitOptions fitOptions = new() { Penalty = new L2Penalty(0.01) };
/// new Trainer(new BatchGD(0.5), options).Fit(model, data, options: fitOptions);
/// Console.WriteLine(string.Join(" ", model.PredictProbability(2).Select(p =&gt; $"{p:F2}")));   // 0.86 0.12 0.02
/// </code></example>
public sealed partial class SoftmaxRegression : LinearModel
{
    /// <summary>Creates a model without parameters, to be fitted.</summary>
    /// <param name="classCount">The number of classes K, at least 2.</param>
    /// <param name="intercept">Whether there are intercepts b.</param>
    /// <param name="initialSpread">Training starts at parameters drawn uniformly from [−spread, spread) with the run's seed, in the
    /// coordinates of the training (scaled ones, except with <see cref="FeatureScaling.None"/>); 0: training starts at zero.</param>
    public SoftmaxRegression(int classCount, bool intercept = true, double initialSpread = 0)
        : base(ModelTask.Classification, Guard.AtLeast(classCount, 2), intercept, initialSpread)
    {
    }

    /// <summary>
    /// Returns the class of one row: the index of the highest score; if several scores are equal, the lowest of their indices.
    /// </summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public int Predict(params ReadOnlySpan<double> row) => Reductions.IndexOfMax(Scores(row).AsSpan());

    /// <summary>Returns the probabilities of the classes for one row; their sum is 1.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public ImmutableArray<double> PredictProbability(params ReadOnlySpan<double> row)
    {
        double[] values = new double[OutputCount];
        ScoreInto(row, values);
        ToProbabilities(values);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>The class of each row.</summary>
    /// <param name="rows">Rows of features, each as long as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">A row has another length or a number that is not finite; the message names the row.</exception>
    public ImmutableArray<int> PredictAll(IEnumerable<double[]> rows) => ForAll(rows, row => Predict(row));

    /// <summary>The probability of each class of each row: K numbers for each row, with the bits of
    /// <see cref="PredictProbability"/>.</summary>
    /// <inheritdoc cref="PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<ImmutableArray<double>> PredictProbabilities(IEnumerable<double[]> rows) =>
        ForAll(rows, row => PredictProbability(row));

    /// <summary>Replaces the scores of one sample by the probabilities of the classes.</summary>
    internal static void ToProbabilities(Span<double> values)
    {
        double top = values[Reductions.IndexOfMax(values)]; // subtracted, so that no exponential overflows
        for (int k = 0; k < values.Length; k++)
            values[k] = Elementary.Exp(values[k] - top);
        double total = Reductions.Sum(values);
        for (int k = 0; k < values.Length; k++)
            values[k] /= total;
    }
}
