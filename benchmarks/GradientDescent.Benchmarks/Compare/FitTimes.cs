using System.Diagnostics;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// CPU seconds of the fits in one call, and the loss that each reaches. The numbers are those of benchmarks/peers/fits.py: both sides hash
/// the index of each number, so they fit the same data.
/// </summary>
internal static class FitTimes
{
    public const string Linear = "fit/linear", Logistic = "fit/logistic", Softmax = "fit/softmax",
        CorrelatedSoftmax = "fit/softmax, correlated", LossSuffix = "/loss";

    public static void Print()
    {
        // Small fits first, which compile the code of large tables.
        _ = LinearRegression.Fit(Table(3_000, 40, i => i % 7));
        _ = LogisticRegression.Fit(Table(3_000, 40, i => i % 2));
        _ = SoftmaxRegression.Fit(Table(3_000, 40, i => i % 3));
        const int Rows = Problems.RegressionSamples, Columns = Problems.RegressionFeatures;
        Print(Linear, Table(Rows, Columns, i => Score(i, Columns)), data => Loss(LinearRegression.Fit(data).Result));
        Print(
            Logistic, Table(Rows, Columns, i => Score(i, Columns) > 0 ? 1 : 0), data => Loss(LogisticRegression.Fit(data).Result));
        foreach ((string name, bool correlated) in new[] { (Softmax, false), (CorrelatedSoftmax, true) })
        {
            Dataset images = Table(Problems.ImageSamples, Problems.ImagePixels, ClassOf, correlated);
            Print(name, images, data => Loss(SoftmaxRegression.Fit(data).Result));
        }

        static double ClassOf(int row) => Math.Floor(Math.Abs(Score(row, Problems.ImagePixels)) * 8) % Problems.ImageClasses;
    }

    private static void Print(string name, Dataset data, Func<Dataset, double> fit)
    {
        var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        double loss = fit(data);
        process.Refresh();
        Stopclock.Print(name, data.SampleCount, (process.TotalProcessorTime - before).TotalSeconds);
        Stopclock.Print(name + LossSuffix, data.SampleCount, loss);
    }

    private static double Loss(TrainingResult result) => result.Reason == StopReason.Converged
        ? result.Loss
        : throw new InvalidOperationException($"The fit has not converged: {result}");

    /// <summary>Uniform numbers; or correlated ones, of which every eighth column is constant, as the margins of pictures are.</summary>
    private static Dataset Table(int rows, int columns, Func<int, double> targetOf, bool correlated = false)
    {
        double[] features = new double[rows * columns], targets = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = features.AsSpan(i * columns, columns);
            for (int j = 0; j < columns; j++)
                row[j] = Uniform(i, j);
            for (int j = 1; j < columns && correlated; j++)
                row[j] = 0.9 * row[j - 1] + 0.1 * row[j];
            for (int j = 0; j < columns && correlated; j += 8)
                row[j] = 0.25;
            targets[i] = targetOf(i);
        }

        return Dataset.From(features, columns, targets);
    }

    /// <summary>A sum of the first ten numbers of a row, and noise.</summary>
    private static double Score(int row, int columns)
    {
        double sum = Uniform(row, columns);
        for (int j = 0; j < 10; j++)
            sum += (j - 4.5) / 5 * Uniform(row, j);
        return sum;
    }

    /// <summary>A number from −1 to 1: SplitMix64 of the position. Steele, Lea and Flood, 2014.</summary>
    private static double Uniform(int row, int column)
    {
        ulong z = ((ulong)row * 1_000_003 + (ulong)column + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) / 18446744073709551616.0 * 2 - 1;
    }
}
