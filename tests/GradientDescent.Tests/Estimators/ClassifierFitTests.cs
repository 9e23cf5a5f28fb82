using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Estimators;

/// <summary>The static fits of the classifiers: expected values from frequencies in closed form, or from Newton's method on MathNet's matrices.</summary>
public sealed class ClassifierFitTests
{
    private enum Animal
    {
        Dog = 5,
        Cat = 2,
        Bird = 9,
    }

    private static (double[][] Rows, bool[] Labels) Table(params (double X, bool Label, int Count)[] cells)
    {
        (double[] Row, bool Label)[] all = [.. cells.SelectMany(cell => Enumerable.Repeat((Row: new[] { cell.X }, cell.Label), cell.Count))];
        return ([.. all.Select(sample => sample.Row)], [.. all.Select(sample => sample.Label)]);
    }

    [Fact]
    public void Logistic_OfAFourfoldTable_IsItsLogOddsRatio()
    {
        // x = 0: 30 no, 10 yes; x = 1: 8 no, 24 yes. Odds 1/3 and 3: intercept ln(1/3), weight ln 9.
        (double[][] rows, bool[] labels) = Table((0, false, 30), (0, true, 10), (1, false, 8), (1, true, 24));

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Intercept.Should().BeApproximately(-Math.Log(3), 1e-8);
        fit.Weights.Single().Should().BeApproximately(Math.Log(9), 1e-8);
        fit.PredictProbability(1).Should().BeApproximately(0.75, 1e-9);
        fit.PredictAll([[0], [1]]).Should().Equal(false, true);
        fit.Metrics.Accuracy.Should().Be(54 / 72.0);
    }

    [Fact]
    public void Logistic_WithWeights_IsThatOfRepeatedSamples()
    {
        LogisticFit fit = LogisticRegression.Fit(Dataset.From([0.0, 0, 1, 1, 5], [0, 1, 0, 1, 1], [30, 10, 8, 24, 0]));

        fit.Intercept.Should().BeApproximately(-Math.Log(3), 1e-8);
        fit.Weights.Single().Should().BeApproximately(Math.Log(9), 1e-8);
    }

    [Fact]
    public void Logistic_OnRawData_IsWhatNewtonFinds()
    {
        Dataset data = Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())];
        bool[] labels = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0] > 140)];

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Model.Parameters.ShouldBeWithin(Newton(rows, labels), relative: 1e-6);
    }

    /// <summary>θ ← θ + (XᵀPX)⁻¹Xᵀ(y − p), P = diag p(1 − p); weights first, then the intercept.</summary>
    private static double[] Newton(double[][] rows, bool[] labels)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays(rows).InsertColumn(rows[0].Length, Vector<double>.Build.Dense(rows.Length, 1));
        Vector<double> y = Vector<double>.Build.Dense([.. labels.Select(label => label ? 1.0 : 0)]), parameters = Vector<double>.Build.Dense(x.ColumnCount);
        for (int i = 0; i < 30; i++)
        {
            Vector<double> p = (x * parameters).Map(score => 1 / (1 + Math.Exp(-score)));
            parameters += (x.TransposeThisAndMultiply(Matrix<double>.Build.DiagonalOfDiagonalVector(p.PointwiseMultiply(1 - p))) * x).Solve(x.TransposeThisAndMultiply(y - p));
        }

        return parameters.ToArray();
    }

    [Fact]
    public void Logistic_OfFeaturesThatDoNotVary_IsTheShareOfEachClass()
    {
        LogisticFit fit = LogisticRegression.Fit([[7], [7], [7], [7]], [true, false, true, true]);

        fit.Weights.Should().Equal(0);
        fit.Intercept.Should().BeApproximately(Math.Log(3), 1e-9);
        fit.Result.Note.Should().Contain("do not vary");
    }

    [Fact]
    public void Logistic_OfWildScales_Converges()
    {
        (double[][] rows, bool[] labels) = Table((1e-200, false, 30), (1e-200, true, 10), (3e-200, false, 8), (3e-200, true, 24));
        double[][] wild = [.. rows.Select(row => new[] { row[0], 1e300 * (row[0] > 2e-200 ? 1 : -1) })]; // collinear, too

        LogisticFit fit = LogisticRegression.Fit(wild, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.PredictProbability(3e-200, 1e300).Should().BeApproximately(0.75, 1e-8);
    }

    [Fact]
    public void Logistic_OfFeaturesInFloat_Converges()
    {
        Dataset data = Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");
        Dataset classes = Dataset.From(
            [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())], [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0] > 140 ? 1.0 : 0)]);

        LogisticFit narrow = LogisticRegression.Fit(classes.WithPrecision(NumericPrecision.Single));

        narrow.Result.Reason.Should().Be(StopReason.Converged);
        narrow.Model.Parameters.ShouldBeWithin(LogisticRegression.Fit(classes).Model.Parameters, relative: 1e-3); // s1 to s4 depend on each other: float's 6e-8 is magnified
    }

    [Fact]
    public void Softmax_OfGroups_GivesTheirFrequencies()
    {
        // Group 0: 5 a, 3 b, 2 c; group 1: 1 a, 6 b, 3 c. One feature with an intercept can tell two groups apart in every class, so frequencies are met.
        string[] labels = [.. "aaaaabbbccabbbbbbccc".Select(c => c.ToString())];
        double[][] rows = [.. labels.Select((_, i) => new double[] { i < 10 ? 0 : 1 })];

        ClassifierFit<string> fit = SoftmaxRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Probabilities(0).Keys.Should().Equal("a", "b", "c");
        fit.Probabilities(0).Values.ShouldBeWithin([0.5, 0.3, 0.2], 1e-8);
        fit.Probabilities(1).Values.ShouldBeWithin([0.1, 0.6, 0.3], 1e-8);
        fit.PredictAll([[0], [1]]).Should().Equal("a", "b");
        fit.Metrics.Accuracy.Should().Be(0.55);
        fit.Model.Weights.Sum().Should().BeApproximately(0, 1e-9);
        // The entropies of 0.5, 0.3, 0.2 and 0.1, 0.6, 0.3 are 1.029653 and 0.897946; their mean is the loss.
        fit.ToString().Should().Be("3 classes (a, b, c), 1 feature (accuracy 55.00 %, log loss 0.963799)");
    }

    [Fact]
    public void Softmax_OfTwoClasses_IsTheLogisticRegression()
    {
        (double[][] rows, bool[] labels) = Table((0, false, 30), (0, true, 10), (1, false, 8), (1, true, 24), (2.5, true, 3), (2.5, false, 1));

        ClassifierFit<bool> softmax = SoftmaxRegression.Fit(rows, labels);
        LogisticFit logistic = LogisticRegression.Fit(rows, labels);

        (softmax.Model.Weights[1] - softmax.Model.Weights[0]).Should().BeApproximately(logistic.Weights[0], 1e-7);
        softmax.Probabilities(0.7)[true].Should().BeApproximately(logistic.PredictProbability(0.7), 1e-9);
    }

    [Fact]
    public void Labels_OfAnyType_AreGivenBack()
    {
        double[][] rows = [[1], [2], [3], [4], [5], [6]];

        SoftmaxRegression.Fit(rows, new List<int> { 7, -3, 7, -3, 7, 7 }).Labels.Should().Equal(-3, 7);
        SoftmaxRegression.Fit(rows, [Animal.Dog, Animal.Bird, Animal.Cat, Animal.Dog, Animal.Cat, Animal.Bird]).Labels.Should().Equal(Animal.Cat, Animal.Dog, Animal.Bird);
        SoftmaxRegression.Fit(rows, [(1, 'b'), (1, 'a'), (1, 'b'), (1, 'a'), (1, 'b'), (1, 'b')]).Labels.Should().Equal((1, 'a'), (1, 'b'));
        SoftmaxRegression.Fit(rows, [new Version(2, 0), new Version(1, 0), new(2, 0), new(1, 0), new(2, 0), new(1, 0)]).Labels.Should().Equal(new Version(1, 0), new Version(2, 0));
        Uri first = new("urn:b"), second = new("urn:a"); // without an order
        SoftmaxRegression.Fit(rows, [first, second, first, second, first, second]).Labels.Should().Equal(first, second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Labels_ThatAreTexts_HaveOneOrderInEveryCulture(string culture) =>
        Cultures.Under(culture, () => SoftmaxRegression.Fit([[1], [2], [3], [4], [5], [6]], ["i", "I", "ä", "z", "i", "ı"]).Labels).Should().Equal("I", "i", "z", "ä", "ı");

    [Fact]
    public void FromADataset_ClassesAreTheTargets()
    {
        ClassifierFit<int> fit = SoftmaxRegression.Fit(Dataset.From([[0.0], [0], [0], [1], [1], [1]], [0.0, 1, 2, 0, 1, 2], null, ["size"]));

        fit.Labels.Should().Equal(0, 1, 2);
        fit.FeatureNames.Should().Equal("size");
        fit.Probabilities(0.5).Values.ShouldBeWithin([1 / 3.0, 1 / 3.0, 1 / 3.0], 1e-12);
    }

    [Fact]
    public void AFit_HasTheSameBitsEveryTime()
    {
        (double[][] rows, bool[] labels) = Table((0, false, 30), (0, true, 10), (1, false, 8), (1, true, 24));

        LogisticRegression.Fit(rows, labels).Model.Parameters.Should().Equal(LogisticRegression.Fit(rows, labels).Model.Parameters);
    }

    [Fact]
    public void AClassifier_IsEvaluatedOnOtherData()
    {
        Classifier<string> classifier = SoftmaxRegression.Fit([[0], [0], [1], [1], [1]], ["no", "no", "yes", "yes", "no"]);

        classifier.Evaluate([[0], [1], [1], [0]], ["no", "yes", "no", "no"]).Accuracy.Should().Be(0.75);
        classifier.Invoking(c => c.Evaluate([[0], [1]], ["no", "maybe"])).Should().Throw<ArgumentException>().WithMessage("labels[1] is maybe: it must be one of no, yes.*");
    }

    [Fact]
    public void ATrainedSoftmax_CanBeGivenLabels()
    {
        var model = new SoftmaxRegression(2);
        model.SetParameters([1, -1, 0, 0], 1);

        var classifier = new Classifier<char>(model, ['+', '-']);

        classifier.PredictAll([[3], [-3]]).Should().Equal('+', '-');
        classifier.ToString().Should().Be("2 classes (+, -), 1 feature");
        classifier.Invoking(c => c.Save(Stream.Null)).Should().Throw<NotSupportedException>().WithMessage("Labels of type Char cannot be in a model file: *");
    }

    private static Classifier<string> Labelled(params string[] labels)
    {
        var model = new SoftmaxRegression(2);
        model.SetParameters([1, -1, 0, 0], 1);
        return new Classifier<string>(model, labels);
    }

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "labels", "All 2 labels are True: both False and True must occur.", () => LogisticRegression.Fit([[1], [2]], [true, true]) },
        { "labels", "There are 1 labels for 2 rows of features: the counts must be equal.", () => LogisticRegression.Fit([[1], [2]], [true]) },
        { "features", "Row 1, column 0 ('x') of features is NaN: it must be finite.", () => LogisticRegression.Fit([[1], [double.NaN]], [true, false]) },
        { "labels", "Value cannot be null.", () => LogisticRegression.Fit([[1]], null!) },
        { "rows", "Value cannot be null.", () => LogisticRegression.Fit((double[][])null!, [true]) },
        { "data", "Value cannot be null.", () => LogisticRegression.Fit((Dataset)null!) },
        { "data", "Row 1, target 'y' is 2: it must be a class from 0 to 1. The labels seen are 0, 2.", () => LogisticRegression.Fit(Dataset.From([1.0, 2], [0, 2])) },
        { "data", "Row 0, target 'y' is -1: it must be a class from 0 to 1. The labels seen are -1, 1.", () => LogisticRegression.Fit(Dataset.From([1.0, 2], [-1, 1])) },
        { "data", "Class 0 has no sample: each class needs one. The labels seen are 1.", () => LogisticRegression.Fit(Dataset.From([1.0, 2], [1, 1])) },
        { "data", "Class 1 has no sample with weight: each class needs one. The labels seen are 0, 1.", () => LogisticRegression.Fit(Dataset.From([1.0, 2], [0, 1], [1, 0])) },
        { "data", "There are 2 targets per sample: a classifier takes one, the class.", () => LogisticRegression.Fit(Dataset.From([[1.0]], [[1.0, 2]])) },
        { "labels", "All 2 labels are a: at least two different ones must occur.", () => SoftmaxRegression.Fit([[1], [2]], ["a", "a"]) },
        { "labels", "There are 3 labels for 2 rows of features: the counts must be equal.", () => SoftmaxRegression.Fit([[1], [2]], ["a", "b", "a"]) },
        { "labels", "labels[1] is null: it must be a label.", () => SoftmaxRegression.Fit([[1], [2]], ["a", null!]) },
        { "labels", "labels[1] is NaN: it must be a label.", () => SoftmaxRegression.Fit([[1], [2]], [1, double.NaN]) },
        { "labels", "Value cannot be null.", () => SoftmaxRegression.Fit<string>([[1], [2]], null!) },
        { "rows", "Value cannot be null.", () => SoftmaxRegression.Fit((double[][])null!, ["a", "b"]) },
        { "features", "There are no samples: at least one is needed.", () => SoftmaxRegression.Fit<string>(Array.Empty<double[]>(), []) },
        { "features", "Row 1 of features has 2 numbers, row 0 has 1: all rows must be equally long.", () => SoftmaxRegression.Fit([[1], [2, 3]], ["a", "b"]) },
        { "data", "Row 1, target 'y' is 0.5: it must be a class: 0, 1, 2, …, none of them left out. The labels seen are 0, 0.5, 1.", () => SoftmaxRegression.Fit(Dataset.From([1.0, 2, 3], [0, 0.5, 1])) },
        { "data", "Class 1 has no sample: each class needs one. The labels seen are 0, 2.", () => SoftmaxRegression.Fit(Dataset.From([1.0, 2, 3], [0, 2, 2])) },
        { "data", "Row 2, target 'y' is 1E+300: it must be a class: *", () => SoftmaxRegression.Fit(Dataset.From([1.0, 2, 3], [0, 2, 1e300])) },
        { "data", "All samples are of one class: two at least are needed. The labels seen are 0.", () => SoftmaxRegression.Fit(Dataset.From([1.0, 2], [0, 0])) },
        { "labels", "There are 1 labels for 2 classes: each class needs one.", () => Labelled("a") },
        { "labels", "labels[1] is a, as is labels[0]: each class needs its own label.", () => Labelled("a", "a") },
        { "row", "row has 2 features: the model was fitted with 1.", () => Labelled("a", "b").Predict(1, 2) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void BadInput_IsNamedInEveryCulture(string argument, string expected, Action act)
    {
        act.Should().Throw<ArgumentException>().WithMessage(expected + "*").Which.ParamName.Should().Be(argument);
        Cultures.MessageInEveryCulture(act);
    }
}
