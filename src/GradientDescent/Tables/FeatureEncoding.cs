using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Converts the fields of a table to features, in the same way for training data and for new rows. Immutable.</summary>
/// <remarks>
/// If a model is fitted to such data and saved, its file also contains the encoding: see <see cref="ModelFile.Encoding"/>.
/// </remarks>
/// <example><code>
/// File.WriteAllText("cars.csv", "power,colour,price\n90,red,11000\n120,blue,15000\n,red,13000\n150,blue,18000\n");
/// CsvTable table = CsvTable.Read("cars.csv");
/// FeatureEncoding encoding = FeatureEncoding.From(
///     table.Without("price"), new EncodingOptions { MissingNumbers = MissingNumbers.Mean });
/// LinearFit fit = LinearRegression.Fit(Dataset.From(table, encoding, target: "price"));
/// Console.WriteLine($"{fit.Predict(encoding.Encode("120", "red")):F0}");   // 13250
/// </code></example>
public sealed class FeatureEncoding
{
    /// <summary>
    /// Each feature name of a categorical column repeats the name of the column. With these two numbers the names of all features need at
    /// most a fixed amount of memory and a small multiple of the memory of the columns.
    /// </summary>
    private const long FreeNameCharacters = 1 << 20, NameCharactersPerCharacter = 8;

    private ImmutableArray<string> _featureNames; // not made before they are asked for: hashed columns have many

    /// <param name="columns">The columns: at least one, with different names.</param>
    /// <exception cref="ArgumentException">
    /// There is no column, a column is null, two columns or features have the same name, or the feature names together would have more
    /// than 1,048,576 characters plus 8 for each character of the columns' names and levels.
    /// </exception>
    public FeatureEncoding(IReadOnlyList<FeatureColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        if (Columns.IndexOf(null!) is var missing and >= 0)
            throw Guard.Invalid(nameof(columns), $"columns[{missing}] is null: it must be a column.");
        if (Objection(Columns) is { } objection)
            throw Guard.Invalid(nameof(columns), $"{objection}");
        FeatureCount = CountOf(Columns);
    }

    private FeatureEncoding(ImmutableArray<FeatureColumn> columns, int featureCount) => (Columns, FeatureCount) = (columns, featureCount);

    /// <summary>The columns, in the order of their features.</summary>
    public ImmutableArray<FeatureColumn> Columns { get; }

    /// <summary>The number of features.</summary>
    public int FeatureCount { get; }

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames => _featureNames.IsDefault
        ? _featureNames = [.. Columns.SelectMany(column => column.FeatureNames)]
        : _featureNames;

    /// <summary>
    /// Whether <see cref="Dataset.From(CsvTable, FeatureEncoding, string)"/> stores only the features that are not 0. It is always so with
    /// a
    /// <see cref="HashedColumn"/>; set it for text columns with many levels.
    /// </summary>
    public bool IsSparse { get => field || Columns.Any(column => column is HashedColumn); init; }

    /// <summary>
    /// The columns of the table that <see cref="From"/> has left out, with the reasons: see <see cref="EncodingOptions.LeaveOutUnusable"/>.
    /// A model file does not have them.
    /// </summary>
    public ImmutableArray<LeftOutColumn> LeftOut { get; private init; } = [];

    /// <summary>Creates an encoding for all columns of a table except the column of its weights.</summary>
    /// <remarks>
    /// Without options for it, a column is numeric if all its values that are not missing are numbers, and a column of dates if they are
    /// dates of ISO 8601 or of <see cref="CsvOptions.DateFormat"/>. All other columns are categorical, with their levels in ordinal order.
    /// </remarks>
    /// <param name="table">The table whose columns are examined.</param>
    /// <param name="options">How columns become features; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// A value is missing and cannot be replaced; a column of strings has only one level, more than
    /// <see cref="EncodingOptions.MaxLevels"/> levels, or more than 10 levels that are more than half as many as the rows, as an identifier
    /// has; or more than half of the fields of a column, but not all of them, are numbers, perhaps in another notation, or dates. The
    /// message names the column and, if there are any, the line and the options that read such numbers or dates.
    /// </exception>
    /// <exception cref="ArgumentException">The options name a column or a row that the table does not have.</exception>
    public static FeatureEncoding From(CsvTable table, EncodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        (ImmutableArray<FeatureColumn> columns, ImmutableArray<LeftOutColumn> leftOut) =
            new EncodingLearner(table, options ?? new EncodingOptions()).Learn();
        return Objection(columns) is { } objection
            ? throw new InvalidDataException($"{table.Source}: {objection}")
            : new FeatureEncoding(columns, CountOf(columns)) { LeftOut = leftOut, IsSparse = options is { Sparse: true } };
    }

    /// <summary>Computes the features of one row.</summary>
    /// <param name="fields">The field of each of <see cref="Columns"/>. Numbers have <c>.</c> as their decimal separator.</param>
    /// <exception cref="ArgumentException">
    /// There are too few or too many fields, or a field is not a number, is missing or is not a known level. The message names the column
    /// and the field.
    /// </exception>
    public double[] Encode(params ReadOnlySpan<string> fields)
    {
        double[] features = new double[FeatureCount];
        RowOf(fields).CopyTo(features);
        return features;
    }

    /// <summary>
    /// Computes the features of all rows of a table. The columns are found by name and can have any order; other columns are ignored.
    /// </summary>
    /// <param name="table">The table that contains the rows.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the table, or a field is not a number, is missing or is not a known level. The message names the line, the column
    /// and the field.
    /// </exception>
    public double[][] Encode(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var encoder = new TableEncoder(Columns, table);
        double[][] rows = new double[table.RowCount][];
        for (int row = 0; row < rows.Length; row++)
            encoder.Encode(row).CopyTo(rows[row] = new double[FeatureCount]);
        return rows;
    }

    /// <summary>Returns a description of the columns.</summary>
    public override string ToString() => string.Join(", ", Columns);

    /// <summary>Creates an encoding for numeric columns in which missing values are an error.</summary>
    internal static FeatureEncoding FromNumericColumns(ImmutableArray<string> names) =>
        new([.. names.Select(name => new NumericColumn(name))]);

    /// <summary>Creates an encoding; returns <see langword="null"/> and a description of the first error if there is one.</summary>
    internal static FeatureEncoding? TryCreate(ImmutableArray<FeatureColumn> columns, bool isSparse, out string? objection)
    {
        objection = Objection(columns);
        return objection is null ? new FeatureEncoding(columns, CountOf(columns)) { IsSparse = isSparse } : null;
    }

    /// <summary>Computes the features of one row that are not 0.</summary>
    internal FeatureRow RowOf(ReadOnlySpan<string> fields)
    {
        if (fields.Length != Columns.Length)
        {
            string given = Format.Count(fields.Length, "field"), columns = Format.Count(Columns.Length, "column");
            throw Guard.Invalid(nameof(fields), $"There are {given} for {columns}: each column needs one.");
        }

        var row = new FeatureRow();
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i] is not { } field)
                throw Guard.Invalid(nameof(fields), $"fields[{i}] is null: it must be a string.");
            if (Columns[i].Encode(field, FieldFormat.Default, row) is { } objection)
                throw Guard.Invalid(nameof(fields), $"fields[{i}], column '{Columns[i].Name}': {objection}");
            row.FirstOfColumn += Columns[i].FeatureCount;
        }

        return row;
    }

    private static int CountOf(ImmutableArray<FeatureColumn> columns) => columns.Sum(column => column.FeatureCount);

    private static string? Objection(ImmutableArray<FeatureColumn> columns)
    {
        if (columns.IsEmpty)
            return "There are no columns: at least one is needed.";
        if (Guard.Twice(columns.Select(column => column.Name)) is { } column)
            return $"Two columns are called '{Format.Clip(column)}': names must differ.";
        long characters = columns.Sum(column => column.FeatureNameCharacterCount);
        long max = FreeNameCharacters + NameCharactersPerCharacter * columns.Sum(column => column.CharacterCount);
        if (characters > max)
            return Format.Text($"The feature names would have {characters} characters together: for these columns at most {max} are " +
                $"allowed; a long column name is repeated for each level.");
        long count = columns.Sum(column => (long)column.FeatureCount);
        if (count > Array.MaxLength)
            return Format.Text($"The columns would have {count} features together: at most {Array.MaxLength} are possible.");
        // The features of a hashed column differ from each other, and from those of another one, by the index at the end.
        HashedColumn[] hashed = [.. columns.OfType<HashedColumn>()];
        string[] names = [.. columns.Except(hashed).SelectMany(one => one.FeatureNames)];
        string? feature = Guard.Twice(names) ?? Array.Find(names, name => Array.Exists(hashed, one => one.HasFeature(name)));
        return feature is null ? null : $"Two features would be called '{Format.Clip(feature)}': names must differ.";
    }
}
