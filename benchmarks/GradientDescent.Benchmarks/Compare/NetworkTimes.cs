using System.Diagnostics;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// The time of an epoch of a network, by the clock and of the processor: on a busy machine only the second one says much.
/// </summary>
internal static class NetworkTimes
{
    private const int Epochs = 5, Rounds = 5;

    public static void Print(int samples)
    {
        var options = new TrainingOptions { Batching = Batching.Mini(128) };
        foreach (NumericPrecision precision in Enum.GetValues<NumericPrecision>())
        {
            EmpiricalRisk risk = Problems.Network(samples, precision);
            Print($"MiniBatchSGD, {precision}", () => Problems.TrainNetwork(risk, new MiniBatchSGD(0.1, 128), options, Epochs));
            Print($"Adam, {precision}", () => Problems.TrainNetwork(risk, new Adam(), options, Epochs));
        }
    }

    private static void Print(string name, Action train)
    {
        train();
        double wall = double.MaxValue, processor = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            double before = Processor();
            var watch = Stopwatch.StartNew();
            train();
            wall = Math.Min(wall, watch.Elapsed.TotalMilliseconds / Epochs);
            processor = Math.Min(processor, (Processor() - before) / Epochs);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{name}: an epoch takes {wall:F0} ms by the clock, {processor:F0} ms of the processor"));
    }

    private static double Processor()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalMilliseconds;
    }
}
