using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Rows in memory that the garbage collector does not know, such as a mapped file, in one or more pieces.</summary>
/// <remarks>
/// Rows have no padding. Rows of whole vectors that follow one another are used where they are; others are copied into the tile.
/// </remarks>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
internal sealed unsafe class MappedStorage<T> : TiledStorage
    where T : unmanaged
{
    private readonly IMappedRows _file;
    private readonly nint[] _starts;
    private readonly int[] _firstRows; // of each piece, and the number of all rows
    private readonly bool _holdsVectors;

    /// <param name="file">The owner of the memory.</param>
    /// <param name="featureCount">The number of features in a row.</param>
    /// <param name="pieces">The addresses of the pieces and their numbers of rows, each at least 1.</param>
    public MappedStorage(IMappedRows file, int featureCount, IReadOnlyList<(nint Start, int RowCount)> pieces)
        : base(featureCount, typeof(T) == typeof(double) ? NumericPrecision.Double : NumericPrecision.Single)
    {
        _file = file;
        _starts = [.. pieces.Select(piece => piece.Start)];
        _firstRows = new int[pieces.Count + 1];
        for (int i = 0; i < pieces.Count; i++)
            _firstRows[i + 1] = checked(_firstRows[i] + pieces[i].RowCount);
        _holdsVectors = featureCount % 8 == 0;
    }

    public override int RowCount => _firstRows[^1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer)
    {
        _file.RequireReadable();
        if (!_holdsVectors || samples.IsEmpty || !AreAdjacent(samples, samples[0]))
            return base.View(samples, upcoming, isReadOnce, buffer);
        int first = samples[0], piece = PieceOf(first), end = _firstRows[piece + 1];
        if (samples[^1] >= end)
            return base.View(samples, upcoming, isReadOnce, buffer);

        int next = Math.Min(upcoming.Length, Math.Min(samples.Length, end - first - samples.Length));
        if (next > 0 && !AreAdjacent(upcoming[..next], first + samples.Length))
            next = 0;
        ReadOnlySpan<T> rows = new(Row(piece, first), (samples.Length + next) * FeatureCount);
        ReadOnlySpan<int> places = buffer.Indices[..samples.Length], ahead = buffer.Indices.Slice(samples.Length, next);
        return typeof(T) == typeof(double)
            ? new FeatureRows(MemoryMarshal.Cast<T, double>(rows), FeatureCount, FeatureCount, places, ahead, isReadOnce)
            {
                Samples = samples,
            }
            : new FeatureRows(MemoryMarshal.Cast<T, float>(rows), FeatureCount, FeatureCount, places, ahead, isReadOnce, buffer)
            {
                Samples = samples,
            };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CopyTo(int sample, Span<double> row)
    {
        _file.RequireReadable();
        ReadOnlySpan<T> stored = RowOf(sample);
        if (typeof(T) == typeof(double))
            MemoryMarshal.Cast<T, double>(stored).CopyTo(row);
        else
            RowConversion.Widen(MemoryMarshal.Cast<T, float>(stored), row);
    }

    public override void CopyTo(int sample, Span<float> row, Span<double> scratch)
    {
        _file.RequireReadable();
        MemoryMarshal.Cast<T, float>(RowOf(sample)).CopyTo(row);
    }

    public override void PrefetchRow(int sample) => Prefetch.IntoSecondLevel(RowOf(sample));

    public override void RequireUnchanged() => _file.RequireUnchanged();

    private ReadOnlySpan<T> RowOf(int sample)
    {
        int piece = PieceOf(Guard.Index(sample, RowCount));
        return new(Row(piece, sample), FeatureCount);
    }

    private T* Row(int piece, int sample) => (T*)_starts[piece] + (nint)(sample - _firstRows[piece]) * FeatureCount;

    /// <summary>The piece of a row. Most pieces have equally many rows, so the first guess is right.</summary>
    private int PieceOf(int sample)
    {
        int guess = Math.Min(sample / _firstRows[1], _starts.Length - 1);
        if (sample >= _firstRows[guess] && sample < _firstRows[guess + 1])
            return guess;
        int found = Array.BinarySearch(_firstRows, sample);
        return found >= 0 ? found : ~found - 1;
    }

    private static bool AreAdjacent(ReadOnlySpan<int> samples, int first)
    {
        if (samples[^1] - first != samples.Length - 1)
            return false;
        for (int i = 0; i < samples.Length; i++)
        {
            if (samples[i] != first + i)
                return false;
        }

        return true;
    }
}
