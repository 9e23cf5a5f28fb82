using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Estimates from some rows how much features depend on each other.</summary>
internal static class Collinearity
{
    /// <summary>The number of rows that are read for each feature. With independent features the estimate is 4/3 on average.</summary>
    public const int RowsPerFeature = 4;

    /// <summary>
    /// Estimates the mean variance inflation factor, tr(C⁻¹)/d for the correlations C of d features; infinite if features depend on each
    /// other. It is 1 for uncorrelated features. Constant features do not count. Belsley, Kuh and Welsch, "Regression Diagnostics", 1980,
    /// section 3.2.
    /// </summary>
    /// <param name="data">At least <see cref="RowsPerFeature"/> rows for each feature.</param>
    /// <param name="threads">The maximum number of threads.</param>
    public static double MeanInflation(Dataset data, int threads)
    {
        int features = data.FeatureCount, rows = RowsPerFeature * features;
        int[] spread = [.. Enumerable.Range(0, rows).Select(i => (int)((long)i * data.SampleCount / rows))];
        Dataset sample = data.Select(spread);
        Dataset.RowReader rowOf = sample.FeatureReader();
        ColumnStatistics columns = ColumnStatistics.OfFeatures(sample, centered: true);
        double[][] products =
            GramMatrix.Of(rows, features, (i, target) => columns.Standardize(rowOf(i), target), new ThreadTeam(threads));
        (double[][] triangle, int[] independent, int[] dependent) = Cholesky.Factorize(products);
        return dependent.Length > 0
            ? double.PositiveInfinity
            : rows * Cholesky.Inverse(triangle, independent).Sum(row => Reductions.Dot<double, double>(row, row)) / independent.Length;
    }
}
