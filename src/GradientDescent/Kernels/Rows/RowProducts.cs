using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Products of rows with a vector, and sums of scaled rows. Four rows are handled together: the vector is read once for all four, and their
/// additions do not wait for each other. Each dot product has the bits of <see cref="Reductions.Dot"/>, and each sum has the bits of adding
/// row after row.
/// </summary>
internal static class RowProducts
{
    private const int LaneCount = 8;

    /// <summary>results[i · stride] = rowᵢ · x + offset.</summary>
    public static void Dot<T>(in RowView<T> rows, ReadOnlySpan<double> x, double offset, Span<double> results, int resultStride)
        where T : unmanaged
    {
        int i = rows.Count >= 4 && rows.IsPadded ? DotInFours(in rows, x, offset, results, resultStride) : 0;
        for (; i < rows.Count; i++)
        {
            rows.PrefetchUpcoming(i);
            results[i * resultStride] = Reductions.Dot(rows[i], x) + offset;
        }
    }

    /// <summary>sum ← sum + Σ factors[i · stride] · rowᵢ, row after row.</summary>
    public static void AddScaled<T>(in RowView<T> rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sum)
        where T : unmanaged
    {
        int i = rows.Count >= 4 && rows.IsPadded ? AddInFours(in rows, factors, factorStride, sum) : 0;
        for (; i < rows.Count; i++)
            Reductions.AddScaled(sum, factors[i * factorStride], rows[i]);
    }

    /// <summary>Handles all complete groups of four rows; returns the number of rows in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int DotInFours<T>(in RowView<T> rows, ReadOnlySpan<double> x, double offset, Span<double> results, int resultStride)
        where T : unmanaged
    {
        ref double v = ref MemoryMarshal.GetReference(x[..rows.ColumnCount]);
        nuint length = (nuint)rows.ColumnCount, whole = length & ~(nuint)(LaneCount - 1);
        Vector512<double> rest = whole < length ? Reductions.LoadRest(ref v, whole, length) : default;
        int i = 0;
        for (; i + 4 <= rows.Count; i += 4)
        {
            rows.PrefetchForFourProducts(i);
            ref T a = ref rows.Start(i);
            ref T b = ref rows.Start(i + 1);
            ref T c = ref rows.Start(i + 2);
            ref T d = ref rows.Start(i + 3);
            Vector512<double> sumA = default, sumB = default, sumC = default, sumD = default;
            for (nuint k = 0; k < whole; k += LaneCount)
            {
                Vector512<double> factor = Vector512.LoadUnsafe(ref v, k);
                sumA += AsDouble.Eight(ref a, k) * factor;
                sumB += AsDouble.Eight(ref b, k) * factor;
                sumC += AsDouble.Eight(ref c, k) * factor;
                sumD += AsDouble.Eight(ref d, k) * factor;
            }

            if (whole < length)
            {
                sumA += AsDouble.Eight(ref a, whole) * rest;
                sumB += AsDouble.Eight(ref b, whole) * rest;
                sumC += AsDouble.Eight(ref c, whole) * rest;
                sumD += AsDouble.Eight(ref d, whole) * rest;
            }

            results[i * resultStride] = Reductions.AddLanes(sumA) + offset;
            results[(i + 1) * resultStride] = Reductions.AddLanes(sumB) + offset;
            results[(i + 2) * resultStride] = Reductions.AddLanes(sumC) + offset;
            results[(i + 3) * resultStride] = Reductions.AddLanes(sumD) + offset;
        }

        return i;
    }

    /// <summary>Handles all complete groups of four rows; returns the number of rows in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int AddInFours<T>(in RowView<T> rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sum)
        where T : unmanaged
    {
        ref double s = ref MemoryMarshal.GetReference(sum[..rows.ColumnCount]);
        nuint length = (nuint)rows.ColumnCount, whole = length & ~(nuint)(LaneCount - 1);
        Vector512<double> rest = whole < length ? Reductions.LoadRest(ref s, whole, length) : default;
        int i = 0;
        for (; i + 4 <= rows.Count; i += 4)
        {
            rows.PrefetchForFourSums(i);
            ref T a = ref rows.Start(i);
            ref T b = ref rows.Start(i + 1);
            ref T c = ref rows.Start(i + 2);
            ref T d = ref rows.Start(i + 3);
            Vector512<double> fa = Vector512.Create(factors[i * factorStride]), fb = Vector512.Create(factors[(i + 1) * factorStride]);
            Vector512<double> fc = Vector512.Create(factors[(i + 2) * factorStride]),
                fd = Vector512.Create(factors[(i + 3) * factorStride]);
            for (nuint k = 0; k < whole; k += LaneCount)
            {
                Vector512<double> total = Vector512.LoadUnsafe(ref s, k);
                total += fa * AsDouble.Eight(ref a, k);
                total += fb * AsDouble.Eight(ref b, k);
                total += fc * AsDouble.Eight(ref c, k);
                total += fd * AsDouble.Eight(ref d, k);
                total.StoreUnsafe(ref s, k);
            }

            if (whole < length)
            {
                rest += fa * AsDouble.Eight(ref a, whole);
                rest += fb * AsDouble.Eight(ref b, whole);
                rest += fc * AsDouble.Eight(ref c, whole);
                rest += fd * AsDouble.Eight(ref d, whole);
            }
        }

        for (nuint k = whole; k < length; k++)
            Unsafe.Add(ref s, k) = rest.GetElement((int)(k - whole));
        return i;
    }
}
