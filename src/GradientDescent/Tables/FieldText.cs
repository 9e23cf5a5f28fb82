using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>Interprets a field of a CSV file, and formats the field for messages.</summary>
internal static class FieldText
{
    private const int MaxShown = 40;

    /// <summary>Returns whether a field is empty, NA or NaN, with or without white space around it.</summary>
    public static bool IsMissing(string field) => field.AsSpan().Trim() is "" or "NA" or "NaN";

    /// <summary>Returns the number in a field, or <see langword="null"/> if the field is not a finite number.</summary>
    public static double? Number(string field, NumberFormatInfo format)
    {
        bool isNumber = double.TryParse(field, NumberStyles.Float, format, out double number) && double.IsFinite(number);
        return isNumber && !field.Contains('\0', StringComparison.Ordinal) ? number : null; // double.TryParse accepts trailing NULs
    }

    /// <summary>Returns the message that a field is not a number, without a full stop.</summary>
    public static string NoNumber(string shown, NumberFormatInfo format) =>
        $"'{shown}' is not a finite number written with '{format.NumberDecimalSeparator}'";

    /// <summary>Returns the beginning of a field with control characters replaced, because they could control a terminal.</summary>
    public static string Shown(string field)
    {
        IEnumerable<char> visible = field.Take(MaxShown).Select(c => char.IsControl(c) ? '\uFFFD' : c);
        return string.Concat(visible) + (field.Length > MaxShown ? "…" : "");
    }

    /// <inheritdoc cref="Shown(string)"/>
    public static string Shown(ReadOnlySpan<byte> field) =>
        Shown(Encoding.UTF8.GetString(field[..Math.Min(field.Length, MaxShown)])) + (field.Length > MaxShown ? "…" : "");
}
