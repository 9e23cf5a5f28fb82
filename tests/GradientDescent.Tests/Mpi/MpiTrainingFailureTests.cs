using System.Diagnostics;
using System.Globalization;

namespace GradientDescent.Tests.Mpi;

/// <summary>
/// A rank that fails while all train ends the job within seconds, with a message that names it, and the last checkpoint is whole. What need
/// not end the job does not.
/// </summary>
[Collection("MPI jobs")]
public sealed class MpiTrainingFailureTests : IDisposable
{
    private const int SoftwareError = 70;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Implementations => [.. MpiJob.Implementations];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Implementations))]
    public void AnException_OnOneRank_EndsTheJob(string implementation)
    {
        (int exitCode, string output, string error) = MpiJob.Run(implementation, 2, ["train-failing", "observer"]);

        DateTimeOffset thrown = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(output.Trim(), CultureInfo.InvariantCulture));
        (DateTimeOffset.UtcNow - thrown).Should().BeLessThan(_limit);
        exitCode.Should().Be(SoftwareError);
        error.Should().Contain("rank 1 of 2: IOException: The disk is full.");
    }

    [Theory]
    [InlineData("data", "Rank 1 has other data than rank 0: '2000 samples, 8 features, 1 target, SHA-256 ")]
    [InlineData("optimizer", "Rank 1 has other optimizer than rank 0: 'Momentum, rate 1E-05, ")]
    [InlineData("options", "Rank 1 has other options than rank 0: 'MaxEpochs 1001, ")]
    public void OtherSettings_OnOneRank_EndTheJob(string what, string message)
    {
        foreach (string implementation in MpiJob.Implementations.Take(1))
        {
            (int exitCode, string output, string error) = MpiJob.Run(implementation, 2, ["train-failing", what]);

            exitCode.Should().Be(SoftwareError, output + error);
            error.Should().Contain("of 2: System.InvalidOperationException: " + message);
        }
    }

    [Theory]
    [InlineData("Open MPI", 0)]
    [InlineData("Open MPI", 1)]
    [InlineData("MPICH", 0)]
    [InlineData("MPICH", 1)]
    public async Task AJob_WhoseRankIsKilled_EndsAndCanBeContinued(string implementation, int rank)
    {
        MpiJob.SkipUnlessInstalled(implementation);
        string file = Path.Combine(_folder, $"process of rank {rank}"), checkpoint = Path.Combine(_folder, "run.checkpoint");
        Task<(int ExitCode, string Output, string Error)> job = Task.Run(
            () => MpiJob.Run(implementation, 2, ["train-until-killed", _folder]), TestContext.Current.CancellationToken);
        while (!File.Exists(file) && !job.IsCompleted)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        job.IsCompleted.Should().BeFalse("it takes longer than this");
        await Task.Delay(new Random().Next(200), TestContext.Current.CancellationToken); // any moment, also while a checkpoint is written
        int process = int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        long killed = Stopwatch.GetTimestamp();
        Process.GetProcessById(process).Kill(); // SIGKILL

        (int exitCode, string output, string error) = await job;

        Stopwatch.GetElapsedTime(killed).Should().BeLessThan(_limit);
        exitCode.Should().NotBe(0, output + error);
        (output + error).Should().MatchRegex($"rank {rank} |PID {process} ").And.Contain("signal 9", "the launcher says who was killed");
        string whole = TrainingJobs.Killed(null, Path.Combine(_folder, "other.checkpoint"));
        string copy = checkpoint + ".copy";
        File.Copy(checkpoint, copy);
        TrainingJobs.Killed(null, copy).Should().Be(whole, "one process continues the job");
        (_, output, error) = MpiJob.Run(implementation, 2, ["train-until-killed", _folder]);
        output.Trim().Should().Be($"whole: {whole} on 2 of 2", error);
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void ACancellation_ATimeLimit_AndALostCheckpoint_EndNoRankAlone(string implementation)
    {
        (int exitCode, string output, string error) = MpiJob.Run(implementation, 2, ["train-interrupted", _folder]);

        exitCode.Should().Be(0, output + error);
        output.ReplaceLineEndings("\n").Should().StartWith("""
            cancelled, full batches: Cancelled at the same step on 2 of 2
            cancelled, mini-batches: Cancelled at the same step on 2 of 2
            time: MaxTime at the same step on 2 of 2
            unwritten checkpoint: MaxSteps at the same step on 2 of 2
            The last checkpoint could not be written: 
            """.ReplaceLineEndings("\n"));
    }
}
