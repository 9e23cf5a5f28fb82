using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>How a fit is to be made.</summary>
/// <param name="Optimizer">What to train with; <see langword="null"/>: the library's own fit of the model.</param>
/// <param name="Options">How to train; not used by the library's own fits.</param>
/// <param name="FitOptions">Penalty and scaling; not used by the library's own fits.</param>
/// <param name="HeldOut">Share of the samples for validation; <see langword="null"/>: none.</param>
internal sealed record FitSettings(IOptimizer? Optimizer, TrainingOptions Options, FitOptions FitOptions, double? HeldOut)
{
    public string Name => Optimizer?.GetType().Name ?? "best fit";
}

/// <summary>A model fitted to a file's data. Pure: it writes nothing.</summary>
/// <param name="Model">The model.</param>
/// <param name="Target">What it predicts.</param>
/// <param name="Training">What it was fitted to.</param>
/// <param name="Validation">What was held back, or <see langword="null"/>.</param>
/// <param name="Result">How the run ended.</param>
/// <param name="Statistics">Standard errors, where there are any.</param>
internal sealed record Fitted(LinearModel Model, Target Target, Dataset Training, Dataset? Validation, TrainingResult Result, RegressionStatistics? Statistics)
{
    /// <summary>The rows of the table of coefficients: the intercept first.</summary>
    public ImmutableArray<string> Names => ["(intercept)", .. Training.FeatureNames];

    /// <exception cref="ArgumentException">The data does not suit the model.</exception>
    public static Fitted Fit(Features features, Target target, FitSettings settings, CancellationToken cancellation)
    {
        double[][] targets = Array.ConvertAll(target.Values, value => new[] { value });
        Dataset data = Dataset.From(features.Rows, targets, targetNames: [target.Name]).WithEncoding(features.Encoding);
        Dataset training = data;
        Dataset? validation = null;
        if (settings.HeldOut is { } share)
            (validation, training) = target.IsClass ? data.SplitByClass(share, settings.Options.Seed) : data.Split(share, settings.Options.Seed);
        if (settings.Optimizer is null)
            return Best(target, training, validation, cancellation);

        LinearModel model = target.Model switch
        {
            Target.Linear => new LinearRegression(),
            Target.Logistic => new LogisticRegression(),
            _ => new SoftmaxRegression(target.Labels.Length),
        };
        FitOptions fitOptions = settings.FitOptions with { Validation = validation is null ? null : GradientDescent.Validation.On(validation) };
        TrainingResult result = new Trainer(settings.Optimizer, settings.Options).Fit(model, training, options: fitOptions, cancellationToken: cancellation);
        return model.IsFitted
            ? new Fitted(model, target, training, validation, result, null)
            : throw new InvalidDataException($"{result} No model was found.");
    }

    /// <summary>The estimate of a class's (or the only) coefficient; row 0 is the intercept.</summary>
    public double Coefficient(int row, int output) => row == 0 ? Model.Intercepts[output] : Model.Weights[output * Training.FeatureCount + row - 1];

    /// <summary>The names and values of the figures on some data.</summary>
    public (string Name, double Value)[] Metrics(Dataset data)
    {
        if (Model is LinearRegression regression)
        {
            RegressionMetrics errors = regression.Evaluate(data);
            return [("R2", errors.RSquared), ("RMSE", errors.RootMeanSquaredError), ("MAE", errors.MeanAbsoluteError)];
        }

        ClassificationMetrics classes = Model is LogisticRegression logistic ? logistic.Evaluate(data) : ((SoftmaxRegression)Model).Evaluate(data);
        return [("accuracy", classes.Accuracy), ("log loss", classes.LogLoss)];
    }

    public void Save(string path)
    {
        if (Model is SoftmaxRegression softmax)
            new Classifier<string>(softmax, Target.Labels, Training).Save(path);
        else
            Model.Save(path, Training);
    }

    private static Fitted Best(Target target, Dataset training, Dataset? validation, CancellationToken cancellation)
    {
        switch (target.Model)
        {
            case Target.Linear:
                LinearFit linear = LinearRegression.Fit(training, cancellationToken: cancellation);
                return new(linear.Model, target, training, validation, linear.Result, linear.Statistics);
            case Target.Logistic:
                LogisticFit logistic = LogisticRegression.Fit(training, cancellationToken: cancellation);
                return new(logistic.Model, target, training, validation, logistic.Result, null);
            default:
                ClassifierFit<string> softmax = SoftmaxRegression.Fit(training, target.Labels, cancellationToken: cancellation);
                return new(softmax.Model, target, training, validation, softmax.Result, null);
        }
    }
}
