using System.Text.Json;

namespace GradientDescent.Arrow;

/// <summary>The columns of an Arrow file and their use, read from the schema in its footer.</summary>
/// <remarks>
/// The format: Schema.fbs of Apache Arrow. The reader of Apache.Arrow follows the places that a damaged schema names, to memory that is not
/// its own.
/// </remarks>
internal sealed class ArrowSchema
{
    private readonly string _path;

    /// <param name="path">The file, for messages.</param>
    /// <param name="schema">The schema.</param>
    /// <exception cref="InvalidDataException">A column has a type whose buffers are not known.</exception>
    public ArrowSchema(string path, FlatTable schema)
    {
        _path = path;
        if (schema.Int16(0) != 0)
            throw new InvalidDataException($"{path} has numbers in big-endian order, which is not read: write it on another machine.");
        int count = schema.TableCount(1), node = 0, buffer = 0;
        Columns = new ArrowColumn[count];
        for (int i = 0; i < count; i++)
        {
            Columns[i] = ColumnOf(schema.TableAt(1, i), node, buffer);
            node += Columns[i].NodeCount;
            buffer += Columns[i].BufferCount;
        }

        for (int i = 0; i < schema.TableCount(2); i++)
        {
            FlatTable pair = schema.TableAt(2, i);
            if (pair.Text(0) == ArrowNames.Key)
                Names = JsonSerializer.Deserialize(pair.Text(1), ArrowNamesJson.Default.ArrowNames);
        }
    }

    public ArrowColumn[] Columns { get; }

    /// <summary>The use of the columns, if the library has written the file.</summary>
    public ArrowNames? Names { get; }

    private ArrowColumn ColumnOf(FlatTable field, int node, int buffer)
    {
        string name = field.Text(0);
        TypeNumber number = (TypeNumber)field.Byte(2);
        if (number != TypeNumber.FixedSizeList || field.Has(4))
            return new ArrowColumn(name, TypeOf(name, field), 0, node, buffer);
        int width = field.Table(3).Int32(0);
        ArrowType items = field.TableCount(5) == 1 ? TypeOf(name, field.TableAt(5, 0)) : ArrowType.Null;
        return width > 0 && items is ArrowType.Double or ArrowType.Single
            ? new ArrowColumn(name, items, width, node, buffer)
            : throw Refused(name, "FixedSizeList");
    }

    private ArrowType TypeOf(string name, FlatTable field)
    {
        var number = (TypeNumber)field.Byte(2);
        if (field.Has(4))
            return ArrowType.Other; // indices into a dictionary
        return number switch
        {
            TypeNumber.Null => ArrowType.Null,
            TypeNumber.FloatingPoint => field.Table(3).Int16(0) switch
            {
                2 => ArrowType.Double,
                1 => ArrowType.Single,
                _ => ArrowType.Other,
            },
            TypeNumber.Int => (field.Table(3).Int32(0), field.Table(3).Byte(1)) switch
            {
                (64, not 0) => ArrowType.Int64,
                (32, not 0) => ArrowType.Int32,
                _ => ArrowType.Other,
            },
            TypeNumber.Binary or TypeNumber.Utf8 or TypeNumber.LargeBinary or TypeNumber.LargeUtf8 => ArrowType.Bytes,
            TypeNumber.Bool or TypeNumber.Decimal or TypeNumber.Date or TypeNumber.Time or TypeNumber.Timestamp or TypeNumber.Interval
                or TypeNumber.FixedSizeBinary or TypeNumber.Duration => ArrowType.Other,
            _ => throw Refused(name, Enum.IsDefined(number) ? $"{number}" : Format.Text($"number {(int)number}")),
        };
    }

    private InvalidDataException Refused(string name, string type) => new(
        $"{_path}: column '{name}' is of the type {type}, which is not read: leave it out. Features are a column of fixed-size lists of " +
        $"double or float.");

    /// <summary>The numbers of the types in the format.</summary>
    private enum TypeNumber
    {
        None = 0,
        Null = 1,
        Int = 2,
        FloatingPoint = 3,
        Binary = 4,
        Utf8 = 5,
        Bool = 6,
        Decimal = 7,
        Date = 8,
        Time = 9,
        Timestamp = 10,
        Interval = 11,
        List = 12,
        Struct = 13,
        Union = 14,
        FixedSizeBinary = 15,
        FixedSizeList = 16,
        Map = 17,
        Duration = 18,
        LargeBinary = 19,
        LargeUtf8 = 20,
        LargeList = 21,
        RunEndEncoded = 22,
        BinaryView = 23,
        Utf8View = 24,
        ListView = 25,
        LargeListView = 26,
    }
}
