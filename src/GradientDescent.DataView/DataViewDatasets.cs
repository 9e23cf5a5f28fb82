using System.Collections.Immutable;
using Microsoft.ML;

namespace GradientDescent.DataView;

/// <summary>Creates data sets from data views of ML.NET. A <c>DataFrame</c> of Microsoft.Data.Analysis is a data view too.</summary>
/// <remarks>
/// <para>
/// Features are columns of numbers (<c>double</c>, <c>float</c>, all integer types, <c>bool</c> as 0 and 1) and vectors of such numbers,
/// dense or sparse, whose size is fixed. The names of a vector's slots become feature names; a slot without a name is called as the
/// column, a point and the slot's index. Integers beyond 2⁵³ are rounded to the nearest double.
/// </para>
/// <para>
/// The label is a column of numbers, or of keys: the keys 1 … k become the classes 0 … k − 1, and <see cref="KeyLabels"/> returns their
/// names. Missing values (NaN, the key 0, null in a data frame) are errors. A view that an operator of ML.NET makes of a data frame shows
/// nulls of whole numbers as 0, so check for them before.
/// </para>
/// <para>
/// If all feature columns are <c>float</c>, the data set stores its features in single precision, which is exact; otherwise in double.
/// The view is read once, by one cursor, in its order.
/// </para>
/// </remarks>
/// <example><code>
/// using Microsoft.Data.Analysis;
/// using GradientDescent.DataView;
///
/// var frame = new DataFrame(
///     new DoubleDataFrameColumn("area", [1, 2, 3, 4]),
///     new DoubleDataFrameColumn("price", [3, 5, 7, 9]));
/// Dataset data = frame.ToDataset(label: "price");
/// Console.WriteLine(data);   // 4 samples, 1 feature, 1 target
/// </code></example>
public static class DataViewDatasets
{
    private const string DefaultFeatures = "Features";

    /// <summary>Creates a data set from columns of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="label">The name of the column of targets or classes.</param>
    /// <param name="features">
    /// The names of the columns of features, in the order that the features shall have; <see langword="null"/>: the column
    /// <c>Features</c>, or, if there is none, all columns except the label and the weight.
    /// </param>
    /// <param name="weight">The name of the column of weights; <see langword="null"/>: every sample has the weight 1.</param>
    /// <exception cref="ArgumentException">
    /// A column does not exist, is named twice, or is of a type that cannot be used, such as text. The message says what to do.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The view has no rows, a value is missing or not finite, or a weight is negative. The message names row and column.
    /// </exception>
    public static Dataset ToDataset(
        this IDataView view, string label = "Label", IReadOnlyList<string>? features = null, string? weight = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(label);
        DataViewSchema.Column target = ViewColumns.Find(view, label, nameof(label));
        DataViewSchema.Column? weights = weight is null ? null : ViewColumns.Find(view, weight, nameof(weight));
        ImmutableArray<DataViewSchema.Column> inputs = features is not null
            ? [.. features.Select(name => ViewColumns.Find(view, name, nameof(features)))]
            : view.Schema.GetColumnOrNull(DefaultFeatures) is { } vector && label != DefaultFeatures && weight != DefaultFeatures
                ? [vector]
                : [.. view.Schema.Where(column => !column.IsHidden && column.Name != label && column.Name != weight)];
        return new ViewReader(view, inputs, target, weights).Read();
    }

    /// <summary>Creates a data set whose features are one column of a view, such as a vector column.</summary>
    /// <inheritdoc cref="ToDataset(IDataView, string, IReadOnlyList{string}, string)"/>
    /// <param name="view">The view.</param>
    /// <param name="label">The name of the column of targets or classes.</param>
    /// <param name="features">The name of the column of features.</param>
    /// <param name="weight">The name of the column of weights; <see langword="null"/>: every sample has the weight 1.</param>
    public static Dataset ToDataset(this IDataView view, string label, string features, string? weight = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        return view.ToDataset(label, [features], weight);
    }

    /// <summary>Returns the names of a column's keys: the name of class 0 first.</summary>
    /// <param name="view">The view.</param>
    /// <param name="column">The name of a column of keys, as <c>MapValueToKey</c> makes them.</param>
    /// <exception cref="ArgumentException">The column does not exist, has no keys, or its keys have no names.</exception>
    public static ImmutableArray<string> KeyLabels(this IDataView view, string column = "Label")
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(column);
        DataViewSchema.Column keys = ViewColumns.Find(view, column, nameof(column));
        return KeyNames.Of(keys) is { IsDefault: false } names
            ? names
            : throw new ArgumentException($"Column '{column}' is {keys.Type}: it must be of keys with names.", nameof(column));
    }
}
