using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>How a <see cref="Trainer"/> runs. Every setting has a default; a run is fixed by optimizer, options and data, bit for bit.</summary>
public sealed record TrainingOptions
{
    /// <summary>The most updates (T), at least 0. Unset, and <see cref="MaxEpochs"/> unset too: no limit for a fit, 10,000 for a minimisation.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>The most passes over the data, at least 0. Unset, and <see cref="MaxSteps"/> unset too: 1000 for a fit, no limit for a minimisation.</summary>
    public long? MaxEpochs { get; init; }

    /// <summary>
    /// eps: the run has converged when the Euclidean norm of the full gradient, of the problem as optimised, is at most this; at least 0. Unset: 1e-6 for full
    /// batches, and no such test for mini-batches, where it costs one pass over the data at the end of each epoch.
    /// </summary>
    public double? GradientTolerance { get; init; }

    /// <summary>Samples an update sees; unset: as the optimizer wants. An optimizer that wants all of them refuses anything else.</summary>
    public Batching? Batching { get; init; }

    /// <summary>In which order mini-batches draw the samples.</summary>
    public SampleOrder Order { get; init; } = SampleOrder.Shuffled;

    /// <summary>Whether a last, shorter batch of an epoch is left out; otherwise it counts with its own mean.</summary>
    public bool DropLastBatch { get; init; }

    /// <summary>Threads at most that work on large batches and long vectors, at least 1; the result does not depend on it. Unset: one per processor.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Numbers in a piece of work from which on several threads are used; unset: the built-in one. Tests put it to 0.</summary>
    internal int? ParallelThreshold { get; init; }

    /// <summary>Fixes shuffles and random starts.</summary>
    public long Seed { get; init; }

    /// <summary>The factor on the optimizer's rate.</summary>
    public ISchedule Schedule { get; init; } = new Constant();

    /// <summary>What a fit does to features and targets; unset: <see cref="FeatureScaling.Standardize"/> for linear models, nothing for others.</summary>
    public FeatureScaling? Scaling { get; init; }

    /// <summary>Where a fit starts, in the user's units; <c>default</c>: where the model says. All finite.</summary>
    public ImmutableArray<double> Start { get; init; }

    /// <summary>The settings that a run depends on.</summary>
    public override string ToString() => Guard.Text(
        $"MaxSteps {Shown(MaxSteps)}, MaxEpochs {Shown(MaxEpochs)}, GradientTolerance {Shown(GradientTolerance)}, Batching {Shown(Batching)}, Order {Order}, DropLastBatch {DropLastBatch}, Seed {Seed}, Schedule {Schedule}, Scaling {Shown(Scaling)}, Start {(Start.IsDefault ? "default" : "given")}");

    private static string Shown<T>(T? value) where T : struct => value is { } set ? Guard.Text($"{set}") : "default";
}
