using System.Numerics;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Checks the rows of sparse features before they are stored; the kernels do not check columns again.</summary>
internal static class SparseRows
{
    /// <summary>Checks the arrays of compressed rows.</summary>
    public static void Check<T>(int[] rowStarts, int[] columns, T[] values, int featureCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columns.Length != values.Length)
            throw Guard.Invalid(nameof(columns), $"There are {columns.Length} columns for {values.Length} values: each value needs one.");
        if (rowStarts.Length == 0)
            throw Guard.Invalid(nameof(rowStarts), $"rowStarts is empty: it must have a number for each row and one more.");
        if (rowStarts[0] != 0)
            throw Guard.Invalid(nameof(rowStarts), $"rowStarts begins with {rowStarts[0]}: it must begin with 0.");
        for (int row = 0; row + 1 < rowStarts.Length; row++)
        {
            if (rowStarts[row + 1] < rowStarts[row])
                throw Guard.Invalid(nameof(rowStarts),
                    $"rowStarts[{row + 1}] is {rowStarts[row + 1]}, less than the {rowStarts[row]} before it: starts must not fall.");
            if (rowStarts[row + 1] > values.Length)
                break;
            Range own = rowStarts[row]..rowStarts[row + 1];
            CheckRow(columns.AsSpan(own), values.AsSpan(own), featureCount, row);
        }

        if (rowStarts[^1] != values.Length)
            throw Guard.Invalid(nameof(rowStarts), $"rowStarts ends with {rowStarts[^1]}: it must end with the {values.Length} values.");
    }

    /// <summary>Checks a row and appends it to a table.</summary>
    public static void Append<T>(SparseTable<T> table, ReadOnlySpan<int> columns, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRow(columns, values, table.ColumnCount, table.RowCount);
        if ((long)table.NumberCount + columns.Length > Array.MaxLength)
            throw Guard.Invalid("features",
                $"Row {table.RowCount} would be number {(long)table.NumberCount + columns.Length} of the stored features: at most " +
                $"{Array.MaxLength} fit. Several processes can share the rows; see Dataset.FromShards.");
        table.Append(columns, values);
    }

    private static void CheckRow<T>(ReadOnlySpan<int> columns, ReadOnlySpan<T> values, int featureCount, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int last = -1;
        for (int i = 0; i < columns.Length; i++)
        {
            int column = columns[i];
            if ((uint)column >= (uint)featureCount)
                throw Guard.Invalid(nameof(columns),
                    $"Row {row} has column {column}: columns must be from 0 to {featureCount - 1}, as there are {featureCount} features.");
            if (column == last)
                throw Guard.Invalid(nameof(columns), $"Row {row} has column {column} twice: each column can occur once.");
            if (column < last)
                throw Guard.Invalid(nameof(columns),
                    $"Row {row} has column {column} after column {last}: columns must be in ascending order.");
            if (!T.IsFinite(values[i]))
                throw Guard.Invalid(nameof(values), $"Row {row}, column {column} is {values[i]}: it must be finite.");
            last = column;
        }
    }
}
