using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The names of the columns of a CSV file, all different, in the form of <see cref="FieldText.Name"/>.</summary>
internal sealed class CsvHeaders
{
    /// <summary>How many names must be numbers, besides half of them, in a line with other names that is probably data.</summary>
    private const int MinNumbers = 2;

    private readonly string _source;
    private readonly FrozenDictionary<string, int> _indices;

    /// <param name="source">The name of the file in messages.</param>
    /// <param name="names">The names, all different.</param>
    public CsvHeaders(string source, ImmutableArray<string> names)
    {
        (_source, Names) = (source, names);
        _indices = names.Index().ToFrozenDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
    }

    /// <summary>The names.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Creates the names from the first line of a file.</summary>
    /// <exception cref="InvalidDataException">The line is not text, names occur twice, or the names are numbers.</exception>
    public static CsvHeaders Of(string source, IEnumerable<string> line, FieldFormat format)
    {
        string[] texts = [.. line];
        if (texts.Any(name => name.Any(c => (char.IsControl(c) && !char.IsWhiteSpace(c)) || c == '\uFFFD')))
        {
            string likely = IsUtf16(texts[0]) ? " It may be UTF-16 without a byte-order mark: save it as UTF-8." : "";
            throw new InvalidDataException(
                $"{source} does not look like a text file: its first line holds bytes that are not text.{likely}");
        }

        ImmutableArray<string> names = [.. texts.Select(FieldText.Name)];
        int named = names.Count(name => name.Length > 0), numeric = names.Count(IsNumber);
        bool areNumbers = numeric > 0 && (numeric == named || (numeric >= MinNumbers && 2 * numeric >= named));
        if (areNumbers && format.Options.HasHeader is null)
        {
            string numbers = Format.List(names), how = numeric == named ? "all" : Format.Text($"{numeric} of {named}");
            throw CsvProposals.Error(
                $"{source}: {how} column names in the first line are numbers ({numbers}): is this a file without column names?",
                format.Options,
                NoHeader(format.Options, names.Length),
                new(format.Options with { HasHeader = true }, "takes them as names"));
        }

        if (Guard.Twice(names) is { } twice)
        {
            string called = twice.Length == 0
                ? Format.Text($"{names.Count(name => name.Length == 0)} columns have no name")
                : Format.Text($"the column name {FieldText.Quoted(twice)} occurs {names.Count(name => name == twice)} times");
            throw CsvProposals.Error(
                $"{source}: {called}: names must differ.",
                format.Options, format.Number(twice) is null ? [] : [NoHeader(format.Options, names.Length)]);
        }

        return new CsvHeaders(source, names);

        bool IsNumber(string name) => NumberOptions.IsLikeNumber(name, format) && !FieldText.IsDate(name);
    }

    /// <summary>Returns the index of a column.</summary>
    /// <exception cref="InvalidDataException">No column has this name; the message lists the names.</exception>
    public int IndexOf(string name)
    {
        if (_indices.TryGetValue(FieldText.Name(name), out int index))
            return index;
        throw Lacks([name], ": its");
    }

    /// <summary>Throws if a column does not exist.</summary>
    /// <exception cref="InvalidDataException">A column does not exist; the message lists the names.</exception>
    public void Require(IEnumerable<string> names)
    {
        string[] absent = [.. names.Where(name => !Contains(name))];
        if (absent.Length > 0)
            throw Lacks(absent, $": the features are made of {(absent.Length == 1 ? "it" : "them")}. Its");
    }

    /// <summary>Returns whether a column has this name.</summary>
    public bool Contains(string name) => _indices.ContainsKey(FieldText.Name(name));

    private InvalidDataException Lacks(string[] absent, string its)
    {
        string? similar = Names.FirstOrDefault(known => known.Equals(FieldText.Name(absent[0]), StringComparison.OrdinalIgnoreCase));
        string hint = similar is null ? "" : $" Did you mean '{VisibleText.OneLine(similar)}'?";
        string known = Format.List(Names.Select(VisibleText.OneLine)), lacking = Format.List(absent.Select(FieldText.Quoted));
        var error = new InvalidDataException($"{_source} has no column {lacking}{its} columns are {known}.{hint}");
        error.Data[CsvProposals.AbsentKey] = absent;
        return error;
    }

    /// <summary>Returns whether every second byte of a text is zero, as in UTF-16 that is read as UTF-8.</summary>
    private static bool IsUtf16(string text)
    {
        (char First, char Second)[] pairs = [.. text.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]))];
        return pairs.Length > 0
            && (pairs.All(pair => pair.First >= ' ' && pair.Second == '\0') || pairs.All(pair => pair.First == '\0' && pair.Second >= ' '));
    }

    private static KeyValuePair<CsvOptions, string> NoHeader(CsvOptions options, int count) => new(
        options with { HasHeader = false },
        Format.Text($"takes the first line as data and calls the columns column1 to column{count}"));
}
