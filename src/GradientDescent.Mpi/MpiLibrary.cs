using System.Runtime.InteropServices;

namespace GradientDescent;

/// <summary>A loaded MPI library: its functions, its binary interface and what it is.</summary>
internal sealed record MpiLibrary(MpiFunctions Functions, MpiAbi Abi, MpiProduct Product)
{
    /// <summary>The environment variable with the path or name of the library to load.</summary>
    public const string Variable = "GRADIENTDESCENT_MPI";

    // The names under which MPI libraries are installed. The standard's own name comes first. libmpi.so.12 is Intel MPI, MVAPICH and,
    // outside Debian, MPICH.
    private static readonly (string Name, MpiFamily? Family)[] _linux =
    [
        ("libmpi_abi.so.0", null), ("libmpi_abi.so", null),
        ("libmpi.so.40", MpiFamily.OpenMpi),
        ("libmpich.so.12", MpiFamily.Mpich), ("libmpi.so.12", MpiFamily.Mpich),
        ("libmpi.so", null), ("libmpich.so", MpiFamily.Mpich),
    ];

    private static readonly (string Name, MpiFamily? Family)[] _macOS =
    [
        ("libmpi_abi.0.dylib", null), ("libmpi_abi.dylib", null),
        ("libmpi.40.dylib", MpiFamily.OpenMpi), ("libmpi.12.dylib", MpiFamily.Mpich),
        ("libmpi.dylib", null),
    ];

    private static readonly (string Name, MpiFamily? Family)[] _windows =
        [("mpi_abi.dll", null), ("msmpi.dll", MpiFamily.Mpich), ("impi.dll", MpiFamily.Mpich)];

    /// <summary>Loads the library that is named, or the first of the usual names, those of the launcher's family first.</summary>
    /// <param name="named">The path or name; without it, that of the environment variable, if it is set.</param>
    public static MpiLibrary Load(string? named)
    {
        CLibrary.LeaveSignalsToDotNet();
        if (named is not null)
            return LoadNamed(named, $"The MPI library '{named}'");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
            return LoadNamed(path, $"The MPI library '{path}', which {Variable} names,");

        // Where two implementations are installed, the library of the wrong one does not see the other processes.
        MpiFamily? wanted = MpiLauncher.Family;
        MpiLibrary? other = null;
        foreach ((string name, _) in Names.OrderBy(name => wanted is not null && name.Family is not null && name.Family != wanted))
        {
            if (TryLoad(name) is not { } library)
                continue;
            if (wanted is null || library.Product.Family is null || library.Product.Family == wanted)
                return library;
            other ??= library;
        }

        return other ?? throw new DllNotFoundException(
            $"There is no MPI library among {string.Join(", ", Names.Select(name => name.Name))}. Install one, for example with " +
            $"'apt-get install openmpi-bin', or set {Variable} to the path of the library.");
    }

    private static (string Name, MpiFamily? Family)[] Names =>
        OperatingSystem.IsWindows() ? _windows : OperatingSystem.IsMacOS() ? _macOS : _linux;

    private static MpiLibrary LoadNamed(string name, string subject)
    {
        try
        {
            return Read(name, NativeLibrary.Load(name));
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new DllNotFoundException($"{subject} cannot be loaded: {exception.Message.Trim()}", exception);
        }
    }

    private static MpiLibrary? TryLoad(string name)
    {
        try
        {
            return NativeLibrary.TryLoad(name, out nint library) ? Read(name, library) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // another library with this name
        }
    }

    private static MpiLibrary Read(string name, nint library)
    {
        var functions = new MpiFunctions(library);
        string text = functions.LibraryVersion;
        MpiProduct product = MpiProduct.Of(text);
        MpiAbi? abi = IsStandard(name, library) ? MpiAbi.Standard
            : NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _) ? MpiAbi.OpenMpi(library)
            : product.Family == MpiFamily.Mpich ? MpiAbi.Mpich
            : null;
        return abi is null
            ? throw new EntryPointNotFoundException($"Its binary interface is not known. It calls itself '{product.Name}'.")
            : new(functions, abi, product);
    }

    // A library of the standard ABI has this name; others may have the function too.
    private static bool IsStandard(string name, nint library) =>
        Path.GetFileName(name).Contains("mpi_abi", StringComparison.Ordinal)
        && NativeLibrary.TryGetExport(library, "MPI_Abi_get_version", out _);
}
