namespace GradientDescent.Tool;

/// <summary>The metrics of runs: which one tells most about a run, and which value is the better one.</summary>
internal static class RunMetrics
{
    /// <summary>The loss of the run, which can be sorted by like a metric.</summary>
    public const string Loss = "loss";

    private static readonly string[] _main = ["rmse", "accuracy"];

    private static readonly HashSet<string> _largerIsBetter = new(StringComparer.OrdinalIgnoreCase)
    {
        "rSquared", "accuracy", "balancedAccuracy", "auc", "averagePrecision", "precision", "recall", "f1",
    };

    public static bool IsLargerBetter(string metric) => _largerIsBetter.Contains(metric);

    /// <summary>Returns the name of the metric that a table shows of a run, or <see langword="null"/> if the run has none.</summary>
    public static string? MainOf(RunRecord run) =>
        _main.FirstOrDefault(run.TrainingMetrics.ContainsKey) ?? run.TrainingMetrics.Keys.FirstOrDefault();

    /// <summary>Returns the metric of the history that a user means; case is ignored.</summary>
    /// <exception cref="InvalidDataException">No run has the metric.</exception>
    public static string Known(string written, IEnumerable<RunRecord> runs)
    {
        string[] names =
        [
            Loss,
            .. runs.SelectMany(run => run.TrainingMetrics.Keys.Concat(run.ValidationMetrics.Keys)).Distinct().Order(StringComparer.Ordinal),
        ];
        string suggestion = Spelling.Suggestion(written, names) is { } near ? $"did you mean {near}? " : "";
        return names.FirstOrDefault(name => name.Equals(written, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidDataException(
                $"--sort is '{written}': {suggestion}no run has this metric; the metrics are {string.Join(", ", names)}.");
    }
}
