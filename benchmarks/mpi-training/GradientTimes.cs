using System.Diagnostics;
using GradientDescent;

/// <summary>The time and the CPU time of a full gradient.</summary>
internal static class GradientTimes
{
    private const int Columns = 100;
    private const int Rounds = 15;

    public static void Print(ICollective? ranks, int samples, int threads)
    {
        int size = ranks?.Size ?? 1, rank = ranks?.Rank ?? 0;
        int first = (int)((long)samples * rank / size), end = (int)((long)samples * (rank + 1) / size);
        Dataset own = Rows(first, end - first);
        Dataset data = ranks is null ? own : Dataset.FromShards(ranks, own);
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data) { MaxDegreeOfParallelism = threads };
        IObjective objective = Objective.Full(risk);
        double[] parameters = new double[Columns + 1], gradient = new double[Columns + 1];
        double[] seconds = new double[Rounds], cpu = new double[Rounds];
        objective.Evaluate(parameters, gradient);
        objective.Evaluate(parameters, gradient);
        for (int round = 0; round < Rounds; round++)
        {
            ranks?.Sum([0]);
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            objective.Evaluate(parameters, gradient);
            seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu[round] = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        }

        ranks?.Sum(cpu);
        if (rank == 0)
            Console.WriteLine(
                $"{samples} × {Columns}, {size} × {threads} threads: {1000 * Median(seconds):F1} ms, lowest {1000 * seconds.Min():F1}, " +
                $"CPU of all ranks {1000 * Median(cpu):F1} ms, ‖gradient‖ {Math.Sqrt(gradient.Sum(g => g * g)):R}");
    }

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>Samples whose numbers depend on nothing but their place.</summary>
    private static Dataset Rows(int first, int count)
    {
        double[] features = new double[count * Columns], targets = new double[count];
        for (int i = 0; i < count; i++)
        {
            Span<double> row = features.AsSpan(i * Columns, Columns);
            for (int j = 0; j < Columns; j++)
                row[j] = Number((ulong)(first + i) * Columns + (ulong)j);
            targets[i] = row[0] - 2 * row[1] + row[2];
        }

        return Dataset.From(features, Columns, targets, copy: false);
    }

    /// <summary>A number of [−1, 1) by SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static double Number(ulong place)
    {
        ulong z = (place + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return Math.ScaleB((long)(z ^ (z >> 31)) >> 10, -53);
    }
}
