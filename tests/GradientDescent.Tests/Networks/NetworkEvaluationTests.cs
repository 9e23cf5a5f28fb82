namespace GradientDescent.Tests.Networks;

/// <summary>A network of one layer without an activation is a linear model with the same parameters: so are its metrics.</summary>
public sealed class NetworkEvaluationTests
{
    private const double Rounding = 1e-13; // some roundings of scores of size 10, relative to metrics of size 1

    private static readonly double[][] _rows =
        [.. Enumerable.Range(0, 40).Select(i => (double[])[Math.Sin(i), Math.Cos(3 * i), i / 20.0 - 1])];

    private static readonly double[] _weights = [.. Enumerable.Range(0, 40).Select(i => 1.0 + i % 3)];

    [Fact]
    public void Evaluation_OfTwoClasses_IsThatOfALogisticRegression()
    {
        Dataset data = Classes(2);
        (LogisticRegression model, FeedForwardNetwork network) = (new(), Network(ModelTask.BinaryClassification, 1));
        Share([1.5, -2, 0.5, 0.1], model, network);

        ShouldBeEqual(network.EvaluateClassification(data), model.Evaluate(data));
        network.PredictClasses(data).Should().Equal(model.PredictAll(data).Select(isOne => isOne ? 1 : 0));
        ClassificationReport report = network.Report(data, ["no", "yes"]), expected = model.Report(data, ["no", "yes"]);
        report.Roc.Area.Should().BeApproximately(expected.Roc.Area, Rounding);
        report.Confusion.ToString().Should().Be(expected.Confusion.ToString());
        report.LogLoss.Should().BeApproximately(expected.LogLoss, Rounding);
    }

    [Fact]
    public void Evaluation_OfThreeClasses_IsThatOfASoftmaxRegression()
    {
        Dataset data = Classes(3);
        (SoftmaxRegression model, FeedForwardNetwork network) = (new(3), Network(ModelTask.Classification, 3));
        Share([1.5, -2, 0.5, 0.1, 0.3, 0.7, -1, 1, 0, 0.2, -0.1, 0.4], model, network);

        ShouldBeEqual(network.EvaluateClassification(data), model.Evaluate(data));
        network.PredictClasses(data).Should().Equal(model.PredictAll(data));
        ClassificationReport report = network.Report(data), expected = model.Report(data);
        report.Confusion.ToString().Should().Be(expected.Confusion.ToString());
        report.BrierScore.Should().BeApproximately(expected.BrierScore, Rounding);
    }

    [Fact]
    public void Evaluation_OfARegressionWithTwoTargets_IsThatOfALinearRegression()
    {
        Dataset data = Dataset.From(_rows, [.. _rows.Select(row => (double[])[row[0] + row[1], 3 * row[2]])]);
        (LinearRegression model, FeedForwardNetwork network) = (new(2), Network(ModelTask.Regression, 2));
        Share([1, 0.8, 0, 0.1, 0, 0, 2.5, -0.1], model, network);

        RegressionMetrics actual = network.EvaluateRegression(data), expected = model.Evaluate(data);

        actual.MeanSquaredError.Should().BeApproximately(expected.MeanSquaredError, Rounding);
        actual.MeanAbsoluteError.Should().BeApproximately(expected.MeanAbsoluteError, Rounding);
        actual.RSquared.Should().BeApproximately(expected.RSquared, Rounding);
    }

    [Fact]
    public void Evaluation_ForAnotherTask_SaysWhatTheNetworkIs()
    {
        FeedForwardNetwork regression = Network(ModelTask.Regression, 1), classifier = Network(ModelTask.BinaryClassification, 1);

        foreach (Action call in (Action[])[() => regression.EvaluateClassification(Classes(2)), () => regression.Report(Classes(2)),
            () => regression.PredictClasses(Classes(2))])
            call.Should().Throw<InvalidOperationException>().WithMessage("This network is a regression: *");
        classifier.Invoking(network => network.EvaluateRegression(Classes(2))).Should().Throw<InvalidOperationException>()
            .WithMessage("This network is a classifier: use EvaluateClassification.");
    }

    [Fact]
    public void Report_WithTargetsThatAreNoClasses_NamesTheRow()
    {
        FeedForwardNetwork network = Network(ModelTask.BinaryClassification, 1);
        network.SetParameters([1, 1, 1, 1], 3);

        network.Invoking(it => it.Report(Classes(3))).Should().Throw<ArgumentException>().WithMessage("*Row 2*");
    }

    private static Dataset Classes(int count) =>
        Dataset.From(_rows, [.. Enumerable.Range(0, 40).Select(i => (double)(i % count))], weights: _weights);

    private static FeedForwardNetwork Network(ModelTask task, int outputs) => new(task, new DenseLayer(outputs));

    private static void Share(double[] parameters, ParametricModel model, FeedForwardNetwork network)
    {
        model.SetParameters([.. parameters], 3);
        network.SetParameters([.. parameters], 3);
    }

    private static void ShouldBeEqual(ClassificationMetrics actual, ClassificationMetrics expected)
    {
        actual.Accuracy.Should().Be(expected.Accuracy);
        actual.LogLoss.Should().BeApproximately(expected.LogLoss, Rounding);
    }
}
