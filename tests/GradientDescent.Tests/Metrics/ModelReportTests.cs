namespace GradientDescent.Tests.Metrics;

/// <summary>The reports of models and fits.</summary>
public class ModelReportTests
{
    private static readonly double[][] _rows = [[1, 2], [2, 1], [3, 5], [4, 1], [5, 4], [6, 2], [7, 7], [8, 3], [9, 1]];
    private static readonly bool[] _passed = [false, false, true, false, false, true, true, false, true];
    private static readonly string[] _kinds = ["cat", "dog", "cat", "cow", "dog", "cow", "cow", "dog", "cow"];

    [Fact]
    public void Report_OfALogisticFit_IsThatOfItsProbabilities()
    {
        LogisticFit fit = LogisticRegression.Fit(_rows, _passed);

        ClassificationReport report = fit.ReportOnTrainingData();

        ClassificationReport expected = ClassificationReport.From([.. fit.PredictProbabilities(_rows)], _passed);
        report.Roc.Points.Should().Equal(expected.Roc.Points);
        report.BrierScore.Should().Be(expected.BrierScore);
        report.LogLoss.Should().BeApproximately(expected.LogLoss, 1e-15);
        (report.Accuracy, report.LogLoss).Should().Be((fit.Metrics.Accuracy, fit.Model.Evaluate(DataOf()).LogLoss));
        report.Confusion.Labels.Should().Equal("0", "1");
        fit.Report(DataOf()).ToString().Should().Be(report.ToString());
    }

    [Fact]
    public void Report_OfAClassifier_HasItsLabelsAndProbabilities()
    {
        ClassifierFit<string> fit = SoftmaxRegression.Fit(_rows, _kinds, penalty: new L2Penalty(0.1));

        ClassificationReport report = fit.Report(_rows, _kinds);

        double[][] probabilities = [.. fit.Classifier.Model.PredictProbabilities(_rows).Select(row => row.ToArray())];
        ClassificationReport expected = ClassificationReport.From(
            probabilities, [.. _kinds.Select(kind => fit.Labels.IndexOf(kind))], labels: fit.Labels);
        report.Confusion.ToString().Should().Be(expected.Confusion.ToString());
        report.Classes.Select(one => one.Label).Should().Equal("cat", "cow", "dog");
        report.Classes[2].Roc.Points.Should().Equal(expected.Classes[2].Roc.Points);
        report.BrierScore.Should().Be(expected.BrierScore);
        report.LogLoss.Should().BeApproximately(expected.LogLoss, 1e-15);
        fit.ReportOnTrainingData().ToString().Should().Be(report.ToString());
    }

    [Fact]
    public void Report_OfWeightedData_UsesTheWeights()
    {
        Dataset data = DataOf().WithClassWeights([3, 1]);

        ClassificationReport report = LogisticRegression.Fit(data).Report(data);

        (report.Confusion.Actual(0), report.Confusion.Actual(1)).Should().Be((15.0, 4.0));
        report.Roc.Note.Should().Contain("weights");
    }

    [Fact]
    public void LogLoss_OfScoresWhoseProbabilitiesRoundTo1_IsFinite()
    {
        // The score of the sample at −1000 is far below where its probability is 0, so its loss is about |score|.
        LogisticRegression model = LogisticRegression.Fit([1, 2, 3, 4], [false, true, false, true]).Model;
        var data = Dataset.From([-1000, 2000], [1, 1]);

        ClassificationReport report = model.Report(data);

        report.LogLoss.Should().BeApproximately(-model.Score([-1000.0]) / 2, 1e-9).And.Be(model.Evaluate(data).LogLoss);
    }

    [Fact]
    public void Report_OfDataThatDoesNotFit_IsRefused()
    {
        LogisticRegression model = LogisticRegression.Fit(_rows, _passed).Model;

        model.Invoking(one => one.Report(Dataset.From([1.0, 2], [0.0, 1]))).Should().Throw<ArgumentException>().WithMessage("*1 feature*");
        model.Invoking(one => one.Report(Dataset.From(_rows, [0, 1, 2, 0, 1, 2, 0, 1, 2]))).Should().Throw<ArgumentException>();
        model.Invoking(one => one.Report(DataOf(), ["no"])).Should().Throw<ArgumentException>().WithMessage("*1 labels for 2 classes*");
        new LogisticRegression().Invoking(one => one.Report(DataOf())).Should().Throw<InvalidOperationException>();
    }

    private static Dataset DataOf() => Dataset.From(_rows, [.. _passed.Select(passed => passed ? 1.0 : 0)]);
}
