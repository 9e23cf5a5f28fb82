using System.Runtime.InteropServices;

namespace GradientDescent.Tests.Support;

/// <summary>A data set whose features are in pieces of memory outside the managed heap, as those of a mapped file.</summary>
internal sealed unsafe class UnmanagedRows : IMappedRows, IDisposable
{
    private readonly List<nint> _pieces = [];

    /// <summary>Copies the features of a data set into pieces of the given numbers of rows; the last one has the rest.</summary>
    public UnmanagedRows(Dataset data, params int[] rowCounts)
    {
        var pieces = new List<(nint, int)>();
        for (int first = 0; first < data.SampleCount;)
        {
            int count = Math.Min(rowCounts[Math.Min(pieces.Count, rowCounts.Length - 1)], data.SampleCount - first);
            pieces.Add((Piece(data, first, count), count));
            first += count;
        }

        TiledStorage rows = data.FeaturePrecision == NumericPrecision.Double
            ? new MappedStorage<double>(this, data.FeatureCount, pieces)
            : new MappedStorage<float>(this, data.FeatureCount, pieces);
        Data = Dataset.FromMapped(
            rows, data.AllTargets.ToArray(), data.HasWeights ? data.AllWeights.ToArray() : null, data.FeatureNames, data.TargetNames);
    }

    public Dataset Data { get; }

    public void RequireReadable()
    {
    }

    public void RequireUnchanged()
    {
    }

    public void Dispose() => _pieces.ForEach(piece => NativeMemory.Free((void*)piece));

    // No byte more than the rows have: a read behind them could end the process.
    private nint Piece(Dataset data, int first, int count)
    {
        bool isDouble = data.FeaturePrecision == NumericPrecision.Double;
        int numbers = count * data.FeatureCount;
        void* start = NativeMemory.Alloc((nuint)numbers, (nuint)(isDouble ? sizeof(double) : sizeof(float)));
        for (int i = 0; i < numbers; i++)
        {
            double number = data.Features(first + i / data.FeatureCount)[i % data.FeatureCount];
            if (isDouble)
                ((double*)start)[i] = number;
            else
                ((float*)start)[i] = (float)number;
        }

        _pieces.Add((nint)start);
        return (nint)start;
    }
}
