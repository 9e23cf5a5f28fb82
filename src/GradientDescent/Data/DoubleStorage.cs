using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stores dense rows in double.</summary>
internal sealed class DoubleStorage(int sampleCount, int featureCount) : DenseStorage<double>(sampleCount, featureCount)
{
    public override NumericPrecision Precision => NumericPrecision.Double;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer) =>
        new(Numbers, FeatureCount, Stride, samples, upcoming, isReadOnce);

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
