using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Logistic regression: P(class 1) = 1/(1 + e^−(x·w + b)); targets are 0 and 1.</summary>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1]);
/// var model = new LogisticRegression();
/// new Trainer(new BatchGD(1)).Fit(model, data);
/// Console.WriteLine($"{model.PredictProbability(6):F2}");   // 0.95
/// </code></example>
public sealed partial class LogisticRegression : LinearModel
{
    /// <summary>Creates a model without parameters, to be fitted.</summary>
    /// <param name="intercept">Whether there is an intercept b.</param>
    /// <param name="initialSpread">Training starts at parameters drawn uniformly from [−spread, spread) with the run's seed, in the
    /// coordinates of the training (scaled ones, except with <see cref="FeatureScaling.None"/>); 0: training starts at zero.</param>
    public LogisticRegression(bool intercept = true, double initialSpread = 0)
        : base(ModelTask.BinaryClassification, 1, intercept, initialSpread)
    {
    }

    /// <summary>The fitted intercept b; 0 if the model has no intercept.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public double Intercept => Intercepts[0];

    /// <summary>Returns whether one row is of class 1, that is, whether the probability of class 1 is at least ½.</summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public bool Predict(params ReadOnlySpan<double> row) => Score(row) >= 0;

    /// <summary>Returns the probability of class 1 of one row.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public double PredictProbability(params ReadOnlySpan<double> row) => Elementary.Sigmoid(Score(row));

    /// <summary>Whether each row is of class 1.</summary>
    /// <param name="rows">Rows of features, each as long as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">A row has another length or a number that is not finite; the message names the row.</exception>
    public ImmutableArray<bool> PredictAll(IEnumerable<double[]> rows) => ForAll(rows, row => Predict(row));

    /// <summary>The probability of class 1 of each row, with the bits of <see cref="PredictProbability"/>.</summary>
    /// <inheritdoc cref="PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<double> PredictProbabilities(IEnumerable<double[]> rows) => ForAll(rows, row => PredictProbability(row));
}
