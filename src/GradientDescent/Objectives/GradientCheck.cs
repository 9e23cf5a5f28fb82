namespace GradientDescent;

/// <summary>Compares a gradient with finite differences of the value. Use it first on an objective, loss or model that you wrote.</summary>
/// <remarks>
/// The error of a coordinate is |analytic − numeric| / max(|analytic|, |numeric|, s), where s is a thousandth of the gradient's largest
/// entry, so that rounding errors in a very small coordinate are not reported.
/// <para>
/// The absolute values of a penalty are not checked, for an <see cref="IStochasticObjective"/> and for the result of
/// <see cref="Objective.Full(IStochasticObjective)"/>: they have no derivative at 0, and with them the gradient is a gradient mapping,
/// which is not a derivative of the value. The rest is checked.
/// </para>
/// </remarks>
/// <example><code>
/// var wrong = Objective.From(p =&gt; p[0] * p[0] + p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 2));
/// GradientCheck check = GradientCheck.Run(wrong, [3, 1]);
/// Console.WriteLine($"{check.WorstIndex}: {check.Analytic} instead of {check.Numeric:F3}");   // 1: 2 instead of 1.000
/// </code></example>
public sealed record GradientCheck
{
    /// <summary>The coordinate with the largest error.</summary>
    public required int WorstIndex { get; init; }

    /// <summary>The derivative that the objective returns there.</summary>
    public required double Analytic { get; init; }

    /// <summary>The derivative from the differences there.</summary>
    public required double Numeric { get; init; }

    /// <summary>The relative error there; NaN if one of the two derivatives is not finite.</summary>
    public required double Error { get; init; }

    /// <summary>The allowed error.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Whether the worst error is within the tolerance.</summary>
    public bool Passed => Error <= Tolerance;

    /// <summary>Compares the gradient at one point.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="parameters">The point, at least one number, all finite. Choose one at which no derivative is 0 by chance
    /// and around which, up to 1.5e-3·max(|x|, 1) in each coordinate, the objective is smooth.</param>
    /// <param name="tolerance">The allowed relative error.</param>
    public static GradientCheck Run(IObjective objective, ReadOnlySpan<double> parameters, double tolerance = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Guard.Finite(parameters, nameof(parameters));
        Guard.AtLeast(parameters.Length, 1, "parameters.Length");
        Guard.Positive(tolerance);
        objective = Objective.SmoothPart(objective);
        double[] analytic = new double[parameters.Length];
        double[] numeric = new double[parameters.Length];
        objective.Evaluate(parameters, analytic);
        FiniteDifferences.Gradient(point => objective.Evaluate(point, []), parameters, new double[parameters.Length], numeric);

        double floor = 1e-3 * analytic.Max(Math.Abs);
        int worst = -1;
        double worstError = 0;
        for (int i = 0; i < analytic.Length; i++)
        {
            double error = RelativeError(analytic[i], numeric[i], floor);
            if (worst < 0 || !(error <= worstError))
                (worst, worstError) = (i, error);
            if (double.IsNaN(worstError))
                break;
        }

        return new GradientCheck
        {
            WorstIndex = worst,
            Analytic = analytic[worst],
            Numeric = numeric[worst],
            Error = worstError,
            Tolerance = tolerance,
        };

        static double RelativeError(double analytic, double numeric, double floor) =>
            analytic == numeric && double.IsFinite(analytic) ? 0
                : Math.Abs(analytic - numeric) / Math.Max(floor, Math.Max(Math.Abs(analytic), Math.Abs(numeric)));
    }

    /// <inheritdoc cref="Run(IObjective, ReadOnlySpan{double}, double)"/>
    public static GradientCheck Run(IStochasticObjective objective, ReadOnlySpan<double> parameters, double tolerance = 1e-6) =>
        Run(Objective.Full(objective), parameters, tolerance);

    /// <summary>The worst coordinate with both derivatives.</summary>
    public override string ToString() => Format.Text(
        $"{(Passed ? "The gradient agrees with differences" : "The gradient disagrees with differences")}: worst at coordinate " +
        $"{WorstIndex}, analytic {Analytic}, numeric {Numeric}, relative error {Error:G3} (allowed {Tolerance:G3})");
}
