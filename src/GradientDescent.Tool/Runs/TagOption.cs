using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The option <c>--tag KEY=VALUE</c>, which can be given more than once.</summary>
internal sealed class TagOption
{
    private readonly Option<ImmutableSortedDictionary<string, string>?> _option;

    public TagOption(string description) => _option = new("--tag")
    {
        Description = description,
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parse,
    };

    public Option Option => _option;

    public ImmutableSortedDictionary<string, string> Of(ParseResult parsed) =>
        parsed.GetValue(_option) ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> Parse(ArgumentResult argument)
    {
        ImmutableSortedDictionary<string, string>.Builder tags =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Token token in argument.Tokens)
        {
            string[] parts = token.Value.Split('=', 2);
            if (parts is not [{ Length: > 0 } key, var value])
                argument.AddError($"--tag is '{token.Value}': it must be KEY=VALUE, such as team=pricing.");
            else if (tags.ContainsKey(key))
                argument.AddError($"--tag {key} occurs twice: give each key once.");
            else
                tags.Add(key, value);
        }

        return tags.ToImmutable();
    }
}
