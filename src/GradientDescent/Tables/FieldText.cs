using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>The meaning of a field of a CSV file, and the field as messages show it.</summary>
internal static class FieldText
{
    private const int MaxShown = 40;

    /// <summary>Whether a field is empty, NA or NaN, with or without spaces around it.</summary>
    public static bool IsMissing(string field) => field.AsSpan().Trim() is "" or "NA" or "NaN";

    /// <summary>The finite number that a field holds; <see langword="null"/> if it holds none.</summary>
    public static double? Number(string field, NumberFormatInfo format)
    {
        bool isNumber = double.TryParse(field, NumberStyles.Float, format, out double number) && double.IsFinite(number);
        return isNumber && !field.Contains('\0', StringComparison.Ordinal) ? number : null; // double.TryParse accepts NULs at the end
    }

    /// <summary>A message that a field is not a number, without the full stop.</summary>
    public static string NoNumber(string shown, NumberFormatInfo format) =>
        $"'{shown}' is not a finite number written with '{format.NumberDecimalSeparator}'";

    /// <summary>The beginning of a field, without characters that would control a terminal.</summary>
    public static string Shown(string field)
    {
        IEnumerable<char> visible = field.Take(MaxShown).Select(c => char.IsControl(c) ? '\uFFFD' : c);
        return string.Concat(visible) + (field.Length > MaxShown ? "…" : "");
    }

    /// <inheritdoc cref="Shown(string)"/>
    public static string Shown(ReadOnlySpan<byte> field) =>
        Shown(Encoding.UTF8.GetString(field[..Math.Min(field.Length, MaxShown)])) + (field.Length > MaxShown ? "…" : "");
}
