using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Products of rows with a vector, and sums of rows: four rows at a time, so that the vector is read once for four and additions do not wait for each
/// other. Each row's dot product has the bits of <see cref="Reductions.Dot"/>, each sum those of adding row after row.
/// </summary>
internal static class RowProducts
{
    private const int LaneCount = 8;

    /// <summary>results[i · stride] = rowᵢ · x + offset.</summary>
    public static void Dot(RowSet rows, ReadOnlySpan<double> x, double offset, Span<double> results, int resultStride)
    {
        int i = 0;
        if (rows.IsPadded)
        {
            for (; i + 4 <= rows.Rows.Length; i += 4)
                DotOfFour(rows, i, x, offset, results, resultStride);
        }

        for (; i < rows.Rows.Length; i++)
        {
            rows.PrefetchInPlaceOf(i);
            results[i * resultStride] = Reductions.Dot(rows[i], x) + offset;
        }
    }

    /// <summary>sum ← sum + Σ factors[i · stride] · rowᵢ, row after row.</summary>
    public static void AddScaled(RowSet rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sum)
    {
        int i = 0;
        for (; i + 4 <= rows.Rows.Length; i += 4)
            AddFour(rows, i, factors, factorStride, sum);
        for (; i < rows.Rows.Length; i++)
            Reductions.AddScaled(sum, factors[i * factorStride], rows[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotOfFour(RowSet rows, int first, ReadOnlySpan<double> x, double offset, Span<double> results, int resultStride)
    {
        for (int row = first; row < first + 4; row++)
            rows.PrefetchInPlaceOf(row);
        ref double a = ref MemoryMarshal.GetReference(rows[first]);
        ref double b = ref MemoryMarshal.GetReference(rows[first + 1]);
        ref double c = ref MemoryMarshal.GetReference(rows[first + 2]);
        ref double d = ref MemoryMarshal.GetReference(rows[first + 3]);
        ref double v = ref MemoryMarshal.GetReference(x);
        nuint length = (nuint)rows.ColumnCount, k = 0;
        Vector512<double> sumA = default, sumB = default, sumC = default, sumD = default;
        for (; k + LaneCount <= length; k += LaneCount)
        {
            Vector512<double> factor = Vector512.LoadUnsafe(ref v, k);
            sumA += Vector512.LoadUnsafe(ref a, k) * factor;
            sumB += Vector512.LoadUnsafe(ref b, k) * factor;
            sumC += Vector512.LoadUnsafe(ref c, k) * factor;
            sumD += Vector512.LoadUnsafe(ref d, k) * factor;
        }

        if (k < length)
        {
            Vector512<double> factor = Reductions.LoadRest(ref v, k, length);
            sumA += Vector512.LoadUnsafe(ref a, k) * factor;
            sumB += Vector512.LoadUnsafe(ref b, k) * factor;
            sumC += Vector512.LoadUnsafe(ref c, k) * factor;
            sumD += Vector512.LoadUnsafe(ref d, k) * factor;
        }

        results[first * resultStride] = Reductions.AddLanes(sumA) + offset;
        results[(first + 1) * resultStride] = Reductions.AddLanes(sumB) + offset;
        results[(first + 2) * resultStride] = Reductions.AddLanes(sumC) + offset;
        results[(first + 3) * resultStride] = Reductions.AddLanes(sumD) + offset;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(RowSet rows, int first, ReadOnlySpan<double> factors, int factorStride, Span<double> sum)
    {
        ref double a = ref MemoryMarshal.GetReference(rows[first]);
        ref double b = ref MemoryMarshal.GetReference(rows[first + 1]);
        ref double c = ref MemoryMarshal.GetReference(rows[first + 2]);
        ref double d = ref MemoryMarshal.GetReference(rows[first + 3]);
        ref double s = ref MemoryMarshal.GetReference(sum[..rows.ColumnCount]);
        double fa = factors[first * factorStride], fb = factors[(first + 1) * factorStride];
        double fc = factors[(first + 2) * factorStride], fd = factors[(first + 3) * factorStride];
        nuint length = (nuint)rows.ColumnCount, k = 0;
        Vector512<double> va = Vector512.Create(fa), vb = Vector512.Create(fb), vc = Vector512.Create(fc), vd = Vector512.Create(fd);
        for (; k + LaneCount <= length; k += LaneCount)
        {
            Vector512<double> total = Vector512.LoadUnsafe(ref s, k);
            total += va * Vector512.LoadUnsafe(ref a, k);
            total += vb * Vector512.LoadUnsafe(ref b, k);
            total += vc * Vector512.LoadUnsafe(ref c, k);
            total += vd * Vector512.LoadUnsafe(ref d, k);
            total.StoreUnsafe(ref s, k);
        }

        for (; k < length; k++)
        {
            double total = Unsafe.Add(ref s, k);
            total += fa * Unsafe.Add(ref a, k);
            total += fb * Unsafe.Add(ref b, k);
            total += fc * Unsafe.Add(ref c, k);
            total += fd * Unsafe.Add(ref d, k);
            Unsafe.Add(ref s, k) = total;
        }
    }
}
