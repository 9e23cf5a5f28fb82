using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The rows of another storage, standardised each time they are read: with the bits of a standardised copy, without its memory.
/// </summary>
/// <param name="source">The rows.</param>
/// <param name="centers">The centre of each column.</param>
/// <param name="scales">The scale of each column; a column with the scale 0 becomes 0.</param>
internal sealed class StandardizedStorage(TiledStorage source, double[] centers, double[] scales)
    : TiledStorage(source.FeatureCount, source.Precision)
{
    public override int RowCount => source.RowCount;

    public override void CopyTo(int sample, Span<double> row)
    {
        Standardize(sample, row);
        if (Precision == NumericPrecision.Double)
            return;
        float[] rounded = new float[row.Length];
        Round(sample, row, rounded);
        RowConversion.Widen(rounded, row);
    }

    public override void CopyTo(int sample, Span<float> row, Span<double> scratch)
    {
        Standardize(sample, scratch);
        Round(sample, scratch, row);
    }

    public override void RequireUnchanged() => source.RequireUnchanged();

    public override void PrefetchRow(int sample) => source.PrefetchRow(sample);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Standardize(int sample, Span<double> row)
    {
        source.CopyTo(sample, row);
        ColumnOperations.Standardize(row, centers, scales, row);
    }

    /// <summary>Rounds to float, as a copy in float does.</summary>
    private static void Round(int sample, ReadOnlySpan<double> row, Span<float> rounded)
    {
        if (RowConversion.Narrow(row, rounded) is var column and >= 0)
        {
            throw Guard.Invalid(
                "data", $"Row {sample}, column {column} of the standardised features is {row[column]}: no float is near it.");
        }
    }
}
