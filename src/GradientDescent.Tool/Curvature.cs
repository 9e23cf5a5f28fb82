using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tool;

/// <summary>Upper bounds on the curvature of the squared error, an intercept included, in standardised coordinates: rates are chosen by them.</summary>
/// <param name="SampleCount">Number of samples n.</param>
/// <param name="OfAll">L of the mean over all samples: twice the largest row sum of the correlations' magnitudes, which bounds their largest eigenvalue.</param>
/// <param name="OfSteepestSample">Lmax, the largest curvature of one sample: 2(1 + ‖x‖²).</param>
internal sealed record Curvature(int SampleCount, double OfAll, double OfSteepestSample)
{
    public static Curvature Of(StandardizedData data)
    {
        Matrix<double> x = data.Features;
        if (x.ColumnCount == 0)
            return new(x.RowCount, 2, 2);
        double steepest = x.EnumerateRows().Max(row => row.DotProduct(row));
        double rowSum = (x.TransposeThisAndMultiply(x) / x.RowCount).InfinityNorm();
        return new(x.RowCount, 2 * Math.Max(1, rowSum), 2 * (1 + steepest));
    }

    /// <summary>The curvature that batches of b samples show on average: n(b − 1)/(b(n − 1))·L + (n − b)/(b(n − 1))·Lmax.</summary>
    /// <remarks>Gower et al., "SGD: General Analysis and Improved Rates", ICML 2019: expected smoothness under sampling without replacement.</remarks>
    public double OfBatches(int size)
    {
        if (size >= SampleCount)
            return OfAll;
        double n = SampleCount, b = size;
        return n * (b - 1) / (b * (n - 1)) * OfAll + (n - b) / (b * (n - 1)) * OfSteepestSample;
    }
}
