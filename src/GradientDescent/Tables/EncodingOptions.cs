using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>How <see cref="FeatureEncoding.From"/> makes features of the columns of a table.</summary>
/// <example><code>
/// File.WriteAllText("flats.csv", "zip,sold,rooms,price\n10115,2024-01-31,2,310\n20095,2024-03-01,,250\n10115,2024-03-02,4,480\n");
/// CsvTable table = CsvTable.Read("flats.csv");
/// var encoding = FeatureEncoding.From(table.Without("price"), new EncodingOptions
/// {
///     Columns = { ["zip"] = ColumnEncoding.Category, ["sold"] = ColumnEncoding.Days | ColumnEncoding.Month },
///     MissingNumbers = MissingNumbers.Median,
/// });
/// Console.WriteLine(string.Join(" ", encoding.FeatureNames));   // zip=20095 sold.days sold=Mar rooms
/// </code></example>
public sealed class EncodingOptions
{
    private const ColumnEncoding PartsOfDate =
        ColumnEncoding.Days | ColumnEncoding.Year | ColumnEncoding.Month | ColumnEncoding.Weekday;

    private const int DefaultMaxLevels = 50, DefaultMaxSparseLevels = 1_000_000;

    /// <summary>
    /// How the columns with these names become features. All other columns are <see cref="ColumnEncoding.Automatic"/>. By default, there
    /// are none.
    /// </summary>
    public IDictionary<string, ColumnEncoding> Columns { get; init; } = new Dictionary<string, ColumnEncoding>();

    /// <summary>
    /// What replaces missing numbers, in the table and in later rows. Unless it is <see cref="MissingNumbers.Refuse"/>, the default, a
    /// missing date is replaced by the median date, the earlier of two.
    /// </summary>
    public MissingNumbers MissingNumbers { get; init => field = Guard.Defined(value); }

    /// <summary>
    /// Whether missing text is a level of its own, the last one, in a column of text where it occurs. The default is
    /// <see langword="false"/>: missing text is an error.
    /// </summary>
    public bool MissingTextIsLevel { get; init; }

    /// <summary>
    /// Whether data sets store only the features that are not 0: see <see cref="FeatureEncoding.IsSparse"/>. A row then costs as much as it
    /// has such features, so that columns can have thousands of levels; and a column of <see cref="Columns"/> that is a
    /// <see cref="ColumnEncoding.Category"/> can have a level for each row or two. The default is <see langword="false"/>.
    /// </summary>
    public bool Sparse { get; init; }

    /// <summary>
    /// The largest number of levels of a column, at least 2. The default is 50, and 1,000,000 with <see cref="Sparse"/>.
    /// </summary>
    public int MaxLevels
    {
        get => field > 0 ? field : Sparse ? DefaultMaxSparseLevels : DefaultMaxLevels;
        init => field = Guard.AtLeast(value, 2);
    }

    /// <summary>
    /// The number of features of each column of <see cref="ColumnEncoding.Words"/>. The default is 262,144; a
    /// <see cref="HashedColumn"/> has further settings.
    /// </summary>
    public int HashedFeatureCount { get; init => field = Guard.FromTo(value, 1, HashedColumn.MaxFeatureCount); }
        = HashedColumn.DefaultFeatureCount;

    /// <summary>
    /// The largest number of neighbouring words that are counted together in each column of <see cref="ColumnEncoding.Words"/>, from 1 to
    /// 8. The default is 1: single words only.
    /// </summary>
    public int PhraseLength { get; init => field = Guard.FromTo(value, 1, HashedColumn.MaxPhraseLength); } = 1;

    /// <summary>
    /// Whether columns that make no useful features are left out: identifiers, columns of text with too many or only one level, and
    /// columns without values. <see cref="FeatureEncoding.LeftOut"/> names them with the reason, and the formats that read a column of
    /// dates. Numbers that look like codes (<see cref="CsvTable.LooksLikeCodes"/>) are levels. A column of numbers or dates with a few
    /// other values is an error. The default is <see langword="false"/>: such text is an error, and numeric identifiers and codes are
    /// numbers. A column of <see cref="Columns"/> is never left out.
    /// </summary>
    public bool LeaveOutUnusable { get; init; }

    /// <summary>
    /// The indices of the rows from which means, medians and the first date are computed, so that they do not depend on validation rows.
    /// The levels come from all rows. By default, all rows are used.
    /// </summary>
    public ImmutableArray<int> TrainingRows { get; init; }

    /// <summary>Returns the settings that differ from the defaults.</summary>
    public override string ToString()
    {
        string[] settings =
        [
            .. Columns.Select(column => $"{column.Key} as {column.Value}"),
            .. MissingNumbers == MissingNumbers.Refuse ? [] : (string[])[$"missing numbers: {MissingNumbers}"],
            .. MissingTextIsLevel ? (string[])["missing text is a level"] : [],
            .. Sparse ? (string[])["sparse"] : [],
            .. MaxLevels == new EncodingOptions { Sparse = Sparse }.MaxLevels ? [] : (string[])[Format.Text($"at most {MaxLevels} levels")],
            .. HashedFeatureCount == HashedColumn.DefaultFeatureCount ? []
                : (string[])[Format.Text($"words hashed to {Format.Count(HashedFeatureCount, "feature")}")],
            .. PhraseLength == 1 ? [] : (string[])[Format.Text($"phrases of up to {PhraseLength} words")],
            .. LeaveOutUnusable ? (string[])["unusable columns are left out"] : [],
            .. TrainingRows.IsDefault ? [] : (string[])[Format.Text($"learned from {TrainingRows.Length} rows")],
        ];
        return settings.Length == 0 ? "defaults" : string.Join("; ", settings);
    }

    /// <exception cref="ArgumentException">A column of the options is not in the table, or an index or a kind is not valid.</exception>
    internal IReadOnlyDictionary<string, ColumnEncoding> CheckedColumns(CsvTable table)
    {
        var columns = new Dictionary<string, ColumnEncoding>();
        foreach ((string given, ColumnEncoding kind) in Guard.NotNull(Columns))
        {
            string name = FieldText.Name(given);
            if (!table.Headers.Contains(name))
                throw Guard.Invalid("options", $"Columns has '{Format.Clip(given)}', which is not a column of {table.Source}.");
            bool isDate = (kind & PartsOfDate) != 0 && (kind & ~PartsOfDate) == 0;
            if (!isDate && kind is not (ColumnEncoding.Automatic or ColumnEncoding.Number or ColumnEncoding.Category
                or ColumnEncoding.Words))
                throw Guard.Invalid("options", $"Columns['{Format.Clip(given)}'] is {kind}: only parts of a date can be combined.");
            columns[name] = kind;
        }

        foreach (int row in TrainingRows.IsDefault ? [] : TrainingRows)
            Guard.Index(row, table.RowCount, nameof(TrainingRows));
        if (TrainingRows is { IsDefault: false, IsEmpty: true })
            throw Guard.Invalid("options", $"TrainingRows is empty: at least one row is needed.");
        return columns;
    }
}
