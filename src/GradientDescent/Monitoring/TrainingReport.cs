namespace GradientDescent;

/// <summary>The state of a run after a step, as numbers.</summary>
public readonly record struct TrainingReport
{
    /// <summary>The number of steps made, including this one.</summary>
    public required long Step { get; init; }

    /// <summary>The number of complete passes over the data.</summary>
    public required long Epoch { get; init; }

    /// <summary>The number of samples that the steps evaluated.</summary>
    public required long Samples { get; init; }

    /// <summary>
    /// The loss of the batch before this step, in the user's units: at the run's <c>ParametersBefore</c>, not at the parameters that the
    /// step has led to.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>The Euclidean norm of that batch's gradient in the optimised problem, before any clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The rate of this step: base rate × schedule factor × the factor of the recoveries from divergence.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Whether this step was the last of its epoch.</summary>
    public required bool EndsEpoch { get; init; }

    /// <summary>
    /// The latest loss of a whole epoch, in the user's units (see <see cref="EpochRecord.Loss"/>); NaN until there is one.
    /// </summary>
    public required double EpochLoss { get; init; }

    /// <summary>The latest loss on the validation data, in the user's units; NaN until there is one.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>The number of steps at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</summary>
    public required long? PlannedSteps { get; init; }

    /// <summary>The number of batches that were skipped so far because their loss or gradient was not finite.</summary>
    public long SkippedBatches { get; init; }

    /// <summary>The wall time of the run so far.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The name of the run: <see cref="TrainingOptions.RunName"/>.</summary>
    public string? RunName { get; init; }

    /// <summary>Returns step, epoch, loss, gradient norm and rate as text, after the name of the run if it has one.</summary>
    public override string ToString() => (RunName is null ? "" : $"{RunName}: ")
        + Format.Text($"step {Step}, epoch {Epoch}: loss {Loss:G6}, gradient norm {GradientNorm:G3}, rate {LearningRate:G3}");
}
