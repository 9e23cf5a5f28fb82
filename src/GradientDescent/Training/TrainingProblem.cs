using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>What the loop minimises: an objective, cut into batches where it has samples.</summary>
internal abstract class TrainingProblem
{
    /// <summary>Updates in an epoch, at least 1.</summary>
    public abstract int BatchesPerEpoch { get; }

    /// <summary>Whether each batch is the whole problem.</summary>
    public abstract bool IsFull { get; }

    /// <summary>The problem as a whole, in the user's direction.</summary>
    public abstract IObjective Objective { get; }

    /// <summary>Loss and weight of one batch; writes its mean gradient.</summary>
    public abstract LossSum EvaluateBatch(long epoch, int batch, ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>Number of samples in one batch.</summary>
    public abstract int SamplesIn(int batch);
}

/// <summary>An objective without samples: one update an epoch.</summary>
internal sealed class PlainProblem(IObjective objective) : TrainingProblem
{
    public override int BatchesPerEpoch => 1;

    public override bool IsFull => true;

    public override IObjective Objective => objective;

    public override LossSum EvaluateBatch(long epoch, int batch, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        gradient.Fill(double.NaN); // an entry that a user's function forgets, or only adds to, must not pass for a gradient
        return new(objective.Evaluate(parameters, gradient), 1);
    }

    public override int SamplesIn(int batch) => 0;
}

/// <summary>A sum over samples, drawn by a sampler.</summary>
internal sealed class SampledProblem(IStochasticObjective objective, BatchSampler sampler) : TrainingProblem
{
    public override int BatchesPerEpoch => sampler.BatchesPerEpoch;

    public override bool IsFull => sampler.IsFull;

    public override IObjective Objective { get; } = GradientDescent.Objective.Full(objective);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LossSum EvaluateBatch(long epoch, int batch, ReadOnlySpan<double> parameters, Span<double> gradient) =>
        objective.EvaluateMean(parameters, sampler.Draw(epoch, batch), gradient, sampler.Upcoming(batch));

    public override int SamplesIn(int batch) => sampler.SizeOf(batch);
}
