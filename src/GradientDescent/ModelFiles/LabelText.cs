using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>
/// Converts labels to and from their text in a model file: strings unchanged, ints in digits, members of an enumeration by name.
/// </summary>
internal static class LabelText
{
    public const string Strings = "string", Ints = "int", Members = "enum";

    /// <summary>The maximum number of characters of a string in a model file.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Returns the name of the label type in a model file.</summary>
    /// <exception cref="NotSupportedException">Labels of this type cannot be written.</exception>
    public static string TypeOf<TLabel>() => typeof(TLabel) == typeof(string) ? Strings
        : typeof(TLabel) == typeof(int) ? Ints
        : typeof(TLabel).IsEnum ? Members
        : throw new NotSupportedException(
            $"Labels of type {typeof(TLabel).Name} cannot be in a model file: the type must be string, int or an enumeration.");

    /// <summary>Returns the text of a label.</summary>
    /// <exception cref="NotSupportedException">The label cannot be read back from a text.</exception>
    public static string Of<TLabel>(TLabel label) where TLabel : notnull
    {
        string text = label switch
        {
            int number => number.ToString(CultureInfo.InvariantCulture),
            Enum => Enum.GetName(typeof(TLabel), label) ?? throw new NotSupportedException(
                Format.Text($"The label {label} has no name in {typeof(TLabel).Name}: only named members can be in a model file.")),
            _ => (string)(object)label,
        };
        return Writable(text, "label");
    }

    /// <summary>Returns the text unchanged, if it can be read back from a model file.</summary>
    /// <exception cref="NotSupportedException">The text is not valid Unicode, or it is too long for the reader.</exception>
    public static string Writable(string text, string what)
    {
        if (text.Length > MaxLength)
            throw new NotSupportedException(Format.Text(
                $"The {what} '{Format.Clip(text)}' has {text.Length} characters: a model file has at most {MaxLength}."));
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text
            ? text
            : throw new NotSupportedException($"The {what} '{Format.Clip(text)}' is not valid Unicode: it cannot be in a model file.");
    }

    /// <summary>Parses a label that <see cref="Of"/> has written.</summary>
    public static bool TryParse<TLabel>(string text, out TLabel label)
    {
        object? parsed = typeof(TLabel) == typeof(string) ? text
            : typeof(TLabel) == typeof(int) ? ParseInt(text)
            : Enum.GetNames(typeof(TLabel)).Contains(text) ? Enum.Parse(typeof(TLabel), text)
            : null;
        label = parsed is null ? default! : (TLabel)parsed;
        return parsed is not null;
    }

    /// <summary>
    /// Parses a number, if the text is exactly the one that <see cref="Of"/> writes: without a plus sign and leading zeros.
    /// </summary>
    private static int? ParseInt(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;
}
