using System.Security.Cryptography;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The rows of a rank, and a way for all ranks together to read those of the others: their owners send them in pieces.</summary>
/// <remarks>
/// <see cref="Read"/> and <see cref="AppendTo"/> are collective: all ranks read the same rows in the same order. So what is computed from
/// rows that are read this way has the bits of one process. Sums over samples that are evaluated in each step use the own rows only.
/// </remarks>
/// <param name="own">The rows of this rank.</param>
/// <param name="sharding">The ranks and their samples.</param>
internal sealed class ShardedStorage(FeatureStorage own, Sharding sharding) : FeatureStorage(own.FeatureCount)
{
    private const int PieceNumbers = 1 << 17;
    private const int HeaderLength = 2; // the first row of the piece in the buffer, and the number of its rows

    private readonly int _pieceRows = Math.Max(1, PieceNumbers / own.FeatureCount);
    private readonly double[] _ownBuffer = own.NewRowBuffer();

    public override NumericPrecision Precision => own.Precision;

    /// <summary>The rows of this rank.</summary>
    public FeatureStorage Own => own;

    public override FeatureRows View(ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, bool isReadOnce, RowBuffer buffer) =>
        throw new NotSupportedException(
            "This needs rows that other ranks have: shard the data with keepAllRows: true.");

    public override FeatureStorage NewEmpty(int sampleCount) => own.NewEmpty(sampleCount);

    public override double[] NewRowBuffer() => new double[HeaderLength + _pieceRows * FeatureCount];

    public override ReadOnlySpan<double> Read(int sample, double[] buffer)
    {
        int first = (int)buffer[0], count = (int)buffer[1];
        if (sample < first || sample >= first + count)
        {
            int owner = sharding.OwnerOf(sample);
            (int start, int length) = sharding.SamplesOf(owner);
            first = start + (sample - start) / _pieceRows * _pieceRows;
            count = Math.Min(_pieceRows, start + length - first);
            Span<double> piece = buffer.AsSpan(HeaderLength, count * FeatureCount);
            for (int i = 0; i < count && owner == sharding.Collective.Rank; i++)
                own.Read(first - start + i, _ownBuffer).CopyTo(piece[(i * FeatureCount)..]);
            sharding.Collective.Broadcast(piece, owner);
            (buffer[0], buffer[1]) = (first, count);
        }

        return buffer.AsSpan(HeaderLength + (sample - first) * FeatureCount, FeatureCount);
    }

    /// <summary>Stores a row if it belongs to this rank.</summary>
    public override int Write(int sample, ReadOnlySpan<double> row)
    {
        (int first, int count) = sharding.Own;
        return sample >= first && sample < first + count ? own.Write(sample - first, row) : -1;
    }

    public override void AppendTo(IncrementalHash hash)
    {
        double[] buffer = NewRowBuffer();
        FeatureStorage row = own.NewEmpty(1);
        for (int sample = 0; sample < sharding.Parts.SampleCount; sample++)
        {
            row.Write(0, Read(sample, buffer));
            row.AppendTo(hash);
        }
    }
}
