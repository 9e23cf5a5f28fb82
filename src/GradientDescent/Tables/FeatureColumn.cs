using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>A column of a table, and which features are made of its fields: a <see cref="NumericColumn"/> or a <see cref="CategoricalColumn"/>.</summary>
public abstract class FeatureColumn
{
    private protected FeatureColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>A name for each feature that is made of it.</summary>
    public abstract ImmutableArray<string> FeatureNames { get; }

    internal abstract int FeatureCount { get; }

    /// <summary>Writes the features of a field.</summary>
    /// <param name="field">The text.</param>
    /// <param name="format">How numbers are written.</param>
    /// <param name="features">As many as there are names; zero before.</param>
    /// <returns>What is wrong with the field; <see langword="null"/> if nothing is.</returns>
    internal abstract string? Encode(string field, NumberFormatInfo format, Span<double> features);
}

/// <summary>A column of numbers: one feature, which is called as the column is.</summary>
public sealed class NumericColumn : FeatureColumn
{
    /// <param name="name">The column's name.</param>
    /// <param name="filling">Stands where a value is missing; finite. None means that a missing value is refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">The filling is not finite.</exception>
    public NumericColumn(string name, double? filling = null)
        : base(name)
    {
        if (filling is { } number && !double.IsFinite(number))
            throw Guard.OutOfRange(nameof(filling), number, "a finite number, or none");
        Filling = filling;
    }

    /// <summary>Stands where a value is missing: empty, NA or NaN; <see langword="null"/>: a missing value is refused.</summary>
    public double? Filling { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> FeatureNames => [Name];

    internal override int FeatureCount => 1;

    /// <summary>The name, and the filling if there is one.</summary>
    public override string ToString() => Filling is { } number ? Format.Text($"{Name} (missing: {number})") : Name;

    internal override string? Encode(string field, NumberFormatInfo format, Span<double> features)
    {
        if ((FieldText.IsMissing(field) ? Filling : FieldText.Number(field, format)) is not { } number)
            return FieldText.IsMissing(field) ? "the value is missing." : $"{FieldText.NoNumber(FieldText.Shown(field), format)}.";
        features[0] = number;
        return null;
    }
}

/// <summary>A column of texts, one-hot encoded: a feature for each level but the first, called column=level, which is 1 where that level stands and else 0.</summary>
/// <remarks>The first level has no feature, because the intercept stands for it: the coefficient of another level is how that differs from the first.</remarks>
public sealed class CategoricalColumn : FeatureColumn
{
    private const int MaxShown = 50;

    private readonly Dictionary<string, int> _indices;

    /// <param name="name">The column's name.</param>
    /// <param name="levels">The texts that can stand in it, at least two, all different; upper and lower case and spaces matter.</param>
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

    /// <summary>The texts that can stand in it.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> FeatureNames => [.. Levels.Skip(1).Select(level => $"{Name}={level}")];

    internal override int FeatureCount => Levels.Length - 1;

    /// <summary>The name and the levels.</summary>
    public override string ToString() => $"{Name} ({Known})";

    private string Known => string.Join(", ", Levels.Take(MaxShown).Select(FieldText.Shown)) + (Levels.Length > MaxShown ? Format.Text($", … ({Levels.Length})") : "");

    internal override string? Encode(string field, NumberFormatInfo format, Span<double> features)
    {
        if (!_indices.TryGetValue(field, out int index))
            return FieldText.IsMissing(field) ? "the value is missing." : $"'{FieldText.Shown(field)}' is not one of the known texts: {Known}.";
        if (index > 0)
            features[index - 1] = 1;
        return null;
    }

    /// <summary>What is wrong with levels; <see langword="null"/> if nothing is.</summary>
    internal static string? Objection(IReadOnlyList<string?> levels)
    {
        if (levels.Count < 2)
            return Format.Text($"levels has {Format.Count(levels.Count, "text")}: at least 2 are needed.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < levels.Count; i++)
        {
            if (levels[i] is not { } level)
                return Format.Text($"levels[{i}] is null: it must be a text.");
            if (!seen.Add(level))
                return Format.Text($"levels[{i}] is '{level}', which stands before it too: all must differ.");
        }

        return null;
    }
}
