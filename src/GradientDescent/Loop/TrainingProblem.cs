using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>What the loop minimises: an objective, cut into batches where it has samples.</summary>
internal abstract class TrainingProblem
{
    /// <summary>Updates in an epoch, at least 1.</summary>
    public abstract int BatchesPerEpoch { get; }

    /// <summary>Samples that an epoch's updates evaluate; <see langword="null"/> where there are none.</summary>
    public abstract long? SamplesPerEpoch { get; }

    /// <summary>Whether each batch is the whole problem.</summary>
    public abstract bool IsFull { get; }

    /// <summary>The problem as a whole, in the user's direction.</summary>
    public abstract IObjective Objective { get; }

    /// <summary>What is added to the objective, if anything.</summary>
    public virtual PenaltyTerm? Penalty => null;

    /// <summary>Loss and weight of one batch; writes its mean gradient.</summary>
    /// <param name="epoch">Which epoch.</param>
    /// <param name="batch">Which of its batches.</param>
    /// <param name="parameters">Where.</param>
    /// <param name="gradient">Written.</param>
    /// <param name="longestStep">The penalty's proximal step is at most this.</param>
    public abstract LossSum EvaluateBatch(long epoch, int batch, ReadOnlySpan<double> parameters, Span<double> gradient, double longestStep = double.PositiveInfinity);

    /// <summary>Number of samples in one batch.</summary>
    public abstract int SamplesIn(int batch);

    /// <summary>A batch in words, for a diagnosis; empty where there are none.</summary>
    public abstract string Describe(long epoch, int batch);

    /// <summary>What must be the same for a run to be continued.</summary>
    public abstract void AddTo(RunIdentity identity);
}

/// <summary>An objective without samples: one update an epoch.</summary>
internal sealed class PlainProblem(IObjective objective) : TrainingProblem
{
    public override int BatchesPerEpoch => 1;

    public override long? SamplesPerEpoch => null;

    public override bool IsFull => true;

    public override IObjective Objective => objective;

    public override LossSum EvaluateBatch(long epoch, int batch, ReadOnlySpan<double> parameters, Span<double> gradient, double longestStep)
    {
        gradient.Fill(double.NaN); // an entry that a user's function forgets, or only adds to, must not pass for a gradient
        return new(objective.Evaluate(parameters, gradient), 1);
    }

    public override int SamplesIn(int batch) => 0;

    public override string Describe(long epoch, int batch) => "";

    public override void AddTo(RunIdentity identity) => identity.Add("samples", "none");
}

/// <summary>A sum over samples, drawn by a sampler.</summary>
/// <param name="objective">The sum.</param>
/// <param name="sampler">Gives the samples of an update.</param>
/// <param name="partSize">Samples evaluated at a time: an update's gradient is accumulated from such parts.</param>
/// <param name="penalty">What is added to its mean, if anything.</param>
/// <param name="rowOf">A sample's row in the user's data, where some of it was held back; <see langword="null"/>: the same.</param>
internal sealed class SampledProblem(IStochasticObjective objective, BatchSampler sampler, int partSize, PenaltyTerm? penalty, int[]? rowOf) : TrainingProblem
{
    public override int BatchesPerEpoch => sampler.BatchesPerEpoch;

    public override long? SamplesPerEpoch => sampler.SamplesPerEpoch;

    public override bool IsFull => sampler.IsFull;

    public override PenaltyTerm? Penalty { get; } = penalty;

    public override IObjective Objective { get; } = GradientDescent.Objective.Full(objective, penalty);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LossSum EvaluateBatch(long epoch, int batch, ReadOnlySpan<double> parameters, Span<double> gradient, double longestStep) =>
        objective.EvaluateMean(Penalty, parameters, sampler.Draw(epoch, batch), gradient, sampler.Upcoming(batch), partSize, longestStep);

    public override int SamplesIn(int batch) => sampler.SizeOf(batch);

    public override string Describe(long epoch, int batch)
    {
        if (IsFull)
            return "";
        ReadOnlySpan<int> samples = sampler.Draw(epoch, batch);
        const int Shown = 5;
        string listed = string.Join(", ", samples[..Math.Min(Shown, samples.Length)].ToArray().Select(sample => rowOf is null ? sample : rowOf[sample]));
        return Format.Text($"batch {batch} of epoch {epoch}, {(samples.Length == 1 ? "row" : "rows")} {listed}{(samples.Length > Shown ? ", …" : "")}");
    }

    public override void AddTo(RunIdentity identity)
    {
        identity.Add("samples", objective.SampleCount);
        identity.Add("batches", partSize == int.MaxValue ? sampler : Format.Text($"{sampler}, in parts of {partSize}"));
        if (objective is not EmpiricalRisk risk)
            return;
        foreach ((string name, object value) in risk.Identity)
            identity.Add(name, value);
    }
}
