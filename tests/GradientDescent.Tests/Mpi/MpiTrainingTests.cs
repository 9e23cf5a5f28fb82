using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Mpi;

/// <summary>Training on the ranks of MPI jobs has the bits of one process without MPI. One job runs at a time.</summary>
[Collection("MPI jobs")]
public sealed class MpiTrainingTests : IDisposable
{
    private static readonly Lazy<(string Name, string Hash)[]> _alone = new(
        () => [.. TrainingJobs.All.Select(job => (job.Name, job.Run(null)))]);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // More ranks than cores take MPICH very long, because its ranks keep a core busy while they wait.
    [Theory]
    [InlineData("Open MPI", 1)]
    [InlineData("Open MPI", 2)]
    [InlineData("Open MPI", 3)]
    [InlineData("Open MPI", 4)]
    [InlineData("MPICH", 1)]
    [InlineData("MPICH", 2)]
    public void Training_OnRanks_HasTheBitsOfOneProcess(string implementation, int ranks)
    {
        MpiJob.SkipUnlessInstalled(implementation);
        Dictionary<string, string> alone = _alone.Value.ToDictionary(job => job.Name, job => job.Hash);
        List<string> expected = [.. _alone.Value.Select(job => Line(job.Name, job.Hash))];
        foreach ((string name, Func<ICollective?, TrainingOptions, TrainingResult> run) in TrainingJobs.Long)
        {
            run(null, new() { MaxSteps = TrainingJobs.StepsToCheckpoint, CheckpointFile = Path.Combine(_folder, name + ".before") });
            expected.Add(Line(name + ", resumed", alone[name]));
        }

        (int exitCode, string output, string error) = MpiJob.Run(implementation, ranks, ["train", _folder]);

        exitCode.Should().Be(0, output + error);
        output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Should().Equal(expected);
        foreach ((string name, Func<ICollective?, TrainingOptions, TrainingResult> run) in TrainingJobs.Long)
        {
            string after = Path.Combine(_folder, name + ".after");
            TrainingResult resumed = run(null, new() { MaxSteps = TrainingJobs.Steps, ResumeFrom = after });
            ResultHash.Of(resumed).Should().Be(alone[name], "a checkpoint of several ranks continues on one");
        }

        string Line(string name, string hash) => $"{name}: {hash} on {ranks} of {ranks}";
    }
}
