using System.Text.Json.Nodes;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

/// <summary>Charts of classifications.</summary>
public class ClassChartTests
{
    private static readonly ClassificationReport _report = ClassificationReport.From(
        [.. Enumerable.Range(0, 60).Select(i => i * 37 % 61 / 61.0)],
            [.. Enumerable.Range(0, 60).Select(i => i * 37 % 61 + i % 7 * 4 > 40)], labels: ["no", "yes"]);

    [Fact]
    public void ConfusionMatrix_HasItsCountsAndShares()
    {
        // Of three of class a two are found; the one of class b is taken for an a.
        Chart chart = Charts.ConfusionMatrix(["a", "b"], [0, 0, 0, 1], [0, 0, 1, 0]);
        var figure = new DrawnFigure(chart);

        chart.Description.Should().StartWith("2 of 4 samples are correct (50 %).");
        figure.Traces.Select(row => string.Join(' ', DrawnFigure.Texts(row["text"]!))).Should().Equal("2 1", "1 0");
        figure.Traces.SelectMany(row => DrawnFigure.Texts(row["hovertext"]!)).Should().Equal(
            "actual a, predicted a: 2 (66.7 % of them)", "actual a, predicted b: 1 (33.3 % of them)",
            "actual b, predicted a: 1 (100 % of them)", "actual b, predicted b: 0 (0 % of them)");
        figure.Range("yaxis").Should().Equal(1.5, -0.5);
        figure.Traces.Select(row => (double)row["base"]!).Should().Equal(-0.5, 0.5);
    }

    [Theory]
    [InlineData(9_999, "9999")]
    [InlineData(12_345, "12k")]
    [InlineData(1_234_567, "1M")]
    public void ConfusionMatrix_OfManySamples_HasShortCounts(int count, string expected) => DrawnFigure.Texts(
        new DrawnFigure(Charts.ConfusionMatrix(["a"], new int[count], new int[count])).Traces[0]["text"]!).Should().Equal(expected);

    [Fact]
    public void ConfusionMatrix_OfMoreThanTwentyClasses_HasItsCountsAtThePointerOnly() =>
        new DrawnFigure(Charts.ConfusionMatrix([.. Enumerable.Range(0, 21).Select(i => $"{i}")], [0], [0])).Traces[0]["text"]
            .Should().BeNull();

    [Fact]
    public void ConfusionMatrix_OfAReport_IsThatOfItsMatrix() =>
        new DrawnFigure(Charts.ConfusionMatrix(_report)).Traces.Select(row => DrawnFigure.Texts(row["text"]!).Select(double.Parse))
            .Should().BeEquivalentTo(((int[])[0, 1]).Select(i => ((int[])[0, 1]).Select(j => _report.Confusion[i, j])), options =>
                options.WithStrictOrdering());

    [Fact]
    public void Roc_HasThePointsOfTheReport()
    {
        JsonNode curve = new DrawnFigure(Charts.Roc(_report)).Of("yes").Single();
        RocCurve roc = _report.Classes[1].Roc;

        DrawnFigure.X(curve).Should().Equal(roc.Points.Select(point => point.FalsePositiveRate));
        DrawnFigure.Y(curve).Should().Equal(roc.Points.Select(point => point.TruePositiveRate));
        ((string)curve["name"]!).Should().Be(FormattableString.Invariant($"yes, AUC {Math.Round(roc.Area, 3)}"));
    }

    [Fact]
    public void PrecisionRecall_HasThePointsOfTheReportAndThePrevalence()
    {
        var figure = new DrawnFigure(Charts.PrecisionRecall(_report));
        PrecisionRecallCurve curve = _report.Classes[1].PrecisionRecall;

        DrawnFigure.X(figure.Of("yes").Single()).Should().Equal(curve.Points.Select(point => point.Recall));
        DrawnFigure.Y(figure.Of("yes").Single()).Should().Equal(curve.Points.Select(point => point.Precision));
        DrawnFigure.Y(figure.Traces[0]).Should().Equal(curve.Prevalence, curve.Prevalence);
    }

    [Fact]
    public void Calibration_HasTheBinsOfTheReport()
    {
        JsonNode curve = new DrawnFigure(Charts.Calibration(_report)).Of("yes").Single();
        CalibrationBin[] bins = [.. _report.Classes[1].Calibration().Bins];

        DrawnFigure.X(curve).Should().Equal(bins.Select(bin => bin.MeanPredicted));
        DrawnFigure.Y(curve).Should().Equal(bins.Select(bin => bin.ObservedShare));
        curve["customdata"]!.AsArray().Select(one => (double)one![0]!).Should().Equal(bins.Select(bin => bin.Weight));
    }

    // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I, method 3: four
    // digits.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Calibration_IntervalsAreThoseOfWilson(int positive, int count, double lower, double upper)
    {
        (double low, double high) = IntervalOf(positive, count);

        low.Should().BeApproximately(lower, 5e-5);
        high.Should().BeApproximately(upper, 5e-5);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 9)]
    [InlineData(5, 5)]
    public void Calibration_IntervalsSolveTheEquationOfWilson(int positive, int count)
    {
        const double Z = 1.959963984540054;
        double share = (double)positive / count;
        (double low, double high) = IntervalOf(positive, count);

        // (share − p)² = z²·p(1 − p)/n: both sides are at most 1, after some ten roundings each.
        foreach (double p in (double[])[low, high])
            ((share - p) * (share - p)).Should().BeApproximately(Z * Z * p * (1 - p) / count, 1e-14);
    }

    [Fact]
    public void Charts_OfThreeClasses_HaveACurveOfEach()
    {
        var report = ClassificationReport.From([[0.5, 0.3, 0.2], [0.2, 0.5, 0.3], [0.1, 0.1, 0.8], [0.4, 0.3, 0.3]], [0, 1, 2, 1],
            labels: ["a", "b", "c"]);

        foreach (Chart chart in (Chart[])[Charts.Roc(report), Charts.PrecisionRecall(report), Charts.Calibration(report)])
            new DrawnFigure(chart).Traces.Select(trace => (string?)trace["meta"]?["series"]).OfType<string>().Should().Equal("a", "b", "c");
        FluentActions.Invoking(() => Charts.Roc(("three", report))).Should().Throw<InvalidOperationException>()
            .WithMessage("The report of 'three' has 3 classes: only classifiers of two classes can be compared.");
    }

    [Fact]
    public void Weights_AreAPictureOfEachClass()
    {
        var model = new SoftmaxRegression(2);
        new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 5 }).Fit(model,
            Dataset.From([[1.0, 0, 2, 0, 1, 1], [0, 1, 0, 3, 0, 1]], (double[])[0, 1]));

        var figure = new DrawnFigure(Charts.Weights(model, width: 2));

        figure.Traces.SelectMany(row => DrawnFigure.Numbers(row["marker"]!["color"]!)).Should().Equal(model.Weights);
        double largest = model.Weights.Max(Math.Abs);
        figure.Traces.Should().OnlyContain(row => (double)row["marker"]!["cmin"]! == -largest
            && (double)row["marker"]!["cmax"]! == largest);
        FluentActions.Invoking(() => Charts.Weights(model, 4)).Should().Throw<ArgumentException>()
            .WithMessage("width is 4: it must be a divisor of the number of features, 6.*");
        FluentActions.Invoking(() => Charts.Weights(model, 2, ["one"])).Should().Throw<ArgumentException>()
            .WithMessage("There are 1 labels for 2 classes*");
    }

    private static (double Lower, double Upper) IntervalOf(int positive, int count)
    {
        // The same probability for all: they are one bin.
        var report = ClassificationReport.From([.. Enumerable.Repeat(0.3, count)],
            [.. Enumerable.Range(0, count).Select(i => i < positive)]);
        JsonNode curve = new DrawnFigure(Charts.Calibration(report)).Traces[1];
        double share = DrawnFigure.Y(curve).Single();
        return (share - DrawnFigure.Numbers(curve["error_y"]!["arrayminus"]!).Single(),
            share + DrawnFigure.Numbers(curve["error_y"]!["array"]!).Single());
    }
}
