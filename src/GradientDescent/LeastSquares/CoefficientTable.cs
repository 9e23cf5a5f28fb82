using System.Collections.Immutable;
using System.Text;

namespace GradientDescent;

/// <summary>Formats coefficients with their statistics as a table.</summary>
internal static class CoefficientTable
{
    private const int MinNameWidth = 11;

    /// <summary>Returns a line of headings and a line for each coefficient; each ends with \n.</summary>
    public static string Of(ImmutableArray<CoefficientStatistics> coefficients)
    {
        int width = Math.Max(MinNameWidth, coefficients.Max(c => c.Name.Length));
        var text = new StringBuilder($"{"".PadRight(width)} {"estimate",13} {"std. error",13} {"t",11} {"p",10}\n");
        foreach (CoefficientStatistics c in coefficients)
        {
            string name = c.Name.PadRight(width);
            text.Append(Format.Text($"{name} {c.Estimate,13:G6} {c.StandardError,13:G6} {c.TStatistic,11:G5} {c.PValue,10:G3}\n"));
        }

        return text.ToString();
    }
}
