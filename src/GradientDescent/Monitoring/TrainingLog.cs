using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// An observer that stores reports in bounded memory. In a long run it keeps every second, fourth, eighth, … report, and always the last.
/// Use one log for one run.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var log = new TrainingLog();
/// new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 20, Observers = [log] }).Fit(new LinearRegression(), data);
/// using var file = new StreamWriter("run.csv");
/// log.Reports.WriteCsv(file);
/// </code></example>
public sealed class TrainingLog : ITrainingObserver
{
    private const int MaxCapacity = 1 << 20;

    private readonly Thinned<TrainingReport> _reports;

    /// <param name="capacity">The maximum number of reports, not counting the last one; even and from 2 to 1,048,576.</param>
    /// <exception cref="ArgumentException">The capacity is odd, too small or too large.</exception>
    public TrainingLog(int capacity = 4096)
    {
        if (capacity is < 2 or > MaxCapacity || int.IsOddInteger(capacity))
            throw Guard.OutOfRange(nameof(capacity), capacity, Format.Text($"even and from 2 to {MaxCapacity}"));
        _reports = new(capacity);
    }

    /// <summary>The reports kept so far.</summary>
    public ImmutableArray<TrainingReport> Reports => [.. _reports.ToArray()];

    /// <inheritdoc/>
    public void Observe(in TrainingReport report) => _reports.Add(report.Step - 1, report);

    /// <summary>The number of reports kept so far.</summary>
    public override string ToString() => $"{nameof(TrainingLog)}, {Format.Count(_reports.Count, "report")}";
}
