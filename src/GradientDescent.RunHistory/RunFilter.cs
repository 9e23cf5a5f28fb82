using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Chooses and sorts runs of a <see cref="RunHistory"/>. A property that is not set excludes no run.</summary>
/// <example><code>
/// using RunHistory history = RunHistory.Open("choice.db");
/// foreach (double loss in new[] { 3.0, 1, 2 })
///     history.Add(new RunRecord { Model = "LinearRegression", Loss = loss });
/// RunRecord best = history.Runs(new RunFilter { SortBy = "loss", Limit = 1 })[0];
/// Console.WriteLine(best.Loss);   // 1
/// </code></example>
public sealed record RunFilter
{
    /// <summary>The name of the runs.</summary>
    public string? Name { get; init; }

    /// <summary>The name of the target.</summary>
    public string? Target { get; init; }

    /// <summary>The class of the model, such as <c>LinearRegression</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The name of the algorithm, such as <c>Adam</c>.</summary>
    public string? Optimizer { get; init; }

    /// <summary>Tags that the runs must have, with these values.</summary>
    public ImmutableDictionary<string, string> Tags { get; init => field = value ?? throw new ArgumentNullException(nameof(Tags)); } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// The metric to sort by, of the validation data if a run has it there, otherwise of the training data; <c>loss</c> for the loss of the
    /// run. Runs without it, and NaN, are at the end. Unset: the newest runs are first.
    /// </summary>
    public string? SortBy { get; init; }

    /// <summary>Whether the largest metric is first; otherwise the smallest is first.</summary>
    public bool Descending { get; init; }

    /// <summary>The maximum number of runs, at least 0; unset: all runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int? Limit
    {
        get; init => field = value is null or >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(Limit), value, "The limit must be at least 0.");
    }
}
