using System.Globalization;
using System.Xml.Linq;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

public class ChartTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Chart> All { get; } = MakeAll();

    [Theory]
    [MemberData(nameof(Names))]
    public void ToSvg_IsXmlWithTitleDescriptionAndFiniteNumbers(string name)
    {
        string text = All[name].ToSvg();

        XElement root = XDocument.Parse(text).Root!;
        root.Name.Should().Be(_svg + "svg");
        root.Attribute("role")!.Value.Should().Be("img");
        root.Element(_svg + "title")!.Value.Should().Be(All[name].Title);
        root.Element(_svg + "desc")!.Value.Should().Be(All[name].Description);
        root.Descendants().Attributes().Select(attribute => attribute.Value).Should()
            .NotContain(value => value.Contains("NaN") || value.Contains('∞'));
        text.Replace("http://www.w3.org/2000/svg", "").Should().NotContain("http").And.NotContain("\r");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToSvg_InAnotherCulture_IsTheSame(string name)
    {
        string expected = All[name].ToSvg();

        Cultures.Under("de-DE", () => All[name].ToSvg()).Should().Be(expected);
    }

    [Fact]
    public void ToSvg_OfAContour_IsTheApprovedFile()
    {
        string approved = Repository.PathOf("tests", "GradientDescent.Tests", "Reporting", "Charts", "bowl.approved.svg");
        string actual = All["Quadratic bowl"].ToSvg();
        if (Environment.GetEnvironmentVariable("APPROVE_PICTURES") == "1")
            File.WriteAllText(approved, actual);

        actual.Should().Be(File.ReadAllText(approved)
            .ReplaceLineEndings("\n"), "the picture changed: if it is meant, run the tests once with APPROVE_PICTURES=1");
    }

    [Theory]
    [InlineData("a</text><script>alert(1)</script>", "a&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\"quoted\" & 'so'", "&quot;quoted&quot; &amp; &#39;so&#39;")]
    [InlineData("nul \0, bell \a, tab \t", "nul \uFFFD, bell \uFFFD, tab \t")]
    [InlineData("μ 𝛼", "μ 𝛼")]
    public void Escape_LeavesNothingThatEndsATextOrAnAttribute(string text, string expected) =>
        SvgCanvas.Escape(text).Should().Be(expected);

    [Fact]
    public void Escape_ReplacesHalfOfASurrogatePair() => SvgCanvas.Escape("a" + (char)0xD835 + "b").Should().Be("a\uFFFDb");

    [Fact]
    public void Thin_OfALongLine_KeepsTheExtremesOfEveryPixel()
    {
        // 100,000 points on 10 pixels; two spikes that plain sampling would miss.
        (double X, double Y)[] points =
            [.. Enumerable.Range(0, 100_000).Select(i => (i / 10_000.0, i == 33_333 ? -50.0 : i == 77_777 ? 90 : i % 7))];

        List<int> kept = Polyline.Thin(points);

        kept.Should().HaveCountLessThanOrEqualTo(40).And.BeInAscendingOrder().And.Contain([0, 33_333, 77_777, 99_999]);
    }

    [Fact]
    public void Colours_HaveAContrastOfThreeToTheirPaper()
    {
        foreach (Theme theme in (Theme[])[Palette.Light, Palette.Dark])
        {
            theme.Series.Should().HaveCount(8).And.OnlyHaveUniqueItems();
            theme.Series.Should().OnlyContain(colour => Contrast(colour, theme.Paper) >= 3);
            Contrast(theme.Ink, theme.Paper).Should().BeGreaterThan(7);
            Contrast(theme.Muted, theme.Paper).Should().BeGreaterThan(4.5);
        }
    }

    [Fact]
    public void ConfusionMatrix_AtItsDarkest_KeepsItsCountsReadable()
    {
        foreach (Theme theme in (Theme[])[Palette.Light, Palette.Dark])
        {
            foreach (string colour in theme.Series.Take(2))
                Contrast(theme.Ink, Mixed(colour, theme.Paper, 0.56)).Should().BeGreaterThan(4.5);
        }

        static string Mixed(string colour, string paper, double share) => "#" + string.Concat(((int[])[1, 3, 5])
            .Select(start => (int)Math.Round(share * Channel(colour, start) + (1 - share) * Channel(paper, start)))
            .Select(channel => channel.ToString("x2", CultureInfo.InvariantCulture)));

        static int Channel(string colour, int start) => Convert.ToInt32(colour.Substring(start, 2), 16);
    }

    [Fact]
    public void Style_OfSixteenSeries_IsDifferentForEach() => Enumerable.Range(0, 16).Select(Palette.Style).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Contours_WithNamesForTheParameters_ShowsThem() =>
        All["Named axes"].ToSvg().Should()
        .Contain(">weight</text>").And.Contain(">bias &lt;1&gt;</text>").And.NotContain("parameter</text>");

    [Fact]
    public void Contours_OfAnEmptyRange_NamesIt() =>
        FluentActions.Invoking(() => Charts.Contours("none", TestFunctions.Beale, ("x", 0, 1), ("y", 2, 2))).Should()
            .Throw<ArgumentException>().WithMessage("y is from 2 to 2*").WithParameterName("y");

    [Fact]
    public void LearningRate_OfRunsWithDifferentEpochs_IsByEpoch()
    {
        var data = Dataset.From([1.0, 2, 3, 4, 5, 6], [1.0, 3, 2, 5, 4, 6]);
        ReportRun one = Run("one", new SGD(0.01), 4), full = Run("full", new BatchGD(0.1), 4), longer = Run("longer", new SGD(0.02), 8);

        Charts.LearningRate(one, longer).Description.Should().Be("Learning rate by step of one, longer.");
        Charts.GradientNorm(one, full).Description.Should().Be("Gradient norm by epoch of one, full.");
        Chart rates = Charts.LearningRate(one, full);
        rates.Description.Should().Be("Learning rate by epoch of one, full.");
        // SGD makes six steps per epoch, 24 in all: epochs 1/6 to 4. BatchGD reaches epoch 4 with its fourth step.
        rates.Hover!.Series.Select(series => series.X[^1]).Should().Equal(4, 4);
        rates.Hover.Series[0].X[0].Should().Be(1 / 6.0);

        ReportRun Run(string name, IOptimizer optimizer, int epochs)
        {
            var log = new TrainingLog();
            TrainingResult result = new Trainer(optimizer, new TrainingOptions { MaxEpochs = epochs, Observers = [log] })
                .Fit(new LinearRegression(), data);
            return new ReportRun(name, result) { Reports = log.Reports };
        }
    }

    [Fact]
    public void LearningRate_ThatFallsToNothing_LeavesThePictureAtATenThousandth()
    {
        var data = Dataset.From([1.0, 2, 3, 4], [1.0, 3, 2, 5]);
        var options = new TrainingOptions { MaxEpochs = 50, Schedule = new ExponentialDecay(Horizon.Epochs(1), 0.1) };
        Chart rates = Charts.LearningRate(
            new ReportRun("one", new Trainer(new MiniBatchSGD(1), options).Fit(new LinearRegression(), data)));

        // From 1 down to 10⁻⁴⁹; the axis ends a margin of 4 % of its four decades below 10⁻⁴.
        rates.Hover!.Frame.Y.Minimum.Should().BeApproximately(Math.Pow(10, -4.16), 1e-9);
    }

    [Fact]
    public void Schedules_OfALine_DrawsItAndNamesIt()
    {
        string svg = Charts.Schedules(10, 1, ("down <all> the way", new LinearRamp(Horizon.Fraction(1)))).ToSvg();

        // The panel begins at (12, 70). It is (480 − 24 − 32)/3 = 141.33 pixels wide and 48 high. The factor is 1 at step 0 and 1/10 at
        // step 9 of 10, which is 127.2 pixels to the right and 43.2 down.
        svg.Should().Contain("d=\"M12 70L139.2 113.2\"").And.Contain(">down &lt;all&gt;");
    }

    [Fact]
    public void Schedules_OfARunWithoutSteps_NamesTheArgument()
    {
        FluentActions.Invoking(() => Charts.Schedules(1, 1, ("one", new ConstantSchedule()))).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("plannedSteps");
        FluentActions.Invoking(() => Charts.Schedules(10, 0, ("one", new ConstantSchedule()))).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("stepsPerEpoch");
        FluentActions.Invoking(() => Charts.Schedules(10, 1)).Should().Throw<ArgumentException>().WithParameterName("schedules");
    }

    [Fact]
    public void LossAbove_OfARun_SubtractsTheOptimumAndLeavesOutWhatIsNotAboveIt()
    {
        TrainingResult run = new Trainer(new BatchGD(0.25), new TrainingOptions { MaxSteps = 4 })
            .Minimize(Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]), [1.0]);

        // Each step halves the parameter: losses of 1, 1/4, 1/16, 1/64. The optimum given here is between the last two.
        Series line = Charts.LossAbove(1.0 / 32, new ReportRun("run", run)).Hover!.Series.Single();

        line.Y[..4].Should().Equal(31.0 / 32, 7.0 / 32, 1.0 / 32, double.NaN);
        FluentActions.Invoking(() => Charts.LossAbove(double.NaN, new ReportRun("run", run))).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("optimum");
    }

    [Fact]
    public void ConfusionMatrix_WithAClassThatHasNoLabel_NamesIt() =>
        FluentActions.Invoking(() => Charts.ConfusionMatrix(["a", "b"], [0, 1], [0, 2])).Should().Throw<ArgumentException>()
            .WithParameterName("predicted");

    // WCAG 2.1: relative luminance.
    private static double Contrast(string a, string b)
    {
        double[] both = [Luminance(a), Luminance(b)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);

        static double Luminance(string colour) => 0.2126 * Part(colour, 1) + 0.7152 * Part(colour, 3) + 0.0722 * Part(colour, 5);

        static double Part(string colour, int start)
        {
            double value = Convert.ToInt32(colour.Substring(start, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [Fact]
    public void LearningRateRange_SuggestedRates_AreNamedAndMarked()
    {
        LearningRateRange test = RangeOf(new BatchGD(), smoothing: 0);

        Chart chart = Charts.LearningRateRange(("BatchGD", test));

        chart.Description.Should().Be(FormattableString.Invariant(
            $"Losses over learning rates. Suggested rates: BatchGD {test.Suggested:G3}."));
        XDocument.Parse(chart.ToSvg()).Descendants(_svg + "circle")
            .Should().ContainSingle(circle => circle.Attribute("class")!.Value == "ring");
        Charts.LearningRateRange(("Momentum", RangeOf(new Momentum(), smoothing: 0.5))).ToSvg().Should().Contain(", each batch");
        FluentActions.Invoking(() => Charts.LearningRateRange()).Should().Throw<ArgumentException>().WithParameterName("tests");
    }

    private static LearningRateRange RangeOf(IOptimizer optimizer, double smoothing)
    {
        TestFunction bowl = TestFunctions.QuadraticBowl;
        return LearningRateRange.Run(optimizer, bowl, [bowl.Start.X, bowl.Start.Y], new() { Min = 1e-4, Smoothing = smoothing });
    }

    private static Dictionary<string, Chart> MakeAll()
    {
        double[] x = [1, 2, 3, 4, 5, 6], y = [1.1, 1.9, 3.2, 3.9, 5.3, 5.8];
        LinearFit fit = LinearRegression.Fit(x, y);
        double[] predictions = [.. x.Select(value => fit.Predict(value))];
        var log = new TrainingLog();
        TestFunction bowl = TestFunctions.QuadraticBowl;
        TrainingRun run = new Trainer(new Momentum(0.01), new TrainingOptions { MaxSteps = 100, Observers = [log] })
            .CreateRun(bowl, [bowl.Start.X, bowl.Start.Y]);
        var path = Trajectory.From("Momentum <&\">", run);
        TrainingResult diverged = new Trainer(new BatchGD(1), new TrainingOptions { MaxSteps = 5000 }).Minimize(bowl, [1.0, 1.0]);
        ReportRun[] runs = [new("one", run.Result) { Reports = log.Reports }, new("</script>\"two\"", diverged)];
        return new Dictionary<string, Chart>
        {
            ["Loss"] = Charts.Loss(runs),
            ["Loss above the optimum"] = Charts.LossAbove(0, runs),
            ["Learning rate"] = Charts.LearningRate(runs),
            ["Gradient norm"] = Charts.GradientNorm(runs),
            ["Rate range"] = Charts.LearningRateRange(("</script>\"Momentum\"", RangeOf(new Momentum(), smoothing: 0.5))),
            ["Rate ranges"] = Charts.LearningRateRange(
                ("BatchGD", RangeOf(new BatchGD(), smoothing: 0)), ("Adam", RangeOf(new Adam(), smoothing: 0))),
            ["Rate range at a minimum"] = Charts.LearningRateRange(
                ("BatchGD", LearningRateRange.Run(new BatchGD(), Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]), [0.0]))),
            ["Coefficients"] = Charts.Coefficients(fit.Statistics.Coefficients),
            ["Residuals"] = Charts.Residuals(predictions, y),
            ["Histogram"] = Charts.ResidualHistogram(predictions, y),
            ["Quantiles"] = Charts.ResidualQuantiles(predictions, y),
            ["One quantile"] = Charts.ResidualQuantiles([1.0], [1.0]),
            ["No quantile"] = Charts.ResidualQuantiles([double.NaN], [1.0]),
            ["Small residuals"] = Charts.Residuals([1e-304, 5e-304], [3e-304, 2e-304]),
            ["Smallest residuals"] = Charts.Residuals([5e-324, 0, 1e-310], [0, 5e-324, 0]),
            ["Largest residuals"] = Charts.Residuals([1e299, -1e299], [-1e299, 1e299]),
            ["Residuals beyond"] = Charts.ResidualHistogram([1e308, 0], [-1e308, 0]),
            ["One residual"] = Charts.ResidualHistogram([1.0], [1.0]),
            ["Confusion"] = Charts.ConfusionMatrix(["a", "<b>"], [0, 1, 1, 0], [0, 1, 0, 0]),
            ["Many classes"] = Charts.ConfusionMatrix([.. Enumerable.Range(0, 40).Select(i => $"class {i}")],
                [.. Enumerable.Range(0, 99).Select(i => i % 40)], [.. Enumerable.Range(0, 99).Select(i => i % 39)]),
            ["Schedules"] = Charts.Schedules(100, 10, ("<cosine>", new CosineDecay(Horizon.Fraction(1))),
                ("constant", new ConstantSchedule(2))),
            ["Line fit"] = Charts.Contours(TestFunctions.LineFit, path),
            ["Named axes"] = Charts.Contours("named", bowl, ("weight", -1, 1), ("bias <1>", -1, 1)),
            ["Quadratic bowl"] = Charts.Contours(bowl, path),
            ["Own function"] = Charts.Contours("log", Objective.From(p => Math.Log(p[0]) + p[1]), (-1, 1), (0, 1e-7)),
        };
    }
}
