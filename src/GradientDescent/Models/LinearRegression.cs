using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Linear regression ŷ = x·W + b, with one or several outputs.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();
/// TrainingResult result = new Trainer(new Rprop(0.1)).Fit(model, data);
/// Console.WriteLine($"loss {result.Loss:F0}, prediction {model.Predict(data.Features(0)):F0}");   // loss 2860, prediction 206
/// </code></example>
public sealed partial class LinearRegression : LinearModel
{
    /// <summary>Creates a model without parameters, to be fitted.</summary>
    /// <param name="outputCount">The number of targets per sample, at least 1.</param>
    /// <param name="intercept">Whether there is an intercept b.</param>
    /// <param name="initialSpread">
    /// Training starts at parameters drawn uniformly from [−spread, spread) with the run's seed, in the coordinates of the training (scaled
    /// ones, except with <see cref="FeatureScaling.None"/>); 0: training starts at zero.
    /// </param>
    public LinearRegression(int outputCount = 1, bool intercept = true, double initialSpread = 0)
        : base(ModelTask.Regression, outputCount, intercept, initialSpread)
    {
    }

    /// <summary>The fitted intercept b of a model with one output; 0 if the model has no intercept.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    public double Intercept => Single(Intercepts, nameof(Intercepts));

    /// <summary>
    /// Returns the predicted value of one row. For a model with one output; otherwise use <see cref="ParametricModel.Scores"/>.
    /// </summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public double Predict(params ReadOnlySpan<double> row) => OutputCount == 1 ? Score(row) : Single(Scores(row), nameof(Scores));

    /// <summary>Returns the predicted value of each row. For a model with one output.</summary>
    /// <param name="rows">Rows of features, each as long as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    /// <exception cref="ArgumentException">A row has another length or a number that is not finite; the message names the row.</exception>
    public ImmutableArray<double> PredictAll(IEnumerable<double[]> rows) => ForAll(rows, row => Predict(row));

    private double Single(ImmutableArray<double> values, string all) => OutputCount == 1
        ? values[0]
        : throw new InvalidOperationException(Format.Text($"The model has {OutputCount} outputs: use {all}."));
}
