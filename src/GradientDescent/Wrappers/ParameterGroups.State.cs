using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial class ParameterGroups
{
    private const string RulesName = "rule of each block";

    private ImmutableArray<double> RuleNumbers => [.. _ruleOfBlock.Select(rule => (double)rule)];

    /// <inheritdoc/>
    public OptimizerState GetState() => new(
        nameof(ParameterGroups),
        StepCount,
        vectors: _layout is null ? [] : [KeyValuePair.Create(RulesName, RuleNumbers)],
        inner: _rules.Select((rule, number) => KeyValuePair.Create(NameOf(number), rule.GetState())),
        length: _layout?.Count ?? 0);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The state belongs to another algorithm or to other groups; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The groups are not bound to a layout.</exception>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Algorithm != nameof(ParameterGroups))
            throw Guard.Invalid(nameof(state), $"The state is {state.Algorithm}'s: it cannot continue {nameof(ParameterGroups)}.");
        RequireBound(_layout?.Count ?? 0);
        bool isUnbound = state is { StepCount: 0, Vectors.IsEmpty: true };
        state.RequireNames([], isUnbound ? [] : [RulesName]);
        ImmutableArray<double> saved = isUnbound ? RuleNumbers : state.Vectors[RulesName];
        if (!saved.SequenceEqual(RuleNumbers))
            throw Guard.Invalid(
                nameof(state), $"The state has the rules [{Format.List(saved)}] of the blocks: these groups have " +
                    $"[{Format.List(_ruleOfBlock)}].");
        string[] names = [.. _rules.Select((_, number) => NameOf(number))];
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(state.Inner.Keys))
            throw Guard.Invalid(
                nameof(state),
                $"The state has the inner states [{string.Join(", ", state.Inner.Keys)}]: it must have [{string.Join(", ", names)}].");

        // Nothing is changed before all rules have accepted their states.
        _rules = [.. names.Select((name, number) => Continued(number, state.Inner[name]))];
        StepCount = state.StepCount;
    }

    private static string NameOf(int rule) => rule == BlockSelection.Default ? "default" : Format.Text($"rule {rule}");

    private IOptimizer Continued(int number, OptimizerState state)
    {
        IOptimizer rule = _rules[number].CreateNew();
        if (_groups[number] is { } group)
        {
            rule.Bind(group.Layout);
            if (state.Length != 0 && state.Length != group.Layout.Count)
                throw Guard.Invalid(
                    nameof(state), $"The state of {NameOf(number)} is for {state.Length} parameters: the group has {group.Layout.Count}.");
        }

        rule.SetState(state);
        return rule;
    }
}
