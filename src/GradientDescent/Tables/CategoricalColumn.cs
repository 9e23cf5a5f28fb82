using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A column of strings that is one-hot encoded: one feature for each level except the first.</summary>
/// <remarks>
/// The feature of a level is named column=level. Its value is 1 if the field equals the level, and 0 otherwise. The first level has no
/// feature, because the intercept represents it: the coefficient of any other level is its difference from the first level. If one of the
/// levels is empty, it stands for all missing values that are not levels themselves; its feature is named column=(missing).
/// </remarks>
public sealed class CategoricalColumn : FeatureColumn
{
    /// <summary>The level of missing text, as an empty field.</summary>
    internal const string MissingLevel = "";

    private const int MaxShown = 50;

    private readonly Dictionary<string, int> _indices;

    /// <param name="name">The name of the column.</param>
    /// <param name="levels">
    /// The strings that the column can contain: at least two, all different. The comparison is ordinal in Unicode's form C, without white
    /// space and invisible characters at the ends. Case is significant.
    /// </param>
    /// <exception cref="ArgumentException">There are too few levels, one is null, or two are equal.</exception>
    public CategoricalColumn(string name, IReadOnlyList<string> levels)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(levels);
        Levels = [.. levels.Select(level => level is null ? null! : FieldText.Level(level))];
        if (Objection(Levels) is { } objection)
            throw Guard.Invalid(nameof(levels), $"{objection}");
        _indices = new Dictionary<string, int>(Levels.Length, StringComparer.Ordinal);
        for (int i = 0; i < Levels.Length; i++)
            _indices.Add(Levels[i], i);
    }

    /// <summary>The strings that the column can contain.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> FeatureNames => [.. Levels.Skip(1).Select(level => $"{Name}={TextOf(level)}")];

    /// <inheritdoc/>
    public override int FeatureCount => Levels.Length - 1;

    internal override long CharacterCount => Name.Length + Levels.Sum(level => (long)level.Length);

    internal override long FeatureNameCharacterCount =>
        FeatureCount * (Name.Length + 1L) + Levels.Skip(1).Sum(level => (long)TextOf(level).Length);

    private string Known
    {
        get
        {
            string shown = string.Join(", ", Levels.Take(MaxShown).Select(level => FieldText.Shown(TextOf(level))));
            return Levels.Length > MaxShown ? Format.Text($"{shown}, … ({Levels.Length})") : shown;
        }
    }

    /// <summary>Returns the name and the levels.</summary>
    public override string ToString() => $"{Name} ({Known})";

    internal override string? Encode(string field, FieldFormat format, FeatureRow row)
    {
        if (_indices.TryGetValue(FieldText.Level(field), out int index)
            || (format.IsMissing(field) && _indices.TryGetValue(MissingLevel, out index)))
        {
            if (index > 0)
                row.Add(index - 1, 1);
            return null;
        }

        return format.IsMissing(field)
            ? $"{format.Objection(field)}."
            : $"{FieldText.Quoted(field)} is not one of the known levels: {Known}.";
    }

    private static string TextOf(string level) => level == MissingLevel ? "(missing)" : level;

    /// <summary>Returns a description of the first error in the levels, or <see langword="null"/> if they are valid.</summary>
    internal static string? Objection(IReadOnlyList<string?> levels)
    {
        if (levels.Count < 2)
            return Format.Text($"levels has {Format.Count(levels.Count, "string")}: at least 2 are needed.");
        var seen = new HashSet<string>(levels.Count, StringComparer.Ordinal);
        for (int i = 0; i < levels.Count; i++)
        {
            if (levels[i] is not { } level)
                return Format.Text($"levels[{i}] is null: it must be a string.");
            if (!seen.Add(FieldText.Level(level)))
                return Format.Text($"levels[{i}] is '{Format.Clip(level)}', which occurs earlier: all levels must differ.");
        }

        return null;
    }
}
