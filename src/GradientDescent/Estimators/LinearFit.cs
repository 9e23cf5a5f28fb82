using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A fitted linear regression with its training result.</summary>
/// <example><code>
/// double[] age = [58, 39, 25, 44], pay = [65e3, 43e3, 23e3, 51e3];
/// LinearFit line = LinearRegression.Fit(age, pay);
/// Console.WriteLine($"{line.Weights[0]:F2} a year, R² {line.Metrics.RSquared:F3}");   // 1280.07 a year, R² 0.989
/// Console.WriteLine($"± {line.Statistics["x"].StandardError:F2}");   // ± 96.20
/// </code></example>
public sealed class LinearFit : ModelFit<LinearRegression, RegressionMetrics>
{
    private readonly Lazy<RegressionStatistics> _statistics;

    internal LinearFit(LinearRegression model, TrainingResult result, Dataset data)
        : this(model, result, data, [.. model.Parameters.Select(parameter => (DoubleDouble)parameter)], inDoubleDouble: false, result.Loss)
    {
    }

    /// <param name="model">The fitted model.</param>
    /// <param name="result">The training result.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="coefficients">The parameters of the model before rounding to doubles.</param>
    /// <param name="inDoubleDouble">Whether the statistics are computed in double-double throughout.</param>
    /// <param name="knownLoss">The mean squared error, if it is known.</param>
    internal LinearFit(
        LinearRegression model,
        TrainingResult result,
        Dataset data,
        DoubleDouble[] coefficients,
        bool inDoubleDouble,
        double? knownLoss = null)
        : base(model, ModelEvaluation.Regression(model, data, knownLoss), result, data) => _statistics = new(
            () =>
            {
                data.RequireDenseCopy("Computing standard errors", "Use Metrics, or a test set");
                return RegressionStatistics.From(
                    LeastSquaresDesign.FromFeatures(data, model.HasIntercept), coefficients, result.Reason == StopReason.Converged,
                    inDoubleDouble);
            });

    /// <summary>
    /// Standard errors, R² and other statistics. They are computed at the first access, from the data, to which the fit keeps a reference.
    /// </summary>
    public RegressionStatistics Statistics => _statistics.Value;

    /// <summary>The weights, one for each feature.</summary>
    public ImmutableArray<double> Weights => Model.Weights;

    /// <summary>The intercept; 0 if the model has none.</summary>
    public double Intercept => Model.Intercept;

    /// <inheritdoc cref="LinearRegression.Predict(ReadOnlySpan{double})"/>
    public double Predict(params ReadOnlySpan<double> row) => Model.Predict(row);

    /// <summary>Predicts the target of a row, with the intervals of its mean and of a new sample.</summary>
    /// <param name="row">The features, finite, as many as in the fit.</param>
    /// <param name="level">The probability of each interval, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentException">The row has a different length or a number that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is NaN, at most 0, or at least 1.</exception>
    public RegressionPrediction PredictInterval(ReadOnlySpan<double> row, double level = 0.95)
    {
        Guard.Between(level, 0, 1);
        double value = Predict(row);
        return Statistics.PredictionVariance?.Predict(value, row, level) ?? RegressionPrediction.WithoutErrors(value);
    }

    /// <inheritdoc cref="LinearRegression.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<double> PredictAll(IEnumerable<double[]> rows) => Model.PredictAll(rows);

    /// <inheritdoc cref="LinearRegression.PredictAll(Dataset)"/>
    public ImmutableArray<double> PredictAll(Dataset data) => Model.PredictAll(data);

    /// <summary>
    /// Writes the model as <see cref="ModelFit{TModel, TMetrics}.Save(string)"/> does, and with it what
    /// <see cref="ModelFile.PredictInterval"/> needs: for d features, about d²/2 numbers.
    /// </summary>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <param name="intervals">
    /// Whether to save intervals. They need <see cref="Statistics"/>; a fit without standard errors, or one that has not converged, has
    /// none, and is saved without them.
    /// </param>
    /// <inheritdoc cref="ModelFit{TModel, TMetrics}.Save(string)" path="/exception"/>
    public void Save(string path, bool intervals) => ToFile(intervals).Save(path);

    /// <inheritdoc cref="Save(string, bool)"/>
    /// <param name="stream">The stream to write to; left open.</param>
    /// <param name="intervals">Whether to save intervals.</param>
    public void Save(Stream stream, bool intervals) => ToFile(intervals).Save(stream);

    private ModelFile ToFile(bool intervals)
    {
        ModelFile file = ToFile();
        return !intervals || Result.Reason != StopReason.Converged ? file : new(Model, file.Encoding, file.TargetNames)
        {
            Variance = Statistics.PredictionVariance,
        };
    }

    private protected override string Describe() =>
        $"{Equation.Of(TargetName, Model.HasIntercept ? Intercept : null, Weights, j => FeatureNames[j])} ({Metrics})";
}
