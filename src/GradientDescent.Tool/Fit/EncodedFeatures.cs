using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The features of a file as numbers.</summary>
/// <param name="Data">The features with the target, and their encoding.</param>
/// <param name="Notes">The notes, one sentence for each column that was one-hot encoded or had missing values replaced.</param>
internal sealed record EncodedFeatures(Dataset Data, ImmutableArray<string> Notes)
{
    /// <param name="table">The file without the target.</param>
    /// <param name="target">The name of the target.</param>
    /// <param name="values">The target of each row.</param>
    /// <param name="encode">Whether text columns are allowed.</param>
    /// <param name="fill">Whether missing numbers are replaced by the mean of their column.</param>
    /// <exception cref="InvalidDataException">
    /// There is no column for features, or a text or a missing value is not allowed. The message names the line and the column of the
    /// value.
    /// </exception>
    public static EncodedFeatures Of(CsvTable table, string target, double[] values, bool encode, bool fill)
    {
        if (table.Headers.IsEmpty)
            throw new InvalidDataException($"{table.Source} has no column for features: each column is a target or holds the weights. At " +
                $"least one feature is needed.");
        if (!fill)
            RequireNoMissingNumber(table);
        FeatureEncoding encoding = EncodingOf(table, fill);
        if (!encode && encoding.Columns.OfType<CategoricalColumn>().FirstOrDefault() is { } text)
        {
            string field = table.Column(text.Name).First(field => table.NumberOf(field) is null);
            InvalidDataException error = table.NumberErrorAt(table.Column(text.Name).IndexOf(field), text.Name);
            error.Data[CsvHint.LastSentenceKey] = "--encode onehot allows text.";
            throw error;
        }

        IEnumerable<string> notes = encoding.Columns.Select(column => Note(table, column)).OfType<string>();
        return new EncodedFeatures(Dataset.From(table, encoding, target, values), [.. notes]);
    }

    /// <summary>
    /// Creates the encoding. It refuses numbers in another notation, so --encode is not suggested for them. If a word is suggested as a
    /// missing value, so is the replacement of missing values.
    /// </summary>
    private static FeatureEncoding EncodingOf(CsvTable table, bool fill)
    {
        try
        {
            return FeatureEncoding.From(table, fill);
        }
        catch (InvalidDataException e) when (!fill && CsvHint.ProposesMissingValues(e, table.Options))
        {
            e.Data[CsvHint.LastSentenceKey] = "--missing mean replaces missing values by the mean of their column.";
            throw;
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
                throw table.ErrorAt(missing, name, $"the value is missing{word}; --missing mean replaces it by the mean of the column.");
            }
        }
    }

    /// <summary>Returns the word that stands for a missing value in parentheses, or nothing if the field is empty.</summary>
    public static string Word(string field) => field.Trim() is { Length: > 0 } word ? $" ('{TextLayout.Quote(word)}')" : "";

    private static string? Note(CsvTable table, FeatureColumn column)
    {
        string name = TextLayout.Quote(column.Name);
        return column switch
        {
            CategoricalColumn category => $"{name}: one-hot encoded, compared with '{TextLayout.Quote(category.Levels[0])}'.",
            NumericColumn { Filling: { } mean } when table.MissingCount(column.Name) is var count and > 0 =>
                FormattableString.Invariant($"{name}: missing values replaced by the mean {mean:G6}: {count}."),
            _ => null,
        };
    }
}
