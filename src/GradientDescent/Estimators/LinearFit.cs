using System.Collections.Immutable;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>A fitted linear regression with the run that found it.</summary>
/// <example><code>
/// double[] age = [58, 39, 25, 44], pay = [65e3, 43e3, 23e3, 51e3];
/// LinearFit line = LinearRegression.Fit(age, pay);
/// Console.WriteLine($"{line.Weights[0]:F2} a year, R² {line.Metrics.RSquared:F3}");   // 1280.07 a year, R² 0.989
/// Console.WriteLine($"± {line.Statistics["x"].StandardError:F2}");   // ± 96.20
/// </code></example>
public sealed class LinearFit
{
    private readonly Dataset _data;
    private readonly Lazy<RegressionStatistics> _statistics;

    internal LinearFit(LinearRegression model, TrainingResult result, Dataset data)
        : this(model, result, data, [.. model.Parameters.Select(parameter => (DoubleDouble)parameter)], inDoubleDouble: false)
    {
    }

    /// <param name="model">The fitted model.</param>
    /// <param name="result">How the run ended.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="coefficients">The model's parameters, before they were rounded.</param>
    /// <param name="inDoubleDouble">Whether the statistics are computed wholly in double-double.</param>
    internal LinearFit(LinearRegression model, TrainingResult result, Dataset data, DoubleDouble[] coefficients, bool inDoubleDouble)
    {
        (Model, Result, _data) = (model, result, data);
        Metrics = model.Evaluate(data);
        _statistics = new(() => RegressionStatistics.From(
            LeastSquaresDesign.FromFeatures(data, model.HasIntercept), coefficients, result.Reason == StopReason.Converged, inDoubleDouble));
    }

    /// <summary>The fitted model.</summary>
    public LinearRegression Model { get; }

    /// <summary>How the run ended.</summary>
    public TrainingResult Result { get; }

    /// <summary>Errors on the data of the fit.</summary>
    public RegressionMetrics Metrics { get; }

    /// <summary>Standard errors, R² and the like; computed when first asked for, from the data, which the fit keeps.</summary>
    public RegressionStatistics Statistics => _statistics.Value;

    /// <summary>The weights: one for each feature.</summary>
    public ImmutableArray<double> Weights => Model.Weights;

    /// <summary>The intercept.</summary>
    public double Intercept => Model.Intercept;

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames => _data.FeatureNames;

    /// <summary>How the features are made of the columns of a table; <see langword="null"/> where they are numbers as they are given.</summary>
    public FeatureEncoding? Encoding => _data.Encoding;

    /// <inheritdoc cref="LinearRegression.Predict(ReadOnlySpan{double})"/>
    public double Predict(params ReadOnlySpan<double> row) => Model.Predict(row);

    /// <inheritdoc cref="LinearRegression.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<double> PredictAll(IEnumerable<double[]> rows) => Model.PredictAll(rows);

    /// <summary>Writes the model, with the names of its columns, to a file that <c>LinearRegression.Load</c> reads; see <see cref="ModelFile"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="ArgumentException">Two features of the data have the same name.</exception>
    public void Save(string path) => new ModelFile(Model, _data).Save(path);

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">Written to; left open.</param>
    public void Save(Stream stream) => new ModelFile(Model, _data).Save(stream);

    /// <summary>The equation and the errors; if the run did not converge, that comes first; what there is to know about the data comes last.</summary>
    public override string ToString() => Describe(Result, _data.TargetNames[0], Model.HasIntercept ? Intercept : null, Weights, j => FeatureNames[j], Metrics);

    internal static string Describe(
        TrainingResult result, string targetName, double? intercept, ImmutableArray<double> weights, Func<int, string> nameOf, object metrics)
    {
        string terms = string.Concat(weights.Select((weight, j) => $"{(j == 0 && intercept is null ? Format.Text($"{weight:G6}") : Signed(weight))}·{nameOf(j)}"));
        return WithEnding(result, $"{targetName} = {Format.Text($"{intercept:G6}")}{terms} ({metrics})");
    }

    /// <summary>What was found, below how the run ended if it did not converge, above what there is to know about the data.</summary>
    internal static string WithEnding(TrainingResult result, string found) =>
        result.Reason != StopReason.Converged ? $"Not converged. {result}\n{found}"
        : result.Note is null ? found
        : $"{found}\n{result.Note}";

    private static string Signed(double weight) => double.IsNegative(weight) ? Format.Text($" − {-weight:G6}") : Format.Text($" + {weight:G6}");
}
