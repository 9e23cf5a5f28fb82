using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>Numbers as the tool prints them, in the invariant culture.</summary>
internal static class NumberText
{
    private const double RoundingError = 1e-12;

    /// <summary>A loss with six significant digits, trailing zeros included: 2859.70, 0.0527550, 3.35360e+11.</summary>
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

    /// <summary>A gap with two significant digits. A gap that may be only rounding is <c>&lt;1e-12</c>.</summary>
    public static string Gap(double gap) =>
        Math.Abs(gap) < RoundingError ? "<1e-12" : gap.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary>A time in the largest unit in which it is at least 1; at most eight characters for times up to a year.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F1} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h"),
    };

    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: 1 sample, 2 samples.</summary>
    public static string Counted(long count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string Rate(double rate) => rate.ToString(CultureInfo.InvariantCulture);
}
