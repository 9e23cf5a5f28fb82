namespace GradientDescent.Tests.Estimators;

/// <summary>Standard errors and other statistics of logistic regressions.</summary>
public class LogisticStatisticsTests
{
    // Motor Trend's cars of 1974: weight in 1,000 lb, and whether the gear is shifted by hand.
    private static readonly double[] _weights =
    [
        2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465,
        3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
    ];

    private static readonly bool[] _isManual =
        [.. "11100000000000000111000001111111".Select(digit => digit == '1')];

    [Fact]
    public void Statistics_OfTheCars_AreThoseThatRPrints()
    {
        // glm(am ~ wt, family = binomial, data = mtcars): the digits of its summary. Its standard errors are from the weights before its
        // last step, so they may differ by one in the last digit shown.
        LogisticStatistics statistics = LogisticRegression.Fit(_weights, _isManual).Statistics;

        LogisticCoefficient slope = statistics["x"], intercept = statistics["(intercept)"];
        (Math.Round(slope.Estimate, 3), Math.Round(slope.ZStatistic, 3), Math.Round(slope.PValue, 5)).Should()
            .Be((-4.024, -2.801, 0.00509));
        (Math.Round(intercept.Estimate, 3), Math.Round(intercept.ZStatistic, 3), Math.Round(intercept.PValue, 5)).Should()
            .Be((12.040, 2.670, 0.00759));
        slope.StandardError.Should().BeApproximately(1.436, 1e-3);
        intercept.StandardError.Should().BeApproximately(4.510, 1e-3);
        (Math.Round(statistics.NullDeviance, 3), Math.Round(statistics.Deviance, 3), Math.Round(statistics.AkaikeCriterion, 3))
            .Should().Be((43.230, 19.176, 23.176));
        (statistics.SampleCount, statistics.DegreesOfFreedom, statistics.Note).Should().Be((32, 30, null));
        statistics.ToString().Should().Contain("odds ratio").And.Contain("null deviance 43.2297, residual deviance 19.17")
            .And.Contain("on 30 degrees");
    }

    [Fact]
    public void StandardErrors_AreTheInverseOfTheInformationMatrix()
    {
        LogisticFit fit = LogisticRegression.Fit(_weights, _isManual);

        // The matrix has two rows, so its inverse is written down: (c, −b; −b, a)/(ac − b²). The sums lose about two digits in ac − b².
        double a = 0, b = 0, c = 0;
        foreach (double x in _weights)
        {
            double p = fit.PredictProbability(x);
            a += p * (1 - p) * x * x;
            b += p * (1 - p) * x;
            c += p * (1 - p);
        }

        double determinant = a * c - b * b;
        fit.Statistics["x"].StandardError.Should().BeApproximately(Math.Sqrt(c / determinant), 1e-11);
        fit.Statistics["(intercept)"].StandardError.Should().BeApproximately(Math.Sqrt(a / determinant), 1e-11);
    }

    [Fact]
    public void Intervals_AreWaldsAndTheirExponentials()
    {
        LogisticCoefficient slope = LogisticRegression.Fit(_weights, _isManual).Statistics["x"];

        // The normal quantile of 95 % is 1.959963984540054.
        (double lower, double upper) = slope.ConfidenceInterval();
        lower.Should().BeApproximately(slope.Estimate - 1.959963984540054 * slope.StandardError, 1e-12);
        upper.Should().BeApproximately(slope.Estimate + 1.959963984540054 * slope.StandardError, 1e-12);
        slope.OddsRatioInterval().Should().Be((Math.Exp(lower), Math.Exp(upper)));
        slope.OddsRatio.Should().Be(Math.Exp(slope.Estimate));
        slope.Invoking(s => s.ConfidenceInterval(1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("level");
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public void StandardErrors_InAnotherUnit_ScaleWithIt(int exponent)
    {
        LogisticStatistics plain = LogisticRegression.Fit(_weights, _isManual).Statistics;

        LogisticStatistics scaled = LogisticRegression.Fit(
            [.. _weights.Select(x => Math.ScaleB(x, exponent))], _isManual).Statistics;

        Math.ScaleB(scaled["x"].StandardError, exponent).Should().BeApproximately(plain["x"].StandardError, 1e-8);
        scaled["(intercept)"].StandardError.Should().BeApproximately(plain["(intercept)"].StandardError, 1e-8);
    }

    [Fact]
    public void AWeightOfTwo_IsTheSampleTwice()
    {
        double[] targets = [.. _isManual.Select(one => one ? 1.0 : 0)];
        var weighted = Dataset.From(_weights, targets, [.. _weights.Select((_, i) => i % 3 == 0 ? 2.0 : i % 3 == 1 ? 1 : 0)]);
        int[] rows = [.. Enumerable.Range(0, 32).SelectMany(i => Enumerable.Repeat(i, i % 3 == 0 ? 2 : i % 3 == 1 ? 1 : 0))];
        var repeated = Dataset.From([.. rows.Select(i => _weights[i])], (double[])[.. rows.Select(i => targets[i])]);

        LogisticStatistics one = LogisticRegression.Fit(weighted).Statistics, other = LogisticRegression.Fit(repeated).Statistics;

        one["x"].StandardError.Should().BeApproximately(other["x"].StandardError, 1e-8);
        one.Deviance.Should().BeApproximately(other.Deviance, 1e-11);
        one.NullDeviance.Should().BeApproximately(other.NullDeviance, 1e-11);
    }

    [Fact]
    public void StandardErrors_ThatDoNotExist_AreNaNWithTheReason()
    {
        ShouldHaveNone(LogisticRegression.Fit([1, 2, 3, 4], [false, false, true, true]), "separated");
        ShouldHaveNone(LogisticRegression.Fit(_weights, _isManual, penalty: new L2Penalty(0.1)), "penalty");
        ShouldHaveNone(LogisticRegression.Fit([.. _weights.Select(x => (double[])[x, 2 * x])], _isManual), "depend");
        ShouldHaveNone(LogisticRegression.Fit(_weights, _isManual, cancellationToken: new CancellationToken(canceled: true)), "converged");

        static void ShouldHaveNone(LogisticFit fit, string why)
        {
            fit.Statistics.Note.Should().Contain(why);
            fit.Statistics.Coefficients.Should().OnlyContain(c => double.IsNaN(c.StandardError) && double.IsNaN(c.PValue));
            fit.Statistics.ToString().Should().Contain(why);
        }
    }

    [Fact]
    public void Statistics_WithoutAnIntercept_CompareWithOneHalf()
    {
        bool[] labels = [false, true, false, true, true];

        LogisticStatistics statistics = LogisticRegression.Fit([-2, -1, 1, 2, 3], labels, intercept: false).Statistics;

        statistics.Coefficients.Should().ContainSingle();
        statistics.NullDeviance.Should().BeApproximately(10 * Math.Log(2), 1e-14);
        statistics.DegreesOfFreedom.Should().Be(4);
    }
}
