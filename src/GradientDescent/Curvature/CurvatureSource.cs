namespace GradientDescent;

/// <summary>How a largest curvature was computed, and so what it guarantees.</summary>
public enum CurvatureSource
{
    /// <summary>From all singular values of the data: exact up to rounding.</summary>
    SingularValues,

    /// <summary>
    /// 1.25 times the result of 100 rounds of power iteration from a random start. The probability that the largest eigenvalue is above
    /// that is less than 1 in a million below 28 million columns: 0.824·√d·0.8^99.5 (Kuczyński and Woźniakowski, 1992, Theorem 4.1).
    /// </summary>
    RandomStart,

    /// <summary>
    /// The mean squared length of the rows, which is the trace, the sum of all eigenvalues: never too small, often several times too large.
    /// </summary>
    Trace,

    /// <summary>
    /// Power iteration at the start only, a lower estimate: the loss has no known bound (<see cref="ILoss.MaxCurvature"/>), and the
    /// curvature may be larger at other parameters.
    /// </summary>
    StartOnly,
}

/// <summary>A <see cref="CurvatureSource"/> in words, for reports and notes.</summary>
internal static class CurvatureSourceText
{
    /// <summary>What kind of number the curvature is: the end of a sentence that begins with "L is".</summary>
    public static string Describe(this CurvatureSource source) => source switch
    {
        CurvatureSource.SingularValues => "exact, from all singular values of the data",
        CurvatureSource.RandomStart => "an upper bound, 1.25 times power iteration from a random start",
        CurvatureSource.Trace => "an upper bound, the trace",
        _ => "an estimate at the start only: the loss gives no bound",
    };
}
