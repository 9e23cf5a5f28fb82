using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GradientDescent.Kernels;

/// <summary>Asks the processor to load numbers that will be read soon. This hides the latency of the memory.</summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Loads numbers into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IntoSecondLevel<T>(ReadOnlySpan<T> numbers) where T : unmanaged => Load(numbers, intoFirstLevel: false);

    /// <summary>Loads numbers into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IntoFirstLevel<T>(ReadOnlySpan<T> numbers) where T : unmanaged => Load(numbers, intoFirstLevel: true);

    /// <summary>Loads single numbers of a vector into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void IntoFirstLevel<T>(ReadOnlySpan<T> numbers, ReadOnlySpan<int> indices) where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        T* first = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers));
        foreach (int index in indices)
            Sse.Prefetch0(first + index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Load<T>(ReadOnlySpan<T> numbers, bool intoFirstLevel)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        // Only a hint: it does no harm if the garbage collector moves the numbers.
        byte* line = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers));
        byte* end = line + numbers.Length * sizeof(T);
        for (; line < end; line += LineBytes)
        {
            if (intoFirstLevel)
                Sse.Prefetch0(line);
            else
                Sse.Prefetch1(line);
        }
    }
}
