namespace GradientDescent.Benchmarks.Compare;

/// <summary>
/// CPU time, time and memory of whole jobs here, with the goals; then the same of the peers, with the ratio to ours in brackets, and how
/// much the loss that they reach is above ours.
/// </summary>
internal sealed class JobTable(Measurements measurements, TextWriter output)
{
    private const string Ours = Measurements.Ours, Sklearn = Measurements.Sklearn, Pandas = Measurements.Pandas,
        MathNetQR = Measurements.MathNetQR, MathNetNormal = Measurements.MathNetNormal, MLNet = Measurements.MLNet,
        TorchSharp = Measurements.TorchSharp;

    private const double Megabyte = 1e6;

    // As benchmarks/compare names the two calls of gd.
    private const string ToolBestFit = "gd/best-fit", ToolEpoch = "gd/sgd-epoch";
    private const int ToolEpochRows = 100_000;

    public void Write()
    {
        output.WriteLine(
            "Whole jobs on one thread, their memory beyond the data; and whole processes as a user starts them, all of their memory.");
        output.WriteLine();
        output.WriteLine("| whole job | CPU s | s | MB | loss above ours | goal | |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        WriteFits();
        WriteRuns();
        WriteFiles();
    }

    private void WriteFits()
    {
        const int Rows = Jobs.Rows, Columns = Jobs.Columns, Tall = Jobs.TallRows, TallColumns = Jobs.TallColumns;
        Write("LinearRegression.Fit, 200,000 × 100", Jobs.Linear, Rows, AtMost(Job.Cpu, 0.8), TimesData(2.2, Rows * Columns, "features"));
        WritePeers(Jobs.Linear, Rows, (Sklearn, null), (MathNetQR, null), (MathNetNormal, null));
        Write(
            "LinearRegression.Fit, 1,000,000 × 10", Jobs.TallLinear, Tall,
            AtMost(Job.Cpu, 0.35), TimesData(2.2, Tall * TallColumns, "features"));
        WritePeers(Jobs.TallLinear, Tall, (Sklearn, null), (MathNetQR, null), (MathNetNormal, null));
        Write("LinearRegression.Fit with its statistics, 200,000 × 100", Jobs.LinearStatistics, Rows, AtMost(Job.Cpu, 2.5));
        Write("LogisticRegression.Fit, 200,000 × 100", Jobs.Logistic, Rows);
        WritePeers(Jobs.Logistic, Rows, (Sklearn, 1), (MLNet, 1));
        Write("SoftmaxRegression.Fit, 60,000 × 784 in 10 classes", Jobs.Softmax, Problems.ImageSamples);
        WritePeers(Jobs.Softmax, Problems.ImageSamples, (Sklearn, 0.9));
        Write("the same, correlated and constant columns", Jobs.CorrelatedSoftmax, Problems.ImageSamples);
        WritePeers(Jobs.CorrelatedSoftmax, Problems.ImageSamples, (Sklearn, 0.9));
    }

    private void WriteRuns()
    {
        foreach ((string name, string features) in new[] { (Jobs.SoftmaxEpoch, "double"), (Jobs.FloatSoftmaxEpoch, "float") })
        {
            Write(
                $"Trainer.Fit of softmax, one unscaled epoch of 60,000 × 784, batches of 128, {features} features",
                name,
                Problems.ImageSamples,
                AtMost(Job.Wall, 0.2));
            WritePeers(name, Problems.ImageSamples, (TorchSharp, null));
        }

        Write(
            "Dataset.From and one pass of SGD, unscaled, 200,000 × 100", Jobs.OnePass, Jobs.Rows, AtMost(Job.Wall, 0.1),
            AtMost(Job.Memory, 10));
        WritePeers(Jobs.OnePass, Jobs.Rows, (MLNet, null), (Sklearn, null));
    }

    private void WriteFiles()
    {
        const int Rows = Jobs.TallRows;
        Write(
            "Dataset.FromCsv, 1,000,000 × 10 (100 MB)", Jobs.ReadCsv, Rows, AtMost(Job.Cpu, 0.6),
            TimesData(1.6, Rows * (Jobs.TallColumns + 1), "data"));
        WritePeers(Jobs.ReadCsv, Rows, (Pandas, null), (Measurements.NumPy, null));
        Write("gd fit, 1,000,000 × 10, the whole process", ToolBestFit, Rows, AtMost(Job.Cpu, 2.5), AtMost(Job.Memory, 400));
        WritePeers(ToolBestFit, Rows, (Sklearn, null));
        Write(
            "gd fit --optimizer sgd --epochs 1, 100,000 × 50, the whole process", ToolEpoch, ToolEpochRows, AtMost(Job.Cpu, 1.2),
            AtMost(Job.Memory, 250));
        WritePeers(ToolEpoch, ToolEpochRows, (Sklearn, null));
    }

    private void Write(string work, string name, int n, params Goal[] goals)
    {
        if (measurements.Median(Ours, name + Job.Cpu, n) is null)
        {
            output.WriteLine($"| {work} | not measured | | | | {string.Join("; ", goals.Select(goal => goal.Text))} | |");
            return;
        }

        string verdicts = string.Join(
            "; ", goals.Select(goal => GoalRows.Verdict(measurements.Median(Ours, name + goal.Suffix, n) <= goal.Most)));
        output.WriteLine(
            $"| {work} | {Show(Ours, name + Job.Cpu, n)} | {Show(Ours, name + Job.Wall, n)} | {Show(Ours, name + Job.Memory, n)} | "
            + $"| {string.Join("; ", goals.Select(goal => goal.Text))} | {verdicts} |");
    }

    /// <summary>A row for each peer; a goal says by how much its CPU time is at least longer than ours.</summary>
    private void WritePeers(string name, int n, params (string Side, double? Goal)[] peers)
    {
        foreach ((string side, double? goal) in peers)
        {
            Ratio? ratio = measurements.Between((side, name + Job.Cpu), (Ours, name + Job.Cpu), n);
            string shown = goal is null ? "" : GoalRows.Text($"≥ {goal} × our CPU s");
            output.WriteLine(
                $"| – {Title(side, name)} | {Show(side, name + Job.Cpu, n)} | {Show(side, name + Job.Wall, n)} | "
                + $"{Show(side, name + Job.Memory, n)} | {LossAbove(side, name + Job.Loss, n)} | {shown} | "
                + $"{GoalRows.Verdict(goal is null || ratio is null ? null : ratio.Value.Value >= goal)} |");
        }
    }

    private string Show(string side, string name, int n)
    {
        if (measurements.Median(side, name, n) is not { } value)
            return "not measured";
        Ratio? ratio = side == Ours ? null : measurements.Between((side, name), (Ours, name), n);
        return ratio is null ? GoalRows.Text($"{value:G3}") : GoalRows.Text($"{value:G3} ({ratio.Value.Value:G2} ×)");
    }

    private string LossAbove(string side, string name, int n)
    {
        double? above = (measurements.Median(side, name, n) - measurements.Median(Ours, name, n)) / measurements.Median(Ours, name, n);
        return above is null ? "" : GoalRows.Text($"{above:+0.0E+0;-0.0E+0;0} of ours");
    }

    private static string Title(string side, string name) => side switch
    {
        Sklearn => name.StartsWith("gd/", StringComparison.Ordinal) ? "pandas and scikit-learn" : "scikit-learn",
        Pandas => "pandas",
        Measurements.NumPy => "numpy.loadtxt",
        MathNetQR => "MathNet, QR",
        MathNetNormal => "MathNet, normal equations",
        TorchSharp => "TorchSharp",
        MLNet => name == Jobs.OnePass ? "ML.NET, OnlineGradientDescent" : "ML.NET, LbfgsLogisticRegression",
        _ => side,
    };

    private static Goal AtMost(string suffix, double most) => new(
        suffix, most, GoalRows.Text($"≤ {most} {suffix switch { Job.Cpu => "CPU s", Job.Wall => "s", _ => "MB" }}"));

    private static Goal TimesData(double times, int numbers, string data) => new(
        Job.Memory, times * sizeof(double) * numbers / Megabyte,
        GoalRows.Text($"≤ {times * sizeof(double) * numbers / Megabyte:F0} MB ({times} × the {data})"));

    private readonly record struct Goal(string Suffix, double Most, string Text);
}
