namespace GradientDescent;

/// <summary>How a CSV file is written. The first line holds the column names.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two fields: <c>,</c> unless set; <c>;</c> or a tab in many European files.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What stands before the decimals: <c>.</c> unless set; <c>,</c> in many European files.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>The column with the samples' weights; none means 1 each.</summary>
    public string? Weights { get; init; }
}
