using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The standard errors and tests of the coefficients of a model with one output, and the statistics of the whole fit.</summary>
/// <param name="TestName">The name of the test statistic.</param>
/// <param name="Coefficients">The test of each coefficient, the intercept first; empty if there are no standard errors.</param>
/// <param name="Summary">The statistics of the whole fit, with their names in JSON.</param>
/// <param name="Text">The statistics of the whole fit as text.</param>
/// <param name="Note">The reason why some numbers are missing, or <see langword="null"/>.</param>
internal sealed record FitStatistics(
    string TestName,
    ImmutableArray<CoefficientTest> Coefficients,
    ImmutableArray<(string Name, double Value)> Summary,
    string Text,
    string? Note)
{
    /// <summary>The tests of the coefficients of each class against <see cref="BaseLabel"/>; empty for other models than softmax.</summary>
    public ImmutableArray<ContrastTest> Contrasts { get; private init; } = [];

    /// <summary>The label of the class that the others are compared with, or <see langword="null"/>.</summary>
    public string? BaseLabel { get; private init; }

    public static FitStatistics Of(RegressionStatistics statistics) => new(
        "t",
        [.. InterceptFirst([.. statistics.Coefficients.Zip(statistics.VarianceInflation, (one, inflation) => new CoefficientTest(
            one.StandardError, one.TStatistic, one.PValue, one.ConfidenceInterval(), inflation))])],
        [
            ("degreesOfFreedom", statistics.DegreesOfFreedom),
            ("residualStandardDeviation", statistics.ResidualStandardDeviation),
            ("adjustedRSquared", statistics.AdjustedRSquared),
            ("f", statistics.FStatistic),
            ("fP", statistics.FStatisticPValue),
            ("logLikelihood", statistics.LogLikelihood),
            ("aic", statistics.AkaikeCriterion),
            ("bic", statistics.BayesianCriterion),
            ("durbinWatson", statistics.DurbinWatson),
        ],
        $"residual standard deviation {Number(statistics.ResidualStandardDeviation)}, adjusted R2 {Number(statistics.AdjustedRSquared)}, "
            + $"F {Number(statistics.FStatistic)} on {NumberText.Count(statistics.ModelDegreesOfFreedom)} and "
            + $"{NumberText.Count(statistics.DegreesOfFreedom)} (p {NumberText.PValue(statistics.FStatisticPValue)}), "
            + $"AIC {Number(statistics.AkaikeCriterion)}, BIC {Number(statistics.BayesianCriterion)}, "
            + $"Durbin-Watson {NumberText.Cell(statistics.DurbinWatson, "G4")}",
        statistics.Note);

    public static FitStatistics Of(LogisticStatistics statistics) => new(
        "z",
        statistics.Note is not null ? [] : [.. InterceptFirst([.. statistics.Coefficients.Select(TestOf)])],
        [
            ("degreesOfFreedom", statistics.DegreesOfFreedom),
            ("nullDeviance", statistics.NullDeviance),
            ("deviance", statistics.Deviance),
            ("aic", statistics.AkaikeCriterion),
            ("pseudoRSquared", statistics.PseudoRSquared),
        ],
        $"null deviance {Number(statistics.NullDeviance)}, residual deviance {Number(statistics.Deviance)} on "
            + $"{NumberText.Counted(statistics.DegreesOfFreedom, "degree")} of freedom, AIC {Number(statistics.AkaikeCriterion)}, "
            + $"pseudo R2 {Number(statistics.PseudoRSquared)}",
        statistics.Note);

    public static FitStatistics Of(SoftmaxStatistics<string> statistics) => new(
        "z",
        [],
        [
            ("nullDeviance", statistics.NullDeviance),
            ("deviance", statistics.Deviance),
            ("aic", statistics.AkaikeCriterion),
            ("pseudoRSquared", statistics.PseudoRSquared),
        ],
        $"null deviance {Number(statistics.NullDeviance)}, residual deviance {Number(statistics.Deviance)}, "
            + $"AIC {Number(statistics.AkaikeCriterion)}, pseudo R2 {Number(statistics.PseudoRSquared)}",
        statistics.Note)
    {
        BaseLabel = statistics.BaseLabel,
        Contrasts = statistics.Note is not null ? [] :
        [
            .. from label in statistics.Labels
               where label != statistics.BaseLabel
               from one in InterceptFirst([.. statistics[label]])
               select new ContrastTest(label, one.Name, one.Estimate, TestOf(one)),
        ],
    };

    private static CoefficientTest TestOf(LogisticCoefficient one) =>
        new(one.StandardError, one.ZStatistic, one.PValue, one.ConfidenceInterval(), double.NaN);

    private static string Number(double number) => NumberText.Cell(number, "G6");

    private static IEnumerable<T> InterceptFirst<T>(T[] coefficients) => [coefficients[^1], .. coefficients[..^1]];
}

/// <summary>The test of a coefficient of one class against the base class.</summary>
/// <param name="Label">The label of the class.</param>
/// <param name="Name">The name of the coefficient.</param>
/// <param name="Estimate">The change of the log-odds of the class against the base class per unit of the feature.</param>
/// <param name="Test">The test.</param>
internal sealed record ContrastTest(string Label, string Name, double Estimate, CoefficientTest Test);

/// <summary>The test of one coefficient.</summary>
/// <param name="StandardError">The standard error.</param>
/// <param name="Statistic">The coefficient divided by its standard error.</param>
/// <param name="PValue">The two-sided p-value.</param>
/// <param name="Interval">The 95 % confidence interval.</param>
/// <param name="Inflation">The variance inflation factor; NaN for the intercept and for a model that has none.</param>
internal sealed record CoefficientTest(
    double StandardError, double Statistic, double PValue, (double Lower, double Upper) Interval, double Inflation);
