using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The features of one row of a table, or what is wrong with it.</summary>
public sealed class EncodedRow
{
    internal EncodedRow()
    {
    }

    /// <summary>The features; empty if a field is not valid.</summary>
    public required ImmutableArray<double> Features { get; init; }

    /// <summary>
    /// What is wrong with the first field that is not valid, with its line and column, or <see langword="null"/> if all are valid.
    /// </summary>
    public required string? Problem { get; init; }

    /// <summary>Returns the number of features, or what is wrong.</summary>
    public override string ToString() => Problem ?? Format.Count(Features.Length, "feature");
}
