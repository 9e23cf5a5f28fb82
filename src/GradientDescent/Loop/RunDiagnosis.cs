namespace GradientDescent;

/// <summary>Says what is wrong with the end of a run, and what may help.</summary>
internal sealed class RunDiagnosis
{
    // With fewer steps, a gradient that has not become smaller says nothing.
    private const long MinStepsOfADescent = 100;

    private const string NoBetterStep = "No step was better than the start, which is returned.";

    public required StopDetails Stop { get; init; }

    public required long Steps { get; init; }

    public required Choice Choice { get; init; }

    /// <summary>Direction and unit of the losses in <see cref="Choice"/>.</summary>
    public required LossDirection Direction { get; init; }

    /// <summary>The test of the full gradient that was not passed, with its numbers; <see langword="null"/> if there is none.</summary>
    public required StopDetails? MissedTest { get; init; }

    /// <summary>The norm of the full gradient at the start and at the end; NaN if it was not computed.</summary>
    public required (double First, double Last) GradientNorm { get; init; }

    /// <summary>The distance between the start and the last parameters.</summary>
    public required double Distance { get; init; }

    /// <summary>Whether the objective may be a function without a minimum. The losses of models have one, or their targets tell.</summary>
    public required bool MayBeUnbounded { get; init; }

    private bool HasFeatures => !MayBeUnbounded;

    /// <summary>
    /// A number in the optimizer's state that is not finite, with its name and parameter; <see langword="null"/> if there is none.
    /// </summary>
    public required string? Overflow { get; init; }

    /// <summary>Whether the optimizer has a learning rate.</summary>
    public required bool HasRate { get; init; }

    /// <summary>Whether the last parameters are worse than the start.</summary>
    public bool EndedWorse => Steps > 0 && Choice.EndsWorse;

    /// <summary>Returns sentences about the end; <see langword="null"/> if nothing is wrong.</summary>
    public string? Describe()
    {
        if (Stop.Reason == StopReason.Diverged)
            return Format.Sentences(OutsideDomain(), Unbounded() ?? SmallerSteps());
        if (Steps == 0)
            return null;
        if (Overflow is not null)
            return $"The optimizer's {Overflow} is not finite, so steps there are 0. {AdviceAgainstOverflow()}";
        if (EndedWorse)
            return Worse();
        if (Choice.Step == 0 && !double.IsNaN(Choice.StartLoss))
            return Stop.Reason == StopReason.OptimizerStopped
                ? $"{NoBetterStep} If the gradient is written by hand, check it with {nameof(GradientCheck)}." : NoBetterStep;
        return MissedTest is null || Stop.Reason is not (StopReason.MaxSteps or StopReason.MaxEpochs or StopReason.MaxSamples
            or StopReason.MaxTime) ? null : Unfinished(MissedTest);
    }

    private string Worse()
    {
        bool isByValidation = Choice.By == BestBy.ValidationLoss;
        string name = isByValidation ? "validation loss" : "loss";
        string returned = Choice.Step == 0
            ? NoBetterStep
            : Format.Text($"The parameters of step {Choice.Step} are returned, with a {name} of {User(Choice.Loss):G6}.");
        string advice = !isByValidation ? "Use a smaller rate."
            : Stop.Reason == StopReason.Converged ? "Use a penalty or fewer features."
            : "Use a smaller rate, a penalty or fewer features.";
        return Format.Text($"The run ended worse than it began: the {name} was {User(Choice.StartLoss):G6} at the start and is " +
            $"{User(Choice.LastLoss):G6} at the end. {returned} {advice}");
    }

    private string Unfinished(StopDetails missed)
    {
        string gap = Format.Text($"Unfinished: the {missed.Quantity} is {missed.Measured:G3}, converged would be {missed.Threshold:G3}.");
        return $"{gap} {Advice()}";
    }

    private string Advice()
    {
        // At a corner, as that of |x|, the gradient does not become smaller either, but the loss stands still.
        if (IsDescending() && Choice.Step >= Steps - Steps / 10)
            return Descent();

        return Choice.Step < Steps / 2
            ? Format.Text($"The loss has not become lower since step {Choice.Step}: let the steps become smaller.")
            : HasRate ? "Allow more steps, or change the rate." : "Allow more steps.";
    }

    private string AdviceAgainstOverflow() => IsDescending() ? Descent()
        : HasFeatures ? "Scale features and targets, or clip the gradient." : "Scale the function, or clip the gradient.";

    private string Descent() => Direction.Maximize
        ? "The value rises and its gradient does not become smaller: if this goes on, there is no maximum."
        : "The loss falls and its gradient does not become smaller: if this goes on, there is no minimum.";

    /// <summary>
    /// Whether the loss has fallen over the whole way at least half as fast as at the start, and its gradient is not smaller either.
    /// </summary>
    private bool IsDescending() => MayBeUnbounded && Steps >= MinStepsOfADescent && Distance > 0
        && GradientNorm.Last >= GradientNorm.First / 2
        && Choice.StartLoss - Choice.LastLoss >= GradientNorm.First / 2 * Distance;

    private string? OutsideDomain() => Steps == 0
        ? "The start is outside the domain, where value and gradient are finite: choose another start."
        : null;

    /// <summary>Returns advice for functions; for data it comes from the curvature.</summary>
    private string? SmallerSteps() => HasFeatures || Steps == 0 ? null
        : !double.IsNaN(Stop.Threshold) ? "Use a smaller rate."
        : "The steps were too long, or left the domain, where value and gradient are finite: use a smaller rate, or another start.";

    private string? Unbounded() => Stop.Quantity != "loss" ? null
        : (Direction.Maximize, Stop.Measured) switch
        {
            (false, double.NegativeInfinity) => "The objective has no minimum: it falls without bound.",
            (true, double.PositiveInfinity) => "The objective has no maximum: it rises without bound.",
            _ => null,
        };

    private double User(double loss) => Choice.By == BestBy.ValidationLoss ? loss : Direction.ToUser(loss);
}
