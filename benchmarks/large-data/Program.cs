using System.Diagnostics;
using System.Globalization;
using GradientDescent;
using GradientDescent.Arrow;

// What an epoch of a mapped file takes, compared with reading the file: LargeData GIGABYTES [FOLDER].
// The file stays in the folder, so a second call measures it without writing it.
const int Columns = 256, BatchSize = 1024, Rounds = 3;
double gigabytes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1;
string folder = args.Length > 1 ? args[1] : Path.GetTempPath();
int rows = (int)(gigabytes * 1e9 / (Columns * sizeof(double)));
string path = Path.Combine(folder, $"large-{rows}.arrow");

long peak = 0;
using var timer = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 5);

if (!File.Exists(path))
    Report("write", Measure(Write), Bytes());
Cat();
double cat = Enumerable.Range(0, Rounds).Min(_ => Cat());
Report("cat", cat, Bytes());
using var file = ArrowDataset.Open(path);
Console.WriteLine(file.Data);
foreach (int threads in new[] { 1, Environment.ProcessorCount })
{
    var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), file.Data) { MaxDegreeOfParallelism = threads };
    IObjective all = Objective.Full(risk);
    double[] at = new double[risk.ParameterCount], gradient = new double[at.Length];
    Row($"full gradient, {threads} threads", () => Enumerable.Range(0, Rounds).Min(_ => Measure(() => all.Evaluate(at, gradient))));
    foreach (SampleOrder order in new[] { SampleOrder.Sequential, SampleOrder.BlockShuffled, SampleOrder.Shuffled })
    {
        var options = new TrainingOptions
        {
            MaxEpochs = Rounds,
            Batching = Batching.Mini(BatchSize),
            Order = order,
            MaxDegreeOfParallelism = threads,
        };
        foreach (FeatureScaling scaling in new[] { FeatureScaling.None, FeatureScaling.Standardize })
        {
            Row($"mini-batches, {order}, {scaling}, {threads} threads", () => Epoch(options, scaling));
        }
    }
}

void Row(string name, Func<double> seconds)
{
    GC.Collect();
    peak = 0;
    double least = seconds();
    Report(name, least, Bytes());
    Console.WriteLine(FormattableString.Invariant($"{"",-54}{cat / least,8:P0} of cat, at most {peak / 1e6:F0} MB of managed memory"));
}

// The shortest epoch of a run, without what a fit does before the first step and after the last one.
double Epoch(TrainingOptions options, FeatureScaling scaling)
{
    TrainingRun run = new Trainer(new MiniBatchSGD(1e-4), options).CreateRun(
        new LinearRegression(), file.Data, options: new FitOptions { Scaling = scaling });
    double least = double.PositiveInfinity;
    for (int epoch = 0; epoch < Rounds; epoch++)
    {
        least = Math.Min(least, Measure(() =>
        {
            while (run.Advance() && !run.Report.EndsEpoch)
            {
            }
        }));
    }

    return least;
}

void Write()
{
    double[] row = new double[Columns];
    ArrowDataset.Write(path, Enumerable.Range(0, rows), Features, i => i % 1000 / 1000.0);

    double[] Features(int i)
    {
        for (int j = 0; j < Columns; j++)
            row[j] = (i * 31L + j * 17L) % 1021 / 1021.0 - 0.5;
        return row;
    }
}

double Cat() => Measure(() =>
{
    using var process = Process.Start("sh", ["-c", $"cat '{path}' > /dev/null"]);
    process.WaitForExit();
});

long Bytes() => new FileInfo(path).Length;

static double Measure(Action work)
{
    long start = Stopwatch.GetTimestamp();
    work();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

static void Report(string name, double seconds, long bytes) =>
    Console.WriteLine(FormattableString.Invariant($"{name,-54}{seconds,8:F2} s{bytes / seconds / 1e9,8:F2} GB/s"));
