namespace GradientDescent;

/// <summary>
/// Several optimizers (rules) for one parameter vector. The first pattern or condition that matches a block selects its rule or freezes it.
/// </summary>
/// <remarks>
/// Each rule uses its own base rate times the schedule's factor. All rules use the parameters at the start of the step. The number of
/// samples per step is that of the default rule. Frozen blocks do not change by a single bit; they are not part of the gradient's norm and
/// clipping, of weight decay, or of averages. A rule may be a wrapper or another <see cref="ParameterGroups"/>, and a wrapper may contain
/// <see cref="ParameterGroups"/>. In a fit, blocks and rates refer to the optimised problem: with scaled features, a frozen intercept still
/// changes in the user's units, so use <see cref="FeatureScaling.None"/> with frozen blocks. State: the rule number of each block, and the
/// states of the rules.
/// </remarks>
/// <example><code>
/// var layout = new ParameterLayout(
///     new ParameterBlock("W1", rows: 1, columns: 2), new ParameterBlock("b1", rows: 1), new ParameterBlock("scale", rows: 1));
/// var parameters = new ParameterSet(layout);
/// ParameterSet gradients = parameters.CreateNew();
/// gradients.Values.Fill(1);
/// IOptimizer optimizer = new ParameterGroups(new SGD(0.1)).Use("b*", new SGD(0.01)).Freeze("scale");
/// optimizer.Bind(layout);   // a Trainer does that
/// optimizer.Update(parameters, gradients);
/// Console.WriteLine($"{parameters["W1"][0]} {parameters["b1"][0]} {parameters["scale"][0]}");   // -0.1 -0.01 0
/// </code></example>
public sealed partial class ParameterGroups : IOptimizer, IThreadedOptimizer, IPointKeeper
{
    private readonly BlockSelection _selection;
    private List<IOptimizer> _rules;
    private ParameterLayout? _layout;
    private ParameterGroup?[] _groups = [];
    private WholeVector? _whole;
    private int[] _ruleOfBlock = [];
    private double[] _gradient = [];

    /// <summary>Creates groups with a default rule.</summary>
    /// <param name="defaultRule">
    /// The rule of all blocks that no pattern or condition matches, owned by the groups; do not use it elsewhere.
    /// </param>
    public ParameterGroups(IOptimizer defaultRule)
    {
        ArgumentNullException.ThrowIfNull(defaultRule);
        _rules = [defaultRule];
        _selection = new BlockSelection();
    }

    private ParameterGroups(IEnumerable<IOptimizer> rules, BlockSelection selection) => (_rules, _selection) = ([.. rules], selection);

    /// <summary>The base rate of the default rule.</summary>
    public double LearningRate => DefaultRule.LearningRate;

    /// <summary>Whether all rules have a rate; a schedule applies to all of them.</summary>
    public bool HasLearningRate => _rules.TrueForAll(rule => rule.HasLearningRate);

    /// <summary>The batching of the default rule.</summary>
    public Batching Batching => DefaultRule.Batching;

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    private IOptimizer DefaultRule => _rules[BlockSelection.Default];

    /// <summary>Sets the rule of the blocks whose names match a pattern.</summary>
    /// <param name="namePattern">
    /// The name, with * for any characters and ? for one, such as <c>*.bias</c>; letters match in their case.
    /// </param>
    /// <param name="rule">The rule; owned by the groups, do not use it elsewhere.</param>
    /// <returns>These groups, for the next call.</returns>
    /// <exception cref="ArgumentException">
    /// The pattern is empty, the rule is used already, or it needs full batches and the default rule does not.
    /// </exception>
    /// <exception cref="InvalidOperationException">The groups are bound to a layout already.</exception>
    public ParameterGroups Use(string namePattern, IOptimizer rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(namePattern);
        _selection.Add(namePattern, Own(rule));
        return this;
    }

    /// <summary>Sets the rule of the blocks that meet a condition.</summary>
    /// <param name="predicate">The condition.</param>
    /// <param name="rule">The rule; owned by the groups, do not use it elsewhere.</param>
    /// <inheritdoc cref="Use(string, IOptimizer)"/>
    public ParameterGroups Use(Func<ParameterBlock, bool> predicate, IOptimizer rule)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        _selection.Add(predicate, Own(rule));
        return this;
    }

    /// <summary>Freezes the blocks whose names match a pattern: they do not change.</summary>
    /// <param name="namePattern">
    /// The name, with * for any characters and ? for one, such as <c>layer1.*</c>; letters match in their case.
    /// </param>
    /// <returns>These groups, for the next call.</returns>
    /// <exception cref="ArgumentException">The pattern is empty.</exception>
    /// <exception cref="InvalidOperationException">The groups are bound to a layout already.</exception>
    public ParameterGroups Freeze(string namePattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(namePattern);
        RequireUnbound();
        _selection.Add(namePattern, BlockSelection.Frozen);
        return this;
    }

    /// <summary>Freezes the blocks that meet a condition: they do not change.</summary>
    /// <param name="predicate">The condition.</param>
    /// <inheritdoc cref="Freeze(string)"/>
    public ParameterGroups Freeze(Func<ParameterBlock, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        RequireUnbound();
        _selection.Add(predicate, BlockSelection.Frozen);
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A pattern or condition matches no block, or only blocks that are frozen or matched by an earlier one.
    /// </exception>
    /// <exception cref="InvalidOperationException">The groups are bound to a layout already.</exception>
    public ParameterLayout Bind(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        RequireUnbound();
        int[] ruleOfBlock = _selection.RulesOf(layout);
        var whole = new WholeVector(layout.Count);
        ParameterGroup?[] groups = [.. _rules.Select((_, rule) => GroupOf(layout.Blocks.Where((_, k) => ruleOfBlock[k] == rule), whole))];
        HashSet<string> frozen = [.. layout.Blocks.Where((_, k) => ruleOfBlock[k] == BlockSelection.Frozen).Select(block => block.Name)];
        for (int rule = 0; rule < groups.Length; rule++)
        {
            if (groups[rule] is { } group)
                // A rule that is itself a ParameterGroups can freeze blocks too.
                frozen.UnionWith(_rules[rule].Bind(group.Layout).Blocks.Where(block => block.IsFrozen).Select(block => block.Name));
        }

        (_layout, _groups, _whole, _ruleOfBlock) = (layout, groups, whole, ruleOfBlock);
        return new ParameterLayout([.. layout.Blocks.Select(block => block with { IsFrozen = frozen.Contains(block.Name) })]);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The groups are not bound to a layout.</exception>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        Guard.SameLength(parameters, gradient);
        Guard.FiniteNonNegative(learningRate);
        RequireBound(parameters.Length);
        if (_gradient.Length != gradient.Length)
            _gradient = new double[gradient.Length];
        gradient.CopyTo(_gradient);
        var context = UpdateContext.WithoutObjective(parameters, _gradient, learningRate, LearningRate, StepCount);
        Update(ref context);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The groups are not bound to a layout.</exception>
    public void Update(ref UpdateContext context)
    {
        WholeVector whole = RequireBound(context.Parameters.Length);
        whole.Begin(in context);
        bool isAlone = IsAlone();
        StopDetails? why = null;
        bool isAnyGoingOn = false;
        for (int rule = 0; rule < _groups.Length; rule++)
        {
            if (_groups[rule] is not { } group)
                continue;
            StopDetails? stopped = group.Update(_rules[rule], ref context, isAlone);
            isAnyGoingOn |= stopped is null;
            why ??= stopped;
        }

        // A rule that is at the minimum of its own part goes on when others have moved theirs.
        if (why is not null && !isAnyGoingOn)
            context.Stop(isAlone ? why : why with { Reason = StopReason.OptimizerStopped });
        foreach (ParameterGroup? group in _groups)
            group?.Store(context.Parameters);
        StepCount++;
    }

    /// <inheritdoc/>
    public bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution)
    {
        RequireBound(parameters.Length);
        parameters.CopyTo(solution);
        bool isAnother = false;
        for (int rule = 0; rule < _groups.Length; rule++)
            isAnother |= _groups[rule]?.CopySolution(_rules[rule], parameters, solution) == true;
        return isAnother;
    }

    /// <inheritdoc/>
    public IOptimizer CreateNew() => new ParameterGroups(_rules.Select(rule => rule.CreateNew()), _selection.Copy());

    bool IPointKeeper.KeepsPoints => _rules.Exists(IPointKeeper.IsIn);

    void IThreadedOptimizer.UseThreads(int maxDegreeOfParallelism, int parallelThreshold)
    {
        foreach (IThreadedOptimizer rule in _rules.OfType<IThreadedOptimizer>())
            rule.UseThreads(maxDegreeOfParallelism, parallelThreshold);
    }

    /// <summary>Returns the patterns with their rules, and the default rule, as text.</summary>
    public override string ToString()
    {
        IEnumerable<string> selected = _selection.Items.Select(
            item => Format.Text($"{item.Text}: {(item.Rule == BlockSelection.Frozen ? "frozen" : _rules[item.Rule].ToString())}; "));
        return Format.Text($"{nameof(ParameterGroups)}({string.Concat(selected)}others: {DefaultRule})");
    }

    private static ParameterGroup? GroupOf(IEnumerable<ParameterBlock> blocks, WholeVector whole) =>
        blocks.ToArray() is { Length: > 0 } some ? new ParameterGroup(some, whole) : null;

    /// <summary>Adds a rule and returns its number.</summary>
    private int Own(IOptimizer rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        RequireUnbound();
        Guard.Positive(rule.LearningRate, nameof(IOptimizer.LearningRate));
        if (_rules.Contains(rule, ReferenceEqualityComparer.Instance))
            throw Guard.Invalid(nameof(rule),
                $"This {rule.GetType().Name} is a rule of these groups already: each needs an instance of its own.");
        if (rule.Batching.IsFull && !Batching.IsFull)
            throw Guard.Invalid(
                nameof(rule),
                $"{rule.GetType().Name} uses full batches only, the default rule batches of {Batching}: they must agree.");
        _rules.Add(rule);
        return _rules.Count - 1;
    }

    private bool IsAlone()
    {
        int count = 0;
        foreach (ParameterGroup? group in _groups)
            count += group is null ? 0 : 1;
        return count == 1;
    }

    private void RequireUnbound()
    {
        if (_layout is not null)
            throw new InvalidOperationException(
                $"These {nameof(ParameterGroups)} are bound to a layout already: use CreateNew() for another.");
    }

    private WholeVector RequireBound(int length)
    {
        if (_whole is null)
            throw new InvalidOperationException(
                $"These {nameof(ParameterGroups)} do not know the blocks: call Bind(layout) before the first step.");
        return length == _layout!.Count
            ? _whole
            : throw new InvalidOperationException(Format.Text(
                $"These {nameof(ParameterGroups)} are bound to {_layout.Count} parameters and got {length}: use CreateNew() for others."));
    }
}
