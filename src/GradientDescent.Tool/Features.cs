using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The features of a file as numbers.</summary>
/// <param name="Encoding">What is made of each column.</param>
/// <param name="Rows">A number for each feature.</param>
/// <param name="Notes">What was done to get numbers.</param>
internal sealed record Features(FeatureEncoding Encoding, double[][] Rows, ImmutableArray<string> Notes)
{
    /// <param name="table">The file without the target.</param>
    /// <param name="encode">Whether columns may be texts.</param>
    /// <param name="fill">Whether missing numbers may become their column's mean.</param>
    /// <exception cref="InvalidDataException">A text or a missing value, unless it is allowed; the message names line and column.</exception>
    public static Features Of(CsvTable table, bool encode, bool fill)
    {
        if (table.Headers.IsEmpty)
            throw new InvalidDataException($"{table.Source}: there is no column beside the target: at least one feature is needed.");
        foreach (string name in table.Headers)
            Require(table, name, encode, fill);
        var encoding = FeatureEncoding.From(table, fill);
        return new Features(encoding, encoding.Encode(table), [.. encoding.Columns.Select(column => Note(table, column)).OfType<string>()]);
    }

    /// <summary>Names the option that is missing, where there is one.</summary>
    private static void Require(CsvTable table, string name, bool encode, bool fill)
    {
        ImmutableArray<string> fields = table.Column(name);
        int text = FirstOf(field => !CsvTable.IsMissing(field) && table.NumberOf(field) is null), missing = FirstOf(CsvTable.IsMissing);
        if (text >= 0 && !encode)
            throw table.ErrorAt(text, name, $"'{TextLayout.Shown(fields[text])}' is not a finite number written with '{table.Options.DecimalSeparator}'; --encode onehot takes texts.");
        if (text < 0 && missing >= 0 && !fill && !fields.All(CsvTable.IsMissing))
            throw table.ErrorAt(missing, name, "the value is missing; --missing mean puts the column's mean there.");

        int FirstOf(Predicate<string> isMeant) => fields.ToList().FindIndex(isMeant);
    }

    private static string? Note(CsvTable table, FeatureColumn column)
    {
        string name = TextLayout.Shown(column.Name);
        return column switch
        {
            CategoricalColumn texts => $"{name}: one-hot encoded, compared with '{TextLayout.Shown(texts.Levels[0])}'.",
            NumericColumn { Filling: { } mean } when table.Column(column.Name).Count(CsvTable.IsMissing) is var gaps and > 0 =>
                FormattableString.Invariant($"{name}: missing values replaced by the mean {mean:G6}: {gaps}."),
            _ => null,
        };
    }
}
