using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>
/// Converts labels to and from their text in a model file: strings unchanged, numbers, dates and the like in their one invariant form,
/// members of an enumeration by name.
/// </summary>
internal static class LabelText
{
    public const string Strings = "string", Members = "enum";

    private static readonly FrozenDictionary<Type, Form> _forms = ((IEnumerable<Form>)[
        FormOf<bool>("bool"), FormOf<char>("char"), FormOf<sbyte>("sbyte"), FormOf<byte>("byte"), FormOf<short>("short"),
        FormOf<ushort>("ushort"), FormOf<int>("int"), FormOf<uint>("uint"), FormOf<long>("long"), FormOf<ulong>("ulong"),
        FormOf<float>("float"), FormOf<double>("double"), FormOf<decimal>("decimal"), FormOf<Guid>("Guid"),
        FormOf<DateOnly>("DateOnly", "O"), FormOf<TimeOnly>("TimeOnly", "O"),
    ]).ToFrozenDictionary(form => form.Type);

    /// <summary>The names of the label types in a model file.</summary>
    public static IEnumerable<string> TypeNames { get; } = [Strings, Members, .. _forms.Values.Select(form => form.Name).Order()];

    /// <summary>The maximum number of characters of a string in a model file.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Returns the name of the label type in a model file.</summary>
    /// <exception cref="NotSupportedException">Labels of this type cannot be written.</exception>
    public static string TypeOf<TLabel>() => typeof(TLabel) == typeof(string) ? Strings
        : typeof(TLabel).IsEnum ? Members
        : _forms.TryGetValue(typeof(TLabel), out Form? form) ? form.Name
        : throw new NotSupportedException(
            $"Labels of type {typeof(TLabel).Name} cannot be in a model file: the type must be one of {string.Join(", ", TypeNames)}.");

    /// <summary>Returns the text of a label.</summary>
    /// <exception cref="NotSupportedException">The label cannot be read back from a text.</exception>
    public static string Of<TLabel>(TLabel label) where TLabel : notnull
    {
        string text = label switch
        {
            string itself => itself,
            Enum => Enum.GetName(typeof(TLabel), label) ?? throw new NotSupportedException(
                Format.Text($"The label {label} has no name in {typeof(TLabel).Name}: only named members can be in a model file.")),
            _ => _forms[typeof(TLabel)].Write(label),
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

    /// <summary>Parses a label, if the text is exactly the one that <see cref="Of{TLabel}(TLabel)"/> writes.</summary>
    public static bool TryParse<TLabel>(string text, out TLabel label)
    {
        object? parsed = typeof(TLabel) == typeof(string) ? text
            : _forms.TryGetValue(typeof(TLabel), out Form? form) ? form.Read(text)
            : Enum.GetNames(typeof(TLabel)).Contains(text) ? Enum.Parse(typeof(TLabel), text)
            : null;
        label = parsed is null ? default! : (TLabel)parsed;
        return parsed is not null;
    }

    private static Form FormOf<T>(string name, string? format = null) where T : IParsable<T>
    {
        return new(typeof(T), name, Write, text => T.TryParse(text, CultureInfo.InvariantCulture, out T? value) && Write(value) == text
            ? value
            : null);

        string Write(object label) => label is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : $"{label}";
    }

    /// <summary>A type whose values have one text each.</summary>
    private sealed record Form(Type Type, string Name, Func<object, string> Write, Func<string, object?> Read);
}
