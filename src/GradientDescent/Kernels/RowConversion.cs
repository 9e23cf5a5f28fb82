using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>Between rows in float, which take half the memory, and rows in double, which are computed with.</summary>
internal static class RowConversion
{
    /// <summary>Exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<float> source, Span<double> target)
    {
        ref float s = ref MemoryMarshal.GetReference(source);
        ref double t = ref MemoryMarshal.GetReference(target[..source.Length]);
        nuint length = (nuint)source.Length, i = 0;
        for (; i + 16 <= length; i += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.LoadUnsafe(ref s, i));
            low.StoreUnsafe(ref t, i);
            high.StoreUnsafe(ref t, i + 8);
        }

        for (; i < length; i++)
            Unsafe.Add(ref t, i) = Unsafe.Add(ref s, i);
    }

    /// <summary>Rounded to nearest. Returns the index of the first number that no float is near, or −1.</summary>
    public static int Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = (float)source[i];
            if (!float.IsFinite(target[i]))
                return i;
        }

        return -1;
    }
}
