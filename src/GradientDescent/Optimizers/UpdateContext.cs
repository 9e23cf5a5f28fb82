namespace GradientDescent;

/// <summary>The data of one step for an optimizer: parameters, gradient and rate, and methods that evaluate the objective again.</summary>
/// <remarks>
/// An optimizer that needs only the gradient does not implement <see cref="IOptimizer.Update(ref UpdateContext)"/>: its default passes the
/// vectors to the other overload. Line searches evaluate trial points; wrappers change the gradient before the inner optimizer uses it, or
/// the parameters afterwards. A context is valid only during the call.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0], (p, g) =&gt; g[0] = 2 * p[0]);
/// double[] parameters = [3], gradient = new double[1];
/// IOptimizer optimizer = new SharpnessAware(new SGD(0.1));   // looks at the gradient 0.05 further up, at 3.05
/// double loss = bowl.Evaluate(parameters, gradient);
/// var context = new UpdateContext(parameters, gradient, optimizer.LearningRate, loss, bowl);
/// optimizer.Update(ref context);
/// Console.WriteLine($"{parameters[0]:F2}");   // 2.39
/// </code></example>
public ref struct UpdateContext
{
    private readonly IObjective? _objective;
    private readonly IUpdateEvaluator? _evaluator;

    /// <summary>Creates the context of a step in your own loop.</summary>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ, as long as θ; the optimizer may write to it.</param>
    /// <param name="learningRate">
    /// The rate of this step, finite and at least 0: the optimizer's base rate times <paramref name="rateFactor"/>.
    /// </param>
    /// <param name="loss">The objective's value at θ.</param>
    /// <param name="objective">The objective, for optimizers that evaluate again.</param>
    /// <param name="rateFactor">
    /// The factor by which a schedule multiplies every base rate; <paramref name="learningRate"/> already includes it. Parameter groups
    /// multiply the base rates of their rules by it.
    /// </param>
    public UpdateContext(
        Span<double> parameters, Span<double> gradient, double learningRate, double loss, IObjective objective, double rateFactor = 1)
        : this(parameters, gradient, learningRate, rateFactor, loss, step: 0, evaluator: null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Guard.SameLength<double>(parameters, gradient);
        _objective = objective;
    }

    internal UpdateContext(
        Span<double> parameters,
        Span<double> gradient,
        double learningRate,
        double rateFactor,
        double loss,
        long step,
        IUpdateEvaluator? evaluator)
    {
        Parameters = parameters;
        Gradient = gradient;
        LearningRate = learningRate;
        RateFactor = rateFactor;
        Loss = loss;
        Step = step;
        _evaluator = evaluator;
    }

    /// <summary>The vector θ, changed in place.</summary>
    public readonly Span<double> Parameters { get; }

    /// <summary>The gradient of the smooth part of the objective at θ. The optimizer may write to it.</summary>
    public readonly Span<double> Gradient { get; }

    /// <summary>The rate of this step: the optimizer's base rate times <see cref="RateFactor"/>.</summary>
    public readonly double LearningRate { get; }

    /// <summary>The factor by which the schedule and the recoveries from divergence multiply every base rate.</summary>
    public readonly double RateFactor { get; }

    /// <summary>
    /// The value of the objective on the batch at θ or, after <see cref="Accept"/>, at the new parameters; NaN if it is not known.
    /// </summary>
    public double Loss { readonly get; private set; }

    /// <summary>The number of steps before this one.</summary>
    public readonly long Step { get; }

    /// <summary>The samples of this step; empty if the objective has no samples.</summary>
    public readonly SampleBatch Batch => _evaluator is null ? default : _evaluator.Batch;

    /// <summary>
    /// The objective: an <see cref="IObjective"/> or <see cref="IStochasticObjective"/>. <see langword="null"/> if the step has no
    /// objective, and inside a group of <see cref="ParameterGroups"/>, because no objective has only the group's parameters;
    /// <see cref="Evaluate"/> works there.
    /// </summary>
    public readonly object? Objective => _objective ?? _evaluator?.Objective;

    /// <summary>Whether the objective's penalty has a nonsmooth part.</summary>
    public readonly bool IsNonsmooth => _evaluator is { IsNonsmooth: true };

    /// <summary>Whether <see cref="Accept"/> was called.</summary>
    public bool IsAccepted { readonly get; private set; }

    /// <summary>
    /// The reason for which the optimizer ends the run; <see langword="null"/>: the run continues. A trainer stops; your own loop should
    /// too.
    /// </summary>
    public StopDetails? Stopped { readonly get; private set; }

    /// <summary>The position of the run at the start of this step; in a user's own loop only the step is known.</summary>
    internal readonly TrainingClock Clock => _evaluator?.Clock ?? new TrainingClock { Step = Step };

    /// <summary>The evaluator of a run; <see langword="null"/> in a user's own loop.</summary>
    internal readonly IUpdateEvaluator? Evaluator => _evaluator;

    /// <summary>The objective of a user's own loop.</summary>
    internal readonly IObjective? OwnObjective => _objective;

    /// <summary>Creates the context of a step for which only the gradient is known.</summary>
    /// <param name="parameters">The vector θ.</param>
    /// <param name="gradient">The gradient at θ.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="baseRate">The optimizer's base rate.</param>
    /// <param name="step">The number of steps before this one.</param>
    internal static UpdateContext WithoutObjective(
        Span<double> parameters, Span<double> gradient, double learningRate, double baseRate, long step) =>
        new(parameters, gradient, learningRate, learningRate / baseRate, double.NaN, step, evaluator: null);

    /// <summary>Evaluates the same samples at another point.</summary>
    /// <param name="at">The point, as long as the parameters.</param>
    /// <param name="gradient">The vector for the gradient of the smooth part at the point; empty: only the value is computed.</param>
    /// <param name="transformed">Whether the gradient is clipped in the same way as the gradient of this step.</param>
    /// <returns>The value at the point, including the nonsmooth part of the penalty.</returns>
    /// <exception cref="InvalidOperationException">The step has no objective.</exception>
    public readonly double Evaluate(scoped ReadOnlySpan<double> at, scoped Span<double> gradient, bool transformed = false) =>
        _objective is not null ? _objective.Evaluate(at, gradient) : Required.Evaluate(at, gradient, transformed);

    /// <summary>Evaluates all samples at a point.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public readonly double EvaluateAll(scoped ReadOnlySpan<double> at, scoped Span<double> gradient) =>
        _objective is not null ? _objective.Evaluate(at, gradient) : Required.EvaluateAll(at, gradient);

    /// <summary>
    /// Declares that <see cref="Gradient"/> is the gradient at the new parameters, as <see cref="Evaluate"/> wrote it. With full batches
    /// the next step then does not evaluate the objective.
    /// </summary>
    /// <param name="loss">The value at the new parameters.</param>
    public void Accept(double loss) => (Loss, IsAccepted) = (loss, true);

    /// <summary>Cancels <see cref="Accept"/>. A wrapper calls it when it moves the parameters after its inner optimizer.</summary>
    public void Withdraw() => IsAccepted = false;

    /// <summary>
    /// Ends the run after this step, for example when a line search finds no better point. In <see cref="ParameterGroups"/> the run ends
    /// when all rules have stopped in the same step.
    /// </summary>
    /// <param name="why">
    /// The reason, with its numbers. Its <see cref="StopDetails.Reason"/> is <see cref="StopReason.Converged"/> if the gradient is as small
    /// as rounding allows; any other is replaced by <see cref="StopReason.OptimizerStopped"/>.
    /// </param>
    public void Stop(StopDetails why)
    {
        ArgumentNullException.ThrowIfNull(why);
        Stopped = why.Reason == StopReason.Converged ? why : why with { Reason = StopReason.OptimizerStopped };
    }

    /// <summary>Applies the proximal step θ ← prox(θ) of the penalty's nonsmooth part; does nothing if there is none.</summary>
    /// <param name="at">The point, changed in place.</param>
    /// <param name="stepLength">The step length τ, greater than 0.</param>
    public readonly void ProximalStep(scoped Span<double> at, double stepLength)
    {
        if (IsNonsmooth)
            _evaluator!.ProximalStep(at, Guard.Positive(stepLength));
    }

    /// <summary>Finds the face of a point: the box in which the penalty's nonsmooth part is linear.</summary>
    /// <inheritdoc cref="PenaltyTerm.FindFace"/>
    public readonly bool FindFace(scoped Span<double> lower, scoped Span<double> upper, scoped Span<double> slopes)
    {
        if (IsNonsmooth)
            return _evaluator!.FindFace(Parameters, Gradient, lower, upper, slopes);
        lower.Fill(double.NegativeInfinity);
        upper.Fill(double.PositiveInfinity);
        slopes.Clear();
        return true;
    }

    /// <summary>
    /// Replaces <see cref="Gradient"/> by the gradient mapping of the penalty's nonsmooth part, for optimizers that use only the gradient;
    /// does nothing if there is no nonsmooth part.
    /// </summary>
    public readonly void MapGradient()
    {
        if (IsNonsmooth)
            _evaluator!.MapGradient(Parameters, Gradient);
    }

    /// <inheritdoc cref="IUpdateEvaluator.BatchShare"/>
    internal readonly double BatchShare(scoped ReadOnlySpan<double> at) => _evaluator?.BatchShare(at) ?? 1;

    /// <inheritdoc cref="IUpdateEvaluator.AddPenaltyGradient"/>
    internal readonly void AddPenaltyGradient(scoped ReadOnlySpan<double> at, scoped Span<double> gradient) =>
        _evaluator?.AddPenaltyGradient(at, gradient);

    /// <summary>Throws if the step has no objective. Optimizers that evaluate again call it before they change anything.</summary>
    /// <exception cref="InvalidOperationException">The step has no objective.</exception>
    internal readonly void RequireObjective()
    {
        if (_objective is null)
            _ = Required;
    }

    private readonly IUpdateEvaluator Required => _evaluator ?? throw new InvalidOperationException(
        "This optimizer evaluates the objective again: use a Trainer, or call Update(ref UpdateContext) with a context that has an " +
        "objective.");
}
