using System.Text.Json;

namespace GradientDescent;

/// <summary>Reads a document from a stream and checks it.</summary>
/// <remarks>The memory that this needs is at most a fixed amount and a small multiple of the data's size.</remarks>
internal static class ModelDocumentReader
{
    private const int MaxShownError = 300;

    /// <summary>Reads and checks a document, and returns it with the encoding of its columns.</summary>
    /// <exception cref="ModelFormatException">
    /// The data is damaged or too large, or has another version; the message states the cause.
    /// </exception>
    public static (ModelDocument Document, FeatureEncoding Encoding) Read(Stream stream)
    {
        using MemoryStream bytes = AllBytes(stream);
        ReadOnlySpan<byte> text = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return Parse(text.StartsWith("\uFEFF"u8) ? text["\uFEFF"u8.Length..] : text); // editors write a byte-order mark
    }

    private static MemoryStream AllBytes(Stream stream)
    {
        long known = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        if (known > ModelDocument.MaxBytes)
            throw TooLarge();
        var bytes = new MemoryStream((int)known);
        byte[] part = new byte[1 << 16];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            if (bytes.Length + read > ModelDocument.MaxBytes)
                throw TooLarge();
            bytes.Write(part, 0, read);
        }

        return bytes;
    }

    private static (ModelDocument Document, FeatureEncoding Encoding) Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RequireVersion(bytes);
            ModelDocument document = JsonSerializer.Deserialize(bytes, ModelJson.Default.ModelDocument) ?? throw NotAModel(null);
            FeatureEncoding encoding = document.Kind == nameof(FeedForwardNetwork)
                ? NetworkDocumentChecks.RequireSound(document)
                : ModelDocumentChecks.RequireSound(document);
            ModelDocumentChecks.RequireSoundExtras(document, encoding.FeatureCount);
            if (document.Sha256 != document.ComputeHash())
                throw new ModelFormatException("'sha256' does not match the other members: the file is damaged or was changed by hand.");
            return (document, encoding);
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(
                KnownProblem(bytes) ?? $"Its contents are not those of a model file: {Format.Clip(e.Message, MaxShownError)}", e);
        }
    }

    /// <summary>Says what is wrong with a file that is not JSON as a whole; <see langword="null"/> if it can be.</summary>
    private static string? KnownProblem(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.Trim(" \t\r\n"u8);
        return text.IsEmpty ? "It is empty."
            : text[0] != '{' ? "It is not a model file: a model file begins with '{'."
            : text[^1] != '}' ? "It has no end: the file is cut off."
            : null;
    }

    /// <summary>Checks format and version first, because other versions may have other members.</summary>
    private static void RequireVersion(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        try
        {
            RequireVersion(ref json);
        }
        catch (InvalidOperationException e) // a string with half of a surrogate pair
        {
            string place = Format.Text($"The string at byte {json.TokenStartIndex}");
            throw new ModelFormatException($"Its contents are not those of a model file: {place} is not valid Unicode.", e);
        }
    }

    private static void RequireVersion(ref Utf8JsonReader json)
    {
        (bool isModel, int? version) = (false, null);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw NotAModel(null);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isFormat = json.ValueTextEquals("format"), isVersion = json.ValueTextEquals("version");
            json.Read();
            isModel |= isFormat && json.TokenType == JsonTokenType.String && json.ValueTextEquals(ModelDocument.FormatName);
            if (isVersion && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number))
                version = number;
            json.Skip();
        }

        if (!isModel)
            throw NotAModel($": its 'format' is not '{ModelDocument.FormatName}'");
        if (version is { } other && other != ModelDocument.CurrentVersion)
            throw new ModelFormatException(
                Format.Text($"Its 'version' is {other}: this library reads version {ModelDocument.CurrentVersion}."));
    }

    private static ModelFormatException NotAModel(string? why) => new($"It is not a model file{why}.");

    private static ModelFormatException TooLarge() =>
        new(Format.Text($"It has more than {ModelDocument.MaxBytes} bytes, the maximum of a model file."));
}
