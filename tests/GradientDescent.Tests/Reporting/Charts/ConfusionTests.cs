using System.Text.RegularExpressions;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class ConfusionTests
{
    private static readonly string[] _fruit = ["apple", "pear"];

    // Class 1 from x = 2 on: the log-odds are x − 2, or scores 0 and x − 2.
    private static readonly double[][] _rows = [[0], [1], [3], [4], [1.5]];
    private static readonly Dataset _data = Dataset.From(_rows, [0, 0, 1, 1, 1], weights: [1, 2, 1, 1, 5]);

    public static TheoryData<string> Ways => [.. All.Keys];

    private static Dictionary<string, Func<Chart>> All { get; } = new()
    {
        ["indices"] = () => Charts.ConfusionMatrix(_fruit, [0, 0, 1, 1, 1], [0, 0, 1, 1, 0]),
        ["logistic"] = () => Charts.ConfusionMatrix(Logistic(), _data, _fruit),
        ["softmax"] = () => Charts.ConfusionMatrix(Softmax(), _data, _fruit),
        ["softmax, float features"] = () => Charts.ConfusionMatrix(Softmax(), _data.WithPrecision(NumericPrecision.Single), _fruit),
        ["classifier, data"] = () => Charts.ConfusionMatrix(new Classifier<string>(Softmax(), _fruit), _data),
        ["classifier, rows"] = () =>
            Charts.ConfusionMatrix(new Classifier<string>(Softmax(), _fruit), _rows, ["apple", "apple", "pear", "pear", "pear"]),
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void ConfusionMatrix_OfFiveSamples_CountsThem(string way)
    {
        Chart chart = All[way]();

        string[] cells = [.. Regex.Matches(chart.ToSvg(), "<title>(actual[^<]*)</title>").Select(cell => cell.Groups[1].Value)];
        cells.Should().Equal("actual apple, predicted apple: 2", "actual apple, predicted pear: 0", "actual pear, predicted apple: 1",
            "actual pear, predicted pear: 2");
        chart.Description.Should().Contain("4 of 5 samples");
    }

    [Fact]
    public void ConfusionMatrix_WithoutLabels_NamesClassesByTheirIndex() =>
        Charts.ConfusionMatrix(Logistic(), _data).ToSvg().Should().Contain("actual 1, predicted 0: 1");

    [Fact]
    public void ConfusionMatrix_OfSixtyClasses_LabelsColumnsAsItDoesRows()
    {
        // Names that differ in their ends only: none may be cut off.
        string[] names = [.. Enumerable.Range(10, 60).Select(i => $"customer {i}")];

        string svg = Charts.ConfusionMatrix(names, [0], [0]).ToSvg();

        string[] rows = [.. Regex.Matches(svg, "text-anchor=\"end\">([^<]*)<").Select(label => label.Groups[1].Value)];
        string[] columns = [.. Regex.Matches(svg, "transform=\"rotate[^>]*>([^<]*)<").Select(label => label.Groups[1].Value)];
        rows.Should().NotBeEmpty().And.BeSubsetOf(names);
        columns.Should().Equal(rows);
    }

    [Fact]
    public void ConfusionMatrix_OfWhatDoesNotFit_NamesIt()
    {
        Throwing(() => Charts.ConfusionMatrix(Softmax(), Dataset.From([[1.0, 2]], [0])), "data", "*2 features*");
        Throwing(() => Charts.ConfusionMatrix(Softmax(), Dataset.From(_rows, [0, 1, 2, 0, 1])), "data", "*Row 2*is 2*0 to 1*");
        Throwing(() => Charts.ConfusionMatrix(Logistic(), Dataset.From(_rows, [0, 1, 0.5, 0, 1])), "data", "*Row 2*is 0.5*");
        Throwing(() => Charts.ConfusionMatrix(Logistic(), _data, ["one"]), "labels", "*1 labels for 2 classes*");
        Throwing(() => Charts.ConfusionMatrix(new Classifier<string>(Softmax(), _fruit), _rows, ["apple", "apple", "plum", "pear", "pear"]),
            "labels", "labels?2? is plum*");
        Throwing(() => Charts.ConfusionMatrix(new Classifier<string>(Softmax(), _fruit), _rows, ["apple"]), "labels",
            "labels has 1 values, rows has 5*");
        FluentActions.Invoking(() => Charts.ConfusionMatrix(new LogisticRegression(), _data)).Should().Throw<InvalidOperationException>();

        static void Throwing(Action misuse, string argument, string message) =>
            misuse.Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(argument);
    }

    private static LogisticRegression Logistic()
    {
        var model = new LogisticRegression();
        model.SetParameters([1, -2], 1);
        return model;
    }

    private static SoftmaxRegression Softmax()
    {
        var model = new SoftmaxRegression(2);
        model.SetParameters([0, 1, 0, -2], 1);
        return model;
    }
}
