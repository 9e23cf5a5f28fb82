using System.Diagnostics;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>What the first use costs in a process that has just begun.</summary>
internal static class ColdStart
{
    /// <summary>Milliseconds from the entry of Main until 1,000 updates of 1,000 parameters are done.</summary>
    public static void PrintUpdates(long entered)
    {
        var optimizer = new Adam();
        double[] parameters = new double[1000], gradient = new double[1000];
        Array.Fill(gradient, 0.5);
        for (int i = 0; i < 1000; i++)
            optimizer.Update(parameters, gradient);
        Stopclock.Print("start/1,000 updates", 1000, Stopwatch.GetElapsedTime(entered).TotalMilliseconds);
    }

    /// <summary>Milliseconds from the entry of Main until a line is fitted.</summary>
    public static void PrintFit(long entered)
    {
        LinearFit line = LinearRegression.Fit([58, 39, 25, 44], [65e3, 43e3, 23e3, 51e3]);
        double elapsed = Stopwatch.GetElapsedTime(entered).TotalMilliseconds;
        Stopclock.Print("start/fit", line.Weights.Length, elapsed);
    }
}
