using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// A table of numbers most of which are 0, in compressed rows: the columns of a row's other numbers, in ascending order, and their values.
/// </summary>
/// <remarks>Rows are appended while the table is built. Afterwards they are only read, by any number of threads.</remarks>
internal abstract class SparseTable(int columnCount)
{
    /// <summary>The first number of each row, and the end of the last row.</summary>
    protected int[] Starts { get; set; } = [0];

    /// <summary>The column of each number.</summary>
    protected int[] Columns { get; set; } = [];

    /// <summary>The number of columns.</summary>
    public int ColumnCount => columnCount;

    /// <summary>The number of rows.</summary>
    public int RowCount { get; protected set; }

    /// <summary>The number of stored numbers of all rows.</summary>
    public int NumberCount => Starts[RowCount];

    /// <summary>The mean number of stored numbers in a row, rounded up; at least 1.</summary>
    public int NumbersPerRow => RowCount == 0 ? 1 : Math.Max(1, (int)(((long)NumberCount + RowCount - 1) / RowCount));

    /// <summary>The columns of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> ColumnsOf(int row) => Columns.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>Writes the products of rows with one or more vectors of weights, plus the intercept of each.</summary>
    /// <param name="rows">The indices of the rows.</param>
    /// <param name="upcoming">The indices of rows that will be read soon; they are prefetched.</param>
    /// <param name="weights">For each output its weights, one for each column.</param>
    /// <param name="intercepts">The intercept of each output; empty: none.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="scores">For each row its scores, one for each output.</param>
    public abstract void Dot(ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming, ReadOnlySpan<double> weights,
        ReadOnlySpan<double> intercepts, int outputs, Span<double> scores);

    /// <summary>Adds to the sums of each output its factor times each row.</summary>
    /// <param name="rows">The indices of the rows.</param>
    /// <param name="factors">For each row its factors, one for each output.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="sums">For each output its sums, one for each column.</param>
    public abstract void AddScaled(ReadOnlySpan<int> rows, ReadOnlySpan<double> factors, int outputs, Span<double> sums);

    /// <summary>Returns the stored numbers of a row in double.</summary>
    /// <param name="row">The index of the row.</param>
    /// <param name="buffer">The memory for the numbers if they are stored in float: as many as the longest row has.</param>
    public abstract ReadOnlySpan<double> ValuesOf(int row, Span<double> buffer);

    /// <summary>Writes one row with all its zeros.</summary>
    public abstract void Expand(int row, Span<double> target);

    /// <summary>Requests a row that will be read soon.</summary>
    public abstract void PrefetchRow(int row);

    /// <summary>The number of stored numbers of the longest row.</summary>
    public int MaxNumbersPerRow()
    {
        int longest = 0;
        for (int row = 0; row < RowCount; row++)
            longest = Math.Max(longest, Starts[row + 1] - Starts[row]);
        return longest;
    }
}

/// <summary>A <see cref="SparseTable"/> whose values are stored as <typeparamref name="T"/>, double or float.</summary>
internal sealed class SparseTable<T>(int columnCount) : SparseTable(columnCount)
    where T : unmanaged
{
    private T[] _values = [];

    /// <summary>Takes the arrays of a table; the caller has checked them.</summary>
    /// <param name="starts">The first number of each row, and the end of the last row.</param>
    /// <param name="columns">The column of each number, ascending within a row.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="columnCount">The number of columns.</param>
    public SparseTable(int[] starts, int[] columns, T[] values, int columnCount)
        : this(columnCount) =>
        (Starts, Columns, _values, RowCount) = (starts, columns, values, starts.Length - 1);

    /// <summary>The stored numbers of all rows.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, NumberCount);

    /// <summary>The stored numbers of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> ValuesOf(int row) => _values.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    public override ReadOnlySpan<double> ValuesOf(int row, Span<double> buffer)
    {
        ReadOnlySpan<T> values = ValuesOf(row);
        if (typeof(T) == typeof(double))
            return System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(values);
        for (int i = 0; i < values.Length; i++)
            buffer[i] = AsDouble.One(ref Unsafe.AsRef(in values[i]), 0);
        return buffer[..values.Length];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Dot(ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming, ReadOnlySpan<double> weights,
        ReadOnlySpan<double> intercepts, int outputs, Span<double> scores)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (i < upcoming.Length)
                PrefetchRow(upcoming[i]);
            PrefetchVector(rows, i, weights);
            ReadOnlySpan<int> columns = ColumnsOf(rows[i]);
            ReadOnlySpan<T> values = ValuesOf(rows[i]);
            for (int k = 0; k < outputs; k++)
            {
                double dot = SparseProducts.Dot(columns, values, weights.Slice(k * ColumnCount, ColumnCount));
                scores[i * outputs + k] = intercepts.IsEmpty ? dot : dot + intercepts[k];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddScaled(ReadOnlySpan<int> rows, ReadOnlySpan<double> factors, int outputs, Span<double> sums)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            PrefetchVector(rows, i, sums);
            ReadOnlySpan<int> columns = ColumnsOf(rows[i]);
            ReadOnlySpan<T> values = ValuesOf(rows[i]);
            for (int k = 0; k < outputs; k++)
                SparseProducts.AddScaled(columns, values, factors[i * outputs + k], sums.Slice(k * ColumnCount, ColumnCount));
        }
    }

    /// <summary>Requests the entries of a vector that a row after the next one needs, if the vector is too long for a cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchVector(ReadOnlySpan<int> rows, int position, ReadOnlySpan<double> vector)
    {
        const int Ahead = 2, CachedLength = 1 << 15;
        if (vector.Length > CachedLength && position + Ahead < rows.Length)
            Prefetch.IntoFirstLevel(vector[..ColumnCount], ColumnsOf(rows[position + Ahead]));
    }

    public override void Expand(int row, Span<double> target)
    {
        target[..ColumnCount].Clear();
        SparseProducts.AddScaled(ColumnsOf(row), ValuesOf(row), 1, target[..ColumnCount]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void PrefetchRow(int row)
    {
        Prefetch.IntoFirstLevel(ColumnsOf(row));
        Prefetch.IntoFirstLevel(ValuesOf(row));
    }

    /// <summary>Appends a row.</summary>
    /// <param name="columns">The columns of the numbers, in ascending order.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="OverflowException">The table has more numbers than an array holds.</exception>
    public void Append(ReadOnlySpan<int> columns, ReadOnlySpan<T> values)
    {
        int first = NumberCount, end = checked(first + columns.Length);
        if (end > Columns.Length)
        {
            int capacity = (int)Math.Max(end, Math.Min(Array.MaxLength, 2L * Columns.Length));
            (int[] longer, T[] longerValues) = (Columns, _values);
            Array.Resize(ref longer, capacity);
            Array.Resize(ref longerValues, capacity);
            (Columns, _values) = (longer, longerValues);
        }

        if (RowCount + 2 > Starts.Length)
        {
            int[] longer = Starts;
            Array.Resize(ref longer, (int)Math.Max(RowCount + 2, Math.Min(Array.MaxLength, 2L * Starts.Length)));
            Starts = longer;
        }

        columns.CopyTo(Columns.AsSpan(first));
        values.CopyTo(_values.AsSpan(first));
        Starts[++RowCount] = end;
    }

    /// <summary>Gives back the memory behind the last row.</summary>
    public void Trim()
    {
        (int[] starts, int[] columns, T[] values) = (Starts, Columns, _values);
        Array.Resize(ref starts, RowCount + 1);
        Array.Resize(ref columns, NumberCount);
        Array.Resize(ref values, columns.Length);
        (Starts, Columns, _values) = (starts, columns, values);
    }

    /// <summary>Returns a table with the same columns and other values.</summary>
    /// <typeparam name="TOther">The type of the new values.</typeparam>
    /// <param name="values">The new values, as many as this table has.</param>
    public SparseTable<TOther> WithValues<TOther>(TOther[] values) where TOther : unmanaged => new(Starts, Columns, values, ColumnCount);
}
