using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The features of a file as numbers.</summary>
/// <param name="Names">A name for each column.</param>
/// <param name="Rows">A number for each column.</param>
/// <param name="Notes">What was done to get numbers.</param>
internal sealed record FeatureTable(ImmutableArray<string> Names, double[][] Rows, ImmutableArray<string> Notes)
{
    public const int MostTexts = 50;

    /// <param name="table">The file.</param>
    /// <param name="target">The column that is no feature.</param>
    /// <param name="encode">Whether texts become a column for each but the first in ordinal order, 1 where it occurs.</param>
    /// <param name="fill">Whether missing numbers become their column's mean.</param>
    /// <exception cref="InvalidDataException">A text or a missing value, unless it is asked for; the message names line and column.</exception>
    public static FeatureTable Of(TextTable table, int target, bool encode, bool fill)
    {
        List<string> names = [], notes = [];
        List<double[]> columns = [];
        foreach (int column in Enumerable.Range(0, table.Headers.Length).Where(column => column != target))
        {
            if (table.Column(column).FirstOrDefault(field => !TextTable.IsMissing(field) && table.NumberOf(field) is null) is null)
                AddNumbers(column);
            else if (encode)
                AddTexts(column);
            else
                throw Refused(table, column, "; --encode onehot takes texts");
        }

        if (columns.Count == 0)
            throw new InvalidDataException($"{table.Source}: there is no column beside the target: at least one feature is needed.");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"{table.Source}: the one-hot column '{twice.Key}' has the name of another column.");
        double[][] rows = [.. Enumerable.Range(0, table.Rows.Count).Select(i => columns.Select(column => column[i]).ToArray())];
        return new FeatureTable([.. names], rows, [.. notes]);

        void AddNumbers(int column)
        {
            double?[] known = [.. table.Column(column).Select(field => TextTable.IsMissing(field) ? null : table.NumberOf(field))];
            int missing = known.Count(value => value is null);
            if (missing == known.Length || (missing > 0 && !fill))
                throw table.Missing(Array.IndexOf(known, null), column, missing == known.Length ? ", as all of this column are" : "; --missing mean puts the column's mean there");
            double mean = Mean([.. known.OfType<double>()]);
            names.Add(table.Headers[column]);
            columns.Add([.. known.Select(value => value ?? mean)]);
            if (missing > 0)
                notes.Add(FormattableString.Invariant($"{TextTable.Shown(table.Headers[column])}: missing values replaced by the mean {mean:G6}: {missing}."));
        }

        void AddTexts(int column)
        {
            int empty = table.Rows.ToList().FindIndex(row => TextTable.IsMissing(row[column]));
            if (empty >= 0)
                throw table.Missing(empty, column, " and a text has no mean");
            int numbers = table.Column(column).Count(field => table.NumberOf(field) is not null);
            if (2 * numbers > table.Rows.Count)
                throw Refused(table, column, ", as most of that column are"); // a slip of the pen rather than a category
            string[] texts = [.. table.Column(column).Distinct().Order(StringComparer.Ordinal)];
            if (texts.Length is 1 or > MostTexts)
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{table.Source}, column '{table.Headers[column]}' has {texts.Length} different texts: one-hot encoding takes from 2 to {MostTexts}."));
            foreach (string text in texts.Skip(1))
            {
                names.Add($"{table.Headers[column]}={text}");
                columns.Add([.. table.Column(column).Select(field => field == text ? 1.0 : 0)]);
            }

            notes.Add($"{TextTable.Shown(table.Headers[column])}: one-hot encoded, compared with '{TextTable.Shown(texts[0])}'.");
        }
    }

    private static InvalidDataException Refused(TextTable table, int column, string remark)
    {
        int row = table.Rows.ToList().FindIndex(row => !TextTable.IsMissing(row[column]) && table.NumberOf(row[column]) is null);
        return table.At(
            row,
            column,
            $"'{TextTable.Shown(table.Rows[row][column])}' is not a finite number written with '{table.Format.DecimalSeparator}'{remark}.");
    }

    /// <summary>Divided before they are added up, so that no sum overflows.</summary>
    private static double Mean(double[] values) => values.Sum(value => value / values.Length);
}
