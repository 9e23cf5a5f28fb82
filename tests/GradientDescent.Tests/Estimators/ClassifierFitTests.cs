using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Estimators;

/// <summary>Fits of softmax regressions and classifiers with labels: expected values are frequencies in closed form.</summary>
public sealed class ClassifierFitTests
{
    private enum Animal
    {
        Dog = 5,
        Cat = 2,
        Bird = 9,
    }

    [Fact]
    public void Softmax_OfGroups_GivesTheirFrequencies()
    {
        // Group 0: 5 a, 3 b, 2 c; group 1: 1 a, 6 b, 3 c. One feature with an intercept can tell two groups apart in every class, so
        // frequencies are met.
        string[] labels = [.. "aaaaabbbccabbbbbbccc".Select(c => c.ToString())];
        double[][] rows = [.. labels.Select((_, i) => new double[] { i < 10 ? 0 : 1 })];

        ClassifierFit<string> fit = SoftmaxRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.PredictProbability(0).Keys.Should().Equal("a", "b", "c");
        fit.PredictProbability(0).Values.ShouldBeWithin([0.5, 0.3, 0.2], 1e-8);
        fit.PredictProbability(1).Values.ShouldBeWithin([0.1, 0.6, 0.3], 1e-8);
        fit.PredictAll([[0], [1]]).Should().Equal("a", "b");
        fit.Metrics.Accuracy.Should().Be(0.55);
        fit.Model.Weights.Sum().Should().BeApproximately(0, 1e-9);
        // The entropies of 0.5, 0.3, 0.2 and 0.1, 0.6, 0.3 are 1.029653 and 0.897946; their mean is the loss.
        fit.ToString().Should().Be("3 classes (a, b, c), 1 feature (accuracy 55.00 %, log loss 0.963799)");
    }

    [Fact]
    public void Softmax_OfTwoClasses_IsTheLogisticRegression()
    {
        (double[][] rows, bool[] labels) =
            FourfoldTable.Of((0, false, 30), (0, true, 10), (1, false, 8), (1, true, 24), (2.5, true, 3), (2.5, false, 1));

        ClassifierFit<bool> softmax = SoftmaxRegression.Fit(rows, labels);
        LogisticFit logistic = LogisticRegression.Fit(rows, labels);

        (softmax.Model.Weights[1] - softmax.Model.Weights[0]).Should().BeApproximately(logistic.Weights[0], 1e-7);
        softmax.PredictProbability(0.7)[true].Should().BeApproximately(logistic.PredictProbability(0.7), 1e-9);
    }

    [Fact]
    public void Labels_OfAnyType_AreGivenBack()
    {
        double[][] rows = [[1], [2], [3], [4], [5], [6]];

        SoftmaxRegression.Fit(rows, new List<int> { 7, -3, 7, -3, 7, 7 }).Labels.Should().Equal(-3, 7);
        SoftmaxRegression.Fit(rows, [Animal.Dog, Animal.Bird, Animal.Cat, Animal.Dog, Animal.Cat, Animal.Bird]).Labels
            .Should().Equal(Animal.Cat, Animal.Dog, Animal.Bird);
        SoftmaxRegression.Fit(rows, [(1, 'b'), (1, 'a'), (1, 'b'), (1, 'a'), (1, 'b'), (1, 'b')]).Labels.Should().Equal((1, 'a'), (1, 'b'));
        SoftmaxRegression.Fit(rows, [new Version(2, 0), new Version(1, 0), new(2, 0), new(1, 0), new(2, 0), new(1, 0)]).Labels
            .Should().Equal(new Version(1, 0), new Version(2, 0));
        Uri first = new("urn:b"), second = new("urn:a"); // without an order
        SoftmaxRegression.Fit(rows, [first, second, first, second, first, second]).Labels.Should().Equal(first, second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Labels_ThatAreTexts_HaveOneOrderInEveryCulture(string culture) =>
        Cultures.Under(culture, () => SoftmaxRegression.Fit([[1], [2], [3], [4], [5], [6]], ["i", "I", "ä", "z", "i", "ı"]).Labels)
            .Should().Equal("I", "i", "z", "ä", "ı");

    [Fact]
    public void FromADataset_ClassesAreTheTargets()
    {
        ClassifierFit<int> fit =
            SoftmaxRegression.Fit(Dataset.From([[0.0], [0], [0], [1], [1], [1]], [0.0, 1, 2, 0, 1, 2], null, ["size"]));

        fit.Labels.Should().Equal(0, 1, 2);
        fit.FeatureNames.Should().Equal("size");
        fit.PredictProbability(0.5).Values.ShouldBeWithin([1 / 3.0, 1 / 3.0, 1 / 3.0], 1e-12);
    }

    [Fact]
    public void AFit_HasTheSameBitsEveryTime()
    {
        (double[][] rows, bool[] labels) = FourfoldTable.Of((0, false, 30), (0, true, 10), (1, false, 8), (1, true, 24));

        LogisticRegression.Fit(rows, labels).Model.Parameters.Should().Equal(LogisticRegression.Fit(rows, labels).Model.Parameters);
    }

    [Fact]
    public void AClassifier_IsEvaluatedOnOtherData()
    {
        Classifier<string> classifier = SoftmaxRegression.Fit([[0], [0], [1], [1], [1]], ["no", "no", "yes", "yes", "no"]).Classifier;

        classifier.Evaluate([[0], [1], [1], [0]], ["no", "yes", "no", "no"]).Accuracy.Should().Be(0.75);
        classifier.Invoking(c => c.Evaluate([[0], [1]], ["no", "maybe"]))
            .Should().Throw<ArgumentException>().WithMessage("labels[1] is maybe: it must be one of no, yes.*");
    }

    [Fact]
    public void ATrainedSoftmax_CanBeGivenLabels()
    {
        var model = new SoftmaxRegression(2);
        model.SetParameters([1, -1, 0, 0], 1);

        var classifier = new Classifier<char>(model, ['+', '-']);

        classifier.PredictAll([[3], [-3]]).Should().Equal('+', '-');
        classifier.ToString().Should().Be("2 classes (+, -), 1 feature");
        new Classifier<(int, int)>(model, [(1, 2), (3, 4)]).Invoking(c => c.Save(Stream.Null))
            .Should().Throw<NotSupportedException>().WithMessage("Labels of type ValueTuple`2 cannot be in a model file: *");
    }
}
