using System.Diagnostics;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Times work and prints a line for each result, "name n value" with tabs between, as the programs in benchmarks/peers
/// do.</summary>
internal static class Stopclock
{
    private const double SampleSeconds = 0.005;

    /// <summary>
    /// Repeats the work until .NET has compiled it for the last time. That takes three rounds of: a tenth of a second without new code,
    /// 30 calls, a compilation in the background. Measured: the time of an update of two parameters falls by a factor of three until then.
    /// </summary>
    public static void WarmUp(Action work)
    {
        for (int round = 0; round < 8; round++)
        {
            work();
            Thread.Sleep(120);
        }
    }

    /// <summary>Median seconds of one repetition; each sample repeats the work for about five milliseconds, after one that is not
    /// counted.</summary>
    public static double SecondsPerRepetition(int samples, Action<long> repeat)
    {
        repeat(1);
        long count = 1;
        while (Seconds(() => repeat(count)) < SampleSeconds / 2)
            count *= 2;
        return Median(samples, () => Seconds(() => repeat(count)) / count);
    }

    public static double Seconds(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double CpuSeconds(Action work)
    {
        TimeSpan started = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - started).TotalSeconds;
    }

    public static double Median(int samples, Func<double> measure) => Median([.. Enumerable.Range(0, samples).Select(_ => measure())]);

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static void Print(string name, int n, double value) =>
        Console.WriteLine(FormattableString.Invariant($"{name}\t{n}\t{value:G12}"));
}
