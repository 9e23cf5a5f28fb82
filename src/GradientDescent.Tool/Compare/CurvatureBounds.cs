using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tool;

/// <summary>
/// Upper bounds of the curvature of the mean squared error with an intercept, on standardized data. They determine the learning rates.
/// </summary>
/// <param name="SampleCount">The number of samples n.</param>
/// <param name="OfAll">
/// The bound L for the mean over all samples: twice the largest row sum of the absolute values of the correlation matrix XᵀX/n, which is a
/// bound of its largest eigenvalue, and at least 2. If there are more features than samples, XXᵀ/n replaces it: it is smaller and has the
/// same largest eigenvalue.
/// </param>
/// <param name="OfOneSample">The largest curvature Lmax of one sample: 2(1 + ‖x‖²).</param>
internal sealed record CurvatureBounds(int SampleCount, double OfAll, double OfOneSample)
{
    public static CurvatureBounds Of(StandardizedData data)
    {
        Matrix<double> x = data.Features;
        if (x.ColumnCount == 0)
            return new(x.RowCount, 2, 2);
        double steepest = x.EnumerateRows().Max(row => row.DotProduct(row));
        Matrix<double> products = x.ColumnCount > x.RowCount ? x.TransposeAndMultiply(x) : x.TransposeThisAndMultiply(x);
        double rowSum = (products / x.RowCount).InfinityNorm();
        return new(x.RowCount, 2 * Math.Max(1, rowSum), 2 * (1 + steepest));
    }

    /// <summary>Computes the expected curvature of batches of b samples: n(b − 1)/(b(n − 1))·L + (n − b)/(b(n − 1))·Lmax.</summary>
    /// <remarks>
    /// Gower et al., "SGD: General Analysis and Improved Rates", ICML 2019: expected smoothness for sampling without replacement.
    /// </remarks>
    public double OfBatches(int size)
    {
        if (size >= SampleCount)
            return OfAll;
        double n = SampleCount, b = size;
        return n * (b - 1) / (b * (n - 1)) * OfAll + (n - b) / (b * (n - 1)) * OfOneSample;
    }
}
