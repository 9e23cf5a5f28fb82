namespace GradientDescent.Tool;

/// <summary>
/// Handles each report immediately on the training thread. In contrast, <see cref="Progress{T}"/> posts reports to other threads.
/// </summary>
internal sealed class SynchronousProgress(Action<TrainingReport> report) : IProgress<TrainingReport>
{
    public void Report(TrainingReport value) => report(value);
}
