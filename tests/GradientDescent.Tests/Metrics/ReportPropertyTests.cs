using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Metrics;

/// <summary>What holds for the report of any probabilities.</summary>
public sealed class ReportPropertyTests
{
    private static readonly Arbitrary<(double[] Probabilities, bool[] Outcomes, double[] Weights)> _cases = (
        from count in Gen.Choose(1, 40)
        from different in Gen.Choose(1, 30)
        from scores in Gen.Choose(0, different).ArrayOf(count)
        from outcomes in Gen.Choose(0, 1).ArrayOf(count)
        from weights in Gen.Choose(0, 3).ArrayOf(count)
        where weights.Sum() > 0
        select (
            scores.Select(score => score / (double)different).ToArray(),
            outcomes.Select(outcome => outcome == 1).ToArray(),
            weights.Select(weight => (double)weight).ToArray())).ToArbitrary();

    [Fact]
    public void Area_OfAnySamples_IsTheStatisticOfMannAndWhitney() => Prop.ForAll(_cases, test =>
    {
        double pairs = 0, right = 0;
        for (int i = 0; i < test.Probabilities.Length; i++)
        {
            for (int j = 0; j < test.Probabilities.Length; j++)
            {
                if (!test.Outcomes[i] || test.Outcomes[j])
                    continue;
                double difference = test.Probabilities[i] - test.Probabilities[j], weight = test.Weights[i] * test.Weights[j];
                pairs += weight;
                right += weight * (difference > 0 ? 1 : difference == 0 ? 0.5 : 0);
            }
        }

        ClassificationReport.From(test.Probabilities, test.Outcomes, test.Weights).Roc.Area.Should().Be(right / pairs);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Report_OfWholeWeights_IsThatOfRepeatedRows() => Prop.ForAll(_cases, test =>
    {
        int[] rows = [.. Enumerable.Range(0, test.Weights.Length).SelectMany(i => Enumerable.Repeat(i, (int)test.Weights[i]))];

        ClassificationReport weighted = ClassificationReport.From(test.Probabilities, test.Outcomes, test.Weights);
        ClassificationReport repeated = ClassificationReport.From(
            [.. rows.Select(i => test.Probabilities[i])], [.. rows.Select(i => test.Outcomes[i])]);

        AssertEqual(weighted, repeated);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Report_OfSamplesInAnotherOrder_IsTheSame() => Prop.ForAll(_cases, test =>
    {
        int[] order = [.. Enumerable.Range(0, test.Weights.Length).OrderBy(i => (i * 7919 + 13) % 41)];

        ClassificationReport report = ClassificationReport.From(test.Probabilities, test.Outcomes, test.Weights);
        ClassificationReport permuted = ClassificationReport.From(
            [.. order.Select(i => test.Probabilities[i])],
            [.. order.Select(i => test.Outcomes[i])],
            [.. order.Select(i => test.Weights[i])]);

        AssertEqual(report, permuted);
        permuted.Roc.StandardError.Should().Be(report.Roc.StandardError);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Area_OfAnIncreasingFunctionOfTheProbabilities_IsTheSame() => Prop.ForAll(_cases, test =>
    {
        // x(1 + x)/2 is strictly increasing on [0, 1]; different multiples of 1/30 remain different
        double[] transformed = [.. test.Probabilities.Select(x => x * (1 + x) / 2)];

        ClassReport report = ClassificationReport.From(test.Probabilities, test.Outcomes).Classes[1];
        ClassReport other = ClassificationReport.From(transformed, test.Outcomes).Classes[1];

        other.Roc.Area.Should().Be(report.Roc.Area);
        other.Roc.StandardError.Should().Be(report.Roc.StandardError);
        other.PrecisionRecall.AveragePrecision.Should().Be(report.PrecisionRecall.AveragePrecision);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Report_AtAnyThreshold_IsAPointOfTheCurves() => Prop.ForAll(_cases, test =>
    {
        ClassificationReport report = ClassificationReport.From(test.Probabilities, test.Outcomes, test.Weights);

        foreach ((RocPoint roc, PrecisionRecallPoint point) in report.Roc.Points.Skip(1).Zip(report.PrecisionRecall.Points))
        {
            ClassificationReport at = report.AtThreshold(point.Threshold);
            ClassReport positive = at.Classes[1];
            (roc.Threshold, positive.Recall, positive.Precision).Should().Be((point.Threshold, roc.TruePositiveRate, point.Precision));
            at.Confusion.ShareOfActual(0, 1).Should().Be(roc.FalsePositiveRate);
            if (double.IsFinite(positive.Recall))
            {
                positive.F1.Should().BeApproximately(point.F1, 1e-15);
                positive.F1.Should().BeInRange(
                    Math.Min(positive.Precision, positive.Recall) - 1e-15, Math.Max(positive.Precision, positive.Recall) + 1e-15);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Calibration_OfAnySamples_HasAllWeightsInOrder() => Prop.ForAll(_cases, test =>
    {
        ClassificationReport report = ClassificationReport.From(test.Probabilities, test.Outcomes, test.Weights);

        foreach (CalibrationBinning binning in Enum.GetValues<CalibrationBinning>())
        {
            CalibrationCurve calibration = report.Calibration(4, binning);
            calibration.Bins.Sum(bin => bin.Weight).Should().Be(test.Weights.Sum());
            calibration.Bins.Should().HaveCountLessThanOrEqualTo(4)
                .And.OnlyContain(bin => bin.Lowest <= bin.MeanPredicted && bin.MeanPredicted <= bin.Highest);
            calibration.Bins.Zip(calibration.Bins.Skip(1)).Should().NotContain(pair => pair.First.Highest >= pair.Second.Lowest);
            calibration.ExpectedError.Should().BeInRange(0, 1);
        }
    }).QuickCheckThrowOnFailure();

    private static void AssertEqual(ClassificationReport report, ClassificationReport other)
    {
        for (int actual = 0; actual < 2; actual++)
        {
            for (int predicted = 0; predicted < 2; predicted++)
                other.Confusion[actual, predicted].Should().Be(report.Confusion[actual, predicted]);
        }

        other.Accuracy.Should().Be(report.Accuracy);
        other.Roc.Area.Should().Be(report.Roc.Area);
        other.Roc.Points.Should().Equal(report.Roc.Points);
        other.PrecisionRecall.AveragePrecision.Should().Be(report.PrecisionRecall.AveragePrecision);
        other.Calibration(3).Bins.Select(bin => bin.ObservedShare).Should()
            .Equal(report.Calibration(3).Bins.Select(bin => bin.ObservedShare));
        other.BrierScore.Should().BeApproximately(report.BrierScore, 1e-15);
        if (double.IsFinite(report.LogLoss))
            other.LogLoss.Should().BeApproximately(report.LogLoss, 1e-14);
        else
            other.LogLoss.Should().Be(report.LogLoss);
    }
}
