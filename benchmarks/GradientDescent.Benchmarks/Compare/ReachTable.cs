namespace GradientDescent.Benchmarks.Compare;

/// <summary>The goals and what was reached, then the update rules. What no side measured is named as such.</summary>
internal sealed class ReachTable(Measurements measurements, TextWriter output)
{
    private const string Ours = Measurements.Ours, C = Measurements.C, Torch = Measurements.Torch, Sklearn = Measurements.Sklearn,
        TorchSharp = Measurements.TorchSharp;

    private const int Samples = Problems.RegressionSamples, Images = Problems.ImageSamples, Tall = Jobs.TallRows, Memory = 10_000_000;

    private readonly GoalRows _rows = new(measurements, output);
    private readonly RuleTable _rules = new(measurements, output);

    public void Write()
    {
        _rows.WriteHead();
        WriteUpdates();
        WriteGradients();
        WriteEpochs();
        WriteStarts();
        _rows.WriteBytes("allocation of an update", "bytes/update", 1_000);
        _rows.WriteBytes("allocation of a training step", "bytes/training step", 2_000);
        _rules.Write();
    }

    private void WriteUpdates()
    {
        const string Unit = "ns/parameter";
        _rules.WriteWorst("every update rule, n from 1,000 to 100,000", n => n is >= 1_000 and <= 100_000, 1.15);
        _rules.WriteWorst("every update rule, n = 10,000,000", n => n == Memory, 1.2);
        _rows.WriteFaster("Adam, two threads, n = 10,000,000", "Adam/double/2 threads", Memory, Ours, "Adam/double/1 threads", 1.5, Unit);
        _rules.WriteTwoParameters();
        _rows.WriteAtMost("Muon, a matrix of 256 × 256, beside C", nameof(Muon), 256, C, nameof(Muon), 2);
        _rows.WriteTime("update of 2 parameters, Adam after 800,000 updates", UpdateTimes.Late, 2, 25, "ns", factor: 2);
        _rows.WriteFaster("Adam, n = 100,000", "Adam/double", 100_000, Torch, "Adam/double", 4.5, Unit);
        _rows.WriteFaster("Adam, n = 1,000", "Adam/double", 1_000, Torch, "Adam/double", 35, Unit);
        _rows.WriteFaster("SGD, n = 100,000", "SGD/double", 100_000, TorchSharp, "SGD/double", 1, Unit);
        _rows.WriteFaster("SGD in float, n = 100,000", "SGD/float", 100_000, TorchSharp, "SGD/float", 1, Unit);
    }

    private void WriteGradients()
    {
        WriteFullGradient();
        _rows.WriteFaster("full gradient, two threads beside one", "gradient/2 threads", Samples, Ours, "gradient/1 threads", null);
        _rows.WriteFaster("full gradient beside PyTorch", "gradient", Samples, Torch, "gradient", 2);
        _rows.WriteFaster("full gradient beside MathNet's products", "gradient", Samples, Ours, "gradient/MathNet", 30);
        _rows.WriteFaster("the same, TransposeThisAndMultiply", "gradient", Samples, Ours, "gradient/MathNet without transpose", null);
        _rows.WriteAtMost("full gradient, float features beside double", "gradient/float features", Samples, Ours, "gradient", 0.6);
    }

    private void WriteEpochs()
    {
        _rows.WriteFaster("SGD epoch, 200,000 × 100, in order", "SGD/in order", Samples, Sklearn, "SGD/in order", 1.9);
        _rows.WriteFaster("SGD epoch, 200,000 × 100, shuffled", "SGD/shuffled", Samples, Sklearn, "SGD/shuffled", 2.5);
        _rows.WriteFaster("SGD epoch, 1,000,000 × 10, in order", "SGD/in order", Tall, Sklearn, "SGD/in order", 0.9);
        _rows.WriteFaster("SGD epoch, 1,000,000 × 10, shuffled", "SGD/shuffled", Tall, Sklearn, "SGD/shuffled", 2.8);
        _rows.WriteFaster("whole fit of one SGD epoch, in order", "SGD fit/in order", Samples, Sklearn, "SGD fit/in order", null);
        _rows.WriteFaster("whole fit of one SGD epoch, shuffled", "SGD fit/shuffled", Samples, Sklearn, "SGD fit/shuffled", null);
        WriteStep(100, 110);
        WriteStep(10, 75);
        _rows.WriteAtMost("Adam epoch, batch 32, in order, beside C", "Adam 32/in order", Samples, C, "Adam 32/in order", 1.25);
        _rows.WriteAtMost("Adam epoch, batch 32, shuffled, beside C", "Adam 32/shuffled", Samples, C, "Adam 32/shuffled", 1.25);
        _rows.WriteFaster("Adam epoch, batch 32, in order", "Adam 32/in order", Samples, Torch, "Adam 32/in order", null);
        _rows.WriteFaster("Adam epoch, batch 32, shuffled", "Adam 32/shuffled", Samples, Torch, "Adam 32/shuffled", 30);
        _rows.WriteFaster("softmax epoch, double features", "softmax", Images, Torch, "softmax", null);
        _rows.WriteFaster("softmax epoch, float features", "softmax/float features", Images, Torch, "softmax", 2);
        _rows.WriteFaster("softmax epoch, double features, beside double", "softmax", Images, TorchSharp, "softmax/double", 1);
        _rows.WriteFaster("softmax epoch, float features, beside float", "softmax/float features", Images, TorchSharp, "softmax", 1);
    }

    private void WriteStarts()
    {
        _rows.WriteTime(
            "first 1,000 updates of 1,000 parameters, from the entry of Main in a new process", "start/1,000 updates", 1_000, 15);
        _rows.WriteTime("first LinearRegression.Fit, from the entry of Main in a new process", "start/fit", 1, null);
        WriteProcess("process that does nothing", ProcessStart.Empty);
        WriteProcess("process that calls LinearRegression.Fit on 12 numbers, beside one that does nothing", ProcessStart.Fit);
        WriteProcess("gd compare --help, beside a process that does nothing", ProcessStart.Help);
    }

    /// <summary>Reading once is the faster of our own sum and the one in C.</summary>
    private void WriteFullGradient()
    {
        string faster = measurements.Median(C, "read", Samples) < measurements.Median(Ours, "read", Samples) ? C : Ours;
        _rows.WriteAtMost(
            $"full gradient beside reading the data once ({(faster == C ? "in C" : "our own sum")})",
            "gradient",
            Samples,
            faster,
            "read",
            1.5);
    }

    /// <summary>A step by the general path, beside the short way of the library's own model.</summary>
    private void WriteStep(int columns, double goal)
    {
        double? time = measurements.Median(Ours, StepTimes.General, columns);
        _rows.Write(
            GoalRows.Text($"SGD step of one sample of {columns} features in the cache, a model behind IModel beside LinearRegression"),
            _rows.Show(Ours, StepTimes.General, columns, "ns"),
            _rows.Show(Ours, StepTimes.Direct, columns, "ns"),
            measurements.Between((Ours, StepTimes.General), (Ours, StepTimes.Direct), columns),
            GoalRows.Text($"≤ {goal} ns"),
            time is null ? null : time <= goal);
    }

    private void WriteProcess(string work, string name)
    {
        const int N = ProcessStart.Starts;
        bool isEmpty = name == ProcessStart.Empty;
        _rows.Write(
            work, _rows.Show(Ours, name, N), isEmpty ? "" : _rows.Show(Ours, ProcessStart.Empty, N),
            isEmpty ? null : measurements.Between((Ours, name), (Ours, ProcessStart.Empty), N), "", null);
    }
}
