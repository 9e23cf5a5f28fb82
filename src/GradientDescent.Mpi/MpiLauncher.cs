using System.Globalization;

namespace GradientDescent;

/// <summary>What the environment says about the program that has started this process.</summary>
internal static class MpiLauncher
{
    // Variables that hold the number of processes, in the order in which they are believed: an mpirun inside a Slurm job sets the first
    // ones, and the processes inherit those of Slurm, which then count something else.
    private static readonly string[] _sizes = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"];
    private static readonly string[] _ranks = ["OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"];

    /// <summary>
    /// Whether a launcher has started this process: it has set the number of a rank. srun without an interface for MPI sets its own
    /// variables only, also for a shell: there, more than one process counts.
    /// </summary>
    public static bool IsPresent => _ranks.Any(IsSet) || Size > 1;

    /// <summary>The number of processes that were started, or <see langword="null"/> if the environment does not say it.</summary>
    public static int? Size => _sizes.Where(IsSet).Select(Number).FirstOrDefault();

    /// <summary>The family of the launcher, if the environment says it.</summary>
    public static MpiFamily? Family =>
        IsSet("OMPI_COMM_WORLD_SIZE") ? MpiFamily.OpenMpi
        : IsSet("PMI_RANK") ? MpiFamily.Mpich
        : null;

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : null;
}
