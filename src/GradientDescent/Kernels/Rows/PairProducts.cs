using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// The products of <see cref="RowProducts"/> with two vectors at once: each number of a row is loaded once for both. Each result has the
/// bits that it has alone.
/// </summary>
internal static class PairProducts
{
    private const int LaneCount = 8;

    /// <summary>results[i · stride] = rowᵢ · x + offset and results[i · stride + 1] = rowᵢ · y + offsetOfY.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pair">The vectors x and y, one after the other.</param>
    /// <param name="offsets">The two offsets.</param>
    /// <param name="results">The memory for the results.</param>
    /// <param name="resultStride">The distance between the results of two rows.</param>
    public static void Dot<T>(
        in RowView<T> rows, ReadOnlySpan<double> pair, (double OfX, double OfY) offsets, Span<double> results, int resultStride)
        where T : unmanaged
    {
        int done = rows.Count >= 4 && rows.IsPadded ? DotInFours(in rows, pair, offsets, results, resultStride) : 0;
        if (done == rows.Count)
            return;
        RowView<T> rest = rows.From(done);
        ReadOnlySpan<double> x = pair[..rows.ColumnCount], y = pair[rows.ColumnCount..];
        RowProducts.Dot(in rest, x, offsets.OfX, results[(done * resultStride)..], resultStride);
        rest = rest.WithoutUpcoming();
        RowProducts.Dot(in rest, y, offsets.OfY, results[(done * resultStride + 1)..], resultStride);
    }

    /// <summary>sum ← sum + Σ factors[i · stride] · rowᵢ, and the same with factors[i · stride + 1] for the second sum.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="factors">The factors of the rows.</param>
    /// <param name="factorStride">The distance between the factors of two rows.</param>
    /// <param name="sums">The two sums, one after the other.</param>
    public static void AddScaled<T>(in RowView<T> rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sums)
        where T : unmanaged
    {
        int done = rows.Count >= 4 && rows.IsPadded ? AddInFours(in rows, factors, factorStride, sums) : 0;
        if (done == rows.Count)
            return;
        RowView<T> rest = rows.From(done);
        RowProducts.AddScaled(in rest, factors[(done * factorStride)..], factorStride, sums[..rows.ColumnCount]);
        RowProducts.AddScaled(in rest, factors[(done * factorStride + 1)..], factorStride, sums[rows.ColumnCount..]);
    }

    /// <summary>Handles all complete groups of four rows; returns the number of rows in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int DotInFours<T>(
        in RowView<T> rows, ReadOnlySpan<double> pair, (double OfX, double OfY) offsets, Span<double> results, int resultStride)
        where T : unmanaged
    {
        nuint length = (nuint)rows.ColumnCount, whole = length & ~(nuint)(LaneCount - 1);
        ref double x = ref MemoryMarshal.GetReference(pair[..(2 * rows.ColumnCount)]);
        ref double y = ref Unsafe.Add(ref x, length);
        Vector512<double> restX = whole < length ? Reductions.LoadRest(ref x, whole, length) : default;
        Vector512<double> restY = whole < length ? Reductions.LoadRest(ref y, whole, length) : default;
        int i = 0;
        for (; i + 4 <= rows.Count; i += 4)
        {
            rows.PrefetchForFourProducts(i);
            ref T a = ref rows.Start(i);
            ref T b = ref rows.Start(i + 1);
            ref T c = ref rows.Start(i + 2);
            ref T d = ref rows.Start(i + 3);
            Vector512<double> ax = default, bx = default, cx = default, dx = default;
            Vector512<double> ay = default, by = default, cy = default, dy = default;
            for (nuint k = 0; k < whole; k += LaneCount)
            {
                Vector512<double> u = Vector512.LoadUnsafe(ref x, k), v = Vector512.LoadUnsafe(ref y, k);
                AddTo(ref ax, ref ay, u, v, AsDouble.Eight(ref a, k));
                AddTo(ref bx, ref by, u, v, AsDouble.Eight(ref b, k));
                AddTo(ref cx, ref cy, u, v, AsDouble.Eight(ref c, k));
                AddTo(ref dx, ref dy, u, v, AsDouble.Eight(ref d, k));
            }

            if (whole < length)
            {
                AddTo(ref ax, ref ay, restX, restY, AsDouble.Eight(ref a, whole));
                AddTo(ref bx, ref by, restX, restY, AsDouble.Eight(ref b, whole));
                AddTo(ref cx, ref cy, restX, restY, AsDouble.Eight(ref c, whole));
                AddTo(ref dx, ref dy, restX, restY, AsDouble.Eight(ref d, whole));
            }

            Store(results[(i * resultStride)..], ax, ay, offsets);
            Store(results[((i + 1) * resultStride)..], bx, by, offsets);
            Store(results[((i + 2) * resultStride)..], cx, cy, offsets);
            Store(results[((i + 3) * resultStride)..], dx, dy, offsets);
        }

        return i;
    }

    /// <summary>Adds eight numbers of a row, times two factors each, to two sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(
        ref Vector512<double> ofX, ref Vector512<double> ofY, Vector512<double> byX, Vector512<double> byY, Vector512<double> row)
    {
        ofX += row * byX;
        ofY += row * byY;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<double> results, Vector512<double> x, Vector512<double> y, (double OfX, double OfY) offsets)
    {
        results[1] = Reductions.AddLanes(y) + offsets.OfY;
        results[0] = Reductions.AddLanes(x) + offsets.OfX;
    }

    /// <summary>Handles all complete groups of four rows; returns the number of rows in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int AddInFours<T>(in RowView<T> rows, ReadOnlySpan<double> factors, int factorStride, Span<double> sums)
        where T : unmanaged
    {
        nuint length = (nuint)rows.ColumnCount, whole = length & ~(nuint)(LaneCount - 1);
        ref double x = ref MemoryMarshal.GetReference(sums[..(2 * rows.ColumnCount)]);
        ref double y = ref Unsafe.Add(ref x, length);
        Vector512<double> restX = whole < length ? Reductions.LoadRest(ref x, whole, length) : default;
        Vector512<double> restY = whole < length ? Reductions.LoadRest(ref y, whole, length) : default;
        int i = 0;
        for (; i + 4 <= rows.Count; i += 4)
        {
            rows.PrefetchForFourSums(i);
            ref T a = ref rows.Start(i);
            ref T b = ref rows.Start(i + 1);
            ref T c = ref rows.Start(i + 2);
            ref T d = ref rows.Start(i + 3);
            (Vector512<double> ax, Vector512<double> ay) = FactorsOf(factors[(i * factorStride)..]);
            (Vector512<double> bx, Vector512<double> by) = FactorsOf(factors[((i + 1) * factorStride)..]);
            (Vector512<double> cx, Vector512<double> cy) = FactorsOf(factors[((i + 2) * factorStride)..]);
            (Vector512<double> dx, Vector512<double> dy) = FactorsOf(factors[((i + 3) * factorStride)..]);
            for (nuint k = 0; k < whole; k += LaneCount)
            {
                Vector512<double> u = Vector512.LoadUnsafe(ref x, k), v = Vector512.LoadUnsafe(ref y, k);
                AddTo(ref u, ref v, ax, ay, AsDouble.Eight(ref a, k));
                AddTo(ref u, ref v, bx, by, AsDouble.Eight(ref b, k));
                AddTo(ref u, ref v, cx, cy, AsDouble.Eight(ref c, k));
                AddTo(ref u, ref v, dx, dy, AsDouble.Eight(ref d, k));
                u.StoreUnsafe(ref x, k);
                v.StoreUnsafe(ref y, k);
            }

            if (whole < length)
            {
                AddTo(ref restX, ref restY, ax, ay, AsDouble.Eight(ref a, whole));
                AddTo(ref restX, ref restY, bx, by, AsDouble.Eight(ref b, whole));
                AddTo(ref restX, ref restY, cx, cy, AsDouble.Eight(ref c, whole));
                AddTo(ref restX, ref restY, dx, dy, AsDouble.Eight(ref d, whole));
            }
        }

        for (nuint k = whole; k < length; k++)
        {
            Unsafe.Add(ref x, k) = restX.GetElement((int)(k - whole));
            Unsafe.Add(ref y, k) = restY.GetElement((int)(k - whole));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> OfX, Vector512<double> OfY) FactorsOf(ReadOnlySpan<double> factors) =>
        (Vector512.Create(factors[0]), Vector512.Create(factors[1]));
}
