using System.Globalization;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>The goals and what was reached, then every update rule beside its loop in C. What no side measured is named as such.</summary>
internal sealed class ReachTable(Measurements measurements)
{
    private const string Ours = Measurements.Ours, C = Measurements.C, Torch = Measurements.Torch, Sklearn = Measurements.Sklearn;
    private const int Samples = Problems.RegressionSamples, Images = Problems.ImageSamples;
    private const string Aligned = UpdateTimes.Aligned;
    private const int Memory = 10_000_000;

    private static string[] Rules { get; } = [.. Optimizers.Rules.SelectMany(rule => new[] { rule + "/double", rule + "/float" })];

    private TextWriter _out = TextWriter.Null;

    public void WriteTo(TextWriter output)
    {
        _out = output;
        WriteGoals();
        WriteRules();
    }

    private void WriteGoals()
    {
        _out.WriteLine("| work | this library | beside | ratio (single rounds) | goal | |");
        _out.WriteLine("|---|---|---|---|---|---|");
        WriteWorstRule("every update rule, n from 1,000 to 100,000", n => n is >= 1_000 and <= 100_000, 1.15);
        WriteWorstRule("every update rule, n = 10,000,000", n => n == Memory, 1.2);
        WriteFaster(
            "Adam, two threads, n = 10,000,000", "Adam/double/2 threads", Memory, Ours, "Adam/double/1 threads", 1.5, "ns/parameter");
        WriteTwoParameters();
        WriteFaster("Adam, n = 100,000", "Adam/double", 100_000, Torch, "Adam/double", 4.5, "ns/parameter");
        WriteFaster("Adam, n = 1,000", "Adam/double", 1_000, Torch, "Adam/double", 35, "ns/parameter");
        WriteFullGradient();
        WriteFaster("full gradient, two threads beside one", "gradient/2 threads", Samples, Ours, "gradient/1 threads", null);
        WriteFaster("full gradient beside PyTorch", "gradient", Samples, Torch, "gradient", 2);
        WriteFaster("full gradient beside MathNet's products", "gradient", Samples, Ours, "gradient/MathNet", 30);
        WriteFaster("the same, TransposeThisAndMultiply", "gradient", Samples, Ours, "gradient/MathNet without transpose", null);
        WriteAtMost("full gradient, float features beside double", "gradient/float features", Samples, Ours, "gradient", 0.6);
        WriteFaster("SGD epoch, in order", "SGD/in order", Samples, Sklearn, "SGD/in order", 5);
        WriteFaster("SGD epoch, shuffled", "SGD/shuffled", Samples, Sklearn, "SGD/shuffled", 5);
        WriteFaster("whole fit of one SGD epoch, in order", "SGD fit/in order", Samples, Sklearn, "SGD fit/in order", null);
        WriteFaster("whole fit of one SGD epoch, shuffled", "SGD fit/shuffled", Samples, Sklearn, "SGD fit/shuffled", null);
        WriteFaster("Adam epoch, batch 32, in order", "Adam 32/in order", Samples, Torch, "Adam 32/in order", null);
        WriteFaster("Adam epoch, batch 32, shuffled", "Adam 32/shuffled", Samples, Torch, "Adam 32/shuffled", 30);
        WriteFaster("softmax epoch, double features", "softmax", Images, Torch, "softmax", null);
        WriteFaster("softmax epoch, float features", "softmax/float features", Images, Torch, "softmax", 2);
        WriteFit("LinearRegression.Fit, 200,000 × 100", FitTimes.Linear, Samples, 4);
        WriteFit("LogisticRegression.Fit, 200,000 × 100", FitTimes.Logistic, Samples, 1);
        WriteFit("SoftmaxRegression.Fit, 60,000 × 784 in 10 classes", FitTimes.Softmax, Images, 0.9);
        WriteFit("the same, correlated and constant columns", FitTimes.CorrelatedSoftmax, Images, 0.9);
        WriteMilliseconds(
            "first 1,000 updates of 1,000 parameters, from the entry of Main in a new process", "start/1,000 updates", 1_000, 15);
        WriteMilliseconds("first LinearRegression.Fit, from the entry of Main in a new process", "start/fit", 1, null);
        WriteProcess("process that does nothing", ProcessStart.Empty);
        WriteProcess("process that calls LinearRegression.Fit on 12 numbers, beside one that does nothing", ProcessStart.Fit);
        WriteProcess("gd compare --help, beside a process that does nothing", ProcessStart.Help);
        WriteBytes("allocation of an update", "bytes/update", 1_000);
        WriteBytes("allocation of a training step", "bytes/training step", 2_000);
    }

    private void WriteRules()
    {
        int[] lengths = measurements.LengthsOf(C, Rules[0]);
        if (lengths.Length == 0)
            return;
        _out.WriteLine();
        _out.WriteLine(
            "Update rules: ns a parameter here / in C = ratio; in brackets the ratio where our arrays, too, begin with a cache line.");
        _out.WriteLine();
        _out.WriteLine($"| rule |{string.Concat(lengths.Select(n => Text($" n = {n:N0} |")))}");
        _out.WriteLine($"|---|{string.Concat(lengths.Select(_ => "---|"))}");
        foreach (string rule in Rules)
            _out.WriteLine($"| {rule} |{string.Concat(lengths.Select(n => $" {RuleCell(rule, n)} |"))}");
    }

    private string RuleCell(string rule, int n) =>
        AgainstC(rule, n, "") is { } ratio && AgainstC(rule, n, Aligned) is { } aligned
            ? Text(
                $"{measurements.Median(Ours, rule, n):F3} / {measurements.Median(C, rule, n):F3} = {ratio.Value:F2} ({aligned.Value:F2})")
            : "not measured";

    private void WriteWorstRule(string work, Func<int, bool> isMeant, double goal)
    {
        WriteWorstRule(work + ", ordinary arrays", "", isMeant, goal);
        WriteWorstRule(work + ", arrays that begin with a cache line as in C", Aligned, isMeant, goal);
    }

    private void WriteWorstRule(string work, string placement, Func<int, bool> isMeant, double goal)
    {
        var all = measurements.LengthsOf(C, Rules[0]).Where(isMeant)
            .SelectMany(n => Rules.Select(rule => (Rule: rule, N: n, Ratio: AgainstC(rule, n, placement))))
            .Where(entry => entry.Ratio is not null).ToList();
        if (all.Count == 0)
        {
            WriteRow(work, null, null, null, AtMost(goal), null);
            return;
        }

        (string rule, int length, Ratio? ratio) = all.MaxBy(entry => entry.Ratio!.Value.Value);
        int within = all.Count(entry => entry.Ratio!.Value.Value <= goal);
        WriteRow(
            Text($"{work}: {within} of {all.Count} within; worst: {rule}, n = {length:N0}"),
            Show(Ours, rule + placement, length, "ns/parameter"),
            "C " + Show(C, rule, length, "ns/parameter"),
            ratio,
            AtMost(goal),
            within == all.Count);
    }

    private Ratio? AgainstC(string rule, int n, string placement) => measurements.Between((Ours, rule + placement), (C, rule), n);

    private void WriteTwoParameters()
    {
        var all = Rules.Select(rule => (Rule: rule, Time: 2 * measurements.Median(Ours, rule, 2)))
            .Where(entry => entry.Time is not null)
            .ToList();
        if (all.Count == 0)
        {
            WriteRow("update of 2 parameters", null, null, null, "≤ 20 ns", null);
            return;
        }

        (string rule, double? worst) = all.MaxBy(entry => entry.Time);
        int within = all.Count(entry => entry.Time <= 20);
        WriteRow(
            Text($"update of 2 parameters: {within} of {all.Count} within; worst: {rule}"),
            Text($"{worst:F1} ns"), "", null, "≤ 20 ns", within == all.Count);
    }

    /// <summary>Reading once is the faster of our own sum and the one in C.</summary>
    private void WriteFullGradient()
    {
        string faster = measurements.Median(C, "read", Samples) < measurements.Median(Ours, "read", Samples) ? C : Ours;
        WriteAtMost(
            $"full gradient beside reading the data once ({(faster == C ? "in C" : "our own sum")})",
            "gradient",
            Samples,
            faster,
            "read",
            1.5);
    }

    private void WriteAtMost(string work, string name, int n, string side, string peer, double goal)
    {
        Ratio? ratio = measurements.Between((Ours, name), (side, peer), n);
        WriteRow(work, Show(Ours, name, n), Show(side, peer, n), ratio, AtMost(goal), ratio is null ? null : ratio.Value.Value <= goal);
    }

    private void WriteFaster(string work, string name, int n, string side, string peer, double? goal, string unit = "ms")
    {
        Ratio? ratio = measurements.Between((side, peer), (Ours, name), n);
        WriteRow(
            work, Show(Ours, name, n, unit), (side == Ours ? "" : side + " ") + Show(side, peer, n, unit), ratio,
            goal is null ? "" : Text($"≥ {goal} × faster"), goal is null || ratio is null ? null : ratio.Value.Value >= goal);
    }

    /// <summary>CPU seconds beside scikit-learn, and how much the loss that it reaches is above ours.</summary>
    private void WriteFit(string work, string name, int n, double goal)
    {
        string loss = name + FitTimes.LossSuffix;
        double? above = (measurements.Median(Sklearn, loss, n) - measurements.Median(Ours, loss, n)) / measurements.Median(Ours, loss, n);
        string shown = above is null ? work : Text($"{work}, CPU time (its loss: {above:+0.0E+0;-0.0E+0} of ours)");
        WriteFaster(shown, name, n, Sklearn, name, goal, "s");
    }

    private void WriteMilliseconds(string work, string name, int n, double? goal)
    {
        double? time = measurements.Median(Ours, name, n);
        WriteRow(
            work,
            time is null ? null : Text($"{time:F1} ms"),
            "",
            null,
            goal is null ? "" : Text($"≤ {goal} ms"),
            time is null || goal is null ? null : time <= goal);
    }

    private void WriteProcess(string work, string name)
    {
        const int N = ProcessStart.Starts;
        bool isEmpty = name == ProcessStart.Empty;
        WriteRow(
            work, Show(Ours, name, N), isEmpty ? "" : Show(Ours, ProcessStart.Empty, N),
            isEmpty ? null : measurements.Between((Ours, name), (Ours, ProcessStart.Empty), N), "", null);
    }

    private void WriteBytes(string work, string name, int n)
    {
        double? bytes = measurements.Median(Ours, name, n);
        WriteRow(work, bytes is null ? null : Text($"{bytes:0.#} bytes"), "", null, "0 bytes", bytes is null ? null : bytes == 0);
    }

    private void WriteRow(string work, string? here, string? beside, Ratio? ratio, string goal, bool? isReached)
    {
        string shown = ratio is { } r ? Text($"{r.Value:F2} ({r.Lowest:F2} to {r.Highest:F2})") : "";
        string verdict = isReached switch { true => "reached", false => "**not reached**", null => "" };
        _out.WriteLine($"| {work} | {here ?? "not measured"} | {beside ?? "not measured"} | {shown} | {goal} | {verdict} |");
    }

    private string? Show(string side, string name, int n, string unit = "ms") =>
        measurements.Median(side, name, n) is { } value ? Text($"{value:G3} {unit}") : null;

    private static string AtMost(double goal) => Text($"≤ {goal} ×");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
