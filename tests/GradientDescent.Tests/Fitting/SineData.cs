namespace GradientDescent.Tests.Fitting;

/// <summary>Data whose three features are sines and cosines of the sample's index.</summary>
internal static class SineData
{
    /// <summary>Creates the samples: y = 1 + x₁ − 2x₂ + 3x₃ and an error of at most 0.1.</summary>
    /// <param name="count">The number of samples.</param>
    public static Dataset Create(int count)
    {
        double[][] rows = [.. Enumerable.Range(0, count)
            .Select(i => new[] { Math.Sin(i), 2 * Math.Cos(1.3 * i) + 1, 0.5 * Math.Sin(2.1 * i + 1) })];
        return Dataset.From(rows, [.. rows.Select((row, i) => 1 + row[0] - 2 * row[1] + 3 * row[2] + 0.1 * Math.Sin(7.7 * i))]);
    }
}
