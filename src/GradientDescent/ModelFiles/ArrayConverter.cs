using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>
/// Reads an array after its entries are counted, and writes it in parts. So an array needs the memory of its entries and no more: a list
/// that grows would need three times as much, and a whole text in memory as much again.
/// </summary>
internal abstract class ArrayConverter<T> : JsonConverter<T[]>
{
    private const int MaxPendingBytes = 1 << 16;

    public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Writes an array.</summary>
    public void Write(Utf8JsonWriter writer, T[] array)
    {
        writer.WriteStartArray();
        foreach (T entry in array)
        {
            WriteEntry(writer, entry);
            if (writer.BytesPending > MaxPendingBytes)
                writer.Flush();
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads the array at the reader's position.</summary>
    /// <exception cref="JsonException">There is no array, or an entry is not of the right type.</exception>
    public T[] Read(ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.StartArray);
        var entries = new T[CountEntries(reader)];
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            entries[i] = ReadEntry(ref reader);
        return entries;
    }

    protected abstract T ReadEntry(ref Utf8JsonReader reader);

    protected abstract void WriteEntry(Utf8JsonWriter writer, T entry);

    /// <summary>Throws an exception to which the serializer adds the place.</summary>
    protected static void Require(bool isRightType)
    {
        if (!isRightType)
            throw new JsonException();
    }

    /// <param name="copy">A copy of the reader; the reader itself stays where it is.</param>
    private static int CountEntries(Utf8JsonReader copy)
    {
        int count = 0;
        for (; copy.Read() && copy.TokenType != JsonTokenType.EndArray; count++)
            copy.Skip();
        return count;
    }
}

/// <summary>Reads and writes arrays of numbers.</summary>
internal sealed class NumberArrayConverter : ArrayConverter<double>
{
    protected override double ReadEntry(ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.Number);
        return reader.GetDouble();
    }

    protected override void WriteEntry(Utf8JsonWriter writer, double entry) => writer.WriteNumberValue(entry);
}

/// <summary>Reads and writes arrays of strings. An entry can be null, so that the check of the document can name it.</summary>
internal sealed class StringArrayConverter : ArrayConverter<string>
{
    protected override string ReadEntry(ref Utf8JsonReader reader)
    {
        Require(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
        return reader.GetString()!;
    }

    protected override void WriteEntry(Utf8JsonWriter writer, string entry) => writer.WriteStringValue(entry);
}

/// <summary>Reads and writes arrays of arrays of numbers. An entry can be null, so that the check of the document can name it.</summary>
internal sealed class NumberRowsConverter : ArrayConverter<double[]>
{
    private static readonly NumberArrayConverter _row = new();

    protected override double[] ReadEntry(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null! : _row.Read(ref reader);

    protected override void WriteEntry(Utf8JsonWriter writer, double[] entry) => _row.Write(writer, entry);
}
