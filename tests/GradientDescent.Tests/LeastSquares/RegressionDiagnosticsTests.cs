using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;
using GradientDescent.Tests.Tool;

namespace GradientDescent.Tests;

/// <summary>Criteria, inflation, influence and intervals of a regression, compared with R and with values computed by hand.</summary>
public sealed class RegressionDiagnosticsTests
{
    // Both sides lose at most about 5 digits: the condition number of the scaled columns is about 20, and R's QR is not refined.
    private const double Tolerance = 1e-11;

    private static readonly Dataset _diabetes = Dataset.FromCsv(ToolFolder.Diabetes, "target");

    [Theory]
    [InlineData("plain")]
    [InlineData("weighted")]
    [InlineData("withoutIntercept")]
    public void Statistics_OfDiabetes_AreThoseOfR(string name)
    {
        JsonNode expected = GoldenFile.Load("regression.json")[name]!;
        LinearFit fit = Fit(name, expected);

        RegressionStatistics statistics = fit.Statistics;

        Close([statistics.AdjustedRSquared], [(double)expected["adjustedRSquared"]!]);
        Close([statistics.LogLikelihood], [(double)expected["logLikelihood"]!]);
        Close([statistics.AkaikeCriterion], [(double)expected["aic"]!]);
        Close([statistics.BayesianCriterion], [(double)expected["bic"]!]);
        Close([statistics.DurbinWatson], [(double)expected["durbinWatson"]!]);
        Close(statistics.VarianceInflation.Where(double.IsFinite), expected["inflation"].Numbers());
        Close(statistics.Influence.Leverages, expected["leverages"].Numbers());
        Close(statistics.Influence.StandardizedResiduals, expected["standardized"].Numbers());
        Close(statistics.Influence.StudentizedResiduals, expected["studentized"].Numbers());
        Close(statistics.Influence.CooksDistances, expected["cooks"].Numbers());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("weighted")]
    [InlineData("withoutIntercept")]
    public void Intervals_OfDiabetes_AreThoseOfR(string name)
    {
        JsonNode expected = GoldenFile.Load("regression.json")[name]!;
        LinearFit fit = Fit(name, expected);
        int bmi = fit.FeatureNames.IndexOf("bmi");

        RegressionPrediction[] predictions = [.. Enumerable.Range(0, 2).Select(i => 99 * i).Select(sample =>
        {
            double[] row = Features(sample, fit.FeatureNames);
            row[bmi] += 10;
            return fit.PredictInterval(row, 0.9);
        })];

        Close(predictions.Select(one => one.Value), expected["fit"].Numbers());
        Close(predictions.Select(one => one.StandardError), expected["standardErrors"].Numbers());
        Close(
            [.. predictions.Select(one => one.ConfidenceInterval.Lower), .. predictions.Select(one => one.ConfidenceInterval.Upper)],
            expected["confidence"].Numbers());
        Close(
            [.. predictions.Select(one => one.PredictionInterval.Lower), .. predictions.Select(one => one.PredictionInterval.Upper)],
            expected["prediction"].Numbers());
    }

    [Fact]
    public void Statistics_OfThreePoints_AreThoseComputedByHand()
    {
        // x = 0, 1, 2 and y = 0, 1, 5: residuals 1/2, −1, 1/2, so Σr² = 3/2, σ² = 3/2 and leverages 5/6, 1/3, 5/6.
        RegressionStatistics statistics = LinearRegression.Fit([0, 1, 2], [0, 1, 5]).Statistics;

        statistics.DurbinWatson.Should().BeApproximately(2 * 2.25 / 1.5, 1e-14);
        statistics.LogLikelihood.Should().BeApproximately(-1.5 * (Math.Log(Math.PI) + 1), 1e-14); // ln(2π/2)
        statistics.AkaikeCriterion.Should().BeApproximately(-2 * statistics.LogLikelihood + 6, 1e-14);
        Close(statistics.Influence.Leverages, [5.0 / 6, 1.0 / 3, 5.0 / 6]);
        Close(statistics.Influence.StandardizedResiduals, [1, -1, 1]);
        statistics.Influence.StudentizedResiduals.Should()
            .OnlyContain(number => double.IsNaN(number), "no degree of freedom is left without a sample");
        Close(statistics.Influence.CooksDistances, [2.5, 0.25, 2.5]);
        Close(statistics.VarianceInflation[..1], [1]); // a single feature
    }

    [Fact]
    public void Influence_SampleThatDeterminesACoefficientAlone_HasLeverage1AndNoResidual()
    {
        // Only sample 3 has the second feature.
        LinearFit fit = LinearRegression.Fit([[0, 0], [1, 0], [2, 0], [3, 7.5], [4, 0]], [0, 1, 5, 2, 3]);

        RegressionInfluence influence = fit.Statistics.Influence;

        influence.Leverages[3].Should().BeApproximately(1, 1e-14);
        influence.StandardizedResiduals[3].Should().Be(double.NaN);
        influence.CooksDistances[3].Should().Be(double.NaN);
        influence.Leverages.Sum().Should().BeApproximately(3, 1e-13);
        influence.ToString().Should().StartWith("largest Cook's distance").And.EndWith("largest leverage 1");
    }

    [Fact]
    public void Influence_SampleOfWeight0_HasNone()
    {
        double[] x = [0, 1, 2, 3, 9], y = [0, 1, 5, 2, 3];
        RegressionStatistics without = LinearRegression.Fit(x[..4], y[..4]).Statistics;

        RegressionStatistics statistics = LinearRegression.Fit(
            Dataset.From(x, y).WithWeights([1, 1, 1, 1, 0.0])).Statistics;

        Close(statistics.Influence.Leverages, [.. without.Influence.Leverages, 0]);
        Close(statistics.Influence.CooksDistances, [.. without.Influence.CooksDistances, 0]);
        statistics.Influence.StandardizedResiduals[4].Should().Be(double.NaN);
        Close([statistics.LogLikelihood], [without.LogLikelihood]);
    }

    [Fact]
    public void Statistics_UnitsOfTargetAndFeature_ChangeOnlyTheLikelihood()
    {
        double[] x = [0, 1, 2, 3, 9], y = [0, 1, 5, 2, 3];
        RegressionStatistics plain = LinearRegression.Fit(x, y).Statistics;

        RegressionStatistics scaled = LinearRegression.Fit(
            [.. x.Select(value => 1e150 * value)], [.. y.Select(value => 1e-160 * value)]).Statistics;

        Close([scaled.DurbinWatson, .. scaled.Influence.Leverages, .. scaled.Influence.CooksDistances],
            [plain.DurbinWatson, .. plain.Influence.Leverages, .. plain.Influence.CooksDistances]);
        Close([scaled.LogLikelihood], [plain.LogLikelihood + 5 * 160 * Math.Log(10)]);
    }

    [Fact]
    public void Predict_FeaturesThatDependOnEachOther_HaveNoInterval()
    {
        LinearFit fit = LinearRegression.Fit([[0, 0], [1, 2], [2, 4], [3, 6]], [0, 1, 5, 2]);

        RegressionPrediction prediction = fit.PredictInterval([1, 2]);

        prediction.Value.Should().Be(fit.Predict(1, 2));
        prediction.PredictionInterval.Lower.Should().Be(double.NaN);
        fit.Statistics.VarianceInflation.Should().OnlyContain(number => double.IsNaN(number));
    }

    // The same model with x² as a feature of its own. Its columns have a condition number of about 10³ before they are scaled.
    [Theory]
    [InlineData(2.5)]
    [InlineData(-4)]
    public void PredictInterval_OfAPolynomial_IsThatOfItsPowersAsFeatures(double at)
    {
        double[] x = [.. Enumerable.Range(0, 12).Select(i => 0.5 * i - 1)], y = [.. x.Select((one, i) => one * one - 3 * one + i % 3)];

        RegressionPrediction polynomial = LinearRegression.FitPolynomial(x, y, 2).PredictInterval(at, 0.9);

        RegressionPrediction linear = LinearRegression.Fit([.. x.Select(one => (double[])[one, one * one])], y)
            .PredictInterval([at, at * at], 0.9);
        Close(
            [polynomial.Value, polynomial.StandardError, polynomial.ConfidenceInterval.Upper, polynomial.PredictionInterval.Lower],
            [linear.Value, linear.StandardError, linear.ConfidenceInterval.Upper, linear.PredictionInterval.Lower]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Predict_WrongLevel_IsRefused(double level) =>
        FluentActions.Invoking(() => LinearRegression.Fit([0, 1, 2], [0, 1, 5]).PredictInterval([1], level))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(level));

    private static LinearFit Fit(string name, JsonNode expected)
    {
        string[] features = [.. expected["features"]!.AsArray().Select(feature => (string)feature!)];
        int[] samples = [.. Enumerable.Range(0, _diabetes.SampleCount)];
        var data = Dataset.From(
            [.. samples.Select(i => Features(i, features))], [.. samples.Select(i => _diabetes.Targets(i)[0])], featureNames: features);
        if (name != "plain")
            data = data.WithWeights([.. samples.Select(i => 0.5 + (i + 1) % 7)]);
        return LinearRegression.Fit(data, intercept: name != "withoutIntercept");
    }

    private static double[] Features(int sample, IEnumerable<string> names) =>
        [.. names.Select(name => _diabetes.Features(sample)[_diabetes.FeatureNames.IndexOf(name)])];

    private static void Close(IEnumerable<double> actual, IReadOnlyList<double> expected)
    {
        double[] numbers = [.. actual];
        numbers.Should().HaveSameCount(expected);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i].Should().BeApproximately(expected[i], Tolerance * Math.Max(1e-3, Math.Abs(expected[i])));
    }
}
