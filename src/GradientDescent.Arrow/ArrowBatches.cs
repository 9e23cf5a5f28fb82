using System.Buffers.Binary;

namespace GradientDescent.Arrow;

/// <summary>The record batches of a mapped Arrow file and the places of their buffers.</summary>
/// <remarks>
/// The format: "Arrow Columnar Format", sections "IPC File Format" and "RecordBatch message", and the schemas File.fbs and Message.fbs. The
/// reader of Apache.Arrow copies batches, or needs the whole file in one piece of at most 2 GB.
/// </remarks>
internal sealed class ArrowBatches
{
    public const int MagicBytes = 6;

    private const int RecordBatchHeader = 3, Continuation = -1, BlockBytes = 24, NodeBytes = 16, BufferBytes = 16;

    private readonly MappedFile _file;
    private readonly (long Start, int MetadataLength)[] _blocks;
    private readonly long _footer;
    private readonly int _footerLength;

    public ArrowBatches(MappedFile file)
    {
        _file = file;
        ReadOnlySpan<byte> magic = "ARROW1"u8;
        const int TrailerBytes = sizeof(int) + MagicBytes;
        if (file.Length < MagicBytes || !file.Bytes(0, MagicBytes).SequenceEqual(magic))
        {
            bool isParquet = file.Length >= 4 && file.Bytes(0, 4).SequenceEqual("PAR1"u8);
            throw new InvalidDataException($"{file.Path} is not an Arrow file: it does not begin with ARROW1." +
                (isParquet ? " It is a Parquet file: convert it with ArrowDataset.ConvertParquet." : ""));
        }

        if (file.Length < MagicBytes + TrailerBytes || !file.Bytes(file.Length - MagicBytes, MagicBytes).SequenceEqual(magic))
            throw new InvalidDataException($"{file.Path} is cut: it does not end with ARROW1. It was not written to its end.");
        _footerLength = BinaryPrimitives.ReadInt32LittleEndian(file.Bytes(file.Length - TrailerBytes, sizeof(int)));
        _footer = file.Length - TrailerBytes - _footerLength;
        ReadOnlySpan<byte> blocks = Footer.Structures(3, BlockBytes);
        _blocks = new (long, int)[blocks.Length / BlockBytes];
        for (int i = 0; i < _blocks.Length; i++, blocks = blocks[BlockBytes..])
        {
            _blocks[i] = (BinaryPrimitives.ReadInt64LittleEndian(blocks),
                BinaryPrimitives.ReadInt32LittleEndian(blocks[sizeof(long)..]));
        }
    }

    public int Count => _blocks.Length;

    /// <summary>The table at the end of the file.</summary>
    public FlatTable Footer => FlatTable.Root(_file.Bytes(_footer, _footerLength));

    /// <summary>Reads the metadata of a batch.</summary>
    /// <param name="index">The number of the batch.</param>
    /// <param name="isRequired">For each node, a column or the items of one, whether it must have no missing values.</param>
    /// <param name="buffers">The start and length of each buffer.</param>
    /// <returns>The number of rows.</returns>
    public int Read(int index, ReadOnlySpan<bool> isRequired, Span<(long Start, long Length)> buffers)
    {
        (long start, int metadataLength) = _blocks[index];
        ReadOnlySpan<byte> metadata = _file.Bytes(start, metadataLength);
        metadata = metadata[(BinaryPrimitives.ReadInt32LittleEndian(metadata) == Continuation ? 2 * sizeof(int) : sizeof(int))..];
        var message = FlatTable.Root(metadata);
        if (message.Byte(1) != RecordBatchHeader)
            throw new InvalidDataException("a block is not a record batch");
        FlatTable batch = message.Table(2);
        if (batch.Has(3))
        {
            throw new InvalidDataException(
                $"{_file.Path}: batch {index} is compressed, and compressed numbers cannot be mapped: write it without compression.");
        }

        ReadOnlySpan<byte> nodes = batch.Structures(1, NodeBytes), places = batch.Structures(2, BufferBytes);
        if (nodes.Length != isRequired.Length * NodeBytes || places.Length != buffers.Length * BufferBytes)
            throw new InvalidDataException("a batch has other columns than the schema");
        for (int i = 0; i < isRequired.Length; i++)
        {
            long missing = BinaryPrimitives.ReadInt64LittleEndian(nodes[(i * NodeBytes + sizeof(long))..]);
            if (isRequired[i] && missing > 0)
            {
                throw new InvalidDataException(Format.Text(
                    $"{_file.Path}: batch {index} has {missing} missing values: every feature, target and weight must be a number."));
            }
        }

        for (int i = 0; i < buffers.Length; i++, places = places[BufferBytes..])
        {
            buffers[i] = (start + metadataLength + BinaryPrimitives.ReadInt64LittleEndian(places),
                BinaryPrimitives.ReadInt64LittleEndian(places[sizeof(long)..]));
        }

        return batch.Int64(0) is >= 0 and <= int.MaxValue and var count
            ? (int)count
            : throw new InvalidDataException(
                Format.Text($"{_file.Path}: batch {index} has {batch.Int64(0)} rows: too many for one batch."));
    }
}
