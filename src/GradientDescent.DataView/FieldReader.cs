using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.DataView;

/// <summary>Reads the values of one column in a cursor's row as fields of a table. A missing value is an empty field.</summary>
internal abstract class FieldReader
{
    /// <summary>Adds the fields of the row: one, or as many as a vector has slots.</summary>
    public abstract void AddTo(List<string> fields);

    /// <exception cref="ArgumentException">The column is of a type without fields.</exception>
    public static void RequireText(DataViewSchema.Column column, string argument)
    {
        if (NumberReader.CountOf(column.Type) == 0
            && column.Type is not (TextDataViewType or KeyDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType))
        {
            throw new ArgumentException(
                $"Column '{column.Name}' is {column.Type}: it must be of text, numbers, bool, keys or dates, or a vector of numbers " +
                "whose size is fixed. Name the other columns in columns.", argument);
        }
    }

    public static FieldReader Create(IDataView view, DataViewRow row, DataViewSchema.Column column)
    {
        FieldReader reader = Create(row, column);
        return FrameNulls.ColumnWithNulls(view, column) is { } nulls ? new Nullable(reader, nulls, row) : reader;
    }

    private static FieldReader Create(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
            return new Scalar<ReadOnlyMemory<char>>(row, column, text => text.ToString());
        if (column.Type is DateTimeDataViewType)
            return new Scalar<DateTime>(row, column, TextOf);
        if (column.Type is DateTimeOffsetDataViewType)
            return new Scalar<DateTimeOffset>(row, column, time => time.ToString("O", CultureInfo.InvariantCulture));
        if (column.Type.RawType == typeof(long)) // more digits than a double
            return new Scalar<long>(row, column, number => number.ToString(CultureInfo.InvariantCulture));
        if (column.Type is NumberDataViewType && column.Type.RawType == typeof(ulong))
            return new Scalar<ulong>(row, column, number => number.ToString(CultureInfo.InvariantCulture));
        return column.Type is KeyDataViewType ? new Keys(row, column) : new Numbers(row, column);
    }

    private static string TextOf(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private sealed class Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string> textOf) : FieldReader
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private T _value = default!;

        public override void AddTo(List<string> fields)
        {
            _getter(ref _value);
            fields.Add(textOf(_value));
        }
    }

    private sealed class Keys(DataViewRow row, DataViewSchema.Column column) : FieldReader
    {
        private readonly NumberReader _reader = NumberReader.Create(row, column);
        private readonly ImmutableArray<string> _names = KeyNames.Of(column);
        private double _key;

        public override void AddTo(List<string> fields)
        {
            _reader.Read(new Span<double>(ref _key));
            fields.Add(double.IsNaN(_key) ? ""
                : _names.IsDefault ? _key.ToString(CultureInfo.InvariantCulture)
                : _names[(int)_key]);
        }
    }

    private sealed class Numbers(DataViewRow row, DataViewSchema.Column column) : FieldReader
    {
        private readonly NumberReader _reader = NumberReader.Create(row, column);
        private readonly double[] _numbers = new double[NumberReader.CountOf(column.Type)];

        public override void AddTo(List<string> fields)
        {
            _reader.Read(_numbers);
            foreach (double number in _numbers)
            {
                if (double.IsInfinity(number))
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"Row {row.Position}, column '{column.Name}' is {number}: a number must be finite, or NaN if it is missing."));
                fields.Add(double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>A column of a data frame with nulls, which its view shows as 0 or as the first of all dates.</summary>
    private sealed class Nullable(FieldReader inner, DataFrameColumn column, DataViewRow row) : FieldReader
    {
        public override void AddTo(List<string> fields)
        {
            if (column[row.Position] is null)
                fields.Add("");
            else
                inner.AddTo(fields);
        }
    }
}
