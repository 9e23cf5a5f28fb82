namespace GradientDescent.Reporting;

/// <summary>A run to be shown.</summary>
/// <param name="Name">What it is called in legends and tables; different for each run of a report.</param>
/// <param name="Result">How it ended.</param>
public sealed record ReportRun(string Name, TrainingResult Result)
{
    /// <summary>Its settings in words, such as those of <see cref="TrainingOptions.ToString"/>; <see langword="null"/> if they are not to be shown.</summary>
    public string? Settings { get; init; }

    /// <summary>Its seed; <see langword="null"/> if it is not to be shown.</summary>
    public long? Seed { get; init; }

    /// <summary>Reports of its updates, as a <see cref="TrainingLog"/> keeps them; the curve of gradient norms needs them.</summary>
    public IReadOnlyList<TrainingReport> Reports { get; init; } = [];
}
