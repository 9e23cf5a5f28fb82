using System.Runtime.InteropServices;
using TorchSharp;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>Whether the native library can be loaded on this machine.</summary>
internal static class Loading
{
    /// <summary>Prints the versions and returns 0, or prints the reason in a line and returns 1.</summary>
    public static int Try()
    {
        try
        {
            // First alone: TorchSharp answers a failure with pages and a copy of all libraries.
            NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
            Console.WriteLine($"TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch {torch.__version__}");
            return 0;
        }
        catch (DllNotFoundException exception)
        {
            string reason = exception.Message.Split('\n').FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal))
                ?? exception.Message.Split('\n')[0];
            Console.WriteLine(reason.Split(" (required by")[0].Trim());
            return 1;
        }
    }
}
