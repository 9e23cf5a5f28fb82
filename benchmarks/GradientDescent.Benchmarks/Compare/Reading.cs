using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>The sum of an array with eight accumulators: as fast as one core can read.</summary>
internal static class Reading
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> values)
    {
        ref double first = ref MemoryMarshal.GetReference(values);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        nuint length = (nuint)values.Length, i = 0;
        for (; i + 64 <= length; i += 64)
        {
            s0 += Vector512.LoadUnsafe(ref first, i);
            s1 += Vector512.LoadUnsafe(ref first, i + 8);
            s2 += Vector512.LoadUnsafe(ref first, i + 16);
            s3 += Vector512.LoadUnsafe(ref first, i + 24);
            s4 += Vector512.LoadUnsafe(ref first, i + 32);
            s5 += Vector512.LoadUnsafe(ref first, i + 40);
            s6 += Vector512.LoadUnsafe(ref first, i + 48);
            s7 += Vector512.LoadUnsafe(ref first, i + 56);
        }

        double sum = Vector512.Sum(s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)));
        for (; i < length; i++)
            sum += Unsafe.Add(ref first, i);
        return sum;
    }
}
