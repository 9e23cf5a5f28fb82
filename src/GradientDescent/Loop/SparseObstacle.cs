namespace GradientDescent;

/// <summary>Finds what prevents a run from making steps on some of the parameters.</summary>
internal static class SparseObstacle
{
    /// <summary>Returns the obstacle as the end of a message; <see langword="null"/>: there is none.</summary>
    public static string? To(RunSettings settings, IOptimizer optimizer, FrozenParameters? frozen, bool isTouched)
    {
        TrainingProblem problem = settings.Problem;
        string name = optimizer.GetType().Name;
        if (problem.Objective is not ISparseObjective { IsSparse: true })
            return "the samples depend on all parameters: it needs sparse data and a linear model";
        if (problem.IsFull)
            return "a full batch depends on all parameters: set Batching to mini-batches";
        if (problem.Collective is not null)
            return "the run has several processes, which share whole gradients";
        bool readsRows = optimizer is ISampleReader { ReadsOnlyItsBatch: true };
        if (!readsRows && optimizer is not ISparseOptimizer { TakesSparseGradients: true })
            return $"{name} has no step for some of the parameters";
        if (readsRows && (problem.Penalty is not null || !settings.Options.GradientTransforms.IsEmpty))
            return $"{name} has no form with a penalty or with clipping";
        if (settings.Direction.Maximize || frozen is not null)
            return "maximization and frozen parameters have no sparse form";
        if (settings.Options.GradientTransforms.Any(transform => transform is not GradientClipping { TakesSparseGradients: true }))
            return "of the gradient transforms only clipping by norm and by value has a sparse form";
        if (isTouched)
            return problem.Penalty is null or SeparablePenalty ? null : "the penalty is not a sum over the parameters";
        if (optimizer is ISparseOptimizer { IgnoresZeroGradients: false })
            return $"{name} moves parameters whose gradient is 0; SparseUpdates.Touched leaves them where they are";
        return problem.Penalty is null ? null : PenaltyObstacle(settings, problem.Penalty, optimizer);
    }

    private static string? PenaltyObstacle(RunSettings settings, PenaltyTerm penalty, IOptimizer optimizer)
    {
        string name = optimizer.GetType().Name;
        if (penalty is not SeparablePenalty separable)
            return "the penalty is not a sum over the parameters";
        if (optimizer is not ISparseOptimizer { IsPlainDescent: true })
            return $"{name} with a penalty has no closed form for the steps in which a parameter is absent; use SGD, FTRL with its own " +
                "strengths, or SparseUpdates.Touched";
        if (!settings.Options.GradientTransforms.IsEmpty)
            return "clipping with a penalty depends on all parameters";
        double rate = settings.LearningRate ?? optimizer.LearningRate;
        if (rate >= SparsePenalty.RateLimit(separable))
            return Format.Text($"the rate {rate} times the strength of the L2 penalty must be less than 1");
        return SparsePenalty.AllowsAnyRates(separable) || settings.Options.Schedule is ConstantSchedule
            ? null
            : "the L2 penalty differs between the scaled features, so it has a closed form at a constant rate only; use " +
                "FeatureScaling.None";
    }
}
