using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>A column of strings, one-hot encoded: one feature for each level but the first.</summary>
/// <remarks>
/// The feature of a level is called column=level; it is 1 where the field is that level, and 0 elsewhere. The first level has no feature,
/// because the intercept stands for it: the coefficient of another level is its difference from the first.
/// </remarks>
public sealed class CategoricalColumn : FeatureColumn
{
    private const int MaxShown = 50;

    private readonly Dictionary<string, int> _indices;

    /// <param name="name">The column's name.</param>
    /// <param name="levels">The strings that the column can hold, at least two, all different;
    /// upper and lower case and spaces matter.</param>
    /// <exception cref="ArgumentException">There are too few levels, one is null, or two are equal.</exception>
    public CategoricalColumn(string name, IReadOnlyList<string> levels)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(levels);
        Levels = [.. levels];
        if (Objection(Levels) is { } objection)
            throw Guard.Invalid(nameof(levels), $"{objection}");
        _indices = Levels.Index().ToDictionary(level => level.Item, level => level.Index, StringComparer.Ordinal);
    }

    /// <summary>The strings that the column can hold.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> FeatureNames => [.. Levels.Skip(1).Select(level => $"{Name}={level}")];

    internal override int FeatureCount => Levels.Length - 1;

    private string Known
    {
        get
        {
            string shown = string.Join(", ", Levels.Take(MaxShown).Select(FieldText.Shown));
            return Levels.Length > MaxShown ? Format.Text($"{shown}, … ({Levels.Length})") : shown;
        }
    }

    /// <summary>The name and the levels.</summary>
    public override string ToString() => $"{Name} ({Known})";

    internal override string? Encode(string field, NumberFormatInfo format, Span<double> features)
    {
        if (_indices.TryGetValue(field, out int index))
        {
            if (index > 0)
                features[index - 1] = 1;
            return null;
        }

        return FieldText.IsMissing(field)
            ? "the value is missing."
            : $"'{FieldText.Shown(field)}' is not one of the known levels: {Known}.";
    }

    /// <summary>What is wrong with levels; <see langword="null"/> if nothing is.</summary>
    internal static string? Objection(IReadOnlyList<string?> levels)
    {
        if (levels.Count < 2)
            return Format.Text($"levels has {Format.Count(levels.Count, "string")}: at least 2 are needed.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < levels.Count; i++)
        {
            if (levels[i] is not { } level)
                return Format.Text($"levels[{i}] is null: it must be a string.");
            if (!seen.Add(level))
                return Format.Text($"levels[{i}] is '{level}', as a level before it is: all must differ.");
        }

        return null;
    }
}
