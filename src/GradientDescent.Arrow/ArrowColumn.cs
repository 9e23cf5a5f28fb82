namespace GradientDescent.Arrow;

/// <summary>A column of an Arrow file: its type, and its place among the nodes and buffers of each batch.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Width">The number of items in each row, if the column holds lists of equal length; otherwise 0.</param>
/// <param name="Node">The number of its first node.</param>
/// <param name="Buffer">The number of its first buffer.</param>
internal sealed record ArrowColumn(string Name, ArrowType Type, int Width, int Node, int Buffer)
{
    /// <summary>Whether the column holds lists of equal length.</summary>
    public bool IsTable => Width > 0;

    /// <summary>The number of nodes of the column.</summary>
    public int NodeCount => IsTable ? 2 : 1;

    /// <summary>The number of buffers of the column.</summary>
    public int BufferCount => (IsTable ? 1 : 0) + Type switch { ArrowType.Null => 0, ArrowType.Bytes => 3, _ => 2 };

    /// <summary>The number of the buffer with the numbers.</summary>
    public int Values => Buffer + BufferCount - 1;

    /// <summary>Whether the column can be a target or hold weights.</summary>
    public bool IsNumeric => !IsTable && Type is ArrowType.Double or ArrowType.Single or ArrowType.Int64 or ArrowType.Int32;

    /// <summary>The size of a value in bytes, for numbers.</summary>
    public int Size => Type is ArrowType.Double or ArrowType.Int64 ? sizeof(double) : sizeof(float);
}

/// <summary>The types of values that are told apart.</summary>
internal enum ArrowType
{
    Null,
    Double,
    Single,
    Int64,
    Int32,

    /// <summary>Any other type of one buffer of values.</summary>
    Other,

    /// <summary>Strings or bytes, of a buffer of offsets and one of values.</summary>
    Bytes,
}
