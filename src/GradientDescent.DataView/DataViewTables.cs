using System.Collections.Immutable;
using System.Text;
using Microsoft.ML;

namespace GradientDescent.DataView;

/// <summary>Creates tables from data views and data frames, for columns of text and for missing values.</summary>
/// <remarks>
/// Numbers keep their exact value, bool is 0 or 1, dates have the form of ISO 8601, keys have their names, and a vector of numbers has a
/// column for each slot. Missing values (null, NaN, the key 0) and empty text are missing in the table; the words <c>NA</c>, <c>null</c>
/// and the like are text as any other. A column of text that contains only numbers is numeric in the table, unless
/// <see cref="EncodingOptions.Columns"/> says that it is a category. Messages count the lines from the column names, which are line 1.
/// </remarks>
/// <example><code>
/// using Microsoft.Data.Analysis;
/// using GradientDescent.DataView;
///
/// var frame = new DataFrame(
///     new StringDataFrameColumn("city", ["Oslo", "Rome", "Oslo", "Rome"]),
///     new DoubleDataFrameColumn("price", [3, 5, 7, 9]));
/// CsvTable table = frame.ToCsvTable();
/// FeatureEncoding encoding = FeatureEncoding.From(table.Without("price"));
/// Console.WriteLine(Dataset.From(table, encoding, target: "price").FeatureNames[0]);   // city=Rome
/// </code></example>
public static class DataViewTables
{
    private static readonly CsvOptions _options =
        new() { Delimiter = ',', DecimalSeparator = '.', HasHeader = true, MissingValues = [] };

    /// <summary>Creates a table from columns of a view.</summary>
    /// <param name="view">The view; it is read once, by one cursor.</param>
    /// <param name="columns">The names of the columns; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentException">
    /// A column does not exist or is of a type that has no text form here, such as an image or a duration.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The view has no rows, a number is infinite, or two columns have the same name in the table.
    /// </exception>
    public static CsvTable ToCsvTable(this IDataView view, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        ImmutableArray<DataViewSchema.Column> read = columns is null
            ? [.. view.Schema.Where(column => !column.IsHidden)]
            : [.. columns.Select(name => ViewColumns.Find(view, name, nameof(columns)))];
        if (read.IsEmpty)
            throw new ArgumentException("There are no columns: at least one is needed.", nameof(columns));
        foreach (DataViewSchema.Column column in read)
            FieldReader.RequireText(column, nameof(columns));

        using var csv = new MemoryStream();
        using (var writer = new StreamWriter(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
            Write(view, read, writer);
        csv.Position = 0;
        return CsvTable.Read(csv, "the view", _options);
    }

    private static void Write(IDataView view, ImmutableArray<DataViewSchema.Column> columns, StreamWriter writer)
    {
        WriteLine(writer, [.. columns.SelectMany(column => ViewColumns.NumberNames(column))]);
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        FieldReader[] readers = [.. columns.Select(column => FieldReader.Create(view, cursor, column))];
        List<string> fields = [];
        while (cursor.MoveNext())
        {
            fields.Clear();
            foreach (FieldReader reader in readers)
                reader.AddTo(fields);
            WriteLine(writer, fields);
        }
    }

    private static void WriteLine(StreamWriter writer, List<string> fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            writer.Write(i == 0 ? "\"" : ",\"");
            writer.Write(fields[i].Replace("\"", "\"\"", StringComparison.Ordinal));
            writer.Write('"');
        }

        writer.Write('\n');
    }
}
