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
    // What benchmarks/compare calls: n and samples as for the programs in benchmarks/peers.
    case ["measure-updates", string n, string samples]:
        UpdateTimes.Print(Number(n), Number(samples));
        break;
    case ["measure-training", string samples]:
        TrainingTimes.Print(Number(samples));
        break;
    case ["measure-fits"]:
        FitTimes.Print();
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
        new ReachTable(Measurements.Read(path)).WriteTo(Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Sampling.For(args));
        break;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int VectorBits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
