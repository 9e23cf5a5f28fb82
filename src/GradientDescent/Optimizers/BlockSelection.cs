using System.IO.Enumeration;

namespace GradientDescent;

/// <summary>Selects the rule of each block: the rule of the first pattern or condition that matches the block.</summary>
internal sealed class BlockSelection
{
    /// <summary>The rule number of frozen blocks, which do not change.</summary>
    public const int Frozen = -1;

    /// <summary>The rule number of blocks that no pattern or condition matches.</summary>
    public const int Default = 0;

    private readonly List<Selection> _selections = [];
    private int _conditions;

    /// <summary>The patterns and conditions in the order in which they were added, with their rule numbers.</summary>
    public IEnumerable<(string Text, int Rule)> Items => _selections.Select(selection => (selection.Text, selection.Rule));

    /// <summary>Selects blocks by their names.</summary>
    /// <param name="namePattern">The pattern, as for file names: * matches any characters, ? matches one.</param>
    /// <param name="rule">The number of the rule.</param>
    public void Add(string namePattern, int rule) => _selections.Add(new Selection(
        block => FileSystemName.MatchesSimpleExpression(namePattern, block.Name, ignoreCase: false), namePattern, rule));

    /// <summary>Selects blocks by a condition.</summary>
    public void Add(Func<ParameterBlock, bool> predicate, int rule) =>
        _selections.Add(new Selection(predicate, Format.Text($"predicate {++_conditions}"), rule));

    /// <summary>Returns a copy of the selection.</summary>
    public BlockSelection Copy()
    {
        var copy = new BlockSelection { _conditions = _conditions };
        copy._selections.AddRange(_selections);
        return copy;
    }

    /// <summary>Returns the rule number of each block.</summary>
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

    /// <param name="Matches">The condition that a block must meet.</param>
    /// <param name="Text">The text for messages: the pattern, or the number of the condition.</param>
    /// <param name="Rule">The number of the rule.</param>
    private sealed record Selection(Func<ParameterBlock, bool> Matches, string Text, int Rule);
}
