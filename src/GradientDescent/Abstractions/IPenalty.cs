namespace GradientDescent;

/// <summary>The settings of a regularization that is added to the mean loss, such as λ‖w‖₁ or (λ/2)‖w‖².</summary>
/// <remarks>
/// A penalty applies to the coefficients in the user's units, also when a fit scales the features internally. <see cref="Bind"/> creates
/// the function of the parameters that are optimised. Your own penalty returns a class derived from <see cref="PenaltyTerm"/>.
/// </remarks>
public interface IPenalty
{
    /// <summary>Creates the penalty as a function of the parameters that are optimised.</summary>
    /// <param name="layout">
    /// The blocks of the parameter vector. Biases are not penalised unless the penalty's settings include them.
    /// </param>
    /// <param name="scale">
    /// The user's coefficient is <paramref name="scale"/>[j] times parameter j. Empty: the parameters are the user's coefficients. NaN:
    /// coefficient j is not a multiple of parameter j, so the penalty on it is not a function of parameter j alone.
    /// </param>
    /// <param name="lossFactor">
    /// The factor by which the optimised loss is multiplied to give the user's loss; the penalty's value is divided by it. Finite and
    /// greater than 0.
    /// </param>
    /// <returns>The function, or <see langword="null"/> if the penalty cannot be written as a function of these parameters.</returns>
    PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor);
}
