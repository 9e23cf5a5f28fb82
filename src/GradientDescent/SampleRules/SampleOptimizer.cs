using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The base class of the optimizers that evaluate samples themselves, besides the gradient that they are given.</summary>
/// <remarks>
/// They need the objective, so use a <see cref="Trainer"/>. They work in double precision. The first step fixes the number of parameters
/// and allocates the state; later steps allocate nothing.
/// </remarks>
public abstract class SampleOptimizer : ISampleReader
{
    private SampleRule? _rule;
    private ParameterLayout? _layout;

    private protected SampleOptimizer(double learningRate, int batchSize)
    {
        LearningRate = Guard.Positive(learningRate);
        Batching = Batching.Mini(Guard.AtLeast(batchSize, 1));
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <inheritdoc/>
    public Batching Batching { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <inheritdoc cref="ISampleReader.ReadsOnlyItsBatch"/>
    internal virtual bool ReadsOnlyItsBatch => false;

    bool ISampleReader.ReadsOnlyItsBatch => ReadsOnlyItsBatch;

    /// <summary>The constructor's arguments except rate and batch size, each with the name of its parameter.</summary>
    private protected virtual FormattableString? Settings => null;

    private string Algorithm => GetType().Name;

    /// <inheritdoc/>
    public ParameterLayout Bind(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _layout = layout;
        return layout;
    }

    /// <summary>Throws: a step needs the objective.</summary>
    /// <exception cref="InvalidOperationException">Always; nothing is changed.</exception>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate) =>
        UpdateContext.WithoutObjective(parameters, [], 1, 1, StepCount).RequireObjective();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The step has no objective, or not the one that the algorithm needs, or the number of parameters or of stored numbers is not that of
    /// the steps before; nothing is changed.
    /// </exception>
    /// <exception cref="NotSupportedException">The algorithm refuses the run's penalty or clipping; nothing is changed.</exception>
    public void Update(ref UpdateContext context)
    {
        context.RequireObjective();
        int length = context.Parameters.Length, tableLength = RequireTable(in context);
        _rule ??= CreateRule(length, tableLength);
        if (_rule.Length != length || _rule.TableLength != tableLength)
            throw new InvalidOperationException(Format.Text(
                $"This {Algorithm} works on {_rule.Length} parameters with {_rule.TableLength} stored derivatives and got {length} with " +
                $"{tableLength}: an instance serves one objective; use CreateNew() for another."));
        _rule.Step(ref context, isFirst: StepCount == 0);
        StepCount++;
    }

    /// <inheritdoc/>
    public IOptimizer CreateNew()
    {
        var fresh = (SampleOptimizer)MemberwiseClone();
        (fresh.StepCount, fresh._rule, fresh._layout) = (0, null, null);
        return fresh;
    }

    /// <inheritdoc/>
    public OptimizerState GetState() => _rule is null || StepCount == 0
        ? new OptimizerState(Algorithm, stepCount: 0)
        : new OptimizerState(Algorithm, StepCount, _rule.State.Scalars, _rule.State.Vectors, length: _rule.Length);

    /// <inheritdoc/>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Algorithm != Algorithm)
            throw Guard.Invalid(nameof(state), $"The state is {state.Algorithm}'s: it cannot continue {Algorithm}.");
        if (!state.IsFinite)
            throw Guard.Invalid(nameof(state), $"The state holds a number that is not finite: there is nothing to continue from.");
        if (state.Precision != NumericPrecision.Double || !state.Inner.IsEmpty || (state.StepCount > 0) != (state.Length > 0))
            throw Guard.Invalid(nameof(state),
                $"The state has {Format.Count(state.StepCount, "step")}, {Format.Count(state.Length, "parameter")} in {state.Precision} " +
                $"precision and {Format.Count(state.Inner.Count, "inner state")}: that is no state of {Algorithm}.");
        SampleRule? rule = null;
        if (state.Length == 0)
        {
            state.RequireNames([], []);
        }
        else
        {
            bool hasTable = state.Vectors.TryGetValue(SampleRule.TableName, out ImmutableArray<double> table);
            rule = CreateRule(state.Length, hasTable ? table.Length : 0);
            rule.State.Load(state);
            rule.Check();
        }

        (_rule, StepCount) = (rule, state.StepCount);
    }

    /// <summary>Returns the algorithm, its rate and its other settings as text.</summary>
    public override string ToString() =>
        Format.Text($"{Algorithm}, rate {LearningRate}{(Settings is { } settings ? $", {FormattableString.Invariant(settings)}" : "")}");

    /// <summary>Throws if the algorithm cannot make this step. Returns the number of derivatives that it stores.</summary>
    private protected virtual int RequireTable(in UpdateContext context) => 0;

    /// <summary>Creates the memory of the algorithm in its initial state.</summary>
    private protected abstract SampleRule CreateRule(int length, int tableLength);

    /// <summary>The blocks of the parameters that do not change.</summary>
    private protected IEnumerable<ParameterBlock> FrozenBlocks => _layout?.Blocks.Where(block => block.IsFrozen) ?? [];

    /// <summary>Returns the objective with the rows of the samples.</summary>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    /// <exception cref="NotSupportedException">The run clips the gradient of a step, which this algorithm does not use.</exception>
    private protected ILinearObjective RequireRows(in UpdateContext context)
    {
        if (context.Objective is null)
            throw new InvalidOperationException(
                $"{Algorithm} is a rule of ParameterGroups, where no objective has the rows of the group's parameters alone: use " +
                $"{Algorithm} for all parameters.");
        if (context.Objective is not ILinearObjective { IsLinear: true } rows)
            throw new InvalidOperationException(
                $"{Algorithm} needs the rows of a linear model, and {context.Objective.GetType().Name} has none: fit a linear model, or " +
                $"implement {nameof(ILinearObjective)}.");
        if (context.Evaluator is not ISampleEvaluator evaluator)
            throw new InvalidOperationException($"{Algorithm} needs the weights and the penalty of a run: use a Trainer.");
        if (evaluator.TransformsGradients)
            throw new NotSupportedException(
                $"{Algorithm} computes its steps from the rows of samples, so GradientTransforms would have no effect: leave them out.");
        return rows;
    }
}
