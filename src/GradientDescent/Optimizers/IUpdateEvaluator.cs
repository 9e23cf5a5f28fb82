namespace GradientDescent;

/// <summary>What stands behind an <see cref="UpdateContext"/>: the training loop, or a group of parameters within one.</summary>
internal interface IUpdateEvaluator
{
    /// <inheritdoc cref="UpdateContext.Objective"/>
    object? Objective { get; }

    /// <summary>The samples of this step; empty where the objective has none.</summary>
    SampleBatch Batch { get; }

    /// <summary>The clock of the run at the start of this step.</summary>
    TrainingClock Clock { get; }

    /// <summary>Whether the penalty has a nonsmooth part.</summary>
    bool IsNonsmooth { get; }

    /// <inheritdoc cref="UpdateContext.Evaluate"/>
    double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, bool transformed);

    /// <inheritdoc cref="UpdateContext.EvaluateAll"/>
    double EvaluateAll(ReadOnlySpan<double> at, Span<double> gradient);

    /// <inheritdoc cref="UpdateContext.ProximalStep"/>
    void ProximalStep(Span<double> at, double stepLength);

    /// <summary>Makes the gradient mapping of the penalty's nonsmooth part, at the run's step length.</summary>
    void MapGradient(ReadOnlySpan<double> at, Span<double> gradient);
}
