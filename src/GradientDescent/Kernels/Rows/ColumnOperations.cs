using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Adds one row to the sums of its columns, or standardises it: element by element, with the bits of a loop over the columns.
/// </summary>
internal static class ColumnOperations
{
    private const int LaneCount = 8;

    /// <summary>Lowers and raises the bounds of each column so that they contain the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Include(ReadOnlySpan<double> row, Span<double> low, Span<double> high)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double least = ref MemoryMarshal.GetReference(low[..row.Length]);
        ref double most = ref MemoryMarshal.GetReference(high[..row.Length]);
        nuint length = (nuint)row.Length, j = 0;
        for (; j + LaneCount <= length; j += LaneCount)
        {
            Vector512<double> numbers = Vector512.LoadUnsafe(ref x, j);
            Vector512.Min(Vector512.LoadUnsafe(ref least, j), numbers).StoreUnsafe(ref least, j);
            Vector512.Max(Vector512.LoadUnsafe(ref most, j), numbers).StoreUnsafe(ref most, j);
        }

        for (; j < length; j++)
        {
            double number = Unsafe.Add(ref x, j);
            Unsafe.Add(ref least, j) = Math.Min(Unsafe.Add(ref least, j), number);
            Unsafe.Add(ref most, j) = Math.Max(Unsafe.Add(ref most, j), number);
        }
    }

    /// <summary>sumⱼ ← sumⱼ + weight · xⱼfⱼ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(ReadOnlySpan<double> row, ReadOnlySpan<double> factors, double weight, Span<double> sums)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double f = ref MemoryMarshal.GetReference(factors[..row.Length]);
        ref double sum = ref MemoryMarshal.GetReference(sums[..row.Length]);
        nuint length = (nuint)row.Length, j = 0;
        Vector512<double> weights = Vector512.Create(weight);
        for (; j + LaneCount <= length; j += LaneCount)
        {
            Vector512<double> scaled = Vector512.LoadUnsafe(ref x, j) * Vector512.LoadUnsafe(ref f, j);
            (Vector512.LoadUnsafe(ref sum, j) + weights * scaled).StoreUnsafe(ref sum, j);
        }

        for (; j < length; j++)
            Unsafe.Add(ref sum, j) += weight * (Unsafe.Add(ref x, j) * Unsafe.Add(ref f, j));
    }

    /// <summary>sumⱼ ← sumⱼ + weight · (xⱼfⱼ − cⱼ)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares(
        ReadOnlySpan<double> row, ReadOnlySpan<double> factors, ReadOnlySpan<double> centers, double weight, Span<double> sums)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double f = ref MemoryMarshal.GetReference(factors[..row.Length]);
        ref double c = ref MemoryMarshal.GetReference(centers[..row.Length]);
        ref double sum = ref MemoryMarshal.GetReference(sums[..row.Length]);
        nuint length = (nuint)row.Length, j = 0;
        Vector512<double> weights = Vector512.Create(weight);
        for (; j + LaneCount <= length; j += LaneCount)
        {
            Vector512<double> deviation =
                Vector512.LoadUnsafe(ref x, j) * Vector512.LoadUnsafe(ref f, j) - Vector512.LoadUnsafe(ref c, j);
            (Vector512.LoadUnsafe(ref sum, j) + weights * (deviation * deviation)).StoreUnsafe(ref sum, j);
        }

        for (; j < length; j++)
        {
            double deviation = Unsafe.Add(ref x, j) * Unsafe.Add(ref f, j) - Unsafe.Add(ref c, j);
            Unsafe.Add(ref sum, j) += weight * (deviation * deviation);
        }
    }

    /// <summary>targetⱼ ← (xⱼ − cⱼ)/sⱼ, or 0 where sⱼ is 0; without overflow in the difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardize(
        ReadOnlySpan<double> row, ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, Span<double> target)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double c = ref MemoryMarshal.GetReference(centers[..row.Length]);
        ref double s = ref MemoryMarshal.GetReference(scales[..row.Length]);
        ref double t = ref MemoryMarshal.GetReference(target[..row.Length]);
        nuint length = (nuint)row.Length, j = 0;
        Vector512<double> largest = Vector512.Create(double.MaxValue);
        for (; j + LaneCount <= length; j += LaneCount)
        {
            Vector512<double> deviation = Vector512.LoadUnsafe(ref x, j) - Vector512.LoadUnsafe(ref c, j);
            if (!Vector512.LessThanOrEqualAll(Vector512.Abs(deviation), largest))
                break; // rare: the rest is done one by one
            Vector512<double> scale = Vector512.LoadUnsafe(ref s, j);
            Vector512.ConditionalSelect(Vector512.Equals(scale, Vector512<double>.Zero), Vector512<double>.Zero, deviation / scale)
                .StoreUnsafe(ref t, j);
        }

        for (; j < length; j++)
            Unsafe.Add(ref t, j) = Standardize(Unsafe.Add(ref x, j), Unsafe.Add(ref c, j), Unsafe.Add(ref s, j));
    }

    /// <summary>(x − c)/s, or 0 if s is 0; without overflow in the difference.</summary>
    public static double Standardize(double x, double center, double scale)
    {
        if (scale == 0)
            return 0;
        double deviation = x - center;
        return double.IsFinite(deviation) ? deviation / scale : x / scale - center / scale;
    }
}
