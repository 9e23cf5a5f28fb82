using System.Collections.Immutable;
using GradientDescent.Onnx;

namespace GradientDescent.Tool;

/// <summary>A model that is fitted to the data of a file. This type prints nothing.</summary>
/// <param name="Model">The fitted model.</param>
/// <param name="Target">The target column.</param>
/// <param name="Training">The samples that the model was fitted to.</param>
/// <param name="Validation">The held-out samples, or <see langword="null"/>.</param>
/// <param name="Result">The result of the run.</param>
/// <param name="Statistics">Standard errors and tests, or <see langword="null"/> if the model has none.</param>
internal sealed record FittedModel(
    LinearModel Model, TargetColumn Target, Dataset Training, Dataset? Validation, TrainingResult Result, FitStatistics? Statistics)
{
    /// <summary>The largest number of features with which intervals are saved: they take about d²/2 numbers.</summary>
    private const int MaxIntervalFeatures = 1000;

    private const long MaxPenalizedSteps = 10_000;

    private LinearFit? _leastSquares;

    /// <summary>The statistics of a linear regression by least squares, or <see langword="null"/>.</summary>
    public RegressionStatistics? Regression => _leastSquares?.Statistics;

    /// <summary>The number of coefficients of one output, with the intercept, that are no weights of hashed words.</summary>
    public int NamedCount => 1 + Training.FeatureCount
        - (Training.Encoding?.Columns.Where(column => column is HashedColumn).Sum(column => column.FeatureCount) ?? 0);

    /// <summary>The names of the coefficients, the intercept first.</summary>
    public ImmutableArray<string> Names => ["(intercept)", .. Training.FeatureNames];

    /// <summary>The weights of the model, which copies them each time.</summary>
    private ImmutableArray<double> Weights => field.IsDefault ? field = Model.Weights : field;

    /// <exception cref="ArgumentException">The data is not valid for the model.</exception>
    /// <exception cref="InvalidDataException">No model was found.</exception>
    public static FittedModel Fit(Dataset data, TargetColumn target, FitSettings settings, CancellationToken cancellation)
    {
        (Dataset? validation, Dataset training) = Split(data, target, settings);
        return settings.Optimizer is { } optimizer
            ? Train(optimizer, target, training, validation, settings, cancellation)
            : FitBest(target, training, validation, settings, cancellation);
    }

    /// <summary>Returns a model without parameters.</summary>
    public static LinearModel NewModel(TargetColumn target) => target.Model switch
    {
        TargetColumn.Linear => new LinearRegression(),
        TargetColumn.Logistic => new LogisticRegression(),
        _ => new SoftmaxRegression(target.Labels.Length),
    };

    /// <summary>Returns the rows that <see cref="Fit"/> trains on; default if it trains on all.</summary>
    /// <exception cref="ArgumentException">There are too few rows.</exception>
    public static ImmutableArray<int> TrainingRows(TargetColumn target, FitSettings settings)
    {
        if (settings.HeldOut is null)
            return default;
        double[] rows = [.. Enumerable.Range(0, target.Values.Length)];
        Dataset training = Split(Dataset.From(rows, target.Values), target, settings).Training;
        return [.. Enumerable.Range(0, training.SampleCount).Select(i => (int)training.Features(i)[0])];
    }

    /// <summary>Returns a coefficient of one output. Row 0 is the intercept.</summary>
    public double Coefficient(int row, int output) =>
        row == 0 ? Model.Intercepts[output] : Weights[output * Training.FeatureCount + row - 1];

    /// <summary>Computes the metrics on the given data, and returns their names and values.</summary>
    public (string Name, double Value)[] Metrics(Dataset data)
    {
        if (Model is LinearRegression regression)
        {
            RegressionMetrics errors = regression.Evaluate(data);
            return [("R2", errors.RSquared), ("RMSE", errors.RootMeanSquaredError), ("MAE", errors.MeanAbsoluteError)];
        }

        ClassificationMetrics classes = Model is LogisticRegression logistic
            ? logistic.Evaluate(data)
            : ((SoftmaxRegression)Model).Evaluate(data);
        return [("accuracy", classes.Accuracy), ("log loss", classes.LogLoss)];
    }

    /// <summary>Judges a classifier on the given data; returns <see langword="null"/> for a regression.</summary>
    public ClassificationReport? Judge(Dataset data) => Model switch
    {
        LogisticRegression logistic => logistic.Report(data, Target.Labels),
        SoftmaxRegression softmax => softmax.Report(data, Target.Labels),
        _ => null,
    };

    /// <summary>Writes the model to a file: as ONNX if the name ends so, otherwise as a model file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="format">The format of the data file, which a model file keeps.</param>
    public void Save(string path, CsvOptions format)
    {
        using var bytes = new MemoryStream();
        Write(bytes);
        bytes.Position = 0;
        var file = ModelFile.Load(bytes);
        if (IsOnnx(path))
            file.SaveOnnx(path);
        else
            file.WithCsv(format == new CsvOptions() ? null : format).Save(path);
    }

    /// <summary>Returns whether <see cref="Save"/> writes ONNX to a path.</summary>
    public static bool IsOnnx(string path) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    private void Write(Stream file)
    {
        if (Model is SoftmaxRegression softmax)
            new Classifier<string>(softmax, Target.Labels, Training).Save(file);
        else if (Model is LogisticRegression logistic && Target.Labels is not ["0", "1"])
            logistic.Save(file, Training, Target.Labels);
        else if (_leastSquares is { } fit)
            fit.Save(file, intervals: Training.FeatureCount <= MaxIntervalFeatures);
        else
            Model.Save(file, Training);
    }

    /// <summary>Divides the work on samples among ranks, which all have read the file.</summary>
    private static Dataset Divided(Dataset data, FitSettings settings) => data.Shard(settings.Ranks, keepAllRows: true);

    private static (Dataset? Validation, Dataset Training) Split(Dataset data, TargetColumn target, FitSettings settings) =>
        settings.HeldOut is not { } share ? (null, data)
        : target.IsClass ? data.SplitByClass(share, settings.Options.Seed)
        : data.Split(share, settings.Options.Seed);

    private static FittedModel Train(
        IOptimizer optimizer,
        TargetColumn target,
        Dataset training,
        Dataset? validation,
        FitSettings settings,
        CancellationToken cancellation)
    {
        LinearModel model = NewModel(target);
        FitOptions options = settings.FitOptions with
        {
            Validation = validation is null ? null : GradientDescent.Validation.From(Divided(validation, settings)),
        };
        TrainingResult result = new Trainer(optimizer, settings.Options)
            .Fit(model, Divided(training, settings), options: options, cancellationToken: cancellation);
        return model.IsFitted
            ? new FittedModel(model, target, training, validation, result, null)
            : throw new InvalidDataException($"{result} No model was found.");
    }

    private static FittedModel FitBest(
        TargetColumn target, Dataset training, Dataset? validation, FitSettings settings, CancellationToken cancellation)
    {
        IPenalty? penalty = settings.FitOptions.Penalty;
        Dataset divided = Divided(training, settings);
        switch (target.Model)
        {
            case TargetColumn.Linear when penalty is not null:
                var penalized = new LinearRegression();
                TrainingResult result = new Trainer(new TrainingOptions { MaxEpochs = MaxPenalizedSteps }).Fit(
                    penalized, divided, options: new() { Penalty = penalty }, cancellationToken: cancellation);
                return new(penalized, target, training, validation, result, null);
            case TargetColumn.Linear:
                LinearFit linear = LinearRegression.Fit(divided, cancellationToken: cancellation);
                FitStatistics? statistics = linear.HasStatistics ? FitStatistics.Of(linear.Statistics) : null;
                return new(linear.Model, target, training, validation, linear.Result, statistics)
                {
                    _leastSquares = linear.HasStatistics ? linear : null,
                };
            case TargetColumn.Logistic:
                LogisticFit logistic = LogisticRegression.Fit(divided, penalty: penalty, cancellationToken: cancellation);
                return new(
                    logistic.Model, target, training, validation, logistic.Result,
                    logistic.HasStatistics ? FitStatistics.Of(logistic.Statistics) : null);
            default:
                ClassifierFit<string> softmax = SoftmaxRegression.Fit(
                    divided, target.Labels, penalty: penalty, cancellationToken: cancellation);
                return new(
                    softmax.Model, target, training, validation, softmax.Result,
                    softmax.HasStatistics ? FitStatistics.Of(softmax.Statistics) : null);
        }
    }
}
