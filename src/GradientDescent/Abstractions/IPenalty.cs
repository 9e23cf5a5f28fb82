namespace GradientDescent;

/// <summary>Regularization added to the mean loss, such as λ‖w‖₁ or (λ/2)‖w‖²: its settings.</summary>
/// <remarks>
/// A penalty acts on the coefficients in the user's units, whatever a fit scales inside. <see cref="Bind"/> makes the function of the
/// parameters that are optimised. A penalty of your own returns a <see cref="PenaltyTerm"/> of its own.
/// </remarks>
public interface IPenalty
{
    /// <summary>The penalty as a function of the parameters that are optimised.</summary>
    /// <param name="layout">The blocks of the parameter vector. Biases are left free unless the penalty was asked to include them.</param>
    /// <param name="scale">
    /// The user's coefficient is <paramref name="scale"/>[j] times parameter j. Empty: the parameters are the user's coefficients. NaN:
    /// coefficient j is not a multiple of parameter j, so a penalty on it has no such form.
    /// </param>
    /// <param name="lossFactor">
    /// The user's loss is this times the optimised one; the penalty's value is divided by it. Finite and greater than 0.
    /// </param>
    /// <returns>The function, or <see langword="null"/> if the penalty has none in these parameters.</returns>
    PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor);
}
