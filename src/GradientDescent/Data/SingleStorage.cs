using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Stores dense rows in float, with half the memory of double. Reading is exact; writing rounds each number to the nearest float.
/// </summary>
internal sealed class SingleStorage(int sampleCount, int featureCount) : DenseStorage<float>(sampleCount, featureCount)
{
    public override NumericPrecision Precision => NumericPrecision.Single;

    public override FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer) =>
        new(Numbers, FeatureCount, Stride, samples, upcoming, isReadOnce, buffer);

    public override FeatureStorage NewEmpty(int sampleCount) => new SingleStorage(sampleCount, FeatureCount);

    public override double[] NewRowBuffer() => new double[FeatureCount];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override ReadOnlySpan<double> Read(int sample, double[] buffer)
    {
        RowConversion.Widen(Row(sample), buffer);
        return buffer;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Write(int sample, ReadOnlySpan<double> row) => RowConversion.Narrow(row, Row(sample));
}
