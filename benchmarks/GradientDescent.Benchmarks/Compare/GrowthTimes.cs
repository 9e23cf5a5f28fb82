namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// CPU seconds of the same work on 1, 2 and 4 times as many samples, and on 1, 2 and 4 times as many features. The sizes are such that all
/// of them are beyond the caches.
/// </summary>
internal static class GrowthTimes
{
    public const string InSamples = " in n", InFeatures = " in d", Linear = "growth/linear fit", Logistic = "growth/logistic fit",
        Epoch = "growth/SGD epoch", Csv = "growth/FromCsv";

    private const int Rows = 300_000, Columns = 25, WideRows = 100_000, WideColumns = 50, CsvRows = 100_000, CsvColumns = 10, Epochs = 5;

    /// <param name="folder">Where files are written.</param>
    /// <param name="samples">The number of measurements, of which the shortest counts: other work on the machine only adds to it.</param>
    public static void Print(string folder, int samples)
    {
        Print(Linear + InSamples, samples, times => FitLinear(times * Rows, Columns));
        Print(Logistic + InSamples, samples, times => FitLogistic(times * Rows, Columns));
        Print(Epoch + InSamples, samples, times => Train(times * Rows, Columns));
        Print(Csv + InSamples, samples, times => Read(CsvFile.In(folder, times * CsvRows, CsvColumns)));
        Print(Epoch + InFeatures, samples, times => Train(Rows, times * Columns));
        Print(Linear + InFeatures, samples, times => FitLinear(WideRows, times * WideColumns));
    }

    /// <summary>
    /// The sizes take turns, after one run each that is not counted. Before each run the collector returns what it can: otherwise small
    /// sizes find memory that they need not ask the system for.
    /// </summary>
    private static void Print(string name, int samples, Func<int, Func<double>> prepare)
    {
        int[] sizes = [1, 2, 4];
        Func<double>[] works = [.. sizes.Select(prepare)];
        foreach (Func<double> work in works)
            work();
        double[][] seconds = [.. Enumerable.Range(0, samples).Select(_ => works.Select(InNewMemory).ToArray())];
        for (int i = 0; i < sizes.Length; i++)
            Stopclock.Print(name, sizes[i], seconds.Min(turn => turn[i]));
    }

    private static double InNewMemory(Func<double> work)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return work();
    }

    private static Func<double> FitLinear(int rows, int columns)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Score);
        return () => Stopclock.CpuSeconds(() => LinearRegression.Fit(data));
    }

    private static Func<double> FitLogistic(int rows, int columns)
    {
        Dataset data = Table(rows, columns, HashedNumbers.Sign);
        return () => Stopclock.CpuSeconds(() => LogisticRegression.Fit(data));
    }

    /// <summary>An epoch of single samples in order, with its share of what a run costs before and after.</summary>
    private static Func<double> Train(int rows, int columns)
    {
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Table(rows, columns, HashedNumbers.Score));
        var options = new TrainingOptions { Order = SampleOrder.Sequential };
        return () => Stopclock.CpuSeconds(() => Problems.Train(risk, new SGD(0.001), options, Epochs)) / Epochs;
    }

    private static Func<double> Read(string path) => () => Stopclock.CpuSeconds(() => Dataset.FromCsv(path, CsvFile.Target));

    private static Dataset Table(int rows, int columns, Func<int, int, double> target)
    {
        (double[] features, double[] targets) = HashedNumbers.Arrays(rows, columns, target);
        return Dataset.From(features, columns, targets);
    }
}
