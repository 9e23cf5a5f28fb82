using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The rows of another storage, standardised each time they are read: with the bits of a standardised copy, without its memory.</summary>
/// <param name="source">The rows.</param>
/// <param name="centers">The centre of each column.</param>
/// <param name="scales">The scale of each column; a column with the scale 0 becomes 0.</param>
internal sealed class StandardizedStorage(TiledStorage source, double[] centers, double[] scales)
    : TiledStorage(source.FeatureCount, source.Precision)
{
    public override int RowCount => source.RowCount;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CopyTo(int sample, Span<double> row)
    {
        source.CopyTo(sample, row);
        ColumnOperations.Standardize(row, centers, scales, row);
        if (Precision == NumericPrecision.Single)
            Round(sample, row);
    }

    public override void PrefetchRow(int sample) => source.PrefetchRow(sample);

    /// <summary>Rounds to float, as a copy in float does.</summary>
    private static void Round(int sample, Span<double> row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            double number = row[j];
            row[j] = (float)number;
            if (!double.IsFinite(row[j]))
                throw Guard.Invalid("data", $"Row {sample}, column {j} of the standardised features is {number}: no float is near it.");
        }
    }
}
