namespace GradientDescent;

/// <summary>Options of <see cref="NonlinearLeastSquares"/>. The defaults fit all of NIST's problems from both starts.</summary>
/// <example><code>
/// var options = new NonlinearFitOptions { MaxEvaluations = 50, ParameterNames = ["height", "rate"] };
/// NonlinearFit fit = NonlinearLeastSquares.Fit(
///     (p, x) => p[0] * Variable.Exp(-p[1] * x), [0, 1, 2, 3, 4], [100, 61, 37, 22, 13.5], start: [90, 0.4], options: options);
/// Console.WriteLine(fit["rate"]);   // rate: 0.499819 ± 0.00257
/// </code></example>
public sealed record NonlinearFitOptions
{
    /// <summary>
    /// The maximum number of evaluations of all residuals, at least 1. Most fits need 10 to 50; in a long curved valley there are hundreds.
    /// </summary>
    public int MaxEvaluations { get; init => field = Guard.AtLeast(value, 1, nameof(MaxEvaluations)); } = 2000;

    /// <summary>
    /// The tolerance on three numbers, of which one must be reached: the relative reduction of the sum of squares that the next
    /// Gauss-Newton step promises; the largest relative change of a parameter in this step; the largest cosine of the angles between the
    /// residuals and the columns of the Jacobian. At least 0 and less than 1. Where the promised change of the residuals is smaller than
    /// their rounding errors, the run has converged too.
    /// </summary>
    /// <remarks>
    /// At 1e-12, the parameters are within 10⁻⁶·√(degrees of freedom) standard errors of the minimum. Further Gauss-Newton steps follow
    /// while they bring it nearer, up to the rounding errors.
    /// </remarks>
    public double Tolerance { get; init => field = Guard.Fraction(value, nameof(Tolerance)); } = 1e-12;

    /// <summary>The names of the parameters for tables; <see langword="null"/>: <c>p[0]</c>, <c>p[1]</c>, ….</summary>
    public IReadOnlyList<string>? ParameterNames { get; init; }
}
