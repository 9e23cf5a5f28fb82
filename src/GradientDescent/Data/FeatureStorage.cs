using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The features of a data set in memory: one row per sample, in some format. Other formats derive from this class.</summary>
/// <remarks>Rows are written while the data set is built and only read afterwards, then by any number of threads.</remarks>
internal abstract class FeatureStorage(int featureCount)
{
    /// <summary>Number of features d in a row.</summary>
    public int FeatureCount { get; } = featureCount;

    /// <summary>The element type that features are stored in.</summary>
    public abstract NumericPrecision Precision { get; }

    /// <summary>Some rows, for the kernels.</summary>
    /// <param name="samples">Indices of the rows.</param>
    /// <param name="upcoming">Indices of rows that will be read soon, to prefetch them; may be empty.</param>
    /// <param name="buffer">Memory for the rows in double where they are stored in another format; otherwise not used.</param>
    public abstract FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, RowBuffer buffer);

    /// <summary>The memory that <see cref="Read"/> needs; empty where rows are stored in double.</summary>
    public abstract double[] NewRowBuffer();

    /// <summary>One row in double.</summary>
    /// <param name="sample">Index of the row.</param>
    /// <param name="buffer">Memory from <see cref="NewRowBuffer"/>; the result may lie in it and is valid until it is used again.</param>
    public abstract ReadOnlySpan<double> Read(int sample, double[] buffer);

    /// <summary>Stores one row.</summary>
    /// <returns>The first column whose number the format cannot represent, or −1.</returns>
    public abstract int Write(int sample, ReadOnlySpan<double> row);

    /// <summary>Adds all stored numbers to a hash.</summary>
    public abstract void AppendTo(IncrementalHash hash);
}
