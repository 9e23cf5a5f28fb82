using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>A mark on an axis: its value and its label.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Chooses round numbers in an interval as marks of an axis.</summary>
internal static class Ticks
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static readonly int[] _digits = [1, 2, 5];

    /// <summary>
    /// About five multiples of 1, 2 or 5 times a power of ten; fewer if their distance would be less than the least distance.
    /// </summary>
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

    /// <summary>
    /// Powers of ten: all, or every second, third, … one. An interval with fewer than two of them has other round numbers.
    /// </summary>
    public static ImmutableArray<Tick> Logarithmic(double minimum, double maximum)
    {
        int first = (int)Math.Ceiling(Math.Log10(minimum) - 1e-9), last = (int)Math.Floor(Math.Log10(maximum) + 1e-9);
        if (last - first >= 1)
        {
            int stride = (last - first) / 6 + 1;
            IEnumerable<int> exponents = Enumerable.Range(first, last - first + 1).Where(k => k % stride == 0);
            return [.. exponents.Select(k => new Tick(Times(1, k), "10" + Superscript(k)))];
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

    /// <summary>An exponent in superscript digits.</summary>
    public static string Superscript(int exponent) =>
        (exponent < 0 ? "⁻" : "")
        + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));

    /// <summary>A number with four significant digits.</summary>
    public static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Label(double value, int exponent, double largest)
    {
        if (value == 0)
            return "0";
        string sign = value < 0 ? "−" : "";
        if (largest < 1e5 && exponent >= -4)
            return sign + Fixed(Math.Abs(value), Math.Max(0, -exponent));
        int power = (int)Math.Floor(Math.Log10(largest) + 1e-9);
        return $"{sign}{Fixed(Math.Abs(Times(value, -power)), Math.Clamp(power - exponent, 0, 15))}×10{Superscript(power)}";

        static string Fixed(double number, int decimals) =>
            number.ToString(FormattableString.Invariant($"F{decimals}"), CultureInfo.InvariantCulture);
    }

    // A division by a positive power of ten is rounded once; a multiplication by 0.1 would be rounded twice.
    private static double Times(double factor, int exponent) =>
        exponent < 0 ? factor / Math.Pow(10, -exponent) : factor * Math.Pow(10, exponent);
}
