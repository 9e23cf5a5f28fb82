using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The features of a data set in memory, one row per sample. Each storage format is a derived class.</summary>
/// <remarks>Rows are written while the data set is built. Afterwards they are only read, by any number of threads.</remarks>
internal abstract class FeatureStorage(int featureCount)
{
    /// <summary>The number of features d in a row.</summary>
    public int FeatureCount { get; } = featureCount;

    /// <summary>The numeric type in which features are stored.</summary>
    public abstract NumericPrecision Precision { get; }

    /// <summary>The mean number of stored numbers in a row, at least 1: what reading a row costs.</summary>
    public virtual int NumbersPerRow => FeatureCount;

    /// <summary>Returns a view of some rows for the kernels.</summary>
    /// <param name="samples">The indices of the rows.</param>
    /// <param name="upcoming">The indices of rows that will be read soon and can be prefetched; can be empty.</param>
    /// <param name="isReadOnce">Whether the model computes scores only, and no gradient.</param>
    /// <param name="buffer">The memory for the rows in double if they are stored in another format; otherwise it is not used.</param>
    public abstract FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer);

    /// <summary>Returns a storage of the same format for other rows, which are zero.</summary>
    public abstract FeatureStorage NewEmpty(int sampleCount);

    /// <summary>Returns a storage of the same format with some of the rows, in the given order.</summary>
    public virtual FeatureStorage Select(ReadOnlySpan<int> samples)
    {
        FeatureStorage selected = NewEmpty(samples.Length);
        double[] buffer = NewRowBuffer();
        for (int i = 0; i < samples.Length; i++)
            selected.Write(i, Read(samples[i], buffer));
        return selected;
    }

    /// <summary>Allocates the memory that <see cref="Read"/> needs; empty if rows are stored in double.</summary>
    public abstract double[] NewRowBuffer();

    /// <summary>Returns one row in double.</summary>
    /// <param name="sample">The index of the row.</param>
    /// <param name="buffer">
    /// The memory from <see cref="NewRowBuffer"/>. The result can refer to it and is valid until the buffer is used again.
    /// </param>
    public abstract ReadOnlySpan<double> Read(int sample, double[] buffer);

    /// <summary>Stores one row.</summary>
    /// <returns>The index of the first number that the format cannot represent, or −1 if there is none.</returns>
    public abstract int Write(int sample, ReadOnlySpan<double> row);

    /// <summary>Throws an <see cref="IOException"/> if the rows are read from a file that has changed.</summary>
    public virtual void RequireUnchanged()
    {
    }

    /// <summary>Adds all stored numbers to a hash.</summary>
    public abstract void AppendTo(IncrementalHash hash);
}
