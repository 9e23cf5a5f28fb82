using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The base class of the results of all fit methods: the training result and the names of the data's columns.</summary>
public abstract class ModelFit
{
    private protected ModelFit(TrainingResult result, Dataset data)
    {
        Result = result;
        (FeatureNames, TargetName, Encoding) = (data.FeatureNames, data.TargetNames[0], data.Encoding);
        HasStatistics = data.AllowsDenseCopy;
    }

    /// <summary>
    /// Whether standard errors can be computed. They need the features as a matrix in memory, which sparse data has up to 1,024 columns,
    /// and mapped and sparse data up to 2²⁷ numbers.
    /// </summary>
    public bool HasStatistics { get; }

    /// <summary>The training result.</summary>
    public TrainingResult Result { get; }

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>The name of the target.</summary>
    public string TargetName { get; }

    /// <summary>
    /// The encoding that makes the features from the columns of a table; <see langword="null"/> if the features are the given numbers.
    /// </summary>
    public FeatureEncoding? Encoding { get; }

    /// <summary>
    /// Returns the model and its metrics as text. If the run did not converge, the text begins with its result; a note about the data is at
    /// the end.
    /// </summary>
    public sealed override string ToString() =>
        Result.Reason != StopReason.Converged ? $"Not converged. {Result}\n{Describe()}"
        : Result.Note is null ? Describe()
        : $"{Describe()}\n{Result.Note}";

    /// <summary>Returns the model and its metrics in one line.</summary>
    private protected abstract string Describe();

    /// <summary>The metrics of a classifier on the data of its fit. Without a penalty, the result has its loss.</summary>
    private protected static ClassificationMetrics MetricsOf(
        LinearModel model, Dataset data, ILoss loss, TrainingResult result, bool hasPenalty) =>
        ModelEvaluation.Classification(model, data, loss, hasPenalty ? null : result.Loss);
}

/// <summary>A fitted model with its metrics, which can be saved together with the names of its columns.</summary>
/// <example><code>
/// Keep(LinearRegression.Fit([1, 2, 3], [2.0, 4, 7]), "line.json");
/// Keep(LogisticRegression.Fit([1, 2, 3, 4], [false, true, false, true]), "step.json");
/// Console.WriteLine(ModelFile.Load("step.json").Model.FeatureCount);   // 1
///
/// void Keep&lt;TModel, TMetrics&gt;(ModelFit&lt;TModel, TMetrics&gt; fit, string path) where TModel : LinearModel
/// {
///     if (fit.Result.Reason == StopReason.Converged)
///         fit.Save(path);
/// }
/// </code></example>
/// <typeparam name="TModel">The type of the model.</typeparam>
/// <typeparam name="TMetrics">The type of the metrics.</typeparam>
public abstract class ModelFit<TModel, TMetrics> : ModelFit where TModel : LinearModel
{
    private protected ModelFit(TModel model, TMetrics metrics, TrainingResult result, Dataset data)
        : base(result, data) => (Model, Metrics) = (model, metrics);

    /// <summary>The fitted model.</summary>
    public TModel Model { get; }

    /// <summary>The metrics of the predictions on the data of the fit.</summary>
    public TMetrics Metrics { get; }

    /// <summary>
    /// Writes the model with the names of its columns to a file that the <c>Load</c> method of the model's class reads; see
    /// <see cref="ModelFile"/>.
    /// </summary>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="ArgumentException">Two features of the data have the same name.</exception>
    /// <exception cref="NotSupportedException">
    /// A name is not valid Unicode, or the labels of a classifier have no text form; see <see cref="Classifier{TLabel}"/>.
    /// </exception>
    public void Save(string path) => ToFile().Save(path);

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">The stream to write to; left open.</param>
    public void Save(Stream stream) => ToFile().Save(stream);

    /// <summary>Converts a fit to its model and its training result, the form in which cross-validation and curves take it.</summary>
    /// <param name="fit">The fit.</param>
    public static implicit operator FittedModel<TModel>(ModelFit<TModel, TMetrics> fit) => Guard.NotNull(fit).ToFittedModel();

    /// <summary>Returns the model and its training result, the form in which cross-validation and curves take them.</summary>
    public FittedModel<TModel> ToFittedModel() => new(Model, Result);

    private protected virtual ModelFile ToFile() =>
        new(Model, Encoding ?? FeatureEncoding.FromNumericColumns(FeatureNames), [TargetName]);
}
