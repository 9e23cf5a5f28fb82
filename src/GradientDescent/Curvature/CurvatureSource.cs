using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The method that computed the largest curvature. It determines the guarantee of the result.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CurvatureSource>))]
public enum CurvatureSource
{
    /// <summary>All singular values of the data: the result is exact up to rounding.</summary>
    SingularValues,

    /// <summary>
    /// 1.25 times the result of 100 rounds of power iteration from a random start. The probability that the largest eigenvalue is
    /// greater is less than 1 in a million for fewer than 28 million columns: 0.824·√d·0.8^99.5 (Kuczyński and Woźniakowski, 1992,
    /// Theorem 4.1).
    /// </summary>
    RandomStart,

    /// <summary>
    /// The trace, which is the mean squared length of the rows and the sum of all eigenvalues: never too small, often several times too
    /// large.
    /// </summary>
    Trace,

    /// <summary>
    /// Power iteration at the start only, a lower estimate: the loss has no known bound (<see cref="ILoss.MaxCurvature"/>), and the
    /// curvature may be larger at other parameters.
    /// </summary>
    StartOnly,
}

/// <summary>Describes a <see cref="CurvatureSource"/> in reports and notes.</summary>
internal static class CurvatureSourceText
{
    /// <summary>Returns a description of the curvature that completes a sentence beginning with "L is".</summary>
    public static string Describe(this CurvatureSource source) => source switch
    {
        CurvatureSource.SingularValues => "exact, from all singular values of the data",
        CurvatureSource.RandomStart => "an upper bound, 1.25 times power iteration from a random start",
        CurvatureSource.Trace => "an upper bound, the trace",
        _ => "an estimate at the start only: the loss gives no bound",
    };
}
