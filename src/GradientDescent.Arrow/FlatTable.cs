using System.Buffers.Binary;
using System.Text;

namespace GradientDescent.Arrow;

/// <summary>A table of a FlatBuffer, the form of Arrow's metadata. Every place that it names is checked to lie in the buffer.</summary>
/// <remarks>The format: https://flatbuffers.dev/internals.</remarks>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _buffer;
    private readonly int _start;
    private readonly int _fields; // the place of the table's list of fields

    private FlatTable(ReadOnlySpan<byte> buffer, int start)
    {
        _buffer = buffer;
        _start = start;
        _fields = checked(start - BinaryPrimitives.ReadInt32LittleEndian(buffer[start..]));
    }

    /// <summary>The root of a buffer.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> buffer) => new(buffer, Target(buffer, 0));

    /// <summary>Whether the table has a value for a field.</summary>
    public bool Has(int field) => PlaceOf(field) > 0;

    public byte Byte(int field) => PlaceOf(field) is > 0 and var place ? _buffer[place] : (byte)0;

    public short Int16(int field) =>
        PlaceOf(field) is > 0 and var place ? BinaryPrimitives.ReadInt16LittleEndian(_buffer[place..]) : (short)0;

    public int Int32(int field) => PlaceOf(field) is > 0 and var place ? BinaryPrimitives.ReadInt32LittleEndian(_buffer[place..]) : 0;

    /// <summary>A text; empty if there is none.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Structures(field, sizeof(byte)));

    /// <summary>The number of tables in a vector; 0 if there is none.</summary>
    public int TableCount(int field) => Structures(field, sizeof(int)).Length / sizeof(int);

    /// <summary>A table in a vector.</summary>
    public FlatTable TableAt(int field, int index)
    {
        int first = Target(_buffer, Required(field)) + sizeof(int);
        return index < TableCount(field)
            ? new(_buffer, Target(_buffer, first + index * sizeof(int)))
            : throw new InvalidDataException("a table is missing");
    }

    public long Int64(int field) => PlaceOf(field) is > 0 and var place ? BinaryPrimitives.ReadInt64LittleEndian(_buffer[place..]) : 0;

    public FlatTable Table(int field) => new(_buffer, Target(_buffer, Required(field)));

    /// <summary>The bytes of a vector of structures; empty if there is none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="size">The size of a structure in bytes.</param>
    public ReadOnlySpan<byte> Structures(int field, int size)
    {
        if (!Has(field))
            return [];
        int start = Target(_buffer, PlaceOf(field)), count = BinaryPrimitives.ReadInt32LittleEndian(_buffer[start..]);
        return _buffer.Slice(start + sizeof(int), checked(count * size));
    }

    private int Required(int field) => PlaceOf(field) is > 0 and var place ? place : throw new InvalidDataException("a field is missing");

    /// <summary>The place of a field's value, or 0 if the table does not have it.</summary>
    private int PlaceOf(int field)
    {
        const int HeaderBytes = 4;
        int entry = HeaderBytes + sizeof(ushort) * field;
        if (entry >= BinaryPrimitives.ReadUInt16LittleEndian(_buffer[_fields..]))
            return 0;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(_buffer[(_fields + entry)..]);
        return offset == 0 ? 0 : _start + offset;
    }

    private static int Target(ReadOnlySpan<byte> buffer, int place) =>
        checked(place + BinaryPrimitives.ReadInt32LittleEndian(buffer[place..]));
}
