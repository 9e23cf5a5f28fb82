namespace GradientDescent;

/// <summary>Observes a run. It is called on the thread of the run after every step; the report allocates no memory.</summary>
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
    /// <summary>Called after a step. An exception of the observer is passed to the caller of the run.</summary>
    void Observe(in TrainingReport report);
}
