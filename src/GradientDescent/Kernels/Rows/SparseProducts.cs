using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>Products and sums of one sparse row. The order of additions is fixed, so the bits are the same on every machine.</summary>
/// <remarks>
/// The columns of a row are checked once, when its table is built: they are at least 0 and less than the length of the vector. Number i of
/// a row goes to sum i mod 4; the sums are added as (0 + 1) + (2 + 3). Vectors do not help: the memory access for each number takes
/// longest.
/// </remarks>
internal static class SparseProducts
{
    private const int SumCount = 4; // four additions at a time hide the latency of each

    /// <summary>Returns Σ vᵢ·wⱼ, where j is the column of number i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot<T>(ReadOnlySpan<int> columns, ReadOnlySpan<T> values, ReadOnlySpan<double> weights)
        where T : unmanaged
    {
        ref int column = ref MemoryMarshal.GetReference(columns);
        ref T value = ref MemoryMarshal.GetReference(values);
        ref double weight = ref MemoryMarshal.GetReference(weights);
        nuint count = (nuint)columns.Length, i = 0;
        double first = 0, second = 0, third = 0, fourth = 0;
        for (; i + SumCount <= count; i += SumCount)
        {
            first += AsDouble.One(ref value, i) * At(ref weight, ref column, i);
            second += AsDouble.One(ref value, i + 1) * At(ref weight, ref column, i + 1);
            third += AsDouble.One(ref value, i + 2) * At(ref weight, ref column, i + 2);
            fourth += AsDouble.One(ref value, i + 3) * At(ref weight, ref column, i + 3);
        }

        if (i < count)
            first += AsDouble.One(ref value, i) * At(ref weight, ref column, i);
        if (i + 1 < count)
            second += AsDouble.One(ref value, i + 1) * At(ref weight, ref column, i + 1);
        if (i + 2 < count)
            third += AsDouble.One(ref value, i + 2) * At(ref weight, ref column, i + 2);
        return first + second + (third + fourth);
    }

    /// <summary>Adds factor·vᵢ to sum j, where j is the column of number i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled<T>(ReadOnlySpan<int> columns, ReadOnlySpan<T> values, double factor, Span<double> sums)
        where T : unmanaged
    {
        ref int column = ref MemoryMarshal.GetReference(columns);
        ref T value = ref MemoryMarshal.GetReference(values);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0, count = (nuint)columns.Length; i < count; i++)
            At(ref sum, ref column, i) += factor * AsDouble.One(ref value, i);
    }

    /// <summary>Returns whether the elements of a vector at the columns are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreFinite(ReadOnlySpan<int> columns, ReadOnlySpan<double> vector)
    {
        ref int column = ref MemoryMarshal.GetReference(columns);
        ref double element = ref MemoryMarshal.GetReference(vector);
        nuint count = (nuint)columns.Length, i = 0;
        double first = 0, second = 0, third = 0, fourth = 0; // of zeros, or NaN: 0·∞ and 0·NaN
        for (; i + SumCount <= count; i += SumCount)
        {
            first += 0 * At(ref element, ref column, i);
            second += 0 * At(ref element, ref column, i + 1);
            third += 0 * At(ref element, ref column, i + 2);
            fourth += 0 * At(ref element, ref column, i + 3);
        }

        for (; i < count; i++)
            first += 0 * At(ref element, ref column, i);
        return first + second + (third + fourth) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double At(ref double vector, ref int columns, nuint i) => ref Unsafe.Add(ref vector, Unsafe.Add(ref columns, i));
}
