using System.Numerics;
using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stores the numbers of a row that are not 0, with their columns.</summary>
internal abstract class SparseStorage(SparseTable table) : FeatureStorage(table.ColumnCount)
{
    /// <summary>The rows for the kernels.</summary>
    public SparseTable Table => table;

    public sealed override int NumbersPerRow => table.NumbersPerRow;

    public sealed override FeatureRows View(
        ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer) =>
        new(table, samples, upcoming, buffer);

    /// <summary>The memory for a row with all its zeros, and behind it the row that it holds, plus 1.</summary>
    public sealed override double[] NewRowBuffer() => new double[FeatureCount + 1];

    public sealed override ReadOnlySpan<double> Read(int sample, double[] buffer)
    {
        Span<double> row = buffer.AsSpan(0, FeatureCount);
        if (buffer[FeatureCount] > 0)
        {
            foreach (int column in table.ColumnsOf((int)buffer[FeatureCount] - 1))
                row[column] = 0;
        }

        table.AddScaled([sample], [1], 1, row);
        buffer[FeatureCount] = sample + 1.0;
        return row;
    }

    /// <summary>Returns a storage with each column divided by its scale; a column with the scale 0 becomes 0.</summary>
    public abstract SparseStorage Scaled(ReadOnlySpan<double> scales);

    /// <summary>Returns a storage with some of the columns, which are in ascending order.</summary>
    public abstract SparseStorage WithColumns(ReadOnlySpan<int> columns);

    /// <summary>Returns a storage of the same numbers in another precision.</summary>
    /// <param name="precision">The precision.</param>
    /// <param name="misfit">Row and column of the first number that the precision cannot represent, or (−1, −1).</param>
    public abstract SparseStorage WithPrecision(NumericPrecision precision, out (int Row, int Column) misfit);
}

/// <summary>A <see cref="SparseStorage"/> in double or in float.</summary>
internal sealed class SparseStorage<T>(SparseTable<T> table) : SparseStorage(table)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override NumericPrecision Precision => typeof(T) == typeof(double) ? NumericPrecision.Double : NumericPrecision.Single;

    public override FeatureStorage NewEmpty(int sampleCount) => new SparseStorage<T>(new SparseTable<T>(FeatureCount));

    /// <summary>Appends a row; rows are written in their order.</summary>
    public override int Write(int sample, ReadOnlySpan<double> row)
    {
        var columns = new List<int>();
        var values = new List<T>();
        for (int j = 0; j < row.Length; j++)
        {
            if (row[j] == 0)
                continue;
            T value = T.CreateSaturating(row[j]);
            if (!T.IsFinite(value))
                return j;
            columns.Add(j);
            values.Add(value);
        }

        table.Append([.. columns], [.. values]);
        return -1;
    }

    public override FeatureStorage Select(ReadOnlySpan<int> samples)
    {
        var selected = new SparseTable<T>(FeatureCount);
        foreach (int sample in samples)
            selected.Append(table.ColumnsOf(sample), table.ValuesOf(sample));
        selected.Trim();
        return new SparseStorage<T>(selected);
    }

    public override void AppendTo(IncrementalHash hash)
    {
        for (int sample = 0; sample < table.RowCount; sample++)
        {
            hash.AppendNumbers<int>([table.ColumnsOf(sample).Length]);
            hash.AppendNumbers(table.ColumnsOf(sample));
            hash.AppendNumbers(table.ValuesOf(sample));
        }
    }

    public override SparseStorage Scaled(ReadOnlySpan<double> scales)
    {
        var values = new T[table.NumberCount];
        int i = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            ReadOnlySpan<int> columns = table.ColumnsOf(row);
            ReadOnlySpan<T> from = table.ValuesOf(row);
            for (int k = 0; k < columns.Length; k++, i++)
            {
                double scale = scales[columns[k]];
                values[i] = scale == 0 ? T.Zero : T.CreateSaturating(double.CreateSaturating(from[k]) / scale);
            }
        }

        return new SparseStorage<T>(table.WithValues(values));
    }

    public override SparseStorage WithColumns(ReadOnlySpan<int> columns)
    {
        int[] places = new int[FeatureCount], kept = new int[table.MaxNumbersPerRow()];
        Array.Fill(places, -1);
        for (int j = 0; j < columns.Length; j++)
            places[columns[j]] = j;
        T[] values = new T[kept.Length];
        var selected = new SparseTable<T>(columns.Length);
        for (int row = 0; row < table.RowCount; row++)
        {
            ReadOnlySpan<int> from = table.ColumnsOf(row);
            int count = 0;
            for (int k = 0; k < from.Length; k++)
            {
                if (places[from[k]] is >= 0 and var place)
                    (kept[count], values[count++]) = (place, table.ValuesOf(row)[k]);
            }

            selected.Append(kept.AsSpan(0, count), values.AsSpan(0, count));
        }

        selected.Trim();
        return new SparseStorage<T>(selected);
    }

    public override SparseStorage WithPrecision(NumericPrecision precision, out (int Row, int Column) misfit) =>
        precision == NumericPrecision.Double ? Converted<double>(out misfit) : Converted<float>(out misfit);

    private SparseStorage<TOther> Converted<TOther>(out (int Row, int Column) misfit)
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
    {
        var values = new TOther[table.NumberCount];
        misfit = (-1, -1);
        int i = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            ReadOnlySpan<T> from = table.ValuesOf(row);
            for (int k = 0; k < from.Length; k++, i++)
            {
                values[i] = TOther.CreateSaturating(from[k]);
                if (!TOther.IsFinite(values[i]) && misfit.Row < 0)
                    misfit = (row, table.ColumnsOf(row)[k]);
            }
        }

        return new SparseStorage<TOther>(table.WithValues(values));
    }
}
