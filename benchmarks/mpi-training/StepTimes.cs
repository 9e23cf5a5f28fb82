using System.Diagnostics;
using GradientDescent;

/// <summary>The time of a step with full batches where evaluating the samples costs nothing, so that messages and sums remain.</summary>
internal static class StepTimes
{
    private const int Rounds = 25;
    private const double SecondsPerRound = 0.02;

    // One part for each rank, as with many ranks: the message has as many vectors as there are ranks.
    private const int SamplesPerRank = 64;

    public static void Print(ICollective? ranks)
    {
        if (ranks is not { Rank: > 0 })
            Console.WriteLine("parameters   step, µs   step with fastSums, µs   Sum of as many numbers, µs   Sum for one vector, µs");
        for (int count = 100; count <= 1_000_000; count *= 10)
        {
            double step = TimeOf(ranks, Steps(ranks, count, fastSums: false)), fast = TimeOf(ranks, Steps(ranks, count, fastSums: true));
            double sum = TimeOf(ranks, Sums(ranks, (ranks?.Size ?? 1) * (count + 2))), vector = TimeOf(ranks, Sums(ranks, count + 2));
            if (ranks is not { Rank: > 0 })
                Console.WriteLine($"{count,10} {step,10:F1} {fast,24:F1} {sum,28:F1} {vector,24:F1}");
        }
    }

    private static Action Steps(ICollective? ranks, int count, bool fastSums)
    {
        int samples = SamplesPerRank * (ranks?.Size ?? 1);
        var data = Dataset.From(new double[samples], new double[samples]);
        var risk = new EmpiricalRisk(
            new Hollow(count), new MeanSquaredError(), ranks is null ? data : data.Shard(ranks, fastSums: fastSums));
        TrainingOptions options = new() { MaxSteps = long.MaxValue, GradientTolerance = 0, MaxDegreeOfParallelism = 1 };
        TrainingRun run = new Trainer(new BatchGD(0.1), options).CreateRun(risk, new double[count]);
        return () => run.Advance();
    }

    private static Action Sums(ICollective? ranks, int count)
    {
        double[] values = new double[count];
        return () => ranks?.Sum(values);
    }

    /// <summary>The lowest time of a call in microseconds, because other work on the machine only makes it longer.</summary>
    private static double TimeOf(ICollective? ranks, Action action)
    {
        double[] calls = [1];
        while (true)
        {
            double time = Seconds(ranks, action, (int)calls[0]); // rank 0 decides how many calls a round has
            if (time >= SecondsPerRound)
                calls[0] = -calls[0];
            else
                calls[0] = Math.Ceiling(calls[0] * Math.Min(10, 1.5 * SecondsPerRound / Math.Max(time, 1e-9)));
            ranks?.Broadcast(calls, 0);
            if (calls[0] < 0 || calls[0] > 1e8)
                break;
        }

        int count = (int)Math.Abs(calls[0]);
        return 1e6 / count * Enumerable.Range(0, Rounds).Select(_ => Seconds(ranks, action, count)).Min();
    }

    private static double Seconds(ICollective? ranks, Action action, int calls)
    {
        ranks?.Sum([0]); // all begin together
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A model with many parameters, of which it uses the first.</summary>
    private sealed class Hollow(int count) : IModel
    {
        public ModelTask Task => ModelTask.Regression;

        public int OutputCount => 1;

        public ParameterLayout Layout(int columnCount) => ParameterLayout.Flat(count);

        public int BatchRows(int columnCount) => SamplesPerRank;

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch) =>
            scores.Fill(parameters[0]);

        public void AddGradient(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives,
            Span<double> gradient, Span<double> scratch)
        {
            foreach (double derivative in derivatives)
                gradient[0] += derivative;
        }
    }
}
