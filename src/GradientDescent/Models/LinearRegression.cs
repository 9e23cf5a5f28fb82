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
    /// <summary>A model that is still to be fitted.</summary>
    /// <param name="outputCount">Targets per sample, at least 1.</param>
    /// <param name="intercept">Whether there is an intercept b.</param>
    /// <param name="initialSpread">Training starts at parameters drawn uniformly from [−spread, spread) with the run's seed, in the
    /// coordinates that are optimised (scaled ones, unless <see cref="FeatureScaling.None"/> is asked for); 0 starts at zero.</param>
    public LinearRegression(int outputCount = 1, bool intercept = true, double initialSpread = 0)
        : base(ModelTask.Regression, outputCount, intercept, initialSpread)
    {
    }

    /// <summary>The fitted intercept b; 0 for a model without. For a model of one output.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    public double Intercept => Single(Intercepts, nameof(Intercepts));

    /// <summary>The predicted value of one row. For a model of one output; otherwise use <see cref="LinearModel.Scores"/>.</summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public double Predict(params ReadOnlySpan<double> row) => OutputCount == 1 ? Score(row) : Single(Scores(row), nameof(Scores));

    /// <summary>The predicted value of each row. For a model of one output.</summary>
    /// <param name="rows">Rows of features, each as long as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    /// <exception cref="ArgumentException">A row has another length or a number that is not finite; the message names the row.</exception>
    public ImmutableArray<double> PredictAll(IEnumerable<double[]> rows) => ForAll(rows, row => Predict(row));

    private double Single(ImmutableArray<double> values, string all) => OutputCount == 1
        ? values[0]
        : throw new InvalidOperationException(Format.Text($"The model has {OutputCount} outputs: use {all}."));
}
