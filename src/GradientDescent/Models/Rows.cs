using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Some rows of features, as a model sees them: neighbours in memory or picked from it.</summary>
public readonly ref struct Rows
{
    /// <param name="rows">Where they are.</param>
    internal Rows(RowView rows) => Set = rows;

    /// <summary>Number of rows.</summary>
    public int Count => Set.Count;

    /// <summary>Number of features in a row.</summary>
    public int ColumnCount => Set.ColumnCount;

    /// <summary>The features of one row.</summary>
    /// <param name="row">From 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<double> this[int row] => Set.InDouble[row];

    /// <summary>The rows as the kernels see them.</summary>
    internal readonly RowView Set;
}
