using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace GradientDescent.Benchmarks;

/// <summary>How long a case is measured where the command line names no job: about five seconds, so that all cases are done within a
/// quarter of an hour.</summary>
internal static class Sampling
{
    public static IConfig For(string[] args)
    {
        bool namesJob = args.Any(arg => arg is "-j" or "--job" || arg.StartsWith("--job=", StringComparison.Ordinal));
        return namesJob
            ? DefaultConfig.Instance
            : DefaultConfig.Instance.AddJob(
                Job.Default.WithWarmupCount(3).WithIterationCount(8).WithIterationTime(TimeInterval.FromMilliseconds(250)).AsDefault());
    }
}
