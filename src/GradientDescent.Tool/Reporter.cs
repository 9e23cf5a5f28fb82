namespace GradientDescent.Tool;

/// <summary>Passes a run's reports on at once, on the thread that makes them; <see cref="Progress{T}"/> would leave that to other threads.</summary>
internal sealed class Reporter(Action<TrainingReport> report) : IProgress<TrainingReport>
{
    public void Report(TrainingReport value) => report(value);
}
