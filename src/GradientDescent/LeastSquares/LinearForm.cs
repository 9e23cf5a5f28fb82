using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A linear form of the coefficients of <see cref="RefinedLeastSquares"/>: a sum of coefficients with factors. Only terms whose factor is
/// not 0 are stored, so the forms of d features need memory of the order of d, not d².
/// </summary>
/// <param name="terms">The columns in ascending order, with the factors of their coefficients.</param>
internal sealed class LinearForm(IEnumerable<(int Column, DoubleDouble Factor)> terms)
{
    /// <summary>The columns whose factors are not 0, in ascending order, with their factors.</summary>
    public ImmutableArray<(int Column, DoubleDouble Factor)> Terms { get; } = [.. terms.Where(term => term.Factor.High != 0)];

    /// <summary>Computes the value of the form.</summary>
    public DoubleDouble ValueOf(DoubleDouble[] coefficients)
    {
        DoubleDouble value = 0.0;
        foreach ((int column, DoubleDouble factor) in Terms)
            value += coefficients[column] * factor;
        return value;
    }
}
