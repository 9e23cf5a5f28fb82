using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The settings of <see cref="CsvOptions"/> with which the model's samples were read.</summary>
internal sealed record ModelCsv
{
    public required string Delimiter { get; init; }

    /// <summary>The decimal separator; null if it was not set.</summary>
    public required string? Decimal { get; init; }

    public required string? Thousands { get; init; }

    [JsonConverter(typeof(StringArrayConverter))]
    public required string[] Marks { get; init; }

    [JsonConverter(typeof(StringArrayConverter))]
    public required string[] MissingValues { get; init; }

    public required string? DateFormat { get; init; }

    public required bool? HasHeader { get; init; }

    public static ModelCsv Of(CsvOptions options) => new()
    {
        Delimiter = options.Delimiter.ToString(),
        Decimal = options.IsDecimalSeparatorSet ? options.DecimalSeparator.ToString() : null,
        Thousands = options.ThousandsSeparator?.ToString(),
        Marks = [.. options.Marks.Select(mark => LabelText.Writable(mark, "mark"))],
        MissingValues = [.. options.MissingValues.Select(word => LabelText.Writable(word, "missing value"))],
        DateFormat = options.DateFormat is { } format ? LabelText.Writable(format, "date format") : null,
        HasHeader = options.HasHeader,
    };

    /// <exception cref="ArgumentException">A member is not valid.</exception>
    public CsvOptions ToOptions()
    {
        if (Marks.Contains(null) || MissingValues.Contains(null))
            throw Guard.Invalid(nameof(Marks), $"A string of marks or missingValues is null.");
        var start = new CsvOptions
        {
            Delimiter = Character(Delimiter, nameof(Delimiter)),
            ThousandsSeparator = Thousands is null ? null : Character(Thousands, nameof(Thousands)),
            Marks = [.. Marks],
            MissingValues = [.. MissingValues],
            DateFormat = DateFormat,
            HasHeader = HasHeader,
        };
        return Decimal is null ? start : start with { DecimalSeparator = Character(Decimal, nameof(Decimal)) };
    }

    private static char Character(string text, string name) => text.Length == 1
        ? text[0]
        : throw Guard.Invalid(name, $"{name} is '{Format.Clip(text)}': it must be one character.");
}
