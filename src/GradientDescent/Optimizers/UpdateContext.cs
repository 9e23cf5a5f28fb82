namespace GradientDescent;

/// <summary>One step as an optimizer sees it: parameters, gradient and rate; and on demand the objective again.</summary>
/// <remarks>
/// Rules that need no more than the gradient ignore it: the default of <see cref="IOptimizer.Update(ref UpdateContext)"/> passes the
/// vectors on. Line searches evaluate trial points, wrappers change the gradient before the inner rule sees it or the parameters after it.
/// A context is valid during the call only.
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

    /// <summary>The context of a step in a loop of your own.</summary>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ, as long as θ; the optimizer may write to it.</param>
    /// <param name="learningRate">
    /// The rate of this step, finite and at least 0: the optimizer's base rate times <paramref name="rateFactor"/>.
    /// </param>
    /// <param name="loss">The objective's value at θ.</param>
    /// <param name="objective">The objective, for optimizers that evaluate again.</param>
    /// <param name="rateFactor">
    /// The factor that a schedule multiplies every base rate by; <paramref name="learningRate"/> includes it already. Parameter groups
    /// multiply their own rates by it.
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

    /// <summary>What the schedule and recoveries from divergence multiply every base rate by.</summary>
    public readonly double RateFactor { get; }

    /// <summary>The value of the batch at θ or, after <see cref="Accept"/>, at the new parameters; NaN where it is not known.</summary>
    public double Loss { readonly get; private set; }

    /// <summary>The number of steps before this one.</summary>
    public readonly long Step { get; }

    /// <summary>The samples of this step; empty where the objective has none.</summary>
    public readonly SampleBatch Batch => _evaluator is null ? default : _evaluator.Batch;

    /// <summary>
    /// The objective: an <see cref="IObjective"/> or <see cref="IStochasticObjective"/>. <see langword="null"/> where an update is made
    /// without one, and inside a group of <see cref="ParameterGroups"/>, where no objective has the group's parameters alone;
    /// <see cref="Evaluate"/> works there.
    /// </summary>
    public readonly object? Objective => _objective ?? _evaluator?.Objective;

    /// <summary>Whether the objective's penalty has a nonsmooth part.</summary>
    public readonly bool IsNonsmooth => _evaluator is { IsNonsmooth: true };

    /// <summary>Whether <see cref="Accept"/> was called.</summary>
    public bool IsAccepted { readonly get; private set; }

    /// <summary>
    /// Why the optimizer ends the run; <see langword="null"/>: it goes on. A trainer obeys it; a loop of your own should.
    /// </summary>
    public StopDetails? Stopped { readonly get; private set; }

    /// <summary>Where the run stands at the start of this step; in a loop of your own only the step is known.</summary>
    internal readonly TrainingClock Clock => _evaluator?.Clock ?? new TrainingClock { Step = Step };

    /// <summary>What evaluates in a run; <see langword="null"/> in a loop of a user's own.</summary>
    internal readonly IUpdateEvaluator? Evaluator => _evaluator;

    /// <summary>The objective of a loop of a user's own.</summary>
    internal readonly IObjective? OwnObjective => _objective;

    /// <summary>The context of a step for which nothing but the gradient is known.</summary>
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
    /// <param name="gradient">The gradient of the smooth part there, to be written; empty asks for the value alone.</param>
    /// <param name="transformed">Whether the gradient is clipped as the one of this step was.</param>
    /// <returns>The value there, the nonsmooth part of the penalty included.</returns>
    /// <exception cref="InvalidOperationException">The update was made without an objective.</exception>
    public readonly double Evaluate(scoped ReadOnlySpan<double> at, scoped Span<double> gradient, bool transformed = false) =>
        _objective is not null ? _objective.Evaluate(at, gradient) : Required.Evaluate(at, gradient, transformed);

    /// <summary>Evaluates all samples at a point.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public readonly double EvaluateAll(scoped ReadOnlySpan<double> at, scoped Span<double> gradient) =>
        _objective is not null ? _objective.Evaluate(at, gradient) : Required.EvaluateAll(at, gradient);

    /// <summary>
    /// Says that <see cref="Gradient"/> now belongs to the new parameters, as <see cref="Evaluate"/> wrote it: with full batches the next
    /// step need not evaluate.
    /// </summary>
    /// <param name="loss">The value at the new parameters.</param>
    public void Accept(double loss) => (Loss, IsAccepted) = (loss, true);

    /// <summary>Takes <see cref="Accept"/> back: for a wrapper that moves the parameters after its inner rule.</summary>
    public void Withdraw() => IsAccepted = false;

    /// <summary>Ends the run after this step, as when a line search finds no better point.</summary>
    /// <param name="why">
    /// What was found, with its numbers. The run's reason is <see cref="StopReason.OptimizerStopped"/>, whatever reason it names.
    /// </param>
    public void Stop(StopDetails why)
    {
        ArgumentNullException.ThrowIfNull(why);
        Stopped = why with { Reason = StopReason.OptimizerStopped };
    }

    /// <summary>θ ← prox(θ) of the penalty's nonsmooth part; nothing where there is none.</summary>
    /// <param name="at">The point, changed in place.</param>
    /// <param name="stepLength">The step length τ, greater than 0.</param>
    public readonly void ProximalStep(scoped Span<double> at, double stepLength)
    {
        if (IsNonsmooth)
            _evaluator!.ProximalStep(at, Guard.Positive(stepLength));
    }

    /// <summary>
    /// Turns <see cref="Gradient"/> into the gradient mapping of the penalty's nonsmooth part, for rules that follow the gradient; nothing
    /// where there is none.
    /// </summary>
    public readonly void MapGradient()
    {
        if (IsNonsmooth)
            _evaluator!.MapGradient(Parameters, Gradient);
    }

    /// <summary>Refuses an update without an objective, for optimizers that evaluate again: before they change anything.</summary>
    /// <exception cref="InvalidOperationException">The update is made without an objective.</exception>
    internal readonly void RequireObjective()
    {
        if (_objective is null)
            _ = Required;
    }

    private readonly IUpdateEvaluator Required => _evaluator ?? throw new InvalidOperationException(
        "This optimizer evaluates the objective again: use a Trainer, or call Update(ref UpdateContext) with a context that has an " +
        "objective.");
}
