namespace GradientDescent;

/// <summary>Says what the result of a fit does not show: that the loss has no minimum, or that the run is not quite there.</summary>
internal sealed class FitNotes
{
    private const int MinRemainingSteps = 4;
    private const int MaxRemainingSteps = 8;
    private const double PromisedCondition = 1e4;

    /// <summary>The risk that is optimised.</summary>
    public required EmpiricalRisk Risk { get; init; }

    /// <summary>The same risk in the user's units.</summary>
    public required EmpiricalRisk UserRisk { get; init; }

    public required FitOptions Options { get; init; }

    /// <summary>Whether the loss is the default one of the model's task.</summary>
    public required bool HasDefaultLoss { get; init; }

    private IModel Model => Risk.Model;

    /// <summary>Returns the notes as sentences; <see langword="null"/> if there is none.</summary>
    public string? On(TrainingResult result) => Format.Sentences(Separated(result), OneSided(), Remaining(result));

    /// <summary>
    /// Reports separated classes: if a linear classifier puts every sample on the side of its class, its loss has no minimum.
    /// </summary>
    private string? Separated(TrainingResult result) =>
        Options is { NotesSeparation: true, Penalty: null } && Model is { IsLinear: true, Task: not ModelTask.Regression }
            && HasDefaultLoss && Separation.IsProvenBy(Model, result.Parameters.AsSpan(), Risk.Data)
            ? "Hyperplanes separate all classes: without a penalty the loss has no minimum, and the weights grow without bound as " +
                "training goes on."
            : null;

    private string? OneSided() =>
        Options.Penalty is null && Model.Task == ModelTask.Regression && Model.OutputCount == Risk.Data.TargetCount
            && Risk.Layout.Blocks.Any(block => block.Role == ParameterRole.Bias)
            ? OneSidedTargets.NoteOn(UserRisk.Loss, UserRisk.Data)
            : null;

    /// <summary>
    /// Says how far a converged loss is above its minimum if columns depend on each other so much that it matters: then a gradient of a
    /// millionth of a standard error does not determine the coefficients. The estimate takes four to eight passes over the data.
    /// </summary>
    private string? Remaining(TrainingResult result)
    {
        if (result.Reason != StopReason.Converged || result.Stop.Quantity != StopTests.InStandardErrorsName
            || !Options.NotesDependence || Risk.Term is { IsNonsmooth: true } || Options.Validation is not null)
            return null;
        int steps = (int)Math.Clamp(result.Steps / 10, MinRemainingSteps, MaxRemainingSteps);
        double remaining = RemainingDescent.Estimate(result.Objective, result.OptimizedParameters.AsSpan(), steps);
        double share = remaining / SizeOf(result.Loss, result.Objective.Evaluate(new double[result.OptimizedParameters.Length], []));
        return share > PromisedCondition * result.Stop.Threshold * result.Stop.Threshold && double.IsFinite(share)
            ? Format.Text($"The loss is about {share:G2} times its value above the minimum, because columns nearly depend on each other: " +
                $"the coefficients are not accurate. FeatureScaling.Decorrelate removes the cause.")
            : null;
    }

    /// <summary>
    /// The size of a loss. A loss that may be negative can be near 0 by chance; then its distance from the one at 0 counts.
    /// </summary>
    private static double SizeOf(double loss, double atZero) =>
        loss >= 0 && atZero >= 0 ? loss : Math.Max(Math.Abs(loss), Math.Abs(atZero - loss));
}
