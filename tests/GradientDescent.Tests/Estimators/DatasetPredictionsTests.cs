namespace GradientDescent.Tests.Estimators;

/// <summary>Predictions for many samples: a data set gives the bits of its rows, one by one.</summary>
public sealed class DatasetPredictionsTests
{
    private const int SampleCount = 600; // more than two blocks of rows

    private static readonly double[][] _rows =
        [.. Enumerable.Range(0, SampleCount).Select(i => new[] { i * 37 % 101 / 7.0, i * 53 % 89 / 11.0 - 4, i % 2 })];

    private static readonly Dataset _data = Dataset.From(_rows, new double[SampleCount]);

    private static TModel Set<TModel>(TModel model) where TModel : LinearModel
    {
        model.SetParameters([.. Enumerable.Range(0, model.Layout(3).Count).Select(i => i * 5 % 7 / 3.0 - 1)], 3);
        return model;
    }

    [Fact]
    public void PredictAll_OfADataset_GivesTheBitsOfEachRow()
    {
        LinearRegression linear = Set(new LinearRegression());
        LogisticRegression logistic = Set(new LogisticRegression());
        SoftmaxRegression softmax = Set(new SoftmaxRegression(4));

        linear.PredictAll(_data).Should().Equal(_rows.Select(row => linear.Predict(row)));
        logistic.PredictAll(_data).Should().Equal(_rows.Select(row => logistic.Predict(row))).And.Contain(true).And.Contain(false);
        softmax.PredictAll(_data).Should().Equal(_rows.Select(row => softmax.Predict(row)));
        softmax.PredictAll(_data).Distinct().Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void PredictAll_OfFeaturesInFloat_GivesTheBitsOfTheRowsAsTheyAreKept()
    {
        LinearRegression linear = Set(new LinearRegression());
        SoftmaxRegression softmax = Set(new SoftmaxRegression(4));
        Dataset narrow = _data.WithPrecision(NumericPrecision.Single);

        linear.PredictAll(narrow).Should().Equal(Enumerable.Range(0, SampleCount).Select(i => linear.Predict(narrow.Features(i))));
        softmax.PredictAll(narrow).Should().Equal(Enumerable.Range(0, SampleCount).Select(i => softmax.Predict(narrow.Features(i))));
    }

    [Fact]
    public void PredictProbabilities_GiveTheBitsOfEachRow()
    {
        LogisticRegression logistic = Set(new LogisticRegression());
        SoftmaxRegression softmax = Set(new SoftmaxRegression(4));
        double[] expected = [.. _rows.Select(row => logistic.PredictProbability(row))];
        double[] expectedOfAll = [.. _rows.SelectMany(row => softmax.PredictProbability(row))];

        logistic.PredictProbabilities(_data).Should().Equal(expected);
        logistic.PredictProbabilities(_rows).Should().Equal(expected);
        softmax.PredictProbabilities(_data).SelectMany(row => row).Should().Equal(expectedOfAll);
        softmax.PredictProbabilities(_rows).SelectMany(row => row).Should().Equal(expectedOfAll);
    }

    [Fact]
    public void AClassifier_GivesLabelsAndTheirProbabilities()
    {
        // Scores (x, −x): the odds at x = ln 3/2 are 3.
        var model = new SoftmaxRegression(2);
        model.SetParameters([1, -1, 0, 0], 1);
        var classifier = new Classifier<string>(model, ["plus", "minus"]);
        double[][] rows = [[Math.Log(3) / 2], [-1]];
        Dataset data = Dataset.From(rows, [0.0, 0]);

        classifier.PredictAll(data).Should().Equal("plus", "minus").And.Equal(classifier.PredictAll(rows));
        classifier.PredictProbability(rows[0])["plus"].Should().BeApproximately(0.75, 1e-15);
        classifier.PredictProbabilities(rows).Select(row => row["plus"]).Should()
            .Equal(rows.Select(row => classifier.PredictProbability(row)["plus"]))
            .And.Equal(classifier.PredictProbabilities(data).Select(row => row["plus"]));
        classifier.PredictProbabilities(data).Should().OnlyContain(row => row.Keys.SequenceEqual(classifier.Labels));
        classifier.Evaluate(data).Should().Be(model.Evaluate(data)).And.Be(classifier.Evaluate(rows, ["plus", "plus"]));
    }

    public static TheoryData<string, Action> OtherColumns => new()
    {
        { "data", () => Set(new LinearRegression()).PredictAll(Dataset.From([1.0], [1])) },
        { "data", () => Set(new LinearRegression()).Evaluate(Dataset.From([1.0], [1])) },
        { "data", () => Set(new LogisticRegression()).PredictAll(Dataset.From([1.0], [1])) },
        { "data", () => Set(new LogisticRegression()).PredictProbabilities(Dataset.From([1.0], [1])) },
        { "data", () => Set(new SoftmaxRegression(2)).PredictAll(Dataset.From([1.0], [1])) },
        { "data", () => Set(new SoftmaxRegression(2)).PredictProbabilities(Dataset.From([1.0], [1])) },
        { "data", () => new Classifier<int>(Set(new SoftmaxRegression(2)), [0, 1]).PredictAll(Dataset.From([1.0], [1])) },
        { "rows[1]", () => Set(new LogisticRegression()).PredictProbabilities([[1, 2, 3], [4]]) },
        { "rows[1]", () => new Classifier<int>(Set(new SoftmaxRegression(2)), [0, 1]).PredictProbabilities([[1, 2, 3], [4]]) },
    };

    [Theory]
    [MemberData(nameof(OtherColumns))]
    public void DataWithOtherColumns_IsRefused(string argument, Action act) => act.Should().Throw<ArgumentException>()
        .WithMessage("*1 feature*: the model was fitted with 3.*").Which.ParamName.Should().Be(argument);

    [Fact]
    public void PredictAll_OfSeveralOutputsOrBeforeTheFit_IsRefused()
    {
        FluentActions.Invoking(() => Set(new LinearRegression(2)).PredictAll(_data))
            .Should().Throw<InvalidOperationException>().WithMessage("The model has 2 outputs: use Scores.");
        FluentActions.Invoking(() => new LinearRegression().PredictAll(_data))
            .Should().Throw<InvalidOperationException>().WithMessage("This LinearRegression has no parameters yet*");
        FluentActions.Invoking(() => Set(new LinearRegression()).PredictAll((Dataset)null!))
            .Should().Throw<ArgumentNullException>().WithParameterName("data");
    }
}
