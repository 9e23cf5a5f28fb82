namespace GradientDescent;

/// <summary>The source of the evaluations of an <see cref="UpdateContext"/>: the training loop, or a group of parameters.</summary>
internal interface IUpdateEvaluator
{
    /// <inheritdoc cref="UpdateContext.Objective"/>
    object? Objective { get; }

    /// <summary>The samples of this step; empty if the objective has no samples.</summary>
    SampleBatch Batch { get; }

    /// <summary>The position of the run at the start of this step.</summary>
    TrainingClock Clock { get; }

    /// <summary>Whether the penalty has a nonsmooth part.</summary>
    bool IsNonsmooth { get; }

    /// <inheritdoc cref="UpdateContext.Evaluate"/>
    double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, bool transformed);

    /// <inheritdoc cref="UpdateContext.EvaluateAll"/>
    double EvaluateAll(ReadOnlySpan<double> at, Span<double> gradient);

    /// <inheritdoc cref="UpdateContext.ProximalStep"/>
    void ProximalStep(Span<double> at, double stepLength);

    /// <summary>Replaces the gradient by the gradient mapping of the penalty's nonsmooth part, with the step length of the run.</summary>
    void MapGradient(ReadOnlySpan<double> at, Span<double> gradient);

    /// <inheritdoc cref="PenaltyTerm.FindFace"/>
    bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper, Span<double> slopes);

    /// <summary>
    /// Returns the mean weight of the batch that was evaluated last, divided by that of all samples; 1 without weights. The batch's mean
    /// gradient of the loss times this number is on average the gradient of all samples.
    /// </summary>
    /// <param name="at">Parameters at which the objective may be evaluated, if the sum of all weights is not known yet.</param>
    double BatchShare(ReadOnlySpan<double> at);

    /// <summary>Adds the gradient of the penalty's smooth part.</summary>
    void AddPenaltyGradient(ReadOnlySpan<double> at, Span<double> gradient);
}
