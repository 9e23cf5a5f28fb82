using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The options that say which columns of a file are features, and how they become numbers.</summary>
internal sealed class TableOptions
{
    private const string FeaturesName = "--features", DropName = "--drop", AsName = "--as", MissingName = "--missing", AutoName = "--auto";
    private const string OneHot = "onehot", Sparse = "sparse";

    private static readonly ImmutableDictionary<string, ColumnEncoding> _kinds = Enum.GetValues<ColumnEncoding>()
        .Where(kind => kind != ColumnEncoding.Automatic)
        .ToImmutableDictionary(kind => kind.ToString().ToLowerInvariant());

    private readonly Option<string[]> _features = new(FeaturesName)
    {
        Description = "The columns to use as features, separated by commas. Default: all but the target.",
        HelpName = "COLUMNS",
    };
    private readonly Option<string[]> _drop = new(DropName)
    {
        Description = "Columns to leave out, separated by commas, such as identifiers.",
        HelpName = "COLUMNS",
    };
    private readonly Option<KeyValuePair<string, ColumnEncoding>[]> _as = new(AsName)
    {
        Description = "How a column becomes features: number, category (for codes), words (of a text, each counted in the feature that its "
            + "hash selects), or parts of a date: days (since the first date), year, month, weekday, joined by +, such as "
            + "sold=days+month. Can be repeated.",
        HelpName = "COLUMN=TYPE",
        CustomParser = argument => [.. argument.Tokens.Select(token => Kind(argument, token.Value))],
    };
    private readonly Option<int?> _hash = Arguments.WholeNumber(
        "--hash", 1, "Number of features of each column of words. More have fewer collisions. Default: 262144.",
        HashedColumn.MaxFeatureCount);
    private readonly Option<int?> _phrases = Arguments.WholeNumber(
        "--phrases", 1, "Largest number of neighbouring words that are counted together, at most 8. Default: 1, single words only.",
        HashedColumn.MaxPhraseLength);
    private readonly Option<string?> _encode = Arguments.Word(
        "--encode", "HOW", [OneHot, Sparse],
        "Turns each text column into columns of 0 and 1: onehot for at most 50 different values, sparse for thousands (it stores only what "
        + "is not 0). Without it, text is an error. gd predict encodes text in the same way.");
    private readonly Option<string?> _missing = Arguments.Word(
        MissingName, "HOW", [TableSettings.Mean, TableSettings.Median, TableSettings.Drop],
        "Missing values (empty or a value of --na): mean or median replace numbers, and missing text is a level of its own; drop leaves "
        + "the rows out. All leave out rows without a target. Without it, they are an error. gd predict uses the same numbers.");
    private readonly Option<bool> _auto = new(AutoName)
    {
        Description = $"Decides all this and says how: --encode onehot, {MissingName} mean, and columns that are no features, such as "
            + "identifiers, are left out. Other options come first.",
    };

    public IEnumerable<Option> Options => [_features, _drop, _as, _hash, _phrases, _encode, _missing, _auto];

    public void AddTo(Command command)
    {
        foreach (Option option in Options)
            command.Add(option);
    }

    public TableSettings Of(ParseResult parsed)
    {
        bool isAuto = parsed.GetValue(_auto);
        return new TableSettings
        {
            Features = [.. parsed.GetValue(_features) ?? []],
            Dropped = [.. parsed.GetValue(_drop) ?? []],
            Kinds = [.. parsed.GetValue(_as) ?? []],
            AllowsText = isAuto || parsed.GetValue(_encode) is not null,
            IsSparse = parsed.GetValue(_encode) == Sparse,
            HashedFeatureCount = parsed.GetValue(_hash),
            PhraseLength = parsed.GetValue(_phrases),
            Missing = parsed.GetValue(_missing) ?? (isAuto ? TableSettings.Mean : null),
            LeavesOutUnusable = isAuto,
        };
    }

    private static KeyValuePair<string, ColumnEncoding> Kind(ArgumentResult argument, string text)
    {
        int equals = text.LastIndexOf('=');
        string[] parts = text[(equals + 1)..].Split('+', StringSplitOptions.TrimEntries);
        ColumnEncoding kind = parts.Aggregate(
            ColumnEncoding.Automatic, (sum, part) => sum | _kinds.GetValueOrDefault(part.ToLowerInvariant()));
        bool isAllowed = equals > 0 && Array.TrueForAll(parts, part => _kinds.ContainsKey(part.ToLowerInvariant()))
            && (parts.Length == 1 || (kind & (ColumnEncoding.Number | ColumnEncoding.Category | ColumnEncoding.Words)) == 0);
        if (!isAllowed)
        {
            argument.AddError($"{AsName} is '{text}': it must be COLUMN=TYPE, where the type is number, category or words, or days, year, "
                + "month, weekday joined by +, such as sold=days+month.");
        }

        return new(equals > 0 ? text[..equals] : text, kind);
    }
}
