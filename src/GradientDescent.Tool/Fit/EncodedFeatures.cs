using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The features of a file as numbers.</summary>
/// <param name="Encoding">The encoding that converts each column to numbers.</param>
/// <param name="Rows">The features of each row.</param>
/// <param name="Notes">The notes, one sentence for each column that was one-hot encoded or had missing values replaced.</param>
internal sealed record EncodedFeatures(FeatureEncoding Encoding, double[][] Rows, ImmutableArray<string> Notes)
{
    /// <param name="table">The file without the target.</param>
    /// <param name="encode">Whether text columns are allowed.</param>
    /// <param name="fill">Whether missing numbers are replaced by the mean of their column.</param>
    /// <exception cref="InvalidDataException">
    /// There is no column for features, or a text or a missing value is not allowed. The message names the line and the column of the
    /// value.
    /// </exception>
    public static EncodedFeatures Of(CsvTable table, bool encode, bool fill)
    {
        if (table.Headers.IsEmpty)
            throw new InvalidDataException($"{table.Source} has no column for features: each column is a target or holds the weights. At " +
                $"least one feature is needed.");
        foreach (string name in table.Headers)
            Check(table, name, encode, fill);
        var encoding = FeatureEncoding.From(table, fill);
        IEnumerable<string> notes = encoding.Columns.Select(column => Note(table, column)).OfType<string>();
        return new EncodedFeatures(encoding, encoding.Encode(table), [.. notes]);
    }

    /// <summary>Throws if a column needs an option that was not given; the message names the option.</summary>
    private static void Check(CsvTable table, string name, bool encode, bool fill)
    {
        ImmutableArray<string> fields = table.Column(name);
        int text = FirstIndex(field => !CsvTable.IsMissing(field) && table.NumberOf(field) is null);
        int missing = FirstIndex(CsvTable.IsMissing);
        if (text >= 0 && !encode)
        {
            throw table.ErrorAt(
                text, name,
                $"'{TextLayout.Quote(fields[text])}' is not a finite number written with '{table.Options.DecimalSeparator}'; "
                + "--encode onehot allows text.");
        }

        if (text < 0 && missing >= 0 && !fill && !fields.All(CsvTable.IsMissing))
            throw table.ErrorAt(missing, name, "the value is missing; --missing mean replaces it by the mean of the column.");

        int FirstIndex(Predicate<string> condition) => fields.ToList().FindIndex(condition);
    }

    private static string? Note(CsvTable table, FeatureColumn column)
    {
        string name = TextLayout.Quote(column.Name);
        return column switch
        {
            CategoricalColumn category => $"{name}: one-hot encoded, compared with '{TextLayout.Quote(category.Levels[0])}'.",
            NumericColumn { Filling: { } mean } when table.Column(column.Name).Count(CsvTable.IsMissing) is var count and > 0 =>
                FormattableString.Invariant($"{name}: missing values replaced by the mean {mean:G6}: {count}."),
            _ => null,
        };
    }
}
