using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>The features of some samples, for the kernels.</summary>
    /// <param name="samples">Indices of the samples.</param>
    /// <param name="upcoming">Indices of samples that will be read soon, to prefetch them; may be empty.</param>
    /// <param name="isReadOnce">Whether the model computes scores only, and no gradient.</param>
    /// <param name="buffer">Memory for the rows in double where they are stored in float; otherwise not used.</param>
    /// <param name="rows">The rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void View(
        ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer, out FeatureRows rows)
    {
        if (_doubles is not null)
            rows = _doubles.View(samples, upcoming, isReadOnce, buffer);
        else
            rows = _features.View(samples, upcoming, isReadOnce, buffer);
    }

    /// <summary>The mean number of stored numbers in a row.</summary>
    internal int NumbersPerRow => _features.NumbersPerRow;

    /// <summary>How the features are stored.</summary>
    internal FeatureStorage Storage => _features;

    /// <summary>A function that reads one row of features after another; each row is valid until the next is read.</summary>
    internal RowReader FeatureReader()
    {
        FeatureStorage features = _features;
        double[] buffer = features.NewRowBuffer();
        return [MethodImpl(MethodImplOptions.AggressiveOptimization)] (sample) => features.Read(sample, buffer);
    }

    /// <summary>A function that reads the stored features of one row after another, for sums in which zeros do not count.</summary>
    internal RowReader StoredFeatureReader()
    {
        if (Sparse is not { } table)
            return FeatureReader();
        double[] buffer = new double[table.MaxNumbersPerRow()];
        return sample => table.ValuesOf(sample, buffer);
    }

    /// <summary>A function that reads the targets of one sample after another.</summary>
    internal RowReader TargetReader() =>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)] (sample) => _targets.AsSpan(sample * TargetCount, TargetCount);
}
