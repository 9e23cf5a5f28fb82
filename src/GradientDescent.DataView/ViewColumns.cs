using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.DataView;

/// <summary>Columns of a view, by name, and the names of a vector's slots.</summary>
internal static class ViewColumns
{
    private const string SlotNames = "SlotNames";

    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static DataViewSchema.Column Find(IDataView view, string name, string argument)
    {
        if (name is null)
            throw new ArgumentException($"A name in {argument} is null: it must be the name of a column.", argument);
        if (view.Schema.GetColumnOrNull(name) is { } column)
            return column;
        IEnumerable<string> names = view.Schema.Where(other => !other.IsHidden).Select(other => $"'{other.Name}'");
        throw new ArgumentException($"There is no column '{name}': the view has {string.Join(", ", names)}.", argument);
    }

    /// <summary>Returns the names of the numbers of a column: its own name, or one for each slot of a vector.</summary>
    public static ImmutableArray<string> NumberNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
            return [column.Name];
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.Annotations.Schema.GetColumnOrNull(SlotNames)?.Type is VectorDataViewType { ItemType: TextDataViewType })
            column.Annotations.GetValue(SlotNames, ref names);
        ReadOnlyMemory<char>[] given = names.Length == vector.Size ? [.. names.DenseValues()] : new ReadOnlyMemory<char>[vector.Size];
        return [.. given.Select((name, slot) => name.IsEmpty ? FormattableString.Invariant($"{column.Name}.{slot}") : name.ToString())];
    }
}
