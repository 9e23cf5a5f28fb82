using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stores dense rows in double.</summary>
internal sealed class DoubleStorage : DenseStorage<double>
{
    public DoubleStorage(int sampleCount, int featureCount)
        : base(sampleCount, featureCount)
    {
    }

    /// <summary>Reads the rows of an array without copying it.</summary>
    public DoubleStorage(double[] rows, int featureCount)
        : base(rows, featureCount)
    {
    }

    public override NumericPrecision Precision => NumericPrecision.Double;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer) =>
        new(Numbers, FeatureCount, Stride, samples, upcoming, isReadOnce);

    public override FeatureStorage NewEmpty(int sampleCount) => new DoubleStorage(sampleCount, FeatureCount);

    public override double[] NewRowBuffer() => [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override ReadOnlySpan<double> Read(int sample, double[] buffer) => Row(sample);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Write(int sample, ReadOnlySpan<double> row)
    {
        row.CopyTo(Row(sample));
        return -1;
    }
}
