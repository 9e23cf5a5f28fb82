namespace GradientDescent;

/// <summary>A model from a fit of your own, with the training result if there is one.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var result = CrossValidation.Run(data, Folds.KFold(data.SampleCount), ModelScore.RSquared, (training, cancellation) =&gt;
/// {
///     var model = new LinearRegression();
///     var options = new FitOptions { Penalty = new L2Penalty(1) };
///     TrainingResult ended = new Trainer(new LBFGS()).Fit(model, training, options: options, cancellationToken: cancellation);
///     return new FittedModel&lt;LinearRegression&gt;(model, ended);
/// });
/// Console.WriteLine(result.Folds.All(fold =&gt; fold.IsConverged));   // True
/// </code></example>
/// <typeparam name="TModel">The type of the model.</typeparam>
/// <param name="model">The fitted model.</param>
/// <param name="training">The training result, or <see langword="null"/> if the fit has none.</param>
public sealed class FittedModel<TModel>(TModel model, TrainingResult? training = null)
{
    /// <summary>The fitted model.</summary>
    public TModel Model => model;

    /// <summary>The training result; <see langword="null"/> if the fit has none.</summary>
    public TrainingResult? Training => training;

    /// <summary>Whether the training result is <see cref="StopReason.Converged"/>, or there is none.</summary>
    internal bool IsConverged => Training is null || Training.Reason == StopReason.Converged;

    /// <summary>The model, and how its fit ended.</summary>
    public override string ToString() => Training is null ? $"{Model}" : $"{Model}, {Training.Reason}";
}
