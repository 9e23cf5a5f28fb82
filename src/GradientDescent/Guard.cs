using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>
/// Every check of an argument's value; each throws before anything is changed and names argument, value and what is allowed.
/// </summary>
internal static class Guard
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw OutOfRange(name, value, "a finite number greater than 0");

    public static double FiniteNonNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw OutOfRange(name, value, "a finite number of at least 0");

    /// <summary>0 ≤ value &lt; 1.</summary>
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw OutOfRange(name, value, "at least 0 and less than 1");

    /// <summary>0 ≤ value ≤ 1.</summary>
    public static double FromZeroToOne(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(name, value, "from 0 to 1");

    /// <summary>0 &lt; value ≤ 1.</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and <= 1 ? value : throw OutOfRange(name, value, "greater than 0 and at most 1");

    /// <summary>lower &lt; value &lt; upper.</summary>
    public static double Between(double value, double lower, double upper, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > lower && value < upper
            ? value
            : throw OutOfRange(name, value, Format.Text($"greater than {lower} and less than {upper}"));

    public static T AtLeast<T>(T value, T minimum, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value >= minimum ? value : throw OutOfRange(name, value, Format.Text($"at least {minimum}"));

    /// <summary>lowest ≤ value ≤ highest.</summary>
    public static int FromTo(int value, int lowest, int highest, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= lowest && value <= highest ? value : throw OutOfRange(name, value, Format.Text($"from {lowest} to {highest}"));

    /// <summary>0 ≤ index &lt; count.</summary>
    public static int Index(int index, int count, [CallerArgumentExpression(nameof(index))] string name = "") =>
        (uint)index < (uint)count ? index : throw NoSuchIndex(name, index, count);

    /// <summary>A member of its enumeration, not just any number.</summary>
    public static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw OutOfRange(name, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    public static void SameLength<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient)
    {
        if (parameters.Length != gradient.Length)
            throw LengthsDiffer(parameters.Length, gradient.Length);
    }

    public static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw NotFinite(name, i, values[i]);
        }
    }

    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string name = "") where T : class =>
        value ?? throw new ArgumentNullException(name);

    /// <summary>The first name that stands before it too; <see langword="null"/> where all differ.</summary>
    public static string? Twice(IEnumerable<string> names)
    {
        int expected = names.TryGetNonEnumeratedCount(out int count) ? count : 0;
        var seen = new HashSet<string>(expected, StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    /// <summary>The exception for an argument that is wrong in itself or does not fit another.</summary>
    public static ArgumentException Invalid(string argument, InvariantText message) => new(Format.Text(message), argument);

    // The value stands in the message only: as ActualValue .NET would repeat it in the current culture.
    public static ArgumentOutOfRangeException OutOfRange<T>(string name, T value, string allowed) =>
        new(name, Format.Text($"{name} is {value}: it must be {allowed}."));

    // The messages of checks that run in each step: a message in the check itself would slow down every call.
    private static ArgumentException LengthsDiffer(int parameters, int gradient) => Invalid(
        nameof(gradient), $"gradient has {gradient} entries, parameters have {parameters}: the lengths must be equal.");

    private static ArgumentOutOfRangeException NoSuchIndex(string name, int index, int count) =>
        OutOfRange(name, index, Format.Text($"from 0 to {count - 1}"));

    private static ArgumentException NotFinite(string name, int index, double value) =>
        Invalid(name, $"{name}[{index}] is {value}: every number must be finite.");
}
