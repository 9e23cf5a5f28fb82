using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Converts the fields of a table to features, in the same way for training data and for new rows. Immutable.</summary>
/// <remarks>
/// If a model is fitted to such data and saved, its file also contains the encoding: see <see cref="ModelFile.Encoding"/>.
/// </remarks>
/// <example><code>
/// File.WriteAllText("cars.csv", "power,colour,price\n90,red,11000\n120,blue,15000\n,red,13000\n150,blue,18000\n");
/// CsvTable table = CsvTable.Read("cars.csv");
/// FeatureEncoding encoding = FeatureEncoding.From(table.Without("price"), fillMissing: true);
/// LinearFit fit = LinearRegression.Fit(Dataset.From(table, encoding, target: "price"));
/// Console.WriteLine($"{fit.Predict(encoding.Encode("120", "red")):F0}");   // 13250
/// </code></example>
public sealed class FeatureEncoding
{
    private const int MaxLevels = 50, MaxLevelsOfFewRows = 10, MaxExamples = 3;

    /// <summary>
    /// Each feature name of a categorical column repeats the name of the column. With these two numbers the names of all features need at
    /// most a fixed amount of memory and a small multiple of the memory of the columns.
    /// </summary>
    private const long FreeNameCharacters = 1 << 20, NameCharactersPerCharacter = 8;

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
        if (Objection(Columns, out ImmutableArray<string> featureNames) is { } objection)
            throw Guard.Invalid(nameof(columns), $"{objection}");
        FeatureNames = featureNames;
    }

    private FeatureEncoding(ImmutableArray<FeatureColumn> columns, ImmutableArray<string> featureNames) =>
        (Columns, FeatureNames) = (columns, featureNames);

    /// <summary>The columns, in the order of their features.</summary>
    public ImmutableArray<FeatureColumn> Columns { get; }

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>Creates an encoding for all columns of a table except the column of its weights.</summary>
    /// <remarks>
    /// A column is numeric if all its values that are not missing are numbers. All other columns are categorical, with their levels in
    /// ordinal order.
    /// </remarks>
    /// <param name="table">The table whose columns are examined.</param>
    /// <param name="fillMissing">
    /// Whether missing values (empty or one of <see cref="CsvOptions.MissingValues"/>) of a numeric column, in this table and in later
    /// rows, are replaced by the mean of the values of the column in this table. Otherwise, a missing value is an error.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// A value is missing and cannot be replaced; a column of strings has only one level, more than 50 levels, or more than 10 levels that
    /// are more than half as many as the rows, as an identifier has; or more than half of the fields of a column, but not all of them, are
    /// numbers, perhaps in another notation, or dates. The message names the column and, if there are any, the line and the options that
    /// read such numbers.
    /// </exception>
    public static FeatureEncoding From(CsvTable table, bool fillMissing = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        ImmutableArray<FeatureColumn> columns = [.. table.Headers.Where(name => name != table.Options.Weights).Select(ColumnFor)];
        return TryCreate(columns, out string? objection) ?? throw new InvalidDataException($"{table.Source}: {objection}");

        FeatureColumn ColumnFor(string name)
        {
            return table[name].IsNumeric ? Numeric(table, name, fillMissing) : Categorical(table, name);
        }
    }

    /// <summary>Computes the features of one row.</summary>
    /// <param name="fields">The field of each of <see cref="Columns"/>. Numbers have <c>.</c> as their decimal separator.</param>
    /// <exception cref="ArgumentException">
    /// There are too few or too many fields, or a field is not a number, is missing or is not a known level. The message names the column
    /// and the field.
    /// </exception>
    public double[] Encode(params ReadOnlySpan<string> fields)
    {
        if (fields.Length != Columns.Length)
        {
            string given = Format.Count(fields.Length, "field"), columns = Format.Count(Columns.Length, "column");
            throw Guard.Invalid(nameof(fields), $"There are {given} for {columns}: each column needs one.");
        }

        double[] features = new double[FeatureNames.Length];
        int start = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i] is not { } field)
                throw Guard.Invalid(nameof(fields), $"fields[{i}] is null: it must be a string.");
            Span<double> own = features.AsSpan(start, Columns[i].FeatureCount);
            start += own.Length;
            if (Columns[i].Encode(field, FieldFormat.Default, own) is { } objection)
                throw Guard.Invalid(nameof(fields), $"fields[{i}], column '{Columns[i].Name}': {objection}");
        }

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
        RowEncoder encode = EncoderOf(table, []);
        double[][] rows = new double[table.RowCount][];
        for (int row = 0; row < rows.Length; row++)
            encode(row, rows[row] = new double[FeatureNames.Length]);
        return rows;
    }

    /// <summary>Computes the features of one row of a table.</summary>
    /// <param name="row">The index of the row.</param>
    /// <param name="features">The memory for the features.</param>
    internal delegate void RowEncoder(int row, Span<double> features);

    /// <summary>Returns a function that computes the features of a row of a table.</summary>
    /// <param name="table">The table that contains the rows.</param>
    /// <param name="others">The other columns of numbers that the caller reads: options that a message names must not change them.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the table. The function throws it for a field that is not valid.
    /// </exception>
    internal RowEncoder EncoderOf(CsvTable table, ImmutableArray<string> others)
    {
        table.RequireColumns(Columns.Select(column => column.Name));
        foreach (NumericColumn column in Columns.OfType<NumericColumn>())
            table.RequireOneReading(column.Name);
        TableColumn[] fields = [.. Columns.Select(column => table[column.Name])];
        bool[] areNumeric = [.. Columns.Select(column => column is NumericColumn)];
        return [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row, features) =>
        {
            int start = 0;
            for (int i = 0; i < fields.Length; i++)
            {
                if (areNumeric[i] && double.IsFinite(fields[i].Number(row)))
                {
                    features[start++] = fields[i].Number(row);
                    continue;
                }

                Span<double> own = features.Slice(start, Columns[i].FeatureCount);
                start += own.Length;
                own.Clear();
                if (Columns[i].Encode(fields[i][row], table.Fields, own) is { } objection)
                    throw ErrorAt(row, i, objection);
            }
        };

        InvalidDataException ErrorAt(int row, int i, string objection) => Columns[i] is NumericColumn && !fields[i].IsMissing(row)
            ? table.Only([.. Columns.Select(column => column.Name), .. others]).NumberErrorAt(row, Columns[i].Name)
            : table.ErrorAt(row, Columns[i].Name, objection);
    }

    /// <summary>Returns a description of the columns.</summary>
    public override string ToString() => string.Join(", ", Columns);

    /// <summary>Creates an encoding for numeric columns in which missing values are an error.</summary>
    internal static FeatureEncoding FromNumericColumns(ImmutableArray<string> names) =>
        new([.. names.Select(name => new NumericColumn(name))]);

    /// <summary>Creates an encoding; returns <see langword="null"/> and a description of the first error if there is one.</summary>
    internal static FeatureEncoding? TryCreate(ImmutableArray<FeatureColumn> columns, out string? objection)
    {
        objection = Objection(columns, out ImmutableArray<string> featureNames);
        return objection is null ? new FeatureEncoding(columns, featureNames) : null;
    }

    private static string? Objection(ImmutableArray<FeatureColumn> columns, out ImmutableArray<string> featureNames)
    {
        featureNames = [];
        if (columns.IsEmpty)
            return "There are no columns: at least one is needed.";
        if (Guard.Twice(columns.Select(column => column.Name)) is { } column)
            return $"Two columns are called '{Format.Clip(column)}': names must differ.";
        long characters = columns.Sum(column => column.FeatureNameCharacterCount);
        long max = FreeNameCharacters + NameCharactersPerCharacter * columns.Sum(column => column.CharacterCount);
        if (characters > max)
            return Format.Text($"The feature names would have {characters} characters together: for these columns at most {max} are " +
                $"allowed; a long column name is repeated for each level.");
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(columns.Sum(column => column.FeatureCount));
        foreach (FeatureColumn one in columns)
            names.AddRange(one.FeatureNames);
        if (Guard.Twice(names) is { } feature)
            return $"Two features would be called '{Format.Clip(feature)}': names must differ.";
        featureNames = names.MoveToImmutable();
        return null;
    }

    private static NumericColumn Numeric(CsvTable table, string name, bool fillMissing)
    {
        table.RequireOneReading(name);
        TableColumn column = table[name];
        if (column.HasNumbersOnly && !fillMissing)
            return new NumericColumn(name);
        double[] known = Array.FindAll(column.Numbers.ToArray(), double.IsFinite);
        if (known.Length == 0 || !fillMissing)
        {
            int missing = column.FirstMissing();
            string others = known.Length == 0 ? "; all values of this column are missing" : "";
            throw table.ErrorAt(missing, name, $"{table.Fields.Objection(column[missing])}{others}.");
        }

        return new NumericColumn(name, Mean(known));
    }

    /// <summary>Computes the mean of finite numbers without overflow. The result is within the range of the numbers.</summary>
    private static double Mean(double[] numbers)
    {
        double sum = Reductions.Sum(numbers);
        double mean = double.IsFinite(sum) ? sum / numbers.Length : numbers.Sum(number => number / numbers.Length);
        return Math.Clamp(mean, numbers.Min(), numbers.Max());
    }

    private static CategoricalColumn Categorical(CsvTable table, string name)
    {
        ImmutableArray<string> fields = table.Column(name);
        string text = fields.First(field => !table.IsMissing(field) && table.NumberOf(field) is null);
        int likeNumbers = fields.CountBy(field => field).Where(level => NumberOptions.IsLikeNumber(level.Key, table.Fields))
            .Sum(level => level.Value);
        bool areLikeNumbers = 2 * likeNumbers > fields.Length;
        bool isNotation = !table.SuggestOptions(name).IsEmpty || (areLikeNumbers && table.IsInAnotherNotation(name));
        if (isNotation || (areLikeNumbers && (FieldText.IsDate(text) || table.Fields.IsOutOfRange(text))))
            throw table.NumberErrorAt(fields.IndexOf(text), name);
        if (areLikeNumbers)
        {
            string problem = table.Fields.Objection(text);
            throw table.ErrorAt(fields.IndexOf(text), name, $"{problem}; most fields of this column are such numbers.");
        }

        string[] levels = [.. fields.Distinct().Order(StringComparer.Ordinal)];
        if (levels.FirstOrDefault(table.IsMissing) is { } missing)
        {
            throw table.MissingLevelAt(fields.IndexOf(missing), name);
        }

        if (levels.Length > MaxLevelsOfFewRows && 2 * levels.Length > fields.Length)
        {
            string examples = string.Join(", ", fields.Distinct().Take(MaxExamples).Select(FieldText.Quoted));
            string place = $"{table.Source}, column '{FieldText.Shown(name)}'";
            throw new InvalidDataException(Format.Text($"{place} has {levels.Length} different values in ") +
                Format.Text($"{fields.Length} rows, such as {examples}: it looks like an identifier, a date or numbers with text. ") +
                "Leave it out or convert it to numbers.");
        }

        if (levels.Length is > 1 and <= MaxLevels)
            return new CategoricalColumn(name, levels);
        string strings = Format.Count(levels.Length, "different string");
        throw new InvalidDataException(
            Format.Text($"{table.Source}, column '{name}' has {strings}: one-hot encoding takes from 2 to {MaxLevels}."));
    }
}
