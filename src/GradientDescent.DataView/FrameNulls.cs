using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace GradientDescent.DataView;

/// <summary>The nulls of a data frame. As a data view it shows nulls of whole numbers as 0.</summary>
internal static class FrameNulls
{
    /// <summary>Returns the data frame's column if the view is a data frame and the column has nulls.</summary>
    public static DataFrameColumn? ColumnWithNulls(IDataView view, DataViewSchema.Column column) =>
        view is DataFrame frame && frame.Columns[column.Name] is { NullCount: > 0 } own ? own : null;

    /// <exception cref="InvalidDataException">A value of the column is null. The message names its row.</exception>
    public static void Refuse(IDataView view, DataViewSchema.Column column)
    {
        if (ColumnWithNulls(view, column) is not { } own)
            return;
        long row = 0;
        while (own[row] is not null)
            row++;
        throw new InvalidDataException(FormattableString.Invariant(
            $"Row {row}, column '{column.Name}' is null: fill or drop missing values before, or encode the table of ToCsvTable()."));
    }
}
