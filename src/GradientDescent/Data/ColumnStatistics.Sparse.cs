using GradientDescent.Kernels;

namespace GradientDescent;

internal sealed partial class ColumnStatistics
{
    /// <summary>
    /// Returns statistics whose scales are the largest magnitudes of the columns, and whose centres are 0. Samples of the weight 0 do not
    /// count.
    /// </summary>
    /// <param name="data">The samples and their weights.</param>
    public static ColumnStatistics OfLargest(Dataset data)
    {
        double[] largest = new double[data.FeatureCount];
        if (data.Sparse is { } table)
        {
            ForEachRow(data, table, (columns, values, _) =>
            {
                for (int i = 0; i < columns.Length; i++)
                    largest[columns[i]] = Math.Max(largest[columns[i]], Math.Abs(values[i]));
            });
        }
        else
        {
            ColumnStatistics bounds = OfFeatures(data, centered: false);
            largest = bounds._largest;
        }

        return new(new double[data.FeatureCount], largest, largest, largest.Max());
    }

    /// <summary>
    /// The statistics of sparse features, at a cost of d plus the stored numbers. The zeros that are not stored count: n₀ of them add n₀m²
    /// to the squares of the differences from the mean m.
    /// </summary>
    private static ColumnStatistics OfSparse(Dataset data, SparseTable table, bool centered)
    {
        int d = data.FeatureCount;
        double[] low = new double[d], high = new double[d], present = new double[d], centers = new double[d], scales = new double[d];
        double totalWeight = 0;
        int[] counts = new int[d];
        int samples = 0;
        ForEachRow(data, table, (columns, values, weight) =>
        {
            samples++;
            totalWeight += weight;
            for (int i = 0; i < columns.Length; i++)
            {
                int j = columns[i];
                (low[j], high[j]) = counts[j]++ == 0 ? (values[i], values[i]) : (Math.Min(low[j], values[i]), Math.Max(high[j], values[i]));
            }
        });
        double[] factors = new double[d], largest = new double[d];
        for (int j = 0; j < d; j++)
        {
            if (counts[j] < samples)
                (low[j], high[j]) = (Math.Min(low[j], 0), Math.Max(high[j], 0));
            largest[j] = Math.Max(Math.Abs(low[j]), Math.Abs(high[j]));
            factors[j] = PowerOfTwoFor(low[j], high[j]);
        }

        // Means and squares of the numbers times powers of two, so that no square overflows or underflows.
        double[] means = new double[d], squares = new double[d];
        ForEachRow(data, table, (columns, values, weight) =>
        {
            for (int i = 0; i < columns.Length; i++)
            {
                means[columns[i]] += weight * (values[i] * factors[columns[i]]);
                present[columns[i]] += weight;
            }
        });
        for (int j = 0; j < d; j++)
            means[j] = centered ? means[j] / totalWeight : 0;
        ForEachRow(data, table, (columns, values, weight) =>
        {
            for (int i = 0; i < columns.Length; i++)
            {
                double difference = values[i] * factors[columns[i]] - means[columns[i]];
                squares[columns[i]] += weight * (difference * difference);
            }
        });
        for (int j = 0; j < d; j++)
        {
            bool isConstant = low[j] == high[j];
            double ofZeros = Math.Max(0, totalWeight - present[j]) * (means[j] * means[j]);
            centers[j] = centered && isConstant ? low[j] : means[j] / factors[j];
            scales[j] = (centered ? isConstant : isConstant && low[j] == 0)
                ? 0
                : Math.Sqrt((squares[j] + ofZeros) / totalWeight) / factors[j];
        }

        return new(centers, scales, largest, largest.Max());
    }

    private delegate void ReadSparseRow(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, double weight);

    private static void ForEachRow(Dataset data, SparseTable table, ReadSparseRow read)
    {
        double[] buffer = new double[table.MaxNumbersPerRow()];
        for (int i = 0; i < table.RowCount; i++)
        {
            if (data.Weight(i) is var weight and > 0)
                read(table.ColumnsOf(i), table.ValuesOf(i, buffer), weight);
        }
    }
}
