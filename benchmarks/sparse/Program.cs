// Epochs of a logistic regression on sparse rows, one sample a step, next to the same loops in C. Arguments: rows, columns and numbers in a
// row (1000000 1000000 50 unless given). With "nonzeros" as the only argument: how the time of an epoch grows with the numbers in a row.
// With "fits FILE C": logistic regressions without intercept on a LIBSVM file, by the objective of benchmarks/peers/sparse_fits.py.
using System.Diagnostics;
using System.Globalization;
using GradientDescent;

if (args is ["nonzeros"])
{
    foreach (int numbers in new[] { 25, 50, 100, 200 })
    {
        (double seconds, double cpu) = EpochOf(() => new SGD(0.05), Make(500_000, 1 << 20, numbers), SampleOrder.Sequential);
        Console.WriteLine($"{numbers} numbers in a row, 500000 rows: {seconds:F3} s, CPU {cpu:F3} s");
    }

    return;
}

if (args is ["fits", var file, var inverse])
{
    Fits(file, double.Parse(inverse, CultureInfo.InvariantCulture));
    return;
}

(int rows, int columns, int perRow) = args.Length == 3
    ? (NumberOf(args[0]), NumberOf(args[1]), NumberOf(args[2]))
    : (1_000_000, 1_000_000, 50);
Dataset data = Make(rows, columns, perRow);
Console.WriteLine($"{data}; {GC.GetTotalMemory(forceFullCollection: true) / (12.0 * rows * perRow):F2} times the memory of the numbers");
string? reference = Compile();
foreach ((string name, Func<IOptimizer> optimizer) in new (string, Func<IOptimizer>)[]
    { ("sgd", () => new SGD(0.05)), ("adagrad", () => new AdaGrad(0.1)), ("ftrl", () => new FTRL(0.1, l1Strength: 0.1)) })
{
    foreach (SampleOrder order in new[] { SampleOrder.Sequential, SampleOrder.Shuffled })
    {
        (double seconds, double cpu) = EpochOf(optimizer, data, order);
        string c = reference is null ? "" : Run(reference, $"{rows} {columns} {perRow} {name} {order}");
        string compared = c.Length == 0 ? "" : $"; C {c} s, ratio {seconds / double.Parse(c, CultureInfo.InvariantCulture):F2}";
        Console.WriteLine($"{name}, {order}: {seconds:F3} s, CPU {cpu:F3} s{compared}");
    }
}

static void Fits(string file, double c)
{
    var format = new LibSvmOptions { Classes = [-1, 1], FeatureCount = 1_000_000 };
    (Dataset data, double reading) = Timed(() => Dataset.FromLibSvm(file, format));
    Console.WriteLine($"reading: CPU {reading:F2} s; {data}");
    var options = new FitOptions { Penalty = new L2Penalty(1 / (c * data.SampleCount)), Scaling = FeatureScaling.None };
    var fits = new List<(string Name, Func<TrainingResult> Fit)>
    {
        ("LogisticRegression.Fit", () => LogisticRegression.Fit(data, intercept: false, penalty: options.Penalty).Result),
    };
    foreach (int steps in new[] { 20, 50, 100 })
        fits.Add(($"LBFGS, {steps} steps", () => Fit(new LBFGS(), new() { MaxSteps = steps, MaxDegreeOfParallelism = 1 })));
    foreach (int epochs in new[] { 5, 20, 50 })
    {
        fits.Add(($"SGD, {epochs} epochs", () => Fit(new SGD(0.1), new()
        {
            MaxEpochs = epochs,
            Seed = 1,
            SparseUpdates = SparseUpdates.Exact,
            Schedule = new InverseTimeDecay(Horizon.Steps(data.SampleCount)),
        })));
    }

    foreach ((string name, Func<TrainingResult> fit) in fits)
    {
        (TrainingResult result, double seconds) = Timed(fit);
        Console.WriteLine($"{name}: CPU {seconds:F2} s, objective {result.Loss:F7}, {result.Steps} steps, {result.Reason}");
    }

    TrainingResult Fit(IOptimizer optimizer, TrainingOptions training) =>
        new Trainer(optimizer, training).Fit(new LogisticRegression(intercept: false), data, options: options);

    static (T Result, double Cpu) Timed<T>(Func<T> work)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        T result = work();
        return (result, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }
}

// The difference between runs of one and of eleven epochs: without the measurement of the result.
static (double Seconds, double Cpu) EpochOf(Func<IOptimizer> optimizer, Dataset data, SampleOrder order)
{
    const int Rounds = 5, More = 10;
    var differences = new List<(double Seconds, double Cpu)>();
    Epochs(1);
    for (int round = 0; round < Rounds; round++)
    {
        (double Seconds, double Cpu) one = Epochs(1), several = Epochs(1 + More);
        differences.Add(((several.Seconds - one.Seconds) / More, (several.Cpu - one.Cpu) / More));
    }

    return differences.OrderBy(difference => difference.Seconds).ElementAt(Rounds / 2);

    (double Seconds, double Cpu) Epochs(int count)
    {
        var risk = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data);
        var options = new TrainingOptions
        {
            MaxEpochs = count, Batching = Batching.Mini(1), Order = order, SparseUpdates = SparseUpdates.Exact, MaxDegreeOfParallelism = 1,
        };
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        new Trainer(optimizer(), options).Minimize(risk, new double[risk.ParameterCount]);
        return (watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }
}

// Ones at random columns, one in each of as many strips of columns as a row has numbers; the class is that of a random hyperplane.
static Dataset Make(int rows, int columns, int perRow)
{
    var random = new Random(1);
    double[] normal = [.. Enumerable.Range(0, columns).Select(_ => 2 * random.NextDouble() - 1)], targets = new double[rows];
    int[] starts = new int[rows + 1], places = new int[rows * perRow];
    double[] values = new double[places.Length];
    Array.Fill(values, 1);
    for (int i = 0, next = 0; i < rows; i++)
    {
        double score = 0;
        for (int k = 0; k < perRow; k++, next++)
        {
            places[next] = (int)((long)k * columns / perRow) + random.Next(columns / perRow);
            score += normal[places[next]];
        }

        targets[i] = score > 0 ? 1 : 0;
        starts[i + 1] = next;
    }

    return Dataset.FromSparse(starts, places, values, columns, targets, copy: false);
}

static int NumberOf(string argument) => int.Parse(argument, CultureInfo.InvariantCulture);

static string? Compile()
{
    string source = Path.Combine(Directory.GetCurrentDirectory(), "benchmarks", "peers", "sparse.c"), program = Path.GetTempFileName();
    try
    {
        Run("gcc", $"-O2 -march=native -o {program} {source} -lm");
        return program;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        Console.WriteLine("There is no gcc: the loops in C are skipped.");
        return null;
    }
}

static string Run(string program, string arguments)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    string output = process.StandardOutput.ReadToEnd().Trim();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
}
