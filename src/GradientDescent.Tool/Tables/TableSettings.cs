using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>Which columns of a file are features, and how they become numbers.</summary>
internal sealed record TableSettings
{
    public const string Mean = "mean", Median = "median", Drop = "drop";

    /// <summary>The columns to use, as the user wrote them; empty: all.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>The columns to leave out, as the user wrote them.</summary>
    public ImmutableArray<string> Dropped { get; init; } = [];

    /// <summary>How columns become features.</summary>
    public ImmutableArray<KeyValuePair<string, ColumnEncoding>> Kinds { get; init; } = [];

    /// <summary>Whether text columns are allowed.</summary>
    public bool AllowsText { get; init; }

    /// <summary>Whether only the features that are not 0 are stored, so that a column can have thousands of different values.</summary>
    public bool IsSparse { get; init; }

    /// <summary>The number of features of each column of words; <see langword="null"/> for the default.</summary>
    public int? HashedFeatureCount { get; init; }

    /// <summary>The largest number of neighbouring words that are counted together; <see langword="null"/> for the default.</summary>
    public int? PhraseLength { get; init; }

    /// <summary>What is done with missing values: one of the constants, or <see langword="null"/> if they are an error.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether columns that make no useful features are left out.</summary>
    public bool LeavesOutUnusable { get; init; }

    /// <summary>Returns the table with the target and the columns of features that the user chose, and without unusable rows.</summary>
    /// <param name="table">The file.</param>
    /// <param name="target">The name of the target.</param>
    /// <param name="notes">A note for each kind of row that was left out.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the file, or is the target, or no column or row is left.
    /// </exception>
    public CsvTable Choose(CsvTable table, string target, out ImmutableArray<string> notes)
    {
        target = ColumnNames.NameIn(table, target);
        string[] features = NamesIn(table, Features, target, "--features");
        string[] dropped = NamesIn(table, Dropped, target, "--drop");
        foreach ((string name, _) in Kinds)
        {
            if (ColumnNames.NameIn(table, name) == target)
                throw new InvalidDataException($"--as names the target '{TextLayout.Quote(target)}': --model says what a target is.");
        }

        string[] unused = Features.IsEmpty ? dropped : [.. dropped, .. table.Headers.Except(features).Where(name => name != target)];
        if (Kinds.FirstOrDefault(kind => unused.Contains(ColumnNames.NameIn(table, kind.Key))).Key is { } without)
            throw new InvalidDataException($"--as names '{TextLayout.Quote(without)}', which is not among the features.");
        CsvTable chosen = table.Without(unused);
        if (Missing is null)
        {
            notes = [];
            return chosen;
        }

        CsvTable withTarget = chosen.WithoutMissing(target);
        CsvTable complete = Missing == Drop ? withTarget.WithoutMissing([.. chosen.Headers]) : withTarget;
        notes = [.. Note(chosen, withTarget, "without a target"), .. Note(withTarget, complete, "with missing values")];
        return complete;

        static string[] Note(CsvTable before, CsvTable after, string which) => before.RowCount == after.RowCount
            ? []
            : [FormattableString.Invariant($"Rows {which} left out: {before.RowCount - after.RowCount} of {before.RowCount}.")];
    }

    /// <summary>Returns whether the user said how a column becomes features.</summary>
    public bool Names(CsvTable table, string column) => Kinds.Any(kind => ColumnNames.NameIn(table, kind.Key) == column);

    /// <summary>Returns the options of the encoding.</summary>
    /// <param name="trainingRows">The rows to learn from; default: all.</param>
    public EncodingOptions Encoding(ImmutableArray<int> trainingRows) => new()
    {
        Columns = new Dictionary<string, ColumnEncoding>(Kinds),
        MissingNumbers = Missing switch
        {
            Mean => MissingNumbers.Mean,
            Median => MissingNumbers.Median,
            _ => MissingNumbers.Refuse,
        },
        MissingTextIsLevel = Missing is Mean or Median,
        LeaveOutUnusable = LeavesOutUnusable,
        Sparse = IsSparse,
        HashedFeatureCount = HashedFeatureCount ?? HashedColumn.DefaultFeatureCount,
        PhraseLength = PhraseLength ?? 1,
        TrainingRows = trainingRows,
    };

    private static string[] NamesIn(CsvTable table, ImmutableArray<string> texts, string target, string option)
    {
        string[] names = ColumnNames.NamesIn(table, texts);
        return names.Contains(target)
            ? throw new InvalidDataException($"{option} names the target '{TextLayout.Quote(target)}': it cannot be a feature.")
            : names;
    }
}
