using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Features whose rows are not kept in the form in which they are used: they are written into the buffer of a tile each time they are read.
/// </summary>
internal abstract class TiledStorage(int featureCount, NumericPrecision precision) : FeatureStorage(featureCount)
{
    private const int HashedNumbers = 1 << 13;

    public sealed override NumericPrecision Precision => precision;

    /// <summary>Writes one row in double. It is called by several threads at a time.</summary>
    /// <param name="sample">The index of the row.</param>
    /// <param name="row">The memory for the row, d numbers.</param>
    public abstract void CopyTo(int sample, Span<double> row);

    /// <summary>Writes one row in float, if the rows are stored so. It is called by several threads at a time.</summary>
    /// <param name="sample">The index of the row.</param>
    /// <param name="row">The memory for the row, d numbers.</param>
    /// <param name="scratch">Memory for a row in double.</param>
    public abstract void CopyTo(int sample, Span<float> row, Span<double> scratch);

    /// <summary>Asks the processor to load a row that will be read soon.</summary>
    public abstract void PrefetchRow(int sample);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer)
    {
        ReadOnlySpan<int> places = buffer.Indices[..samples.Length];
        if (precision == NumericPrecision.Single)
        {
            Span<float> floats = buffer.FillFloats(out Span<double> scratch);
            for (int i = 0; i < samples.Length; i++)
            {
                if (i < upcoming.Length)
                    PrefetchRow(upcoming[i]);
                CopyTo(samples[i], floats.Slice(i * buffer.Stride, FeatureCount), scratch);
            }

            return new FeatureRows(floats, FeatureCount, buffer.Stride, places, [], isReadOnce, buffer) { Samples = samples };
        }

        Span<double> tile = buffer.Fill();
        for (int i = 0; i < samples.Length; i++)
        {
            if (i < upcoming.Length)
                PrefetchRow(upcoming[i]);
            CopyTo(samples[i], tile.Slice(i * buffer.Stride, FeatureCount));
        }

        return new FeatureRows(tile, FeatureCount, buffer.Stride, places, [], isReadOnce) { Samples = samples };
    }

    /// <summary>Returns rows in memory.</summary>
    public sealed override FeatureStorage NewEmpty(int sampleCount) => precision == NumericPrecision.Double
        ? new DoubleStorage(sampleCount, FeatureCount)
        : new SingleStorage(sampleCount, FeatureCount);

    public sealed override double[] NewRowBuffer() => new double[FeatureCount];

    public sealed override ReadOnlySpan<double> Read(int sample, double[] buffer)
    {
        CopyTo(sample, buffer);
        return buffer;
    }

    public sealed override int Write(int sample, ReadOnlySpan<double> row) =>
        throw new NotSupportedException("These rows are read only.");

    public sealed override void AppendTo(IncrementalHash hash)
    {
        if (precision == NumericPrecision.Double)
            AppendRows<double>(hash, static (row, stored) => row.CopyTo(stored));
        else
            AppendRows<float>(hash, static (row, stored) => RowConversion.Narrow(row, stored));
    }

    /// <summary>The number of rows.</summary>
    public abstract int RowCount { get; }

    /// <summary>Adds the rows with the padding that they have in memory, so that the hash is that of the same rows in memory.</summary>
    private void AppendRows<T>(IncrementalHash hash, StoreRow<T> store)
        where T : unmanaged
    {
        int stride = DenseStorage<T>.StrideOf(FeatureCount), capacity = Math.Max(1, HashedNumbers / stride);
        var rows = new T[capacity * stride];
        double[] row = NewRowBuffer();
        for (int first = 0; first < RowCount; first += capacity)
        {
            int count = Math.Min(capacity, RowCount - first);
            for (int i = 0; i < count; i++)
            {
                CopyTo(first + i, row);
                store(row, rows.AsSpan(i * stride, FeatureCount));
            }

            hash.AppendNumbers<T>(rows.AsSpan(0, count * stride));
        }
    }

    private delegate void StoreRow<T>(ReadOnlySpan<double> row, Span<T> stored);
}
