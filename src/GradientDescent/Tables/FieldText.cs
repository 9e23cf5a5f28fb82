using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>What the text of a field means, and how a message shows it.</summary>
internal static class FieldText
{
    private const int LongestShown = 40;

    /// <summary>Empty, NA or NaN, whatever spaces are around it.</summary>
    public static bool IsMissing(string field) => field.AsSpan().Trim() is "" or "NA" or "NaN";

    /// <summary>The finite number that a field holds; <see langword="null"/> if it holds none.</summary>
    public static double? Number(string field, NumberFormatInfo numbers) =>
        double.TryParse(field, NumberStyles.Float, numbers, out double number) && double.IsFinite(number) && !field.Contains('\0', StringComparison.Ordinal) ? number : null; // it passes over trailing NULs

    public static string NoNumber(string shown, NumberFormatInfo numbers) => $"'{shown}' is not a finite number written with '{numbers.NumberDecimalSeparator}'";

    /// <summary>The beginning of a field, without characters that would act on a terminal.</summary>
    public static string Shown(string field) => string.Concat(field.Take(LongestShown).Select(c => char.IsControl(c) ? '\uFFFD' : c)) + (field.Length > LongestShown ? "…" : "");

    /// <inheritdoc cref="Shown(string)"/>
    public static string Shown(ReadOnlySpan<byte> field) => Shown(Encoding.UTF8.GetString(field[..Math.Min(field.Length, LongestShown)])) + (field.Length > LongestShown ? "…" : "");
}
