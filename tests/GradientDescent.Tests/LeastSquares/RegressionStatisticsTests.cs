using GradientDescent.Tests.Support;
using GradientDescent.Tool;

namespace GradientDescent.Tests;

/// <summary>The statistics of a regression, compared with certified values and with values computed by hand.</summary>
public sealed class RegressionStatisticsTests
{
    [Theory]
    [MemberData(nameof(NistProblems.Names), MemberType = typeof(NistProblems))]
    public void Statistics_OfAccurateFitsOfNist_HaveThirteenDigits(string name)
    {
        NistProblem problem = NistProblems.ByName[name];
        RegressionStatistics statistics = problem.Degree > 0
            ? LinearRegression.FitPolynomial(problem.Data, problem.Degree).Statistics
            : LinearRegression.FitAccurately(problem.Data, problem.HasIntercept).Statistics;

        NistResult.Digits(InterceptFirst(statistics).Select(c => c.StandardError), problem.StandardErrors).Should()
            .BeGreaterThanOrEqualTo(13);
        NistResult.Digits(statistics.ResidualStandardDeviation, problem.ResidualStandardDeviation).Should().BeGreaterThanOrEqualTo(13);
        NistResult.Digits(statistics.RSquared, problem.RSquared).Should().BeGreaterThanOrEqualTo(13);
        statistics.DegreesOfFreedom.Should().Be(problem.Data.SampleCount - problem.Coefficients.Length);
        statistics.Note.Should().BeNull();
    }

    // Filip's condition number leaves 7 digits of the coefficients and of their errors. Wampler1 has residuals of 0, so its errors are the
    // square root of a rounding error.
    [Theory]
    [InlineData("norris", 13)]
    [InlineData("pontius", 13)]
    [InlineData("noint1", 13)]
    [InlineData("noint2", 13)]
    [InlineData("filip", 7)]
    [InlineData("longley", 13)]
    [InlineData("wampler1", 8)]
    [InlineData("wampler2", 13)]
    [InlineData("wampler3", 12)]
    [InlineData("wampler4", 12)]
    [InlineData("wampler5", 12)]
    public void Statistics_OfOrdinaryFitsOfNist_HaveTheDigitsThatConditioningAllows(string name, int digits)
    {
        NistProblem problem = NistProblems.ByName[name];

        RegressionStatistics statistics = LinearRegression.Fit(problem.Rounded, problem.HasIntercept).Statistics;

        NistResult.Digits(InterceptFirst(statistics).Select(c => c.StandardError), problem.StandardErrors)
            .Should().BeGreaterThanOrEqualTo(digits);
        NistResult.Digits(statistics.ResidualStandardDeviation, problem.ResidualStandardDeviation)
            .Should().BeGreaterThanOrEqualTo(Math.Max(digits, 8));
        NistResult.Digits(statistics.RSquared, problem.RSquared).Should().BeGreaterThanOrEqualTo(11);
    }

    [Fact]
    public void Statistics_OfThreePoints_AreThoseComputedByHand()
    {
        // x = 0, 1, 2 and y = 0, 1, 5: slope 5/2, intercept −1/2, residuals 1/2, −1, 1/2;
        // Σr² = 3/2 on 1 degree of freedom, Σ(y − ȳ)² = 14, Σ(x − x̄)² = 2, Σx² = 5.
        RegressionStatistics statistics = LinearRegression.Fit([0, 1, 2], [0, 1, 5]).Statistics;

        statistics.RSquared.Should().BeApproximately(1 - 1.5 / 14, 1e-15);
        statistics.AdjustedRSquared.Should().BeApproximately(1 - 1.5 / 14 * 2, 1e-15);
        statistics.ResidualStandardDeviation.Should().BeApproximately(Math.Sqrt(1.5), 1e-15);
        statistics.FStatistic.Should().BeApproximately(12.5 / 1.5, 1e-14);
        CoefficientStatistics slope = statistics["x"], intercept = statistics["(intercept)"];
        slope.StandardError.Should().BeApproximately(Math.Sqrt(1.5 / 2), 1e-15);
        intercept.StandardError.Should().BeApproximately(Math.Sqrt(1.5 * 5 / (3 * 2)), 1e-15);
        slope.TStatistic.Should().BeApproximately(2.5 / Math.Sqrt(0.75), 1e-14);

        // With one degree of freedom t has Cauchy's distribution: P = 2/π·arctan(1/t), and the quantile of 95 % is 1/tan(π/40). With one
        // slope, F is t² and has the same p-value.
        slope.PValue.Should().BeApproximately(2 / Math.PI * Math.Atan(Math.Sqrt(0.75) / 2.5), 1e-14);
        statistics.FStatisticPValue.Should().BeApproximately(slope.PValue, 1e-14);
        (double lower, double upper) = slope.ConfidenceInterval();
        lower.Should().BeApproximately(2.5 - Math.Sqrt(0.75) / Math.Tan(Math.PI / 40), 1e-12);
        upper.Should().BeApproximately(2.5 + Math.Sqrt(0.75) / Math.Tan(Math.PI / 40), 1e-12);
    }

    // x = offset + (0, 1, 2, 3) and y = (1, 3, 2, 5): Sxx = 5, Sxy = 5.5, Syy = 8.75, so Σr² = 8.75 − 5.5²/5 = 2.7,
    // s² = 1.35 and the slope's
    // standard error is √(1.35/5) = √0.27. That of the intercept is √(1.35·(1/4 + x̄²/5)). The offset changes none of the first, however
    // large it is; a model with rounded coefficients has other residuals, by β·offset·2⁻⁵³ each.
    [Theory]
    [InlineData(0.0)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    [InlineData(1e12)]
    [InlineData(-1e12)]
    [InlineData(1e14)]
    [InlineData(1e15)]
    [InlineData(4e15)]
    public void Statistics_OfFeaturesFarFromZero_HaveAllDigits(double offset)
    {
        RegressionStatistics statistics = LinearRegression.Fit([offset, offset + 1, offset + 2, offset + 3], [1, 3, 2, 5]).Statistics;

        statistics.ResidualStandardDeviation.Should().BeApproximately(Math.Sqrt(1.35), 1e-14);
        statistics["x"].StandardError.Should().BeApproximately(Math.Sqrt(0.27), 1e-14);
        double ofIntercept = Math.Sqrt(1.35 * (0.25 + (offset + 1.5) * (offset + 1.5) / 5));
        statistics["(intercept)"].StandardError.Should().BeApproximately(ofIntercept, 1e-14 * ofIntercept);
        statistics.RSquared.Should().BeApproximately(1 - 2.7 / 8.75, 1e-14);
    }

    [Fact]
    public void Statistics_WithoutIntercept_AreAboutZero()
    {
        // y = 2x with residuals 1, −2, 1 at x = 1, 1, 1 … the slope is Σxy/Σx² = (3 + 0 + 3)/3 = 2; Σr² = 6, 2 degrees of freedom, Σy² =
        // 18.
        RegressionStatistics statistics = LinearRegression.Fit(Dataset.From([1.0, 1, 1], [3.0, 0, 3]), intercept: false).Statistics;

        statistics.RSquared.Should().BeApproximately(1 - 6.0 / 18, 1e-15);
        statistics.AdjustedRSquared.Should().BeApproximately(1 - 6.0 / 18 * 3 / 2, 1e-15);
        statistics.FStatistic.Should().BeApproximately(12 / (6.0 / 2), 1e-14);
        statistics.Coefficients.Should().ContainSingle().Which.StandardError.Should().BeApproximately(1, 1e-15);
    }

    [Fact]
    public void Statistics_Weighted_TakeWeightsForInverseVariances()
    {
        double[] x = [1, 2, 3, 5, 6], y = [2, 3, 7, 8, 13], weights = [1, 4, 0.25, 1, 4];

        var data = Dataset.From([.. x, 9], [.. y, 1000], weights: [.. weights, 0]);
        RegressionStatistics statistics = LinearRegression.FitAccurately(data).Statistics;

        // Multiplying each row, with the 1 of the intercept, by the square root of its weight gives the same problem without weights.
        double[][] rows = [.. x.Zip(weights, (v, w) => (double[])[Math.Sqrt(w) * v, Math.Sqrt(w)])];
        var scaledData = Dataset.From(rows, [.. y.Zip(weights, (v, w) => Math.Sqrt(w) * v)]);
        RegressionStatistics scaled = LinearRegression.FitAccurately(scaledData, intercept: false).Statistics;
        statistics.SampleCount.Should().Be(5);
        statistics.ResidualStandardDeviation.Should().BeApproximately(scaled.ResidualStandardDeviation, 1e-14);
        statistics.Coefficients.Select(c => c.StandardError).ShouldBeWithin(scaled.Coefficients.Select(c => c.StandardError), 1e-14);
    }

    [Fact]
    public void Statistics_AllWeightsTimesAConstant_ChangeOnlyTheResidualDeviation()
    {
        double[] x = [1, 2, 3, 5], y = [2, 3, 7, 8], weights = [1, 2, 3, 1];

        RegressionStatistics one = LinearRegression.FitAccurately(Dataset.From(x, y, weights)).Statistics;
        RegressionStatistics eight = LinearRegression.FitAccurately(Dataset.From(x, y, [.. weights.Select(w => 8 * w)])).Statistics;

        eight.Coefficients.Select(c => c.StandardError).ShouldBeWithin(one.Coefficients.Select(c => c.StandardError), 1e-15);
        eight.ResidualStandardDeviation.Should().BeApproximately(one.ResidualStandardDeviation * Math.Sqrt(8), 1e-14);
        eight.FStatistic.Should().BeApproximately(one.FStatistic, 1e-13);
    }

    [Fact]
    public void Statistics_OfDependentColumns_AreNaNWithANote()
    {
        RegressionStatistics statistics = LinearRegression.Fit([[1, 2], [2, 4], [3, 6], [4, 8]], [3, 6, 9, 13]).Statistics;

        statistics.Coefficients.Should().OnlyContain(c =>
            double.IsNaN(c.StandardError) && double.IsNaN(c.PValue) && double.IsNaN(c.ConfidenceInterval(0.9).Lower));
        statistics.Note.Should().Contain("depend on others");
        statistics.DegreesOfFreedom.Should().Be(2);
        statistics.RSquared.Should().BeInRange(0.9, 1);
    }

    [Theory]
    [InlineData(3, "There are as many coefficients as samples (4): *")] // 3 features and the intercept
    [InlineData(4, "There are more coefficients (5) than samples (4): *")]
    [InlineData(7, "There are more coefficients (8) than samples (4): *")]
    public void Statistics_OfAsManyCoefficientsAsSamplesOrMore_AreNaNAndSayWhy(int features, string note)
    {
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, features).Select(_ => random.NextDouble()).ToArray())];

        foreach (LinearFit fit in (LinearFit[])
            [LinearRegression.Fit(rows, [1, 4, 2, 8]), LinearRegression.FitAccurately(rows, [1, 4, 2, 8])])
        {
            fit.Statistics.Coefficients.Should().OnlyContain(c => double.IsNaN(c.StandardError) && double.IsNaN(c.PValue));
            fit.Statistics.DegreesOfFreedom.Should().Be(0);
            fit.Statistics.Note.Should().Match(note);
            fit.Metrics.RSquared.Should().BeApproximately(1, 1e-9, "there is a hyperplane through all samples");
        }
    }

    [Fact]
    public void Statistics_OfAFeatureThatDoesNotVary_LeaveItOut()
    {
        RegressionStatistics with = LinearRegression.Fit([[1, 7], [2, 7], [4, 7], [5, 7]], [1, 2, 3, 10]).Statistics;
        RegressionStatistics without = LinearRegression.Fit([1, 2, 4, 5], [1, 2, 3, 10]).Statistics;

        with["x2"].StandardError.Should().Be(double.NaN);
        with["x1"].StandardError.Should().Be(without["x"].StandardError);
        with.Note.Should().Contain("x2");
    }

    [Fact]
    public void Statistics_NoMoreSamplesThanCoefficients_AreNaNWithANote()
    {
        RegressionStatistics statistics = LinearRegression.Fit([1, 2], [3, 5]).Statistics;

        statistics.DegreesOfFreedom.Should().Be(0);
        statistics.ResidualStandardDeviation.Should().Be(double.NaN);
        statistics.AdjustedRSquared.Should().Be(double.NaN);
        statistics.FStatistic.Should().Be(double.NaN);
        statistics["x"].StandardError.Should().Be(double.NaN);
        statistics.Note.Should().Contain("no degrees of freedom");
        LinearRegression.Fit([2.0], [7.0]).Statistics.RSquared.Should().Be(double.NaN);
    }

    [Fact]
    public void Statistics_OfAPolynomial_HaveTheInterceptFirst()
    {
        PolynomialFit fit = LinearRegression.FitPolynomial([1, 2, 3, 4, 6], [1, 5, 8, 18, 35], degree: 2);

        fit.Statistics.Coefficients.Select(c => c.Name).Should().Equal("(intercept)", "x", "x^2");
        fit.Statistics.Coefficients.Select(c => c.Estimate).Should().Equal(fit.Coefficients);
    }

    [Fact]
    public void Indexer_UnknownName_NamesThoseThatThereAre() =>
        FluentActions.Invoking(() => LinearRegression.Fit([1, 2, 3], [1, 2, 4]).Statistics["z"])
            .Should().Throw<ArgumentException>().WithMessage("*'z'*x, (intercept)*");

    [Fact]
    public void ConfidenceInterval_NoLevel_IsRefused() =>
        FluentActions.Invoking(() => LinearRegression.Fit([1, 2, 3], [1, 2, 4]).Statistics["x"].ConfidenceInterval(1))
            .Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void ToString_AnyCulture_IsTheSameTable()
    {
        string Table() => LinearRegression.Fit([0, 1, 2], [0, 1, 5]).Statistics.ToString();

        Table().Should().Be(
            """
                             estimate    std. error           t          p
            x                     2.5      0.866025      2.8868      0.212
            (intercept)          -0.5       1.11803    -0.44721      0.732
            R² 0.892857, adjusted 0.785714
            residual standard deviation 1.22474 on 1 degree of freedom
            F 8.33333 on 1 and 1, p 0.212
            AIC 12.4342, BIC 9.73003, log-likelihood -3.21709, Durbin–Watson 3
            """.ReplaceLineEndings("\n"));
        Cultures.Under("de-DE", Table).Should().Be(Table());
        Cultures.Under("tr-TR", () => LinearRegression.Fit([0, 1, 2], [0, 1, 5]).Statistics["x"].ToString()).Should().Be("x: 2.5 ± 0.866");
    }

    private static IEnumerable<CoefficientStatistics> InterceptFirst(RegressionStatistics statistics) =>
        statistics.Coefficients[^1].Name == "(intercept)"
            ? [statistics.Coefficients[^1], .. statistics.Coefficients[..^1]]
            : statistics.Coefficients;
}
