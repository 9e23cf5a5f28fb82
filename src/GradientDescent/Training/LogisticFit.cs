using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fitted logistic regression with the run that found it.</summary>
public sealed class LogisticFit
{
    private readonly Dataset _data;

    internal LogisticFit(LogisticRegression model, TrainingResult result, Dataset data)
    {
        (Model, Result, _data) = (model, result, data);
        Metrics = model.Evaluate(data);
    }

    /// <summary>The fitted model.</summary>
    public LogisticRegression Model { get; }

    /// <summary>How the run ended.</summary>
    public TrainingResult Result { get; }

    /// <summary>Accuracy and log loss on the data of the fit.</summary>
    public ClassificationMetrics Metrics { get; }

    /// <summary>The weights: one for each feature.</summary>
    public ImmutableArray<double> Weights => Model.Weights;

    /// <summary>The intercept.</summary>
    public double Intercept => Model.Intercept;

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames => _data.FeatureNames;

    /// <inheritdoc cref="LogisticRegression.Predict(ReadOnlySpan{double})"/>
    public bool Predict(params ReadOnlySpan<double> row) => Model.Predict(row);

    /// <inheritdoc cref="LogisticRegression.PredictProbability(ReadOnlySpan{double})"/>
    public double PredictProbability(params ReadOnlySpan<double> row) => Model.PredictProbability(row);

    /// <inheritdoc cref="LogisticRegression.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<bool> PredictAll(IEnumerable<double[]> rows) => Model.PredictAll(rows);

    /// <summary>Writes the model, with the names of its columns, to a file that <c>LogisticRegression.Load</c> reads; see <see cref="ModelFile"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="ArgumentException">Two features of the data have the same name.</exception>
    public void Save(string path) => new ModelFile(Model, _data).Save(path);

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">Written to; left open.</param>
    public void Save(Stream stream) => new ModelFile(Model, _data).Save(stream);

    /// <summary>The equation and the figures; if the run did not converge, that comes first.</summary>
    public override string ToString()
    {
        string warning = Result.Reason == StopReason.Converged ? "" : $"Not converged. {Result}\n";
        string terms = string.Concat(Weights.Select((weight, j) => double.IsNegative(weight) ? Guard.Text($" − {-weight:G6}·{FeatureNames[j]}") : Guard.Text($" + {weight:G6}·{FeatureNames[j]}")));
        return $"{warning}log-odds of {_data.TargetNames[0]} = {Guard.Text($"{Intercept:G6}")}{terms} ({Metrics})";
    }
}
