using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace GradientDescent;

/// <summary>
/// Reads and writes the file of a snapshot. The file contains, in this order: the eight characters "GDESCENT"; the version and the length
/// of the header (32 bits each, little-endian); a header in JSON with strings, counts, numbers and the lengths of the vectors; the numbers
/// of the vectors (64 bits each, little-endian, in the order of the header); and the SHA-256 hash of all previous bytes.
/// </summary>
internal static class CheckpointFile
{
    private const int Version = 1;
    private const int PrefixLength = 16, HashLength = SHA256.HashSizeInBytes;
    private const int MaxHeaderLength = 1 << 24;
    private const int MaxShownError = 300;

    private static ReadOnlySpan<byte> Magic => "GDESCENT"u8;

    /// <exception cref="InvalidDataException">The snapshot cannot be read back from a file; nothing is written.</exception>
    public static void Write(string path, Snapshot snapshot)
    {
        byte[] header = HeaderOf(snapshot);
        if (header.Length > MaxHeaderLength)
            throw new InvalidDataException(Format.Text(
                $"The names, strings and numbers of the state have {header.Length} bytes: at most {MaxHeaderLength} are allowed."));
        AtomicFile.Write(path, file => Write(file, header, snapshot));
    }

    private static void Write(Stream file, byte[] header, Snapshot snapshot)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[PrefixLength];
        Magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[12..], header.Length);
        Append(prefix);
        Append(header);
        foreach (double[] vector in snapshot.Vectors.Values)
            Append(LittleEndian(vector));
        file.Write(hash.GetHashAndReset());

        void Append(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            file.Write(bytes);
        }
    }

    /// <summary>
    /// Reads a file. The memory that this needs is at most a fixed amount and a small multiple of the file's size.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="CheckpointFormatException">The file is not a complete checkpoint of this version.</exception>
    public static Snapshot Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return file.CanSeek ? Read(file) : throw new CheckpointFormatException("It is not a regular file.");
    }

    /// <inheritdoc cref="Read(string)"/>
    public static Snapshot Read(Stream file)
    {
        long bodyLength = file.Length - HashLength;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (bodyLength < PrefixLength)
            throw new CheckpointFormatException("It is too short for a checkpoint.");
        file.ReadExactly(prefix);
        if (!prefix.StartsWith(Magic))
            throw new CheckpointFormatException("It is not a checkpoint.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(prefix[8..]);
        if (version != Version)
            throw new CheckpointFormatException(Format.Text($"It has version {version}: this library reads version {Version}."));
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(prefix[12..]);
        if (headerLength < 2 || headerLength > MaxHeaderLength || headerLength > bodyLength - PrefixLength)
            throw new CheckpointFormatException(Format.Text($"The length of its header is {headerLength} bytes, which is not possible."));
        RequireHash(file, bodyLength);

        byte[] header = new byte[headerLength];
        file.Position = PrefixLength;
        file.ReadExactly(header);
        var snapshot = new Snapshot();
        (string Name, int Length)[] vectors = ParseHeader(header, snapshot);
        if (vectors.Sum(vector => (long)vector.Length) * sizeof(double) != bodyLength - PrefixLength - headerLength)
            throw new CheckpointFormatException("The lengths of its vectors do not match its header.");
        foreach ((string name, int length) in vectors)
            snapshot.AddOwned(name, ReadVector(file, length));
        return snapshot;
    }

    private static void RequireHash(Stream file, long bodyLength)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[(int)Math.Min(bodyLength, 1 << 16)];
        file.Position = 0;
        for (long left = bodyLength; left > 0;)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        Span<byte> stored = stackalloc byte[HashLength];
        file.ReadExactly(stored);
        if (!stored.SequenceEqual(hash.GetHashAndReset()))
            throw new CheckpointFormatException("Its checksum is wrong: the file is damaged or incomplete.");
    }

    private static byte[] HeaderOf(Snapshot snapshot)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            WriteSection("strings", snapshot.Texts, json.WriteString);
            WriteSection("counts", snapshot.Counts, json.WriteNumber);
            WriteSection("numbers", snapshot.Numbers, json.WriteNumber);
            WriteSection("vectors", snapshot.Vectors, (name, vector) => json.WriteNumber(name, vector.Length));
            json.WriteEndObject();

            void WriteSection<T>(string section, IEnumerable<KeyValuePair<string, T>> entries, Action<string, T> write)
            {
                json.WriteStartObject(section);
                foreach ((string name, T entry) in entries)
                    write(name, entry);
                json.WriteEndObject();
            }
        }

        return header.ToArray();
    }

    private static (string Name, int Length)[] ParseHeader(byte[] header, Snapshot snapshot)
    {
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 2 });
            string[] sections = [.. json.RootElement.EnumerateObject().Select(section => section.Name)];
            if (!sections.SequenceEqual(["strings", "counts", "numbers", "vectors"]))
                throw new CheckpointFormatException(
                    $"Its header has the sections [{Format.Clip(Format.List(sections))}]: strings, counts, numbers and vectors are " +
                    $"expected.");
            foreach (JsonProperty text in json.RootElement.GetProperty("strings").EnumerateObject())
            {
                string name = text.Name;
                snapshot.Add(name, text.Value.GetString() ?? throw new CheckpointFormatException($"'{Format.Clip(name)}' is null."));
            }

            foreach (JsonProperty count in json.RootElement.GetProperty("counts").EnumerateObject())
                snapshot.Add(count.Name, count.Value.GetInt64());
            foreach (JsonProperty number in json.RootElement.GetProperty("numbers").EnumerateObject())
                snapshot.Add(number.Name, Finite(number.Value.GetDouble(), number.Name)); // 1e999 in JSON is read as infinity
            return [.. json.RootElement.GetProperty("vectors").EnumerateObject()
                .Select(vector => (vector.Name, NonNegative(vector.Value.GetInt32(), vector.Name)))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or InvalidDataException
            or FormatException and not CheckpointFormatException)
        {
            throw new CheckpointFormatException($"Its header is not valid: {Format.Clip(e.Message, MaxShownError)}", e);
        }
    }

    private static double[] ReadVector(Stream file, int length)
    {
        double[] vector = new double[length];
        file.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        if (!BitConverter.IsLittleEndian)
            LittleEndian(vector).CopyTo(MemoryMarshal.AsBytes(vector.AsSpan()));
        return vector;
    }

    /// <summary>
    /// Returns the bytes of the numbers in little-endian order. Reading and writing use the same conversion, which is its own inverse.
    /// </summary>
    private static ReadOnlySpan<byte> LittleEndian(double[] vector)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(vector.AsSpan());
        long[] reversed = new long[vector.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<double, long>(vector.AsSpan()), reversed);
        return MemoryMarshal.AsBytes(reversed.AsSpan());
    }

    private static double Finite(double number, string name) =>
        double.IsFinite(number) ? number
            : throw new CheckpointFormatException(Format.Text($"'{Format.Clip(name)}' holds {number}: every number must be finite."));

    private static int NonNegative(int length, string name) =>
        length >= 0 ? length
            : throw new CheckpointFormatException(Format.Text($"The length of '{Format.Clip(name)}' is {length}: it must be at least 0."));
}
