namespace GradientDescent.Reporting;

/// <summary>The standard deviations of features.</summary>
internal static class Spread
{
    /// <summary>
    /// The standard deviation of each feature with the divisor n − 1, computed in one pass (Welford, "Note on a method for calculating
    /// corrected sums of squares and products", 1962).
    /// </summary>
    public static double[] OfFeatures(Dataset data)
    {
        double[] means = new double[data.FeatureCount], squares = new double[data.FeatureCount];
        for (int i = 0; i < data.SampleCount; i++)
        {
            ReadOnlySpan<double> row = data.Features(i);
            for (int j = 0; j < row.Length; j++)
            {
                double change = row[j] - means[j];
                means[j] += change / (i + 1);
                squares[j] += change * (row[j] - means[j]);
            }
        }

        return [.. squares.Select(square => Math.Sqrt(square / Math.Max(1, data.SampleCount - 1)))];
    }
}
