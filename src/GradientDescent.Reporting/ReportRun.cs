namespace GradientDescent.Reporting;

/// <summary>A training run to show in charts and reports.</summary>
/// <param name="Name">The name in legends and tables; unique in a report.</param>
/// <param name="Result">The result of the run.</param>
public sealed record ReportRun(string Name, TrainingResult Result)
{
    /// <summary>The settings as text, such as <see cref="TrainingOptions.ToString"/>; <see langword="null"/>: not shown.</summary>
    public string? Settings { get; init; }

    /// <summary>The seed; <see langword="null"/>: not shown.</summary>
    public long? Seed { get; init; }

    /// <summary>The reports of the steps, as a <see cref="TrainingLog"/> records them. The chart of gradient norms needs them.</summary>
    public IReadOnlyList<TrainingReport> Reports { get; init; } = [];
}
