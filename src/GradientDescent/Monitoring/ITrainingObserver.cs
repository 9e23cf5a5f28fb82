namespace GradientDescent;

/// <summary>Watches a run: called on the run's own thread after every update, with a report that costs no memory.</summary>
/// <example><code>
/// class EpochPrinter : ITrainingObserver
/// {
///     public void Observe(in TrainingReport report)
///     {
///         if (report.EndsEpoch) Console.WriteLine($"epoch {report.Epoch}: {report.EpochLoss}");
///     }
/// }
/// </code></example>
public interface ITrainingObserver
{
    /// <summary>Called after an update. What it throws passes through.</summary>
    void Observe(in TrainingReport report);
}
