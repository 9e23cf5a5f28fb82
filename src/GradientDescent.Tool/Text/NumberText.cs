using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>Formats the numbers that the tool prints, in the invariant culture.</summary>
internal static class NumberText
{
    private const double RoundingError = 1e-12;

    /// <summary>Formats a loss with six significant digits, including trailing zeros: 2859.70, 0.0527550, 3.35360e+11.</summary>
    public static string Loss(double loss)
    {
        double magnitude = Math.Abs(loss);
        if (magnitude == 0)
            return "0";
        if (magnitude is < 1e-3 or >= 1e6)
            return loss.ToString("0.00000e+00", CultureInfo.InvariantCulture);
        int decimals = 5 - (int)Math.Floor(Math.Log10(magnitude));
        return loss.ToString(FormattableString.Invariant($"F{decimals}"), CultureInfo.InvariantCulture);
    }

    /// <summary>Formats a gap with two significant digits. A gap that can be a rounding error becomes <c>&lt;1e-12</c>.</summary>
    public static string Gap(double gap) =>
        Math.Abs(gap) < RoundingError ? "<1e-12" : gap.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary>
    /// Formats a time in ms, s, min or h. The unit is the largest in which the time is at least 1, or ms. The text of a time up to a year
    /// has at most eight characters.
    /// </summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F1} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h"),
    };

    /// <summary>Formats a number for a table; −0 becomes 0, and NaN becomes a hyphen.</summary>
    public static string Cell(double number, string format) =>
        double.IsNaN(number) ? "-" : (number + 0.0).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Formats a p-value with three digits. 0 is a number that is too small for a double.</summary>
    public static string PValue(double p) => p == 0 ? "<1E-300" : Cell(p, "G3");

    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a count with its noun: 1 sample, 2 samples.</summary>
    public static string Counted(long count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string Rate(double rate) => rate.ToString(CultureInfo.InvariantCulture);
}
