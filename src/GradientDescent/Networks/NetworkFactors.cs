using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Writes tiles of sums, with the biases of their columns added.</summary>
internal readonly ref struct SumTarget<T>(Span<T> sums, ReadOnlySpan<double> biases) : ITileTarget<T>
    where T : unmanaged
{
    private readonly Span<T> _sums = sums;
    private readonly ReadOnlySpan<double> _biases = biases;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int firstRow, int firstColumn, int rowCount, int columnCount, ReadOnlySpan<T> tile)
    {
        int width = TileProduct.Columns<T>(), units = _biases.Length;
        for (int i = 0; i < rowCount; i++)
        {
            Span<T> target = _sums.Slice((firstRow + i) * units + firstColumn, columnCount);
            ReadOnlySpan<T> source = tile.Slice(i * width, columnCount);
            for (int j = 0; j < columnCount; j++)
            {
                double bias = _biases[firstColumn + j];
                target[j] = typeof(T) == typeof(float)
                    ? Unsafe.BitCast<float, T>(Unsafe.BitCast<T, float>(source[j]) + (float)bias)
                    : Unsafe.BitCast<double, T>(Unsafe.BitCast<T, double>(source[j]) + bias);
            }
        }
    }
}

/// <summary>Adds tiles to a gradient.</summary>
internal readonly ref struct GradientTarget<T>(Span<double> gradient, int inputs) : ITileTarget<T>
    where T : unmanaged
{
    private readonly Span<double> _gradient = gradient;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int firstRow, int firstColumn, int rowCount, int columnCount, ReadOnlySpan<T> tile)
    {
        for (int i = 0; i < rowCount; i++)
        {
            Span<double> target = _gradient.Slice((firstRow + i) * inputs + firstColumn, columnCount);
            ref double t = ref MemoryMarshal.GetReference(target);
            ref T s = ref Unsafe.AsRef(in tile[i * TileProduct.Columns<T>()]);
            int j = 0;
            for (; j + Vector512<double>.Count <= columnCount; j += Vector512<double>.Count)
                (Vector512.LoadUnsafe(ref t, (nuint)j) + AsDouble.Eight(ref s, (nuint)j)).StoreUnsafe(ref t, (nuint)j);
            for (; j < columnCount; j++)
                Unsafe.Add(ref t, j) += AsDouble.One(ref s, (nuint)j);
        }
    }
}

/// <summary>Writes tiles of derivatives, multiplied by the slopes.</summary>
internal readonly ref struct DeltaTarget<T>(Span<T> deltas, ReadOnlySpan<T> slopes, int inputs) : ITileTarget<T>
    where T : unmanaged
{
    private readonly Span<T> _deltas = deltas;
    private readonly ReadOnlySpan<T> _slopes = slopes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int firstRow, int firstColumn, int rowCount, int columnCount, ReadOnlySpan<T> tile)
    {
        for (int i = 0; i < rowCount; i++)
        {
            int place = (firstRow + i) * inputs + firstColumn;
            ref T target = ref MemoryMarshal.GetReference(_deltas.Slice(place, columnCount));
            ref T slope = ref MemoryMarshal.GetReference(_slopes.Slice(place, columnCount));
            ref T source = ref Unsafe.AsRef(in tile[i * TileProduct.Columns<T>()]);
            int j = 0;
            for (; j + Vector512<T>.Count <= columnCount; j += Vector512<T>.Count)
                (Vector512.LoadUnsafe(ref source, (nuint)j) * Vector512.LoadUnsafe(ref slope, (nuint)j)).StoreUnsafe(ref target, (nuint)j);
            for (; j < columnCount; j++)
            {
                Unsafe.Add(ref target, j) = typeof(T) == typeof(float)
                    ? Unsafe.BitCast<float, T>(
                        Unsafe.BitCast<T, float>(Unsafe.Add(ref source, j)) * Unsafe.BitCast<T, float>(Unsafe.Add(ref slope, j)))
                    : Unsafe.BitCast<double, T>(
                        Unsafe.BitCast<T, double>(Unsafe.Add(ref source, j)) * Unsafe.BitCast<T, double>(Unsafe.Add(ref slope, j)));
            }
        }
    }
}
