using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>A column of a table, and the features that are made from its fields: a <see cref="NumericColumn"/> or a
/// <see cref="CategoricalColumn"/>.</summary>
public abstract class FeatureColumn
{
    private protected FeatureColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>A name for each feature that is made from the column.</summary>
    public abstract ImmutableArray<string> FeatureNames { get; }

    internal abstract int FeatureCount { get; }

    /// <summary>Writes the features of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="format">The format of numbers.</param>
    /// <param name="features">The features to write, one for each name; the caller has set them to zero.</param>
    /// <returns>What is wrong with the field; <see langword="null"/> if nothing is.</returns>
    internal abstract string? Encode(string field, NumberFormatInfo format, Span<double> features);
}
