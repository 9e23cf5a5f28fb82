using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial record RunRecord
{
    /// <summary>Creates a record from a fit, with metrics of the model on the data.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="data">The data of the fit.</param>
    /// <param name="validation">The data for the validation metrics; <see langword="null"/> for none.</param>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TMetrics">The type of the metrics.</typeparam>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public static RunRecord From<TModel, TMetrics>(ModelFit<TModel, TMetrics> fit, Dataset data, Dataset? validation = null)
        where TModel : LinearModel
    {
        ArgumentNullException.ThrowIfNull(fit);
        return From(fit.Result, fit.Model, data, validation);
    }

    /// <summary>Creates a record from the result of a trainer, with metrics of the model on the data.</summary>
    /// <param name="result">The result of the run.</param>
    /// <param name="model">
    /// The model that was trained. Linear, logistic and softmax regressions that are fitted have metrics; set those of others with
    /// <c>with</c>.
    /// </param>
    /// <param name="data">The training data.</param>
    /// <param name="validation">The data for the validation metrics; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public static RunRecord From(TrainingResult result, IModel model, Dataset data, Dataset? validation = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return From(result) with
        {
            Model = model.GetType().Name,
            Target = data.TargetNames[0],
            DataFingerprint = data.Fingerprint(),
            SampleCount = data.SampleCount,
            FeatureCount = data.FeatureCount,
            TrainingMetrics = MetricsOf(model, data),
            ValidationMetrics = MetricsOf(model, validation),
        };
    }

    /// <summary>Creates a record from the result of any run, such as that of a minimised function.</summary>
    /// <param name="result">The result of the run.</param>
    public static RunRecord From(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new RunRecord
        {
            Name = result.RunName ?? "",
            Started = DateTimeOffset.UtcNow - result.Elapsed,
            Duration = result.Elapsed,
            Optimizer = result.OptimizerState.Algorithm,
            Reason = result.Reason,
            Steps = result.Steps,
            Epochs = result.Epochs,
            Loss = result.Loss,
        };
    }

    private static ImmutableSortedDictionary<string, double> MetricsOf(IModel model, Dataset? data) => (model switch
    {
        _ when data is null => [],
        LinearRegression { IsFitted: true } linear => Errors(linear.Evaluate(data)),
        LogisticRegression { IsFitted: true } logistic => Accuracy(logistic.Evaluate(data)),
        SoftmaxRegression { IsFitted: true } softmax => Accuracy(softmax.Evaluate(data)),
        _ => [],
    }).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static Dictionary<string, double> Errors(RegressionMetrics metrics) => new()
    {
        ["rSquared"] = metrics.RSquared,
        ["rmse"] = metrics.RootMeanSquaredError,
        ["mae"] = metrics.MeanAbsoluteError,
    };

    private static Dictionary<string, double> Accuracy(ClassificationMetrics metrics) => new()
    {
        ["accuracy"] = metrics.Accuracy,
        ["logLoss"] = metrics.LogLoss,
    };
}
