namespace GradientDescent;

/// <summary>How the fits of a cross-validation or a curve run. No setting changes the results.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new SelectionOptions { MaxParallelFits = 2 };
/// var result = CrossValidation.Linear(data, Folds.KFold(data.SampleCount), ModelScore.RSquared, options: options);
/// Console.WriteLine(result.Folds.Length);   // 5
/// </code></example>
public sealed record SelectionOptions
{
    /// <summary>The largest number of fits at the same time, at least 1; unset: one for each processor.</summary>
    public int? MaxParallelFits
    {
        get;
        init => field = value is { } set ? Guard.AtLeast(set, 1, nameof(MaxParallelFits)) : null;
    }

    /// <summary>Is told the number of fits that are done, after each of them; unset: nobody is.</summary>
    public IProgress<int>? Progress { get; init; }
}
