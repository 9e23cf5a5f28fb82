using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GradientDescent.Kernels;

/// <summary>Asks the processor to load numbers that will be read soon. This hides the latency of the memory, and changes no number.</summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Loads numbers into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void IntoSecondLevel<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        byte* line = Start(numbers), end = line + numbers.Length * sizeof(T);
        for (; line < end; line += LineBytes)
            Sse.Prefetch1(line);
    }

    /// <summary>Loads numbers into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void IntoFirstLevel<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        byte* line = Start(numbers), end = line + numbers.Length * sizeof(T);
        for (; line < end; line += LineBytes)
            Sse.Prefetch0(line);
    }

    // Only a hint: it does no harm if the garbage collector moves the numbers.
    private static unsafe byte* Start<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers));
}
