using System.Diagnostics;

namespace GradientDescent;

/// <summary>The settings of a run.</summary>
internal sealed record RunSettings
{
    /// <summary>The problem to optimise.</summary>
    public required TrainingProblem Problem { get; init; }

    /// <summary>The optimizer. The run owns it; do not reuse it.</summary>
    public required IOptimizer Optimizer { get; init; }

    /// <summary>The user's options.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>The limits, with the defaults that depend on the problem.</summary>
    public required Limits Limits { get; init; }

    /// <summary>The start; not changed.</summary>
    public required double[] Start { get; init; }

    /// <summary>Direction and unit of the loss.</summary>
    public LossDirection Direction { get; init; } = new(Maximize: false);

    /// <summary>The base rate, if it is not that of the optimizer.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Measures the validation data, if there is any.</summary>
    public IParameterMeasure? Validation { get; init; }

    /// <summary>Measures the training data as the validation data is measured.</summary>
    public IParameterMeasure? Training { get; init; }

    /// <summary>Writes the checkpoints, if there are any.</summary>
    public CheckpointWriter? Checkpoints { get; init; }

    /// <summary>The tags of the run's metrics.</summary>
    public TagList Tags { get; init; }

    /// <summary>Ends the run between two steps.</summary>
    public CancellationToken Cancellation { get; init; }
}
