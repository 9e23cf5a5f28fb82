namespace GradientDescent;

/// <summary>The run of a candidate. It leaves the model as it is until its result is stored.</summary>
internal sealed class CandidateRun
{
    private readonly TrainingRun _run;
    private bool _hasStepped;

    public CandidateRun(
        TrainingCandidate candidate, IModel model, Dataset data, ILoss? loss, FitOptions? fitOptions, int epochs, long seed,
        CancellationToken cancellation)
    {
        Candidate = candidate;
        var options = new TrainingOptions
        {
            MaxEpochs = epochs,
            Schedule = candidate.Schedule,
            Batching = candidate.Batching,
            Seed = seed,
        };
        _run = new Trainer(candidate.Optimizer, options).CreateRun(model, data, loss, fitOptions, cancellation);
        _run.StoresResult = false;
    }

    public TrainingCandidate Candidate { get; }

    public TrainingResult Result => _run.Result;

    public bool HasDiverged => _run.HasEnded && Result.Reason == StopReason.Diverged;

    /// <summary>The smaller, the better; +∞ after a divergence.</summary>
    public double Rank => HasDiverged || double.IsNaN(Score) ? double.PositiveInfinity : Score;

    private double Score => Result.ValidationLoss ?? Result.Loss;

    /// <summary>Continues until a number of epochs since the start is complete, or the run ends.</summary>
    public void AdvanceTo(long epochs)
    {
        while (!(_hasStepped && _run.Report.Epoch >= epochs) && _run.Advance())
            _hasStepped = true;
    }

    /// <summary>Continues to the end.</summary>
    public TrainingResult Complete() => _run.Complete();

    /// <summary>Stores the best parameters in the model.</summary>
    public void Store()
    {
        _run.StoresResult = true;
        _run.Pause();
    }
}
