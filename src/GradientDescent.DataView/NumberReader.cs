using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GradientDescent.DataView;

/// <summary>Reads the numbers of one column in a cursor's row, in double. Missing values are NaN.</summary>
internal abstract class NumberReader
{
    /// <summary>Writes the numbers of the row: one, or as many as a vector has slots.</summary>
    public abstract void Read(Span<double> numbers);

    /// <summary>Returns how many numbers a column has in a row; 0 if it has none or their count is not fixed.</summary>
    public static int CountOf(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType or BooleanDataViewType } vector => vector.Size,
        NumberDataViewType or BooleanDataViewType => 1,
        _ => 0,
    };

    /// <summary>Returns whether the numbers of a column are exact in single precision because they are stored in it.</summary>
    public static bool IsSingle(DataViewType type) => ((type as VectorDataViewType)?.ItemType ?? type).RawType == typeof(float);

    /// <summary>Creates a reader of numbers, or of keys: key k is k − 1.</summary>
    public static NumberReader Create(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector => OfVector(row, column, vector.ItemType),
        KeyDataViewType key => OfKey(row, column, key),
        _ => OfType(row, column, column.Type, isVector: false),
    };

    private static NumberReader OfVector(DataViewRow row, DataViewSchema.Column column, PrimitiveDataViewType item) =>
        OfType(row, column, item, isVector: true);

    private static NumberReader OfKey(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key)
    {
        if (key.RawType == typeof(byte))
            return new Scalar<byte>(row.GetGetter<byte>(column), OfKey);
        if (key.RawType == typeof(ushort))
            return new Scalar<ushort>(row.GetGetter<ushort>(column), OfKey);
        return key.RawType == typeof(uint)
            ? new Scalar<uint>(row.GetGetter<uint>(column), OfKey)
            : new Scalar<ulong>(row.GetGetter<ulong>(column), OfKey);

        static double OfKey<T>(T key) where T : INumber<T> => T.IsZero(key) ? double.NaN : double.CreateChecked(key) - 1;
    }

    private static NumberReader OfType(DataViewRow row, DataViewSchema.Column column, DataViewType type, bool isVector)
    {
        Type raw = type.RawType;
        return raw == typeof(float) ? Of<float>(double.CreateChecked)
            : raw == typeof(double) ? Of<double>(number => number)
            : raw == typeof(bool) ? Of<bool>(isTrue => isTrue ? 1 : 0)
            : raw == typeof(sbyte) ? Of<sbyte>(double.CreateChecked)
            : raw == typeof(byte) ? Of<byte>(double.CreateChecked)
            : raw == typeof(short) ? Of<short>(double.CreateChecked)
            : raw == typeof(ushort) ? Of<ushort>(double.CreateChecked)
            : raw == typeof(int) ? Of<int>(double.CreateChecked)
            : raw == typeof(uint) ? Of<uint>(double.CreateChecked)
            : raw == typeof(long) ? Of<long>(double.CreateChecked)
            : Of<ulong>(double.CreateChecked);

        NumberReader Of<T>(Func<T, double> convert) => isVector
            ? new Vector<T>(row.GetGetter<VBuffer<T>>(column), convert)
            : new Scalar<T>(row.GetGetter<T>(column), convert);
    }

    private sealed class Scalar<T>(ValueGetter<T> getter, Func<T, double> convert) : NumberReader
    {
        private T _value = default!;

        public override void Read(Span<double> numbers)
        {
            getter(ref _value);
            numbers[0] = convert(_value);
        }
    }

    private sealed class Vector<T>(ValueGetter<VBuffer<T>> getter, Func<T, double> convert) : NumberReader
    {
        private VBuffer<T> _values;

        public override void Read(Span<double> numbers)
        {
            getter(ref _values);
            ReadOnlySpan<T> values = _values.GetValues();
            if (_values.IsDense)
            {
                for (int i = 0; i < values.Length; i++)
                    numbers[i] = convert(values[i]);
                return;
            }

            numbers.Clear();
            ReadOnlySpan<int> slots = _values.GetIndices();
            for (int i = 0; i < values.Length; i++)
                numbers[slots[i]] = convert(values[i]);
        }
    }
}
