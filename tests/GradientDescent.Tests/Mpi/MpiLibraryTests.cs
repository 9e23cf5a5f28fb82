namespace GradientDescent.Tests.Mpi;

/// <summary>What is found out before MPI is started. No test loads an MPI library.</summary>
public class MpiLibraryTests
{
    [Theory]
    [InlineData("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4", "Open MPI 4.1.4", MpiFamily.OpenMpi)]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7 2022\nMPICH ABI:\t14:2:2\n", "MPICH 4.0.2", MpiFamily.Mpich)]
    [InlineData("Intel(R) MPI Library 2021.9 for Linux* OS\n", "Intel MPI 2021.9", MpiFamily.Mpich)]
    [InlineData("MVAPICH2 Version      :\t2.3.7\nMVAPICH2 Release date :\tWed March 02 2022\n", "MVAPICH 2.3.7", MpiFamily.Mpich)]
    [InlineData("MPI VERSION    : CRAY MPICH version 8.1.25.17 (ANL base 3.4a2)\n", "Cray MPICH 8.1.25.17", MpiFamily.Mpich)]
    [InlineData("Microsoft MPI 10.1.12498.52", "Microsoft MPI 10.1.12498.52", MpiFamily.Mpich)]
    [InlineData("Another MPI, second edition\nof 2030", "Another MPI, second edition", null)]
    public void Product_OfTheTextOfALibrary_HasNameVersionAndFamily(string text, string name, object? family) =>
        MpiProduct.Of(text).Should().Be(new MpiProduct(name, (MpiFamily?)family));

    [Fact]
    public void Start_WithAFileThatIsMissing_NamesIt() => FluentActions.Invoking(() => MpiCollective.Start("/no/such/libmpi.so"))
        .Should().Throw<DllNotFoundException>().WithMessage("The MPI library '/no/such/libmpi.so' cannot be loaded: *");

    [Fact]
    public void Start_WithALibraryThatIsNotMpi_SaysWhatItHasNot()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no library of this name.");

        FluentActions.Invoking(() => MpiCollective.Start("libc.so.6")).Should().Throw<DllNotFoundException>()
            .WithMessage("The MPI library 'libc.so.6' cannot be loaded: The library has no function MPI_*.");
    }

    [Fact]
    public void Start_WithAFileThatIsMissingInTheEnvironment_NamesTheVariable()
    {
        (int exitCode, string _, string error) = MpiJob.RunAlone("operations", ("GRADIENTDESCENT_MPI", "/no/such/libmpi.so"));

        exitCode.Should().NotBe(0);
        error.Should().Contain("The MPI library '/no/such/libmpi.so', which GRADIENTDESCENT_MPI names, cannot be loaded");
    }

    /// <summary>Whether the process is a rank, the family of the launcher, and the number of processes.</summary>
    [Theory]
    [InlineData("", "False, -, -")]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=1 PMIX_RANK=1", "True, OpenMpi, 4")]
    [InlineData("OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0", "True, OpenMpi, 1")]
    [InlineData("PMI_SIZE=2 PMI_RANK=0", "True, Mpich, 2")]
    [InlineData("PMIX_RANK=0", "True, -, -")]
    [InlineData("SLURM_STEP_NUM_TASKS=3", "True, -, 3")]
    [InlineData("SLURM_STEP_NUM_TASKS=1", "False, -, 1")]
    [InlineData("OMPI_COMM_WORLD_SIZE=8 OMPI_COMM_WORLD_RANK=1 SLURM_STEP_NUM_TASKS=2", "True, OpenMpi, 8")]
    public void Environment_OfARank_SaysThatAndMore(string variables, string expected)
    {
        (string, string)[] pairs =
            [.. variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))];

        MpiJob.RunAlone("environment", pairs).Output.Trim().Should().Be(expected);
    }
}
