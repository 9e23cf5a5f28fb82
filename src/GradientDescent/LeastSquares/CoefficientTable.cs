using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>Formats coefficients with their statistics as a table, and finds them by name.</summary>
internal static class CoefficientTable
{
    private const int MinNameWidth = 11;

    /// <summary>Returns a line of headings and a line for each coefficient; each ends with \n.</summary>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="nameOf">The name of a coefficient.</param>
    /// <param name="columns">The heading, the width, the format and the number of each column.</param>
    public static string Of<T>(
        ImmutableArray<T> coefficients,
        Func<T, string> nameOf,
        params ReadOnlySpan<(string Heading, int Width, string Format, Func<T, double> Number)> columns)
    {
        int width = Math.Max(MinNameWidth, coefficients.Max(c => nameOf(c).Length));
        var text = new StringBuilder("".PadRight(width));
        foreach ((string heading, int columnWidth, _, _) in columns)
            text.Append(' ').Append(heading.PadLeft(columnWidth));
        text.Append('\n');
        foreach (T coefficient in coefficients)
        {
            text.Append(nameOf(coefficient).PadRight(width));
            foreach ((_, int columnWidth, string format, Func<T, double> number) in columns)
                text.Append(' ').Append(number(coefficient).ToString(format, CultureInfo.InvariantCulture).PadLeft(columnWidth));
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Returns the coefficient with the specified name.</summary>
    /// <exception cref="ArgumentException">There is no coefficient with this name.</exception>
    public static T Find<T>(ImmutableArray<T> coefficients, Func<T, string> nameOf, string name, string noun = "coefficient")
        where T : class =>
        coefficients.FirstOrDefault(coefficient => nameOf(coefficient) == name)
            ?? throw Guard.Invalid(
                nameof(name), $"There is no {noun} '{name}': the names are {Format.List(coefficients.Select(nameOf))}.");
}
