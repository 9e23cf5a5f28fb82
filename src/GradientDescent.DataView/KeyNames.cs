using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.DataView;

/// <summary>The names of keys: the values that <c>MapValueToKey</c> found, in the order of the keys.</summary>
internal static class KeyNames
{
    private const string KeyValues = "KeyValues";

    private static readonly MethodInfo _read = typeof(KeyNames).GetMethod(nameof(Read), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Returns the names, or the default value if the column has no keys or its keys have no names.</summary>
    public static ImmutableArray<string> Of(DataViewSchema.Column column) =>
        column.Type is KeyDataViewType && column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is VectorDataViewType values
            ? (ImmutableArray<string>)_read.MakeGenericMethod(values.ItemType.RawType).Invoke(null, [column])!
            : default;

    private static ImmutableArray<string> Read<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(KeyValues, ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }
}
