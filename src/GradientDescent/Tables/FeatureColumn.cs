using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// Describes how a column of a table is converted to features. It is a <see cref="NumericColumn"/>, a <see cref="CategoricalColumn"/>, a
/// <see cref="DateColumn"/> or a <see cref="HashedColumn"/>.
/// </summary>
public abstract class FeatureColumn
{
    private protected FeatureColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The name of the column. In a table, it is found by the rules of <see cref="CsvTable.Headers"/>.</summary>
    public string Name { get; }

    /// <summary>The names of the features of the column.</summary>
    public abstract ImmutableArray<string> FeatureNames { get; }

    /// <summary>The number of features of the column.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>The number of characters of the column's name and levels.</summary>
    internal abstract long CharacterCount { get; }

    /// <summary>The number of characters of all feature names together, which this property does not create.</summary>
    internal abstract long FeatureNameCharacterCount { get; }

    /// <summary>Computes the features of a field.</summary>
    /// <param name="field">The field to convert.</param>
    /// <param name="format">The format of the field.</param>
    /// <param name="row">The row to which the features that are not 0 are added.</param>
    /// <returns>A description of the error in the field, or <see langword="null"/> if the field is valid.</returns>
    internal abstract string? Encode(string field, FieldFormat format, FeatureRow row);
}
