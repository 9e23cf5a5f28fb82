using System.Text.Json.Nodes;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

/// <summary>Charts of coefficients.</summary>
public class CoefficientChartTests
{
    private static readonly double[][] _rows = [[1, 200, -3], [2, 100, 0], [3, 400, 2], [4, 100, 1], [5, 300, 5], [6, 900, -1],
        [7, 100, 4]];
    private static readonly double[] _targets = [1, 3, 2, 5, 4, 9, 7];

    [Fact]
    public void Standardised_IsTheWeightTimesTheStandardDeviation_LargestFirst()
    {
        var data = Dataset.From(_rows, _targets, featureNames: ["a", "b", "c"]);
        LinearFit fit = LinearRegression.Fit(data);

        JsonNode dots = new DrawnFigure(Charts.StandardizedCoefficients(fit, data)).Only("markers");

        (string Name, double Effect, double Lower, double Upper)[] expected =
        [
            .. Enumerable.Range(0, 3).Select(j => (Name: "abc"[j].ToString(), Spread: Deviation(j),
                Interval: fit.Statistics.Coefficients[j].ConfidenceInterval(0.95), Weight: fit.Weights[j]))
                .Select(one => (one.Name, one.Weight * one.Spread, one.Interval.Lower * one.Spread, one.Interval.Upper * one.Spread))
                .OrderByDescending(one => Math.Abs(one.Item2)),
        ];
        DrawnFigure.Texts(dots["text"]!).Select(text => text.Split(':')[0]).Should().Equal(expected.Select(one => one.Name));
        double[] effects = DrawnFigure.X(dots), above = DrawnFigure.Numbers(dots["error_x"]!["array"]!),
            below = DrawnFigure.Numbers(dots["error_x"]!["arrayminus"]!);
        for (int i = 0; i < 3; i++)
        {
            // The deviations of seven values by two methods differ by some twenty roundings at the most.
            double tolerance = 1e-14 * Math.Max(Math.Abs(expected[i].Lower), Math.Abs(expected[i].Upper));
            effects[i].Should().BeApproximately(expected[i].Effect, tolerance);
            (effects[i] + above[i]).Should().BeApproximately(expected[i].Upper, tolerance);
            (effects[i] - below[i]).Should().BeApproximately(expected[i].Lower, tolerance);
        }

        static double Deviation(int j)
        {
            double mean = _rows.Average(row => row[j]);
            return Math.Sqrt(_rows.Sum(row => (row[j] - mean) * (row[j] - mean)) / (_rows.Length - 1));
        }
    }

    [Fact]
    public void Standardised_OfAFeatureInAnotherUnit_IsTheSame()
    {
        Dataset data = Dataset.From(_rows, _targets), other = Dataset.From([.. _rows.Select(row =>
            (double[])[row[0], 1024 * row[1], row[2]])], _targets);

        double[] first = DrawnFigure.X(new DrawnFigure(Charts.StandardizedCoefficients(LinearRegression.Fit(data), data)).Only("markers"));
        double[] second = DrawnFigure.X(new DrawnFigure(Charts.StandardizedCoefficients(LinearRegression.Fit(other),
            other)).Only("markers"));

        // The fits are computed to some hundred roundings: the features have a condition number of less than 100 when they are scaled.
        first.Zip(second, (one, two) => Math.Abs(one - two)).Should().OnlyContain(difference => difference < 1e-12);
    }

    [Fact]
    public void Standardised_OfMoreThanThirty_HasTheLargestThirty()
    {
        double[][] rows = [.. Enumerable.Range(0, 80).Select(i => Enumerable.Range(0, 40)
            .Select(j => Math.Pow(i * (j + 3) % 41, 2)).ToArray())];
        var data = Dataset.From(rows, [.. Enumerable.Range(0, 80).Select(i => (double)(i * 17 % 23))]);
        LinearFit fit = LinearRegression.Fit(data);

        Chart chart = Charts.StandardizedCoefficients(fit.Model, data);

        chart.Description.Should().EndWith("30 of 40 are drawn.");
        DrawnFigure.X(new DrawnFigure(chart).Only("markers")).Select(Math.Abs).Should().HaveCount(30).And.BeInDescendingOrder();
    }

    [Fact]
    public void Standardised_OfAConstantFeature_IsZero()
    {
        var data = Dataset.From([[1.0, 7], [2, 7], [4, 7]], [1.0, 3, 2]);
        var model = new LinearRegression();
        new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 5 }).Fit(model, data);

        DrawnFigure.X(new DrawnFigure(Charts.StandardizedCoefficients(model, data)).Only("markers")).Should().HaveCount(2).And.EndWith(0);
    }

    [Fact]
    public void Coefficients_AreInTheUnitsOfTheData()
    {
        LinearFit fit = LinearRegression.Fit(Dataset.From(_rows, _targets));

        Chart chart = Charts.Coefficients(fit.Statistics.Coefficients, level: 0.9);

        DrawnFigure.X(new DrawnFigure(chart).Only("markers")).Should().Equal(fit.Statistics.Coefficients.Select(one => one.Estimate));
        chart.Description.Should().Contain("90 % confidence intervals");
    }

    [Fact]
    public void Standardised_OfDataThatDoesNotFit_SaysWhy()
    {
        LinearFit fit = LinearRegression.Fit([1.0, 2, 3], [1.0, 3, 2]);
        var data = Dataset.From([[1.0, 2], [2, 3], [3, 5]], [1.0, 3, 2]);

        Cultures.MessageInEveryCulture(() => Charts.StandardizedCoefficients(fit, data))
            .Should().StartWith("data has 2 features, the model 1: they must be equal.");
        Cultures.MessageInEveryCulture(() => Charts.StandardizedCoefficients(fit.Model, Dataset.From([1.0], [1.0]), [(0, 1), (0, 1)]))
            .Should().StartWith("intervals has 2 entries: it must have one for each feature, 1.");
    }
}
