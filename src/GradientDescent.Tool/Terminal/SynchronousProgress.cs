namespace GradientDescent.Tool;

/// <summary>Passes reports on immediately, on the training thread. <see cref="Progress{T}"/> would post them to other threads.</summary>
internal sealed class SynchronousProgress(Action<TrainingReport> report) : IProgress<TrainingReport>
{
    public void Report(TrainingReport value) => report(value);
}
