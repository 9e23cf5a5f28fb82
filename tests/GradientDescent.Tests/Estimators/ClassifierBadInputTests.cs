using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Estimators;

/// <summary>Wrong data and labels: each is named in the message, in every culture.</summary>
public sealed class ClassifierBadInputTests
{
    private static Classifier<string> Labelled(params string[] labels)
    {
        var model = new SoftmaxRegression(2);
        model.SetParameters([1, -1, 0, 0], 1);
        return new Classifier<string>(model, labels);
    }

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "labels", "All 2 labels are True: both False and True must occur.", () => LogisticRegression.Fit([[1], [2]], [true, true]) },
        { "labels", "There are 1 labels for 2 rows of features: the counts must be equal.",
            () => LogisticRegression.Fit([[1], [2]], [true]) },
        { "features", "Row 1, column 0 ('x') of features is NaN: it must be finite.",
            () => LogisticRegression.Fit([[1], [double.NaN]], [true, false]) },
        { "labels", "Value cannot be null.", () => LogisticRegression.Fit([[1]], null!) },
        { "rows", "Value cannot be null.", () => LogisticRegression.Fit((double[][])null!, [true]) },
        { "data", "Value cannot be null.", () => LogisticRegression.Fit((Dataset)null!) },
        { "data", "Row 1, target 'y' is 2: it must be a class from 0 to 1. The labels seen are 0, 2.",
            () => LogisticRegression.Fit(Dataset.From([1.0, 2], [0, 2])) },
        { "data", "Row 0, target 'y' is -1: it must be a class from 0 to 1. The labels seen are -1, 1.",
            () => LogisticRegression.Fit(Dataset.From([1.0, 2], [-1, 1])) },
        { "data", "Class 0 has no sample: each class needs one. The labels seen are 1.",
            () => LogisticRegression.Fit(Dataset.From([1.0, 2], [1, 1])) },
        { "data", "Class 1 has no sample with a weight above 0: each class needs one. The labels seen are 0, 1.",
            () => LogisticRegression.Fit(Dataset.From([1.0, 2], [0, 1], [1, 0])) },
        { "data", "There are 2 targets per sample: a classifier takes one, the class.",
            () => LogisticRegression.Fit(Dataset.From([[1.0]], [[1.0, 2]])) },
        { "labels", "All 2 labels are a: at least two different ones must occur.", () => SoftmaxRegression.Fit([[1], [2]], ["a", "a"]) },
        { "labels", "There are 3 labels for 2 rows of features: the counts must be equal.",
            () => SoftmaxRegression.Fit([[1], [2]], ["a", "b", "a"]) },
        { "labels", "labels[1] is null: it must be a label.", () => SoftmaxRegression.Fit([[1], [2]], ["a", null!]) },
        { "labels", "labels[1] is NaN: it must be a label.", () => SoftmaxRegression.Fit([[1], [2]], [1, double.NaN]) },
        { "labels", "Value cannot be null.", () => SoftmaxRegression.Fit<string>([[1], [2]], null!) },
        { "rows", "Value cannot be null.", () => SoftmaxRegression.Fit((double[][])null!, ["a", "b"]) },
        { "features", "There are no samples: at least one is needed.", () => SoftmaxRegression.Fit<string>(Array.Empty<double[]>(), []) },
        { "features", "Row 1 of features has 2 numbers, row 0 has 1: all rows must be equally long.",
            () => SoftmaxRegression.Fit([[1], [2, 3]], ["a", "b"]) },
        { "data", "Row 1, target 'y' is 0.5: it must be a class: 0, 1, 2, …, none of them left out. The labels seen are 0, 0.5, 1.",
            () => SoftmaxRegression.Fit(Dataset.From([1.0, 2, 3], [0, 0.5, 1])) },
        { "data", "Class 1 has no sample: each class needs one. The labels seen are 0, 2.",
            () => SoftmaxRegression.Fit(Dataset.From([1.0, 2, 3], [0, 2, 2])) },
        { "data", "Row 2, target 'y' is 1E+300: it must be a class: *",
            () => SoftmaxRegression.Fit(Dataset.From([1.0, 2, 3], [0, 2, 1e300])) },
        { "data", "All samples are of one class: at least two are needed. The labels seen are 0.",
            () => SoftmaxRegression.Fit(Dataset.From([1.0, 2], [0, 0])) },
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
