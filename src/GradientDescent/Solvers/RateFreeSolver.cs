namespace GradientDescent;

/// <summary>The base class of the optimizers that find the length of their steps themselves.</summary>
/// <remarks>
/// They use all samples in each step, have the learning rate 1, and refuse schedules. They evaluate the objective again, so use a
/// <see cref="Trainer"/>, or your own <see cref="UpdateContext"/> with an objective. The first step fixes the number of parameters and
/// allocates the state; later steps allocate nothing.
/// </remarks>
public abstract class RateFreeSolver : IOptimizer
{
    private SolverEngine? _engine;

    private protected RateFreeSolver()
    {
    }

    /// <summary>1: the steps do not depend on a rate.</summary>
    public double LearningRate => 1;

    /// <summary><see langword="false"/>: schedules do not apply.</summary>
    public bool HasLearningRate => false;

    /// <summary><see cref="Batching.Full"/>: all samples in each step.</summary>
    public Batching Batching => Batching.Full;

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    private string Algorithm => GetType().Name;

    /// <summary>Throws: a step needs the objective.</summary>
    /// <exception cref="InvalidOperationException">Always; nothing is changed.</exception>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate) =>
        UpdateContext.WithoutObjective(parameters, [], 1, 1, StepCount).RequireObjective();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A schedule has changed the rate, or the loss is not known; nothing is changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The step has no objective, or the number of parameters is not that of the steps before; nothing is changed.
    /// </exception>
    /// <exception cref="NotSupportedException">The solver does not support the penalty; nothing is changed.</exception>
    public void Update(ref UpdateContext context)
    {
        context.RequireObjective();
        if (context.RateFactor != 1)
            throw Guard.Invalid(nameof(context), $"The rate factor is {context.RateFactor}: {Algorithm} has no rate, so it must be 1.");
        if (double.IsNaN(context.Loss))
            throw Guard.Invalid(nameof(context), $"The loss is NaN: {Algorithm} needs the objective's value at the parameters.");
        int length = context.Parameters.Length;
        _engine ??= CreateEngine(length);
        if (_engine.Length != length)
            throw new InvalidOperationException(Format.Text(
                $"This {Algorithm} works on {_engine.Length} parameters and got {length}: an instance serves one vector; use CreateNew() " +
                $"for another."));
        _engine.Update(ref context);
        StepCount++;
    }

    /// <inheritdoc/>
    public IOptimizer CreateNew()
    {
        var fresh = (RateFreeSolver)MemberwiseClone();
        (fresh.StepCount, fresh._engine) = (0, null);
        return fresh;
    }

    /// <inheritdoc/>
    public OptimizerState GetState() => _engine is null || StepCount == 0
        ? new OptimizerState(Algorithm, stepCount: 0)
        : new OptimizerState(Algorithm, StepCount, _engine.Scalars, _engine.Vectors, length: _engine.Length);

    /// <inheritdoc/>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Algorithm != Algorithm)
            throw Guard.Invalid(nameof(state), $"The state is {state.Algorithm}'s: it cannot continue {Algorithm}.");
        if (!state.IsFinite)
            throw Guard.Invalid(nameof(state), $"The state holds a number that is not finite: there is nothing to continue from.");
        if (!state.Inner.IsEmpty || (state.StepCount > 0) != (state.Length > 0))
            throw Guard.Invalid(nameof(state),
                $"The state has {Format.Count(state.StepCount, "step")}, {Format.Count(state.Length, "parameter")} and " +
                $"{Format.Count(state.Inner.Count, "inner state")}: that is no state of {Algorithm}.");
        SolverEngine? engine = state.Length > 0 ? CreateEngine(state.Length) : null;
        if (engine is null)
            state.RequireNames([], []);
        else
            engine.Load(state);
        (_engine, StepCount) = (engine, state.StepCount);
    }

    /// <summary>Returns the algorithm and its settings as text.</summary>
    public override string ToString() =>
        Format.Text($"{Algorithm}{(Settings is { } settings ? $", {FormattableString.Invariant(settings)}" : "")}");

    /// <summary>The constructor's arguments, each with the name of its parameter.</summary>
    private protected virtual FormattableString? Settings => null;

    /// <summary>Creates the memory of the algorithm in its initial state.</summary>
    private protected abstract SolverEngine CreateEngine(int length);
}
