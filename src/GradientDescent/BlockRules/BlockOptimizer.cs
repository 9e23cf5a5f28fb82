using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The base class of the rules that look at blocks: norms of a block, or a block as a matrix.</summary>
/// <remarks>
/// <see cref="Bind"/> sets the blocks; a trainer calls it. Without a layout, the vector is one block, a column. Blocks that are frozen in
/// the layout are left out: they keep their bits and no norm contains them. These rules work in double precision, and one thread works on
/// a block. The first step allocates the state; later steps allocate nothing. Do not call Update of one instance from several threads at
/// the same time.
/// </remarks>
public abstract class BlockOptimizer : IOptimizer, IThreadedOptimizer
{
    private ParameterLayout? _layout;
    private BlockRule[]? _rules;
    private (int MaxDegreeOfParallelism, int ParallelThreshold)? _threads;

    private protected BlockOptimizer(double learningRate)
    {
        LearningRate = Guard.Positive(learningRate);
        Batching = Batching.Mini(32);
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <inheritdoc/>
    public Batching Batching { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>The constructor's arguments except the rate, each with the name of its parameter.</summary>
    private protected abstract FormattableString Settings { get; }

    private string Algorithm => GetType().Name;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The algorithm has no use for these blocks.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is bound to a layout already, or has made steps without one.</exception>
    public ParameterLayout Bind(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (_layout is not null)
            throw new InvalidOperationException(
                $"This {Algorithm} has the blocks [{_layout}] already: an instance serves one vector; use CreateNew() for another.");
        Require(layout, nameof(layout));
        _layout = layout;
        return layout;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The gradient is not as long as the parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// The layout or the earlier steps have another length, or the algorithm needs a layout and has none.
    /// </exception>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        Guard.SameLength(parameters, gradient);
        Guard.FiniteNonNegative(learningRate);
        foreach (BlockRule rule in RulesFor(parameters.Length))
            rule.Update(parameters, gradient, learningRate, StepCount + 1);
        StepCount++;
    }

    /// <inheritdoc/>
    public bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution)
    {
        parameters.CopyTo(solution);
        bool isAnother = false;
        foreach (BlockRule rule in _rules ?? [])
            isAnother |= rule.CopySolution(parameters, solution);
        return isAnother;
    }

    /// <inheritdoc/>
    public IOptimizer CreateNew()
    {
        var fresh = (BlockOptimizer)MemberwiseClone();
        (fresh._layout, fresh._rules, fresh._threads, fresh.StepCount) = (null, null, null, 0);
        return fresh;
    }

    /// <inheritdoc/>
    public OptimizerState GetState() => StepCount == 0 ? new OptimizerState(Algorithm, stepCount: 0) : new OptimizerState(
        Algorithm,
        StepCount,
        vectors: _rules!.SelectMany(rule => rule.State.Select(
            vector => KeyValuePair.Create(NameOf(rule, vector.Name), vector.Values.ToImmutableArray()))),
        inner: _rules!.Where(rule => rule.Inner is not null).Select(rule => KeyValuePair.Create(rule.Name, rule.Inner!.GetState())),
        length: _layout?.Count ?? 0);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The state belongs to another algorithm or to other blocks, or has a number that is not finite; nothing is changed.
    /// </exception>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Algorithm != Algorithm)
            throw Guard.Invalid(nameof(state), $"The state is {state.Algorithm}'s: it cannot continue {Algorithm}.");
        if (!state.IsFinite)
            throw Guard.Invalid(nameof(state), $"The state holds a number that is not finite: there is nothing to continue from.");
        if (state.Precision != NumericPrecision.Double)
            throw Guard.Invalid(nameof(state), $"The state is in single precision: {Algorithm} works in double precision.");
        if (state.StepCount == 0)
        {
            if (state.Length != 0 || !state.Scalars.IsEmpty || !state.Vectors.IsEmpty || !state.Inner.IsEmpty)
                throw Guard.Invalid(
                    nameof(state), $"The state has numbers, but no step: before the first step there is nothing to continue.");
            (_rules, StepCount) = (null, 0);
            return;
        }

        if (_layout is not null && state.Length != _layout.Count)
            throw Guard.Invalid(nameof(state), $"The state is for {state.Length} parameters: the blocks have {_layout.Count}.");
        ParameterLayout? layout = _layout ?? LayoutOf(state.Length);
        BlockRule[] rules = CreateRules(layout);
        Load(rules, state);
        (_layout, _rules, StepCount) = (layout, rules, state.StepCount);
    }

    /// <summary>Returns the algorithm, its rate and its other settings as text.</summary>
    public override string ToString() =>
        Format.Text($"{Algorithm}, rate {LearningRate}, {FormattableString.Invariant(Settings)}");

    void IThreadedOptimizer.UseThreads(int maxDegreeOfParallelism, int parallelThreshold)
    {
        _threads = (maxDegreeOfParallelism, parallelThreshold);
        ShareThreads(_rules ?? []);
    }

    /// <summary>Creates the rule of a block that is not frozen, with the initial state.</summary>
    private protected abstract BlockRule CreateRule(ParameterBlock block);

    /// <summary>Creates the rules for all blocks that are not frozen.</summary>
    private protected virtual IEnumerable<BlockRule> CreateRules(IEnumerable<ParameterBlock> blocks) => blocks.Select(CreateRule);

    /// <summary>Throws if the algorithm has no use for the blocks.</summary>
    private protected virtual void Require(ParameterLayout layout, string argument)
    {
    }

    /// <summary>Returns the layout of a vector whose blocks are not known; <see langword="null"/> if it is empty.</summary>
    private protected virtual ParameterLayout? LayoutOf(int length) => length == 0 ? null : ParameterLayout.Flat(length);

    private static string NameOf(BlockRule rule, string vector) => $"{rule.Name}: {vector}";

    private static void Load(BlockRule[] rules, OptimizerState state)
    {
        state.RequireNames([], rules.SelectMany(rule => rule.State.Select(vector => NameOf(rule, vector.Name))));
        string[] inner = [.. rules.Where(rule => rule.Inner is not null).Select(rule => rule.Name).Order(StringComparer.Ordinal)];
        if (!inner.SequenceEqual(state.Inner.Keys))
            throw Guard.Invalid(nameof(state),
                $"The state has the inner states [{string.Join(", ", state.Inner.Keys)}]: it must have [{string.Join(", ", inner)}].");
        foreach (BlockRule rule in rules)
        {
            foreach ((string name, double[] values) in rule.State)
            {
                ImmutableArray<double> saved = state.Vectors[NameOf(rule, name)];
                if (saved.Length != values.Length)
                    throw Guard.Invalid(nameof(state),
                        $"Vector '{NameOf(rule, name)}' has {saved.Length} entries: it must have {values.Length}.");
                saved.CopyTo(values);
            }

            if (rule.Inner is null)
                continue;
            OptimizerState own = state.Inner[rule.Name];
            if (own.Length != rule.Length || own.StepCount != state.StepCount)
                throw Guard.Invalid(nameof(state),
                    $"The inner state '{rule.Name}' has {own.Length} parameters and {own.StepCount} steps: it must have {rule.Length} " +
                    $"and {state.StepCount}.");
            rule.Inner.SetState(own);
        }
    }

    private BlockRule[] CreateRules(ParameterLayout? layout)
    {
        BlockRule[] rules = layout is null ? [] : [.. CreateRules(layout.Blocks.Where(block => !block.IsFrozen))];
        ShareThreads(rules);
        return rules;
    }

    private void ShareThreads(BlockRule[] rules)
    {
        if (_threads is not { } threads)
            return;
        foreach (BlockRule rule in rules)
            (rule.Inner as IThreadedOptimizer)?.UseThreads(threads.MaxDegreeOfParallelism, threads.ParallelThreshold);
    }

    private BlockRule[] RulesFor(int length)
    {
        if (_layout is null && StepCount == 0)
            _layout = LayoutOf(length);
        if (length != (_layout?.Count ?? 0))
            throw new InvalidOperationException(Format.Text(
                $"This {Algorithm} works on {_layout?.Count ?? 0} parameters and got {length}: an instance serves one vector; use " +
                $"CreateNew() for another."));
        return _rules ??= CreateRules(_layout);
    }
}
