using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Mpi;

/// <summary>Processes of MpiProbe: two ranks under one of the launchers of this machine, or one process alone.</summary>
internal static class MpiJob
{
    /// <summary>A job that hangs is killed after this time. What it does takes about a second.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    /// <summary>The implementations that the tests start: the name, what the launcher says of its version, its usual file names.</summary>
    private static readonly (string Name, string Mark, string[] Files)[] _known =
    [
        ("Open MPI", "Open MPI", ["mpirun.openmpi", "mpirun"]),
        ("MPICH", "HYDRA", ["mpirun.mpich", "mpirun"]),
    ];

    private static readonly Lazy<Dictionary<string, string>> _launchers = new(() => _known
        .Select(known => (known.Name, Path: known.Files.Select(PathOf).FirstOrDefault(path => path is not null && Says(path, known.Mark))))
        .Where(known => known.Path is not null)
        .ToDictionary(known => known.Name, known => known.Path!));

    public static IEnumerable<string> Implementations => _known.Select(known => known.Name);

    public static void SkipUnlessInstalled(string implementation) =>
        Assert.SkipUnless(_launchers.Value.ContainsKey(implementation), $"There is no mpirun of {implementation}.");

    /// <summary>Runs the probe on two ranks; the test is skipped if the implementation is not installed.</summary>
    public static (int ExitCode, string Output, string Error) Run(string implementation, string what, string library = "") =>
        Run(implementation, 2, [what], library);

    /// <summary>Runs the probe on any number of ranks.</summary>
    public static (int ExitCode, string Output, string Error) Run(
        string implementation, int ranks, string[] arguments, string library = "") =>
        Run(implementation, ranks, Probe, arguments, new() { ["TERM"] = "dumb", ["GRADIENTDESCENT_MPI"] = library });

    /// <summary>Runs the tool on any number of ranks, in an environment like that of a user's terminal.</summary>
    public static (int ExitCode, string Output, string Error) RunTool(string implementation, int ranks, params string[] arguments) =>
        Run(implementation, ranks, Path.Combine(AppContext.BaseDirectory, "gd.dll"), arguments, new() { ["TERM"] = "xterm" });

    private static (int ExitCode, string Output, string Error) Run(
        string implementation, int ranks, string program, string[] arguments, Dictionary<string, string> environment)
    {
        SkipUnlessInstalled(implementation);
        environment["OMPI_MCA_btl_vader_single_copy_mechanism"] = "none"; // some containers forbid copies from process to process
        string[] options = implementation == "Open MPI" ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        return ChildProcess.Run(
            _launchers.Value[implementation], [.. options, "-n", $"{ranks}", "dotnet", program, .. arguments], AppContext.BaseDirectory,
            environment, _limit);
    }

    /// <summary>Runs the probe as a process that no launcher has started, with these variables in its environment.</summary>
    public static (int ExitCode, string Output, string Error) RunAlone(string what, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["TERM"] = "dumb",
            ["GRADIENTDESCENT_MPI"] = "",
            ["OMPI_COMM_WORLD_SIZE"] = "",
            ["OMPI_COMM_WORLD_RANK"] = "",
            ["PMI_SIZE"] = "",
            ["PMI_RANK"] = "",
            ["PMIX_RANK"] = "",
            ["SLURM_STEP_NUM_TASKS"] = "",
        };
        foreach ((string name, string value) in variables)
            environment[name] = value;
        return ChildProcess.Run("dotnet", [Probe, what], AppContext.BaseDirectory, environment, _limit);
    }

    private static string Probe => Path.Combine(AppContext.BaseDirectory, "MpiProbe.dll");

    private static string? PathOf(string file) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, file))
        .FirstOrDefault(File.Exists);

    private static bool Says(string launcher, string mark) => ChildProcess.Run(
        launcher, ["--version"], AppContext.BaseDirectory, limit: _limit).Output.Contains(mark, StringComparison.OrdinalIgnoreCase);
}
