namespace GradientDescent;

/// <summary>A measure of how well a model predicts data, with a name and a direction. Several threads may use it at a time.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
public interface IScore<in TModel>
{
    /// <summary>The name, for people.</summary>
    string Name { get; }

    /// <summary>Whether a greater number is better, as for R²; otherwise a smaller one is, as for a loss.</summary>
    bool IsGreaterBetter { get; }

    /// <summary>Returns the score of a model on data.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="data">The samples to predict.</param>
    double Evaluate(TModel model, Dataset data);
}
