namespace GradientDescent;

/// <summary>The problem that a run optimises: a sum over samples, cut into batches, and its penalty.</summary>
/// <param name="objective">The sum over samples.</param>
/// <param name="sampler">Draws the samples of a step.</param>
/// <param name="penalty">The term that is added to the mean, if there is one.</param>
/// <param name="proximalStep">The step τ of the penalty's gradient mapping.</param>
internal sealed class TrainingProblem(IStochasticObjective objective, BatchSampler sampler, PenaltyTerm? penalty, double proximalStep)
{
    private const int ShownSamples = 5;

    /// <summary>The sum over samples.</summary>
    public IStochasticObjective Objective => objective;

    /// <summary>The problem as a whole, as users see it.</summary>
    public IObjective Whole { get; init; } = new FullObjective(objective, penalty, proximalStep);

    public PenaltyTerm? Penalty => penalty;

    public double ProximalStep => proximalStep;

    /// <summary>The ranks that work on the problem together; <see langword="null"/>: this process works alone.</summary>
    public ICollective? Collective => (HasSamples ? objective.Collective : Whole.Collective) is { Size: > 1 } ranks ? ranks : null;

    /// <summary>Whether the objective has samples; <see langword="false"/> for a plain objective.</summary>
    public bool HasSamples { get; init; } = true;

    /// <summary>The number of samples that are evaluated at a time; the parts of a step are added.</summary>
    public int PartSize { get; init; } = int.MaxValue;

    /// <summary>The row of each sample in the user's data; <see langword="null"/>: the same.</summary>
    public int[]? RowOf { get; init; }

    /// <summary>The number of steps in an epoch, at least 1.</summary>
    public int BatchesPerEpoch => sampler.BatchesPerEpoch;

    /// <summary>The number of samples in the steps of an epoch; <see langword="null"/> where there are none.</summary>
    public long? SamplesPerEpoch => HasSamples ? sampler.SamplesPerEpoch : null;

    /// <summary>Whether every step takes all samples.</summary>
    public bool IsFull => sampler.IsFull;

    /// <summary>A plain objective: one step is an epoch.</summary>
    public static TrainingProblem From(IObjective objective, int parameterCount, double proximalStep)
    {
        var sum = new ObjectiveAsSum(objective, parameterCount);
        PenaltyTerm? penalty = GradientDescent.Objective.TermOf(objective.Penalty, sum.Layout);
        return new(sum, new BatchSampler(1, 1, SampleOrder.Sequential, dropLast: false, seed: 0), penalty, proximalStep)
        {
            Whole = penalty is null ? objective : new FullObjective(sum, penalty, proximalStep),
            HasSamples = false,
        };
    }

    /// <summary>Throws an <see cref="IOException"/> if the samples are read from a file that has changed.</summary>
    public void RequireUnchanged() => (objective as IFileSum)?.RequireUnchanged();

    /// <summary>The samples of a step. Valid until the next call.</summary>
    public SampleBatch Draw(long epoch, int batch) => sampler.Draw(epoch, batch);

    /// <summary>The seed of random numbers for the samples of a step.</summary>
    public long RandomSeed(long epoch, int batch) => sampler.RandomSeed(epoch, batch);

    /// <summary>Whether batches arrive one after another, in any size.</summary>
    public bool IsArriving => sampler.IsArriving;

    /// <summary>Whether every step takes one sample.</summary>
    public bool HasSingleSamples => HasSamples && !IsArriving && sampler.SizeOf(0) == 1;

    /// <summary>The sample of a step that takes one, and a sample that will be read soon, or −1.</summary>
    public (int Sample, int Upcoming) DrawOne(long epoch, int batch) => sampler.DrawOne(epoch, batch);

    /// <inheritdoc cref="BatchSampler.Following"/>
    public int Following(int batch, int distance) => sampler.Following(batch, distance);

    /// <summary>The number of samples in a step.</summary>
    public int SamplesIn(int batch) => HasSamples ? sampler.SizeOf(batch) : 0;

    /// <summary>Describes a mini-batch for a diagnosis; empty for full batches.</summary>
    public string Describe(long epoch, int batch)
    {
        if (IsFull)
            return "";
        var rows = new List<int>();
        SampleBatch samples = Draw(epoch, batch);
        for (int i = 0; i < Math.Min(ShownSamples, samples.Count); i++)
            rows.Add(RowOf is null ? samples[i] : RowOf[samples[i]]);
        string listed = string.Join(", ", rows), more = samples.Count > ShownSamples ? ", …" : "";
        return Format.Text($"batch {batch} of epoch {epoch}, {(samples.Count == 1 ? "row" : "rows")} {listed}{more}");
    }

    /// <summary>Adds the facts that must not change if a run is continued.</summary>
    public void AddTo(RunIdentity identity)
    {
        if (!HasSamples)
        {
            identity.Add("samples", "none");
            return;
        }

        identity.Add("samples", objective.SampleCount);
        identity.Add("batches", PartSize == int.MaxValue ? sampler : Format.Text($"{sampler}, in parts of {PartSize}"));
        if (objective is not IIdentified identified)
            return;
        foreach ((string name, object value) in identified.Identity)
            identity.Add(name, value);
    }
}
