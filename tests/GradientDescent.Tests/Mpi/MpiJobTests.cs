namespace GradientDescent.Tests.Mpi;

/// <summary>Jobs of two ranks under each launcher of the machine: the operations, and all the ways in which a rank can end.</summary>
[Collection("MPI jobs")]
public class MpiJobTests
{
    private const string Operations = """
        sum: right on * of *
        sum in parts: right on * of *
        broadcast in parts: right on * of *
        broadcast bits: right on * of *
        wrong root: right on * of *
        wrong exit code: right on * of *
        second start: right on * of *
        null reference: right on * of *
        rank 0 of *, 
        """;

    public static TheoryData<string> Implementations => [.. MpiJob.Implementations];

    /// <summary>
    /// What rank 1 does while rank 0 waits for it, the exit code of the job, and what rank 1 says. A rank that is killed says nothing, and
    /// the code depends on the launcher.
    /// </summary>
    public static TheoryData<string, string, int?, string?> Failures => For(
        ("abort", 3, "rank 1 of 2: The file is missing."),
        ("throw", 70, "rank 1 of 2: System.IO.IOException: The disk is full."),
        ("throw-on-thread", 70, "rank 1 of 2: System.IO.IOException: The disk is full."),
        ("handle", 3, "rank 1 of 2: The program has ended with exit code 3."),
        ("swallow", 70, "rank 1 of 2: An exception has ended the use of MPI on this rank"),
        ("exit", 9, "rank 1 of 2: The program has ended with exit code 9."),
        ("kill", null, null));

    /// <summary>All ranks end with exit code 0.</summary>
    public static TheoryData<string, string, int?, string?> Successes => For(
        ("late", 0, "rank 0 of 2: It has ended its program and waits for the other ranks."),
        ("forget", 0, null), // Dispose is not called
        ("await", 0, null)); // Dispose is called in the handler of an exception

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Operations_OnTwoRanks_AreRight(string implementation)
    {
        (int exitCode, string output, string error) = MpiJob.Run(implementation, "operations");

        exitCode.Should().Be(0, output + error);
        output.ReplaceLineEndings("\n").Should().StartWith(Operations.ReplaceLineEndings("\n").Replace('*', '2') + implementation);
    }

    [Fact]
    public void Operations_OfAProcessWithoutALauncher_AreThoseOfOneRank()
    {
        (int exitCode, string output, string error) = MpiJob.RunAlone("operations");

        Assert.SkipWhen(error.Contains("There is no MPI library"), "There is no MPI library.");
        exitCode.Should().Be(0, output + error);
        output.ReplaceLineEndings("\n").Should().StartWith(Operations.ReplaceLineEndings("\n").Replace('*', '1'));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    [MemberData(nameof(Successes))]
    public void Job_WhoseRankEnds_EndsWithItsCodeAndItsMessage(string implementation, string what, int? expected, string? message)
    {
        (int exitCode, string output, string error) = MpiJob.Run(implementation, what);

        if (expected is { } code)
            exitCode.Should().Be(code, output + error);
        else
            exitCode.Should().NotBe(0, output + error);
        if (message is not null)
            error.Should().Contain(message);
    }

    [Theory]
    [InlineData("Open MPI", "MPICH", "libmpich.so.12")]
    [InlineData("MPICH", "Open MPI", "libmpi.so.40")]
    public void Start_WithTheLibraryOfAnotherLauncher_IsRefused(string launcher, string other, string library)
    {
        MpiJob.SkipUnlessInstalled(other);

        (int exitCode, string _, string error) = MpiJob.Run(launcher, "launched", library);

        exitCode.Should().NotBe(0);
        error.Should().Contain("The launcher has started 2 processes, but " + other).And.Contain("sees one");
    }

    private static TheoryData<string, string, int?, string?> For(params (string What, int? ExitCode, string? Message)[] ends) => [..
        from implementation in MpiJob.Implementations
        from end in ends
        select new TheoryDataRow<string, string, int?, string?>(implementation, end.What, end.ExitCode, end.Message)];
}
