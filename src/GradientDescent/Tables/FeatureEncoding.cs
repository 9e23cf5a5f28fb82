using System.Collections.Immutable;
using System.Globalization;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Turns the fields of a table into features, in the same way for the data of a fit and for what comes later. Immutable.</summary>
/// <remarks>A model saved with such data has the encoding in its file: <see cref="ModelFile.Encoding"/>.</remarks>
/// <example><code>
/// File.WriteAllText("cars.csv", "power,colour,price\n90,red,11000\n120,blue,15000\n,red,13000\n150,blue,18000\n");
/// CsvTable table = CsvTable.Read("cars.csv");
/// FeatureEncoding encoding = FeatureEncoding.Learn(table.Without("price"), fillMissing: true);
/// LinearFit fit = LinearRegression.Fit(Dataset.From(table, encoding, target: "price"));
/// Console.WriteLine($"{fit.Predict(encoding.Encode("120", "red")):F0}");   // 13250
/// </code></example>
public sealed class FeatureEncoding
{
    private const int MaxLevels = 50;

    /// <param name="columns">The columns, at least one, with names that differ.</param>
    /// <exception cref="ArgumentException">There is no column, one is null, or two columns or features have the same name.</exception>
    public FeatureEncoding(IReadOnlyList<FeatureColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        if (Columns.IndexOf(null!) is var missing and >= 0)
            throw Guard.Invalid(nameof(columns), $"columns[{missing}] is null: it must be a column.");
        if (Objection(Columns) is { } objection)
            throw Guard.Invalid(nameof(columns), $"{objection}");
        FeatureNames = [.. Columns.SelectMany(column => column.FeatureNames)];
    }

    /// <summary>The columns, in the order of the features that are made of them.</summary>
    public ImmutableArray<FeatureColumn> Columns { get; }

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>An encoding for all columns of a table but that of its weights, if it has one: those that hold numbers only are numeric, all others categorical, their levels in ordinal order.</summary>
    /// <param name="table">What the columns look like.</param>
    /// <param name="fillMissing">Whether each numeric column gets the mean of its known values as filling, for values that are missing (empty, NA or NaN) here or later; otherwise they are refused.</param>
    /// <exception cref="InvalidDataException">
    /// A value is missing that is not to be filled in, or a column has a single text, more than 50, or texts among more numbers (a slip rather than a category); the message names line and column.
    /// </exception>
    public static FeatureEncoding Learn(CsvTable table, bool fillMissing = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        FeatureColumn[] columns = [.. table.Headers.Where(name => name != table.Options.Weights).Select<string, FeatureColumn>(name =>
            table.Column(name).All(field => CsvTable.IsMissing(field) || table.NumberOf(field) is not null) ? Numbers(table, name, fillMissing) : Texts(table, name))];
        return Objection(columns) is { } objection ? throw new InvalidDataException($"{table.Source}: {objection}") : new FeatureEncoding(columns);
    }

    /// <summary>The features of one row.</summary>
    /// <param name="fields">A field for each of <see cref="Columns"/>; numbers with a point before the decimals.</param>
    /// <exception cref="ArgumentException">There are too few or too many fields, or one cannot be used: no number, missing, or not a known level; the message names column and field.</exception>
    public double[] Encode(params ReadOnlySpan<string> fields)
    {
        if (fields.Length != Columns.Length)
            throw Guard.Invalid(nameof(fields), $"There are {Format.Count(fields.Length, "field")} for {Format.Count(Columns.Length, "column")}: each column needs one.");
        double[] features = new double[FeatureNames.Length];
        int at = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i] is not { } field)
                throw Guard.Invalid(nameof(fields), $"fields[{i}] is null: it must be a text.");
            if (Encode(Columns[i], field, NumberFormatInfo.InvariantInfo, features, ref at) is { } objection)
                throw Guard.Invalid(nameof(fields), $"fields[{i}], column '{Columns[i].Name}': {objection}");
        }

        return features;
    }

    /// <summary>The features of all rows of a table; its columns are found by name, in any order, and those that are not needed are passed over.</summary>
    /// <param name="table">The rows.</param>
    /// <exception cref="InvalidDataException">A column is not there, or a field cannot be used: no number, missing, or not a known level; the message names line, column and field.</exception>
    public double[][] Encode(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] absent = [.. Columns.Select(column => column.Name).Except(table.Headers)];
        if (absent.Length > 0)
            throw new InvalidDataException($"{table.Source} has no column {string.Join(", ", absent.Select(name => $"'{name}'"))}: the features are made of {(absent.Length == 1 ? "it" : "them")}.");
        ImmutableArray<string>[] fields = [.. Columns.Select(column => table.Column(column.Name))];
        double[][] rows = new double[table.RowCount][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new double[FeatureNames.Length];
            int at = 0;
            for (int i = 0; i < fields.Length; i++)
            {
                if (Encode(Columns[i], fields[i][row], table.NumberFormat, rows[row], ref at) is { } objection)
                    throw table.ErrorAt(row, Columns[i].Name, objection);
            }
        }

        return rows;
    }

    /// <summary>The columns.</summary>
    public override string ToString() => string.Join(", ", Columns);

    internal static FeatureEncoding OfNumbers(ImmutableArray<string> names) => new([.. names.Select(name => new NumericColumn(name))]);

    /// <summary>What is wrong with columns; <see langword="null"/> if nothing is.</summary>
    internal static string? Objection(IReadOnlyList<FeatureColumn> columns)
    {
        if (columns.Count == 0)
            return "There are no columns: at least one is needed.";
        return Guard.Twice(columns.Select(column => column.Name)) is { } column ? $"Two columns are called '{column}': names must differ."
            : Guard.Twice(columns.SelectMany(column => column.FeatureNames)) is { } feature ? $"Two features would be called '{feature}': names must differ."
            : null;
    }

    private static string? Encode(FeatureColumn column, string field, NumberFormatInfo format, double[] features, ref int at)
    {
        int count = column.FeatureCount;
        at += count;
        return column.Encode(field, format, features.AsSpan(at - count, count));
    }

    private static NumericColumn Numbers(CsvTable table, string name, bool fillMissing)
    {
        ImmutableArray<string> fields = table.Column(name);
        double[] known = [.. fields.Where(field => !CsvTable.IsMissing(field)).Select(field => table.NumberOf(field)!.Value)];
        if (known.Length == 0 || (known.Length < fields.Length && !fillMissing))
            throw table.ErrorAt(fields.IndexOf(fields.First(CsvTable.IsMissing)), name, known.Length == 0 ? "the value is missing, as all of this column are." : "the value is missing.");
        if (!fillMissing)
            return new NumericColumn(name);
        double sum = Reductions.Sum(known), mean = double.IsFinite(sum) ? sum / known.Length : known.Sum(number => number / known.Length);
        return new NumericColumn(name, Math.Clamp(mean, known.Min(), known.Max()));
    }

    private static CategoricalColumn Texts(CsvTable table, string name)
    {
        ImmutableArray<string> fields = table.Column(name);
        string[] texts = [.. fields.Distinct().Order(StringComparer.Ordinal)];
        if (texts.FirstOrDefault(CsvTable.IsMissing) is { } missing)
            throw table.ErrorAt(fields.IndexOf(missing), name, "the value is missing, and a text has no mean.");
        if (2 * fields.Count(field => table.NumberOf(field) is not null) > fields.Length)
        {
            string slip = fields.First(field => table.NumberOf(field) is null);
            throw table.ErrorAt(fields.IndexOf(slip), name, $"{FieldText.NoNumber(FieldText.Shown(slip), table.NumberFormat)}, as most of that column are.");
        }

        return texts.Length is > 1 and <= MaxLevels
            ? new CategoricalColumn(name, texts)
            : throw new InvalidDataException(Format.Text($"{table.Source}, column '{name}' has {Format.Count(texts.Length, "different text")}: one-hot encoding takes from 2 to {MaxLevels}."));
    }
}
