using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Tests whether the features of wide data depend on each other, without the basis of all rows.</summary>
internal static class IndependentColumns
{
    /// <summary>
    /// Returns whether the features that vary, and a constant, are certainly independent: they are, if they are on some of the rows. Takes
    /// a few more rows than there are features, evenly spaced, with a weight greater than 0.
    /// </summary>
    /// <param name="data">The samples.</param>
    public static bool AreCertain(Dataset data)
    {
        ColumnStatistics statistics = ColumnStatistics.From(data, data.FeatureCount, data.FeatureReader(), centered: true);
        int[] varying = [.. Enumerable.Range(0, data.FeatureCount).Where(j => statistics.Scales[j] > 0)];
        int[] rows = [.. Enumerable.Range(0, data.SampleCount).Where(i => data.Weight(i) > 0)];
        int columns = varying.Length + 1, count = columns + columns / 8 + 16;
        if (rows.Length < count)
            return false;
        return OrthonormalBasis.From(count, columns, Entry).Rank == columns;

        double Entry(int i, int k)
        {
            if (k == varying.Length)
                return 1;
            int row = rows[(int)((long)i * rows.Length / count)], j = varying[k];
            return ColumnStatistics.Scaled(data.Features(row)[j], statistics.Centers[j], statistics.Scales[j]);
        }
    }
}
