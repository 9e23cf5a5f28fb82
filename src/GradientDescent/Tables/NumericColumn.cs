using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A column of numbers. It has one feature, with the name of the column.</summary>
public sealed class NumericColumn : FeatureColumn
{
    /// <param name="name">The name of the column.</param>
    /// <param name="filling">
    /// The finite number that replaces a missing value, or <see langword="null"/> if a missing value is an error.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The filling is not finite.</exception>
    public NumericColumn(string name, double? filling = null)
        : base(name)
    {
        if (filling is { } number && !double.IsFinite(number))
            throw Guard.OutOfRange(nameof(filling), number, "a finite number, or none");
        Filling = filling;
    }

    /// <summary>
    /// The number that replaces a missing value (empty or one of <see cref="CsvOptions.MissingValues"/>), or <see langword="null"/> if a
    /// missing value is an error.
    /// </summary>
    public double? Filling { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> FeatureNames => [Name];

    /// <inheritdoc/>
    public override int FeatureCount => 1;

    internal override long CharacterCount => Name.Length;

    internal override long FeatureNameCharacterCount => Name.Length;

    /// <summary>Returns the name, and the filling if there is one.</summary>
    public override string ToString() => Filling is { } number ? Format.Text($"{Name} (missing: {number})") : Name;

    internal override string? Encode(string field, FieldFormat format, FeatureRow row)
    {
        if ((format.IsMissing(field) ? Filling : format.Number(field)) is not { } number)
            return $"{format.Objection(field)}.";
        row.Add(0, number);
        return null;
    }
}
