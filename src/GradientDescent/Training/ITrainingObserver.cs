namespace GradientDescent;

/// <summary>Watches a run: called on the run's own thread after every update, with a report that costs no memory.</summary>
public interface ITrainingObserver
{
    /// <summary>Called after an update. What it throws passes through.</summary>
    void Observe(in TrainingReport report);
}
