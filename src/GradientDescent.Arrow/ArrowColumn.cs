using Apache.Arrow;
using Apache.Arrow.Types;

namespace GradientDescent.Arrow;

/// <summary>A column of an Arrow file: its type, and its place among the nodes and buffers of each batch.</summary>
/// <param name="Field">Name and type.</param>
/// <param name="Node">The number of its first node.</param>
/// <param name="Buffer">The number of its first buffer.</param>
internal sealed record ArrowColumn(Field Field, int Node, int Buffer)
{
    public string Name => Field.Name;

    /// <summary>The type of the items, if the column holds lists of equal length.</summary>
    public IArrowType? Items => (Field.DataType as FixedSizeListType)?.ValueDataType;

    /// <summary>The number of nodes of the column.</summary>
    public int NodeCount => Items is null ? 1 : 2;

    /// <summary>The number of buffers of the column.</summary>
    public int BufferCount => Items is not null ? 3 : Field.DataType is StringType or BinaryType ? 3 : 2;

    /// <summary>The number of the buffer with the numbers.</summary>
    public int Values => Buffer + BufferCount - 1;

    /// <summary>Whether the column can be a target or hold weights.</summary>
    public bool IsNumeric => Field.DataType is DoubleType or FloatType or Int64Type or Int32Type;

    /// <summary>Whether the column can hold the rows of features.</summary>
    public bool IsTable => Items is DoubleType or FloatType;

    /// <summary>The columns of a schema.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="schema">The schema.</param>
    /// <exception cref="InvalidDataException">A column has a type whose buffers are not known.</exception>
    public static ArrowColumn[] Of(string path, Schema schema)
    {
        var columns = new ArrowColumn[schema.FieldsList.Count];
        int node = 0, buffer = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            Field field = schema.FieldsList[i];
            columns[i] = new ArrowColumn(field, node, buffer);
            if (field.DataType is not (FixedWidthType or StringType or BinaryType) && !columns[i].IsTable)
            {
                throw new InvalidDataException(
                    $"{path}: column '{field.Name}' is of type {field.DataType.Name}, which is not read: leave it out. Features are a " +
                    $"column of fixed-size lists of double or float.");
            }

            node += columns[i].NodeCount;
            buffer += columns[i].BufferCount;
        }

        return columns;
    }
}
