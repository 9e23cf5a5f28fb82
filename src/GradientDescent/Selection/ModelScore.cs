namespace GradientDescent;

/// <summary>The scores of the library's models, and scores of your own. If the data has weights, scores are weighted.</summary>
/// <example><code>
/// IScore&lt;LinearRegression&gt; worst = ModelScore.Of&lt;LinearRegression&gt;("largest error", false, (model, data) =&gt;
///     Enumerable.Range(0, data.SampleCount).Max(i =&gt; Math.Abs(model.Predict(data.Features(i)) - data.Targets(i)[0])));
/// var data = Dataset.From([1, 2, 3, 4], [2, 4, 5, 9]);
/// Console.WriteLine($"{worst.Evaluate(LinearRegression.Fit(data).Model, data):F2}");   // 1.10
/// </code></example>
public static class ModelScore
{
    /// <summary>1 − Σ(ŷ − y)²/Σ(y − ȳ)²; NaN where the targets do not vary. Greater is better.</summary>
    public static IScore<LinearRegression> RSquared { get; } =
        Of<LinearRegression>("R²", isGreaterBetter: true, (model, data) => model.Evaluate(data).RSquared);

    /// <summary>The mean of (ŷ − y)². Smaller is better.</summary>
    public static IScore<LinearRegression> MeanSquaredError { get; } =
        Of<LinearRegression>("MSE", isGreaterBetter: false, (model, data) => model.Evaluate(data).MeanSquaredError);

    /// <summary>√(mean of (ŷ − y)²), in the unit of the target. Smaller is better.</summary>
    public static IScore<LinearRegression> RootMeanSquaredError { get; } =
        Of<LinearRegression>("RMSE", isGreaterBetter: false, (model, data) => model.Evaluate(data).RootMeanSquaredError);

    /// <summary>The mean of |ŷ − y|, in the unit of the target. Smaller is better.</summary>
    public static IScore<LinearRegression> MeanAbsoluteError { get; } =
        Of<LinearRegression>("MAE", isGreaterBetter: false, (model, data) => model.Evaluate(data).MeanAbsoluteError);

    /// <summary>The fraction of samples whose class is predicted correctly. Greater is better.</summary>
    public static IScore<LinearModel> Accuracy { get; } = Of<LinearModel>("accuracy", isGreaterBetter: true, (model, data) =>
        ModelEvaluation.Accuracy(data, ModelEvaluation.Scores(model, data), model.OutputCount));

    /// <summary>The mean cross-entropy of a logistic or softmax regression, in nats. Smaller is better.</summary>
    public static IScore<LinearModel> LogLoss { get; } = Of<LinearModel>("log loss", isGreaterBetter: false, (model, data) => model switch
    {
        LogisticRegression logistic => logistic.Evaluate(data).LogLoss,
        SoftmaxRegression softmax => softmax.Evaluate(data).LogLoss,
        _ => throw Guard.Invalid(nameof(model), $"The model is a {model.GetType().Name}: log loss is of classifiers."),
    });

    /// <summary>Creates a score from a function.</summary>
    /// <param name="name">The name, for people.</param>
    /// <param name="isGreaterBetter">Whether a greater number is better.</param>
    /// <param name="evaluate">The function; several threads may call it at a time.</param>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    public static IScore<TModel> Of<TModel>(string name, bool isGreaterBetter, Func<TModel, Dataset, double> evaluate) =>
        new ScoreFunction<TModel>(Guard.NotNull(name), isGreaterBetter, Guard.NotNull(evaluate));

    private sealed class ScoreFunction<TModel>(string name, bool isGreaterBetter, Func<TModel, Dataset, double> evaluate) : IScore<TModel>
    {
        public string Name => name;

        public bool IsGreaterBetter => isGreaterBetter;

        public double Evaluate(TModel model, Dataset data) => evaluate(model, data);

        public override string ToString() => name;
    }
}
