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
    public static void Dot(in RowSet rows, ReadOnlySpan<double> x, double offset, Span<double> results, int resultStride)
    {
        int i = rows.Rows.Length >= 4 && rows.IsPadded ? DotInFours(in rows, x, offset, results, resultStride) : 0;
        for (; i < rows.Rows.Length; i++)
        {
            rows.PrefetchInPlaceOf(i);
            results[i * resultStride] = Reductions.Dot(rows[i], x) + offset;
        }
    }

    /// <summary>sum ← sum + Σ factors[i · stride] · rowᵢ, row after row.</summary>
    public static void AddScaled(in RowSet rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sum)
    {
        int i = rows.Rows.Length >= 4 ? AddInFours(in rows, factors, factorStride, sum) : 0;
        for (; i < rows.Rows.Length; i++)
            Reductions.AddScaled(sum, factors[i * factorStride], rows[i]);
    }

    /// <summary>As many rows as make whole groups of four; returns how many that are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int DotInFours(in RowSet rows, ReadOnlySpan<double> x, double offset, Span<double> results, int resultStride)
    {
        ref double v = ref MemoryMarshal.GetReference(x[..rows.ColumnCount]);
        nuint length = (nuint)rows.ColumnCount, whole = length & ~(nuint)(LaneCount - 1);
        Vector512<double> rest = whole < length ? Reductions.LoadRest(ref v, whole, length) : default;
        int i = 0;
        for (; i + 4 <= rows.Rows.Length; i += 4)
        {
            rows.PrefetchInPlaceOf(i);
            rows.PrefetchInPlaceOf(i + 1);
            ref double a = ref rows.Start(i);
            ref double b = ref rows.Start(i + 1);
            ref double c = ref rows.Start(i + 2);
            ref double d = ref rows.Start(i + 3);
            Vector512<double> sumA = default, sumB = default, sumC = default, sumD = default;
            for (nuint k = 0; k < whole; k += LaneCount)
            {
                Vector512<double> factor = Vector512.LoadUnsafe(ref v, k);
                sumA += Vector512.LoadUnsafe(ref a, k) * factor;
                sumB += Vector512.LoadUnsafe(ref b, k) * factor;
                sumC += Vector512.LoadUnsafe(ref c, k) * factor;
                sumD += Vector512.LoadUnsafe(ref d, k) * factor;
            }

            if (whole < length)
            {
                sumA += Vector512.LoadUnsafe(ref a, whole) * rest;
                sumB += Vector512.LoadUnsafe(ref b, whole) * rest;
                sumC += Vector512.LoadUnsafe(ref c, whole) * rest;
                sumD += Vector512.LoadUnsafe(ref d, whole) * rest;
            }

            results[i * resultStride] = Reductions.AddLanes(sumA) + offset;
            results[(i + 1) * resultStride] = Reductions.AddLanes(sumB) + offset;
            results[(i + 2) * resultStride] = Reductions.AddLanes(sumC) + offset;
            results[(i + 3) * resultStride] = Reductions.AddLanes(sumD) + offset;
        }

        return i;
    }

    /// <summary>As many rows as make whole groups of four; returns how many that are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int AddInFours(in RowSet rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sum)
    {
        ref double s = ref MemoryMarshal.GetReference(sum[..rows.ColumnCount]);
        nuint length = (nuint)rows.ColumnCount;
        int i = 0;
        for (; i + 4 <= rows.Rows.Length; i += 4)
        {
            rows.PrefetchInPlaceOf(i + 2);
            rows.PrefetchInPlaceOf(i + 3);
            ref double a = ref rows.Start(i);
            ref double b = ref rows.Start(i + 1);
            ref double c = ref rows.Start(i + 2);
            ref double d = ref rows.Start(i + 3);
            double fa = factors[i * factorStride], fb = factors[(i + 1) * factorStride];
            double fc = factors[(i + 2) * factorStride], fd = factors[(i + 3) * factorStride];
            Vector512<double> va = Vector512.Create(fa), vb = Vector512.Create(fb), vc = Vector512.Create(fc), vd = Vector512.Create(fd);
            nuint k = 0;
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

        return i;
    }
}
