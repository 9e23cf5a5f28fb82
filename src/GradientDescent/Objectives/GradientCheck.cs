namespace GradientDescent;

/// <summary>Compares a gradient with finite differences of the value. Use it first on an objective, loss or model that you wrote.</summary>
/// <remarks>
/// The error of a coordinate is |analytic − numeric| / max(|analytic|, |numeric|, s, c), where s is a thousandth of the gradient's largest
/// entry and c the change of the derivative over a short distance, so that rounding errors in a very small derivative are not reported.
/// They count only if the differences are not accurate enough to tell the two apart: a parameter may have a large or a small unit.
/// <para>
/// Differences have an error too, which is estimated from steps of many lengths, down to where rounding hides the change. The outcome
/// of a coordinate is Passed if the error is within the tolerance, Failed if |analytic − numeric| is beyond the tolerance by more than 10
/// times the estimate, and otherwise Inconclusive: the function is noisy, has a corner or a jump there, or its rounding hides the
/// derivative. The coordinate that is shown is the one with the largest error among those that failed; if none did, among the inconclusive
/// ones; else among all. A part of the function that is hardly larger than the rounding of its values, and very steep, can stay unseen.
/// </para>
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
    // The estimate is of the size of the error, not a bound.
    private const double Doubt = 10;

    /// <summary>Whether the gradient is right, wrong, or neither can be said.</summary>
    public required GradientCheckOutcome Outcome { get; init; }

    /// <summary>The coordinate with the largest error.</summary>
    public required int WorstIndex { get; init; }

    /// <summary>The derivative that the objective returns there.</summary>
    public required double Analytic { get; init; }

    /// <summary>The derivative from the differences there.</summary>
    public required double Numeric { get; init; }

    /// <summary>The estimated error of <see cref="Numeric"/>; infinite if no difference is finite.</summary>
    public required double NumericError { get; init; }

    /// <summary>The relative error there; NaN if one of the two derivatives is not finite.</summary>
    public required double Error { get; init; }

    /// <summary>The allowed error.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Compares the gradient at one point.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="parameters">The point, at least one number, all finite. Choose one at which no derivative is 0 by chance
    /// and at which the objective is smooth.</param>
    /// <param name="tolerance">The allowed relative error.</param>
    public static GradientCheck Run(IObjective objective, ReadOnlySpan<double> parameters, double tolerance = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Guard.Finite(parameters, nameof(parameters));
        Guard.AtLeast(parameters.Length, 1, "parameters.Length");
        Guard.Positive(tolerance);
        objective = Objective.SmoothPart(objective);
        double[] analytic = new double[parameters.Length];
        objective.Evaluate(parameters, analytic);
        DerivativeEstimate[] numeric = FiniteDifferences.Estimate(point => objective.Evaluate(point, []), parameters);

        double floor = 1e-3 * analytic.Max(Math.Abs);
        GradientCheck? worst = null;
        for (int i = 0; i < analytic.Length; i++)
        {
            GradientCheck check = Coordinate(i, analytic[i], numeric[i], Math.Max(floor, numeric[i].Scale), tolerance);
            if (worst is null || check.IsWorseThan(worst))
                worst = check;
        }
        return worst!;
    }

    private static GradientCheck Coordinate(int index, double analytic, DerivativeEstimate numeric, double floor, double tolerance)
    {
        double difference = Math.Abs(analytic - numeric.Slope);
        double unit = Math.Max(Math.Abs(analytic), Math.Abs(numeric.Slope));
        if (difference <= Doubt * numeric.Error) // else the differences are accurate enough to see even a small derivative's error
            unit = Math.Max(unit, floor);
        double error = analytic == numeric.Slope ? 0 : difference / unit;
        bool isKnown = Doubt * numeric.Error <= Math.Abs(numeric.Slope); // then the derivative exists, and one that is not finite is wrong
        return new GradientCheck
        {
            Outcome = error <= tolerance ? GradientCheckOutcome.Passed
                : difference > tolerance * unit + Doubt * numeric.Error || (!double.IsFinite(analytic) && isKnown)
                    ? GradientCheckOutcome.Failed : GradientCheckOutcome.Inconclusive,
            WorstIndex = index,
            Analytic = analytic,
            Numeric = numeric.Slope,
            NumericError = numeric.Error,
            Error = error,
            Tolerance = tolerance,
        };
    }

    private bool IsWorseThan(GradientCheck other) => Rank(Outcome) != Rank(other.Outcome)
        ? Rank(Outcome) > Rank(other.Outcome)
        : !(Error <= other.Error) && !double.IsNaN(other.Error);

    private static int Rank(GradientCheckOutcome outcome) => outcome switch
    {
        GradientCheckOutcome.Failed => 2,
        GradientCheckOutcome.Inconclusive => 1,
        _ => 0,
    };

    /// <inheritdoc cref="Run(IObjective, ReadOnlySpan{double}, double)"/>
    public static GradientCheck Run(IStochasticObjective objective, ReadOnlySpan<double> parameters, double tolerance = 1e-6) =>
        Run(Objective.Full(objective), parameters, tolerance);

    /// <summary>The outcome and the worst coordinate with both derivatives.</summary>
    public override string ToString()
    {
        string outcome = Outcome switch
        {
            GradientCheckOutcome.Passed => "The gradient agrees with differences",
            GradientCheckOutcome.Failed => "The gradient disagrees with differences",
            _ => "Differences are too inaccurate here to check the gradient",
        };
        return Format.Text($"{outcome}: worst at coordinate {WorstIndex}, analytic {Analytic}, numeric {Numeric} ± {NumericError:G3}, " +
            $"relative error {Error:G3} (allowed {Tolerance:G3})");
    }
}
