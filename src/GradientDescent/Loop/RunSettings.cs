namespace GradientDescent;

/// <summary>Everything that a run is made of.</summary>
internal sealed record RunSettings
{
    /// <summary>What to optimise.</summary>
    public required TrainingProblem Problem { get; init; }

    /// <summary>The optimizer; owned by the run, do not reuse it.</summary>
    public required IOptimizer Optimizer { get; init; }

    /// <summary>The user's options.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>The limits, with the defaults that depend on the problem.</summary>
    public required Limits Limits { get; init; }

    /// <summary>Where to begin; not changed.</summary>
    public required double[] Start { get; init; }

    /// <summary>Direction and unit of the loss.</summary>
    public LossDirection Direction { get; init; } = new(Maximize: false);

    /// <summary>The base rate, where it is not the optimizer's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Measures what is not trained on, if there is such data.</summary>
    public IParameterMeasure? Validation { get; init; }

    /// <summary>Measures the training data as the validation data is measured.</summary>
    public IParameterMeasure? Training { get; init; }

    /// <summary>Writes the run down, if wanted.</summary>
    public CheckpointWriter? Checkpoints { get; init; }

    /// <summary>Ends the run between two steps.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Direction and unit of a run's loss.</summary>
/// <param name="Maximize">Whether the objective is maximised: loss and gradient are negated as they arrive.</param>
/// <param name="LossFactor">The user's loss is this times the problem's.</param>
internal readonly record struct LossDirection(bool Maximize, double LossFactor = 1)
{
    /// <summary>1 to minimise, −1 to maximise.</summary>
    public double Sign => Maximize ? -1 : 1;

    /// <summary>A minimised loss as the user knows it; 0 stays 0 whatever the factor.</summary>
    public double ToUser(double loss) => loss == 0 ? 0 : Sign * LossFactor * loss;
}
