using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Running;
using GradientDescent.Benchmarks;
using GradientDescent.Benchmarks.Compare;

long entered = Stopwatch.GetTimestamp();
switch (args)
{
    // What benchmarks/compare calls: n and samples as for the programs in benchmarks/peers; folder is where files are written.
    case ["measure-updates", string n, string samples]:
        UpdateTimes.Print(Number(n), Number(samples));
        break;
    case ["measure-late-updates", string n, string samples]:
        UpdateTimes.PrintLate(Number(n), Number(samples));
        break;
    case ["measure-blocks", string side, string samples]:
        BlockTimes.Print(Number(side), Number(samples));
        break;
    case ["measure-steps", string samples]:
        StepTimes.Print(Number(samples));
        break;
    case ["measure-network", string samples]:
        NetworkTimes.Print(Number(samples));
        break;
    case ["measure-training", string samples]:
        TrainingTimes.Print(Number(samples));
        break;
    case ["measure-job", string side, string name, string folder]:
        JobOf(side, name, folder).Print(name);
        break;
    case ["measure-growth", string folder, string samples]:
        GrowthTimes.Print(folder, Number(samples));
        break;
    case ["write-csv", string folder, string rows, string columns]:
        Console.WriteLine(CsvFile.In(folder, Number(rows), Number(columns)));
        break;
    case ["measure-threads", string n, string samples]:
        ThreadTimes.Print(Number(n), Number(samples));
        break;
    case ["measure-start", "updates"]:
        ColdStart.PrintUpdates(entered);
        break;
    case ["measure-start", "fit"]:
        ColdStart.PrintFit(entered);
        break;
    case ["measure-start", "processes", string empty, string fit, string tool]:
        ProcessStart.Print(empty, fit, tool);
        break;
    case ["measure-allocation"]:
        Allocation.Print();
        break;
    case ["describe"]:
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, vectors of {VectorBits()} bits");
        break;
    case ["table", string path]:
        new ReachTable(Measurements.Read(path), Console.Out).Write();
        Console.WriteLine();
        WriteJobs(path);
        break;
    case ["table-of-jobs", string path]:
        WriteJobs(path);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Sampling.For(args));
        break;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static void WriteJobs(string path)
{
    new JobTable(Measurements.Read(path), Console.Out).Write();
    Console.WriteLine();
    new GrowthTable(Measurements.Read(path), Console.Out).Write();
}

static Job JobOf(string side, string name, string folder) => side switch
{
    Measurements.Ours => Jobs.Find(name, folder),
    Measurements.MathNetQR => MathNetJobs.Find(name, byQR: true),
    Measurements.MathNetNormal => MathNetJobs.Find(name, byQR: false),
    Measurements.MLNet => MLNetJobs.Find(name),
    _ => throw new ArgumentException($"There is no side '{side}'.", nameof(side)),
};

static int VectorBits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
