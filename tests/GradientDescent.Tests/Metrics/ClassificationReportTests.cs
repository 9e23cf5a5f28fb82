namespace GradientDescent.Tests.Metrics;

public class ClassificationReportTests
{
    private static readonly double[] _probabilities = [0.1, 0.3, 0.4, 0.45, 0.6, 0.7, 0.8, 0.9];
    private static readonly bool[] _outcomes = [false, false, true, false, true, false, true, true];

    [Fact]
    public void From_EightSamples_HasTheCountsAndSharesOfTheirTable()
    {
        // At ½: 3 true and 1 false positive, 3 true and 1 false negative. Chance agrees in half: kappa = (0.75 − 0.5)/0.5.
        ClassificationReport report = ClassificationReport.From(_probabilities, _outcomes);

        ConfusionMatrix confusion = report.Confusion;
        new[] { confusion[0, 0], confusion[0, 1], confusion[1, 0], confusion[1, 1] }.Should().Equal(3, 1, 1, 3);
        confusion.ShareOfActual(1, 0).Should().Be(0.25);
        confusion.Labels.Should().Equal("False", "True");
        (report.Classes[1].Precision, report.Classes[1].Recall, report.Classes[1].F1).Should().Be((0.75, 0.75, 0.75));
        (report.Accuracy, report.BaselineAccuracy, report.CohenKappa, report.MatthewsCorrelation).Should().Be((0.75, 0.5, 0.5, 0.5));
        report.BaselineLogLoss.Should().BeApproximately(Math.Log(2), 1e-15);
        // (0.01 + 0.09 + 0.36 + 0.2025 + 0.16 + 0.49 + 0.04 + 0.01)/8
        report.BrierScore.Should().BeApproximately(1.3625 / 8, 1e-15);
    }

    [Fact]
    public void AtThreshold_OfTwoClasses_ChangesTheTableAndNothingElse()
    {
        ClassificationReport report = ClassificationReport.From(_probabilities, _outcomes);

        ClassificationReport cautious = report.AtThreshold(0.4);

        cautious.Threshold.Should().Be(0.4);
        (cautious.Classes[1].Recall, cautious.Classes[1].Precision).Should().Be((1.0, 4.0 / 6));
        (cautious.LogLoss, cautious.BrierScore, cautious.Roc.Area).Should().Be((report.LogLoss, report.BrierScore, report.Roc.Area));
        report.Threshold.Should().Be(0.5);
    }

    [Fact]
    public void BestF1_OfEightSamples_IsThatOfAllThresholds()
    {
        // F1 = 2tp/(tp + fp + 4) at 0.9: 0.4, 0.8: 4/6, 0.7: 4/7, 0.6: 6/8, 0.45: 6/9, 0.4: 8/10, 0.3: 8/11, 0.1: 8/12
        PrecisionRecallPoint best = ClassificationReport.From(_probabilities, _outcomes).PrecisionRecall.BestF1;

        best.Threshold.Should().Be(0.4);
        best.F1.Should().BeApproximately(0.8, 1e-15);
    }

    [Fact]
    public void PrecisionRecallInterval_OfTwoPositives_IsTheLogitInterval()
    {
        PrecisionRecallCurve curve = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).PrecisionRecall;

        (double lower, double upper) = curve.Interval();

        double a = 1 / 2.0 + 1 / 2.0 * 2 / 3, margin = 1.959963984540054 / Math.Sqrt(2 * a * (1 - a)), logit = Math.Log(a / (1 - a));
        lower.Should().BeApproximately(1 / (1 + Math.Exp(margin - logit)), 1e-14);
        upper.Should().BeApproximately(1 / (1 + Math.Exp(-margin - logit)), 1e-14);
    }

    [Fact]
    public void Calibration_BinsOfEqualCount_KeepTiesTogether()
    {
        // Six of the eight samples are tied at 0.2: their middle is in the first of two bins.
        double[] probabilities = [0.2, 0.2, 0.2, 0.9, 0.2, 0.2, 0.8, 0.2];
        bool[] outcomes = [true, false, false, true, false, false, false, false];

        CalibrationCurve calibration = ClassificationReport.From(probabilities, outcomes).Calibration(bins: 2);

        calibration.Bins.Select(bin => (bin.Lowest, bin.Highest, bin.Weight)).Should().Equal((0.2, 0.2, 6), (0.8, 0.9, 2));
        calibration.Bins.Select(bin => bin.ObservedShare).Should().Equal(1.0 / 6, 0.5);
        // 6/8·|0.2 − 1/6| + 2/8·|0.85 − 0.5|
        calibration.ExpectedError.Should().BeApproximately(0.025 + 0.0875, 1e-15);
    }

    [Fact]
    public void Calibration_BinsOfEqualWidth_BeginAtTheirEdges()
    {
        double[] probabilities = [0, 0.3, 0.6, 0.7, 0.7000000000000001, 1];

        CalibrationCurve calibration = ClassificationReport.From(probabilities, [false, false, true, true, true, true])
            .Calibration(10, CalibrationBinning.EqualWidth);

        calibration.Bins.Select(bin => (bin.Lowest, bin.Weight)).Should().Equal((0, 1), (0.3, 1), (0.6, 1), (0.7, 2), (1, 1));
    }

    [Fact]
    public void LogLoss_WhereAnOutcomeHadTheProbability0_IsInfinite()
    {
        ClassificationReport.From([1, 0.5], [false, true]).LogLoss.Should().Be(double.PositiveInfinity);
        ClassificationReport.From([0.0, 0.5], [true, true]).LogLoss.Should().Be(double.PositiveInfinity);
        ClassificationReport.From([0.0, 1], [false, true]).LogLoss.Should().Be(0);
        ClassificationReport.From([0.0, 0.5], [true, true], weights: [0, 1]).LogLoss.Should().BeApproximately(Math.Log(2), 1e-15);
    }

    [Fact]
    public void From_OneClassOnly_SaysWhatIsUndefined()
    {
        ClassificationReport report = ClassificationReport.From([0.2, 0.1], [false, false]);

        (report.Accuracy, report.BaselineAccuracy, report.BalancedAccuracy, report.BaselineLogLoss).Should().Be((1.0, 1.0, 1.0, 0.0));
        (report.CohenKappa, report.MatthewsCorrelation).Should().Be((double.NaN, double.NaN));
        (report.Classes[1].Precision, report.Classes[1].Recall, report.Classes[1].F1).Should().Be((double.NaN, double.NaN, double.NaN));
        report.PrecisionRecall.AveragePrecision.Should().Be(double.NaN);
        report.Roc.BestThreshold(1, 1).Should().Be(double.PositiveInfinity);
        report.ToString().Should().Contain("AUC NaN");
    }

    [Fact]
    public void Averages_WithAClassNeverPredicted_CountItsPrecisionAs0()
    {
        ClassificationReport report = ClassificationReport.From([0.2, 0.1, 0.3, 0.4], [false, false, false, true]);

        report.Classes[1].Precision.Should().Be(double.NaN);
        (report.Classes[1].Recall, report.Classes[1].F1).Should().Be((0.0, 0.0));
        report.MacroAverage.Precision.Should().Be(0.75 / 2);
        report.WeightedAverage.Precision.Should().Be(0.75 * 0.75);
        report.MostFrequentLabel.Should().Be("False");
    }

    [Fact]
    public void Roc_OfThreeClasses_IsThatOfEachClass()
    {
        ClassificationReport report = ClassificationReport.From([[0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.1, 0.5, 0.4]], [0, 1, 2]);

        report.Threshold.Should().Be(double.NaN);
        report.Classes[2].Roc.Area.Should().Be(1);
        report.Invoking(one => one.Roc).Should().Throw<InvalidOperationException>().WithMessage("*3 classes*Classes*");
        report.Invoking(one => one.AtThreshold(0.5)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void ToString_OfTwoClasses_IsATableOfAtMost80ColumnsInAnyCulture()
    {
        ClassificationReport report = ClassificationReport.From(_probabilities, _outcomes, labels: ["no\u001b[2J", new string('y', 99)]);

        string text = report.ToString();

        string[] lines = text.Split('\n');
        lines.Should().OnlyContain(line => line.Length <= 80);
        lines[0].Trim().Should().Be("precision     recall         F1    support");
        lines[2].Should().EndWith("…     0.7500     0.7500     0.7500          4");
        text.Should().NotContain("\u001b").And.Contain("AUC 0.8125").And.Contain("accuracy 75.00 %").And.Contain("Brier score 0.1703");
    }

    [Fact]
    public void ToString_OfManySamples_ShowsAllDigitsOfCounts()
    {
        ClassificationReport report = ClassificationReport.From([0.2, 0.9, 0.4], [false, true, true], [2_000_000, 1_234_567, 0.25]);

        report.Confusion.ToString().Should().Be(
            "true \\ predicted    False     True\nFalse             2000000        0\nTrue                 0.25  1234567");
        report.Classes[1].ToString().Should().EndWith("support 1.23457E+06", "it is not whole");
    }

    public static TheoryData<Func<ClassificationReport>, string> BadInput => new()
    {
        { () => ClassificationReport.From(Array.Empty<double>(), []), "probabilities is empty*" },
        { () => ClassificationReport.From([0.5], [true, false]), "outcomes has 2 entries for 1 samples*" },
        { () => ClassificationReport.From([0.5, 1.5], [true, false]), "probabilities[1] is 1.5: it must be from 0 to 1*" },
        { () => ClassificationReport.From([double.NaN], [true]), "probabilities[0] is NaN*" },
        { () => ClassificationReport.From([0.5], [true], [-1]), "weights[0] is -1: it must be finite and at least 0*" },
        { () => ClassificationReport.From([0.5], [true], [0]), "The sum of weights is 0*" },
        { () => ClassificationReport.From([0.5], [true], [1, 1]), "weights has 2 entries*" },
        { () => ClassificationReport.From([0.5], [true], labels: ["a"]), "There are 1 labels for 2 classes*" },
        { () => ClassificationReport.From([[0.5, 0.4]], [0]), "The sum of probabilities[0] is 0.9*" },
        { () => ClassificationReport.From([[0.5, 0.5], [1]], [0, 0]), "probabilities[1] has 1 numbers: it must have 2*" },
        { () => ClassificationReport.From([[0.5, 0.5]], [2]), "classes[0] is 2: it must be from 0 to 1*" },
        { () => ClassificationReport.From([[1.0]], [0]), "probabilities[0] has 1 numbers*" },
        { () => ClassificationReport.From([0.5], [true]).AtThreshold(double.NaN), "threshold is NaN: it must be at least 0*" },
    };

    [Theory]
    [MemberData(nameof(BadInput), DisableDiscoveryEnumeration = true)]
    public void From_BadInput_IsRefusedByName(Func<ClassificationReport> create, string message) =>
        create.Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void From_ArraysChangedLater_KeepsItsNumbers()
    {
        double[] weights = [1, 1, 1];
        double[] probabilities = [0.2, 0.6, 0.7];
        ClassificationReport report = ClassificationReport.From(probabilities, [false, true, false], weights);

        (weights[0], probabilities[0]) = (100, 1);

        report.AtThreshold(0.5).Accuracy.Should().BeApproximately(2.0 / 3, 1e-15);
        report.Roc.Area.Should().Be(0.5);
    }
}
