namespace GradientDescent;

/// <summary>A setting with its scores on all folds.</summary>
/// <typeparam name="TSetting">The type of the setting.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class SearchCandidate<TSetting, TModel>
{
    internal SearchCandidate(TSetting setting, CrossValidationResult<TModel> result) => (Setting, Result) = (setting, result);

    /// <summary>The setting.</summary>
    public TSetting Setting { get; }

    /// <summary>The result of each fold, with its model.</summary>
    public CrossValidationResult<TModel> Result { get; }

    /// <summary>Returns the setting and its score.</summary>
    public override string ToString() => Format.Text($"{Setting}: {Result}");
}
