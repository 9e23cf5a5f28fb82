using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// Formats a fitted linear model as an equation: y = 1.5 + 2·x1 − 3·x2. After 20 terms the others are counted, as hashed words have
/// hundreds of thousands.
/// </summary>
internal static class Equation
{
    private const int MaxTerms = 20;

    /// <param name="targetName">The name of the target, on the left side.</param>
    /// <param name="intercept">The intercept; <see langword="null"/> if the model has none.</param>
    /// <param name="weights">The weight of each term.</param>
    /// <param name="nameOf">A function that returns the name of the term with the specified index.</param>
    public static string Of(string targetName, double? intercept, ImmutableArray<double> weights, Func<int, string> nameOf)
    {
        IEnumerable<string> terms = weights.Take(MaxTerms).Select((weight, j) => $"{FactorOf(j, weight)}·{nameOf(j)}");
        string others = weights.Length > MaxTerms ? $" + … ({Format.Count(weights.Length - MaxTerms, "more term")})" : "";
        return $"{targetName} = {Format.Text($"{intercept:G6}")}{string.Concat(terms)}{others}";

        string FactorOf(int j, double weight) => j == 0 && intercept is null ? Unsigned(weight) : Signed(weight);
    }

    private static string Unsigned(double weight) => Format.Text($"{weight:G6}");

    private static string Signed(double weight) => weight < 0 ? $" − {Unsigned(-weight)}" : $" + {Unsigned(weight)}";
}
