using System.IO.Enumeration;

namespace GradientDescent;

/// <summary>Says which rule moves a block: that of the first pattern or condition that matches it.</summary>
internal sealed class BlockSelection
{
    /// <summary>The number of blocks that stay as they are.</summary>
    public const int Frozen = -1;

    /// <summary>The number of the rule of blocks that nothing matches.</summary>
    public const int Default = 0;

    private readonly List<Selection> _selections = [];
    private int _conditions;

    /// <summary>The patterns and conditions in their order, with the numbers of their rules.</summary>
    public IEnumerable<(string Text, int Rule)> Items => _selections.Select(selection => (selection.Text, selection.Rule));

    /// <summary>Selects blocks by their names.</summary>
    /// <param name="namePattern">The pattern of a file's name: * for any characters, ? for one.</param>
    /// <param name="rule">The number of the rule.</param>
    public void Add(string namePattern, int rule) => _selections.Add(new Selection(
        block => FileSystemName.MatchesSimpleExpression(namePattern, block.Name, ignoreCase: false), namePattern, rule));

    /// <summary>Selects blocks by a condition.</summary>
    public void Add(Func<ParameterBlock, bool> predicate, int rule) =>
        _selections.Add(new Selection(predicate, Format.Text($"predicate {++_conditions}"), rule));

    /// <summary>The same selection.</summary>
    public BlockSelection Copy()
    {
        var copy = new BlockSelection { _conditions = _conditions };
        copy._selections.AddRange(_selections);
        return copy;
    }

    /// <summary>The number of the rule of each block.</summary>
    /// <exception cref="ArgumentException">A pattern has no effect.</exception>
    public int[] RulesOf(ParameterLayout layout)
    {
        int[] rules = [.. layout.Blocks.Select(block => block.IsFrozen ? Frozen : Default)];
        bool[] isTaken = [.. layout.Blocks.Select(block => block.IsFrozen)];
        foreach (Selection selection in _selections)
        {
            int[] matching = [.. Enumerable.Range(0, rules.Length).Where(k => selection.Matches(layout.Blocks[k]))];
            if (matching.Length == 0)
                throw Guard.Invalid(
                    nameof(layout),
                    $"'{selection.Text}' matches no block: the blocks are {Format.List(layout.Blocks.Select(block => block.Name))}.");
            foreach (int k in matching.Where(k => !isTaken[k]))
                (rules[k], isTaken[k]) = (selection.Rule, true);
            if (!matching.Any(k => rules[k] == selection.Rule))
                throw Guard.Invalid(
                    nameof(layout),
                    $"'{selection.Text}' matches only blocks that are frozen or have an earlier pattern's rule: put it before that one.");
        }

        return rules;
    }

    /// <param name="Matches">Whether a block is meant.</param>
    /// <param name="Text">The pattern, or the number of the condition, for messages.</param>
    /// <param name="Rule">The number of the rule.</param>
    private sealed record Selection(Func<ParameterBlock, bool> Matches, string Text, int Rule);
}
