using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>The features of a file as numbers.</summary>
/// <param name="Data">The features with the target, and their encoding.</param>
/// <param name="Notes">The notes, one sentence for each column that is not a number or was left out.</param>
internal sealed record EncodedFeatures(Dataset Data, ImmutableArray<string> Notes)
{
    private const string MeanAdvice = "--missing mean replaces missing values by the mean of their column.";

    /// <param name="table">The file without the target.</param>
    /// <param name="target">The name of the target.</param>
    /// <param name="values">The target of each row.</param>
    /// <param name="settings">How columns become features.</param>
    /// <param name="trainingRows">The rows to learn means from; default: all.</param>
    /// <exception cref="InvalidDataException">
    /// There is no column for features, or a text or a missing value is not allowed. The message names the line and the column of the
    /// value.
    /// </exception>
    public static EncodedFeatures Of(
        CsvTable table, string target, double[] values, TableSettings settings, ImmutableArray<int> trainingRows = default)
    {
        if (table.Headers.IsEmpty)
        {
            throw new InvalidDataException(
                $"{table.Source} has no column for features: no column besides the target is left. At least one feature is needed.");
        }

        if (settings.Missing is null)
            RequireNoMissingNumber(table);
        FeatureEncoding encoding = EncodingOf(table, settings, trainingRows);
        if (!settings.AllowsText)
            RequireNoText(table, encoding, settings);
        IEnumerable<string> notes = encoding.Columns.SelectMany(column => NotesOn(table, column, settings));
        IEnumerable<string> leftOut = encoding.LeftOut.Select(column => LeftOutNote(table, column));
        return new EncodedFeatures(Dataset.From(table, encoding, target, values), [.. notes, .. leftOut]);
    }

    /// <summary>Throws if a column has dates or hashed words, which ONNX cannot read.</summary>
    /// <exception cref="InvalidDataException">A column has dates or hashed words.</exception>
    public static void RequireOnnx(FeatureEncoding? encoding)
    {
        if (encoding?.Columns.OfType<HashedColumn>().FirstOrDefault() is { } texts)
            throw new InvalidDataException($"Column '{TextLayout.Quote(texts.Name)}' has hashed words, which no operator of ONNX makes: " +
                $"--save with a name that ends with .json keeps them.");
        if (encoding?.Columns.OfType<DateColumn>().FirstOrDefault() is { } dates)
            throw new InvalidDataException($"Column '{TextLayout.Quote(dates.Name)}' has dates, which no operator of ONNX reads: " +
                $"--drop {Argument(dates.Name)} leaves it out.");
    }

    /// <summary>Returns the word that stands for a missing value in parentheses, or nothing if the field is empty.</summary>
    public static string Word(string field) => field.Trim() is { Length: > 0 } word ? $" ('{TextLayout.Quote(word)}')" : "";

    /// <summary>
    /// Creates the encoding. It refuses numbers in another notation, so --encode is not suggested for them. If a word is suggested as a
    /// missing value, so is the replacement of missing values.
    /// </summary>
    private static FeatureEncoding EncodingOf(CsvTable table, TableSettings settings, ImmutableArray<int> trainingRows)
    {
        try
        {
            return FeatureEncoding.From(table, settings.Encoding(trainingRows));
        }
        catch (InvalidDataException e) when (settings.Missing is null && CsvHint.ProposesMissingValues(e, table.Options))
        {
            e.Data[CsvHint.LastSentenceKey] = MeanAdvice;
            throw;
        }
        catch (InvalidDataException e) when (!e.Data.Contains(CsvHint.LastSentenceKey))
        {
            string auto = settings.LeavesOutUnusable ? "." : "; --auto leaves out all that are no features.";
            e.Data[CsvHint.LastSentenceKey] = $"--drop COLUMN leaves a column out; --as COLUMN=words counts the words of a text{auto}";
            throw;
        }
    }

    /// <summary>Throws if a column of text is not among those that the user named; the message names the options that allow it.</summary>
    private static void RequireNoText(CsvTable table, FeatureEncoding encoding, TableSettings settings)
    {
        foreach (CategoricalColumn text in encoding.Columns.OfType<CategoricalColumn>())
        {
            if (settings.Names(table, text.Name))
                continue;
            string field = table.Column(text.Name).First(field => table.NumberOf(field) is null);
            InvalidDataException error = table.NumberErrorAt(table.Column(text.Name).IndexOf(field), text.Name);
            error.Data[CsvHint.LastSentenceKey] =
                $"--encode onehot allows text; --drop {Argument(text.Name)} leaves the column out; --auto decides for all columns.";
            throw error;
        }
    }

    /// <summary>Throws if a column of numbers has missing values; the message names the option that replaces them.</summary>
    private static void RequireNoMissingNumber(CsvTable table)
    {
        foreach (string name in table.Headers)
        {
            if (table.MissingCount(name) > 0 && table.IsNumeric(name))
            {
                ImmutableArray<string> fields = table.Column(name);
                int missing = fields.ToList().FindIndex(table.IsMissing);
                string word = Word(fields[missing]);
                throw table.ErrorAt(
                    missing, name, $"the value is missing{word}; --missing mean replaces it by the mean of the column, --missing drop "
                    + "leaves out such rows, --auto decides for all columns.");
            }
        }
    }

    private static string LeftOutNote(CsvTable table, LeftOutColumn column)
    {
        string option = column.DateFormats.Length > 0
            ? $"; {string.Join(" or ", column.DateFormats.Select(format => $"--date-format \"{format}\""))} uses it."
            : table.LooksLikeIdentifier(column.Name) ? $". --as {Argument($"{column.Name}=number")} keeps it."
            : ".";
        return $"{TextLayout.Quote(column.Name)}: left out, because it {column.Reason}{option}";
    }

    private static IEnumerable<string> NotesOn(CsvTable table, FeatureColumn column, TableSettings settings)
    {
        string name = TextLayout.Quote(column.Name);
        if (Note(table, column, settings) is { } note)
            yield return note;
        if (column is NumericColumn && table.LooksLikeCodes(column.Name) && !settings.Names(table, column.Name))
        {
            yield return $"{name}: numbers that begin with 0 look like codes: --as {Argument($"{column.Name}=category")} takes them as "
                + "such.";
        }

        if (column is CategoricalColumn { Levels: var levels } && SimilarText.Note(levels) is { } similar)
            yield return $"{name}: {similar}";
        int missing = table.MissingCount(column.Name);
        if (2 * missing > table.RowCount)
        {
            yield return FormattableString.Invariant($"{name}: more than half of the values are missing ({missing} of {table.RowCount}), ")
                + $"so its coefficients say little; --drop {Argument(column.Name)} leaves it out.";
        }
    }

    private static string? Note(CsvTable table, FeatureColumn column, TableSettings settings)
    {
        string name = TextLayout.Quote(column.Name);
        int missing = table.MissingCount(column.Name);
        bool areCodes = table.LooksLikeCodes(column.Name) && !settings.Names(table, column.Name);
        return column switch
        {
            CategoricalColumn category when areCodes => FormattableString.Invariant(
                $"{name}: one-hot encoded, because its numbers begin with 0, as codes do; compared with ")
                + $"'{TextLayout.Quote(category.Levels[0])}'.",
            CategoricalColumn { Levels: [.., ""] } category => FormattableString.Invariant(
                $"{name}: one-hot encoded, compared with '{TextLayout.Quote(category.Levels[0])}'; missing: {missing}."),
            CategoricalColumn category => $"{name}: one-hot encoded, compared with '{TextLayout.Quote(category.Levels[0])}'.",
            NumericColumn { Filling: { } filling } when missing > 0 => FormattableString.Invariant(
                $"{name}: missing values replaced by the {settings.Missing} {filling:G6}: {missing}."),
            NumericColumn when table.LooksLikeIdentifier(column.Name) =>
                $"{name}: looks like an identifier; --drop {Argument(column.Name)} leaves it out.",
            HashedColumn text => $"{name}: {text.CountCollisions(table.Column(column.Name))}.",
            DateColumn date => $"{name}: {string.Join(", ", Parts(date, missing))}.",
            _ => null,
        };
    }

    private static IEnumerable<string> Parts(DateColumn column, int missing)
    {
        if (column.Origin is { } origin)
            yield return FormattableString.Invariant($"days since {origin:yyyy-MM-dd}");
        if (column.HasYear)
            yield return "year";
        if (column.Months is [var month, _, ..])
            yield return $"months compared with {CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month)}";
        if (column.Weekdays is [var day, _, ..])
            yield return $"weekdays compared with {CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day)}";
        if (column.Filling is { } filling && missing > 0)
            yield return FormattableString.Invariant($"missing dates replaced by {filling:yyyy-MM-dd}: {missing}");
    }

    private static string Argument(string name)
    {
        string quoted = TextLayout.Quote(name);
        return quoted.All(c => char.IsLetterOrDigit(c) || c == '=') ? quoted : $"\"{quoted}\"";
    }
}
