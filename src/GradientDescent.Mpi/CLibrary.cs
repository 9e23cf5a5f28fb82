using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GradientDescent;

/// <summary>What .NET has no function for: calls of the C library of the process.</summary>
internal static unsafe class CLibrary
{
    /// <summary>
    /// Tells UCX, which many MPI libraries use, to handle no signals; must be called before it is loaded. It would end the process at a
    /// SIGSEGV, of which .NET makes a <see cref="NullReferenceException"/>. A setting of the user stays. The variable is set in the
    /// environment of the process itself; <see cref="Environment.SetEnvironmentVariable(string, string)"/> changes a copy that only .NET
    /// sees.
    /// </summary>
    public static void LeaveSignalsToDotNet()
    {
        const int KeepExisting = 0;
        nint setenv = Function("setenv");
        if (setenv == 0)
            return;
        fixed (byte* name = "UCX_ERROR_SIGNALS"u8, empty = "\0"u8)
            _ = ((delegate* unmanaged[Cdecl]<byte*, byte*, int, int>)setenv)(name, empty, KeepExisting);
    }

    /// <summary>Ends the process at once. Nothing else runs: no handler, no other thread.</summary>
    public static void Exit(int exitCode)
    {
        nint exit = Function("_exit");
        if (exit != 0)
            ((delegate* unmanaged[Cdecl]<int, void>)exit)(exitCode);
        Process.GetCurrentProcess().Kill();
    }

    private static nint Function(string name) =>
        !OperatingSystem.IsWindows() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out nint address)
            ? address
            : 0;
}
