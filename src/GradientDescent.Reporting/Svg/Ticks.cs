using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>Where an axis is marked, and with what.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Chooses round numbers in an interval.</summary>
internal static class Ticks
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static readonly int[] _digits = [1, 2, 5];

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, about five of them, or fewer if they would be nearer to each other than a least distance.</summary>
    public static ImmutableArray<Tick> Linear(double minimum, double maximum, double leastDistance = 0)
    {
        double raw = Math.Max((maximum - minimum) / 5, leastDistance);
        int exponent = (int)Math.Floor(Math.Log10(raw));
        double lead = raw / Math.Pow(10, exponent);
        int digit = lead < 1.5 ? 1 : lead < 3 ? 2 : lead < 7 ? 5 : 10;
        if (digit == 10)
            (digit, exponent) = (1, exponent + 1);
        double first = Math.Ceiling(minimum / Times(digit, exponent) - 1e-9), last = Math.Floor(maximum / Times(digit, exponent) + 1e-9);
        double[] values = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(k => Times((first + k) * digit, exponent))];
        double largest = values.Max(Math.Abs);
        return [.. values.Select(value => new Tick(value, Label(value, exponent, largest)))];
    }

    /// <summary>Powers of ten, all or every second, third, …; in an interval with less than two of them round numbers.</summary>
    public static ImmutableArray<Tick> Logarithmic(double minimum, double maximum)
    {
        int first = (int)Math.Ceiling(Math.Log10(minimum) - 1e-9), last = (int)Math.Floor(Math.Log10(maximum) + 1e-9);
        if (last - first >= 1)
        {
            int stride = (last - first) / 6 + 1;
            return [.. Enumerable.Range(first, last - first + 1).Where(k => k % stride == 0).Select(k => new Tick(Times(1, k), "10" + Superscript(k)))];
        }

        Tick[] some =
        [
            .. from k in Enumerable.Range(first - 1, 3)
               from digit in _digits
               let value = Times(digit, k)
               where value >= minimum * (1 - 1e-9) && value <= maximum * (1 + 1e-9)
               select new Tick(value, Label(value, k, value)),
        ];
        return some.Length >= 3 ? [.. some] : Linear(minimum, maximum);
    }

    /// <summary>An exponent, raised.</summary>
    public static string Superscript(int exponent) =>
        (exponent < 0 ? "⁻" : "") + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));

    /// <summary>A number to read: four digits.</summary>
    public static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Label(double value, int exponent, double largest)
    {
        if (value == 0)
            return "0";
        string sign = value < 0 ? "−" : "";
        if (largest < 1e5 && exponent >= -4)
            return sign + Math.Abs(value).ToString("F" + Math.Max(0, -exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int power = (int)Math.Floor(Math.Log10(largest) + 1e-9);
        string digits = Math.Abs(Times(value, -power)).ToString("F" + Math.Clamp(power - exponent, 0, 15).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return $"{sign}{digits}×10{Superscript(power)}";
    }

    // Division by a positive power of ten is rounded once; multiplication with 0.1 would be rounded twice.
    private static double Times(double factor, int exponent) => exponent < 0 ? factor / Math.Pow(10, -exponent) : factor * Math.Pow(10, exponent);
}
