using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.Tests.DataView;

/// <summary>A view of one column of numbers whose row count is unknown, and which counts its cursors.</summary>
internal sealed class ListView(double[] numbers, long? rowCount = null) : IDataView
{
    public int CursorCount { get; private set; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = SchemaOf("x", "y");

    public long? GetRowCount() => rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        CursorCount++;
        return new Cursor(Schema, numbers);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(params string[] names)
    {
        var builder = new DataViewSchema.Builder();
        foreach (string name in names)
            builder.AddColumn(name, NumberDataViewType.Double);
        return builder.ToSchema();
    }

    /// <summary>Column x has the numbers, column y their doubles.</summary>
    private sealed class Cursor(DataViewSchema schema, double[] numbers) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext() => ++_row < numbers.Length;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            double factor = column.Name == "y" ? 2 : 1;
            ValueGetter<double> getter = (ref number) => number = factor * numbers[_row];
            return (ValueGetter<TValue>)(object)getter;
        }
    }
}
