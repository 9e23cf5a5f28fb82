using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Models;

public sealed class ModelBadInputTests
{
    public static TheoryData<string, Action> BeforeFit => new()
    {
        { "LinearRegression", () => new LinearRegression().Predict(1) },
        { "LinearRegression", () => new LinearRegression().PredictAll([]) },
        { "LinearRegression", () => new LinearRegression().Scores(1) },
        { "LinearRegression", () => _ = new LinearRegression().Weights },
        { "LinearRegression", () => _ = new LinearRegression().Parameters },
        { "LinearRegression", () => _ = new LinearRegression().Intercept },
        { "LinearRegression", () => new LinearRegression().Evaluate(Dataset.From([1.0], [1])) },
        { "LogisticRegression", () => new LogisticRegression().Predict(1) },
        { "LogisticRegression", () => new LogisticRegression().PredictProbability(1) },
        { "LogisticRegression", () => new LogisticRegression().PredictAll([[1]]) },
        { "LogisticRegression", () => new LogisticRegression().PredictProbabilities([[1]]) },
        { "LogisticRegression", () => _ = new LogisticRegression().Intercepts },
        { "LogisticRegression", () => new LogisticRegression().Evaluate(Dataset.From([1.0], [1])) },
        { "SoftmaxRegression", () => new SoftmaxRegression(2).Predict(1) },
        { "SoftmaxRegression", () => new SoftmaxRegression(2).PredictProbability(1) },
        { "SoftmaxRegression", () => new SoftmaxRegression(2).PredictAll([[1]]) },
        { "SoftmaxRegression", () => new SoftmaxRegression(2).PredictProbabilities([[1]]) },
        { "SoftmaxRegression", () => new SoftmaxRegression(2).Evaluate(Dataset.From([1.0], [1])) },
    };

    [Theory]
    [MemberData(nameof(BeforeFit))]
    public void Predict_BeforeFit_SaysWhatToDo(string name, Action act) => act.Should().Throw<InvalidOperationException>()
        .WithMessage($"This {name} has no parameters yet: fit it first, or set them with SetParameters.");

    public static TheoryData<string, string, Action> BadInput => new()
    {
        { "outputCount", "outputCount is 0: it must be at least 1.", () => _ = new LinearRegression(0) },
        { "initialSpread", "initialSpread is -1: it must be a finite number of at least 0.",
            () => _ = new LinearRegression(initialSpread: -1) },
        { "initialSpread", "initialSpread is NaN: it must be a finite number of at least 0.",
            () => _ = new LogisticRegression(initialSpread: double.NaN) },
        { "Loss", "Value cannot be null.", () => Method(loss: null!) },
        { "Scaling", "Scaling is 7: it must be one of Standardize, None, Decorrelate, LargestMagnitude.",
            () => Method(scaling: (FeatureScaling)7) },
        { "TargetScaling", "TargetScaling is Decorrelate: it must be Standardize or None.",
            () => Method(targetScaling: FeatureScaling.Decorrelate) },
        { "classCount", "classCount is 1: it must be at least 2.", () => _ = new SoftmaxRegression(1) },
        { "row", "row has 1 features: the model was fitted with 2.", () => Line().Predict(1) },
        { "row", "row has 3 features: the model was fitted with 2.", () => Line().Scores(1, 2, 3) },
        { "row", "row has 0 features: the model was fitted with 2.", () => Line().Predict() },
        { "row", "row[1] is NaN: every number must be finite.", () => Line().Predict(1, double.NaN) },
        { "row", "row[0] is -Infinity: every number must be finite.", () => Line().Scores(double.NegativeInfinity, 1) },
        { "rows[1]", "rows[1] has 1 features: the model was fitted with 2.", () => Line().PredictAll([[1, 2], [3]]) },
        { "rows[0]", "rows[0][1] is Infinity: every number must be finite.", () => Line().PredictAll([[1, double.PositiveInfinity]]) },
        { "rows[0]", "rows[0] has 0 features: the model was fitted with 2.", () => Line().PredictAll([null!]) },
        { "rows", "Value cannot be null.", () => Line().PredictAll((IEnumerable<double[]>)null!) },
        { "rows[1]", "rows[1] has 1 features: the model was fitted with 2.", () => Logistic().PredictProbabilities([[1, 2], [3]]) },
        { "rows[1]", "rows[1][0] is NaN: every number must be finite.", () => Softmax().PredictProbabilities([[1, 2], [double.NaN, 3]]) },
        { "rows", "Value cannot be null.", () => Softmax().PredictProbabilities((IEnumerable<double[]>)null!) },
        { "parameters", "Parameters given: 4; 2 features and 1 output need 3.", () => Line().SetParameters([1, 2, 3, 4], 2) },
        { "parameters", "Parameters given: 0; 2 features and 1 output need 3.", () => Line().SetParameters(default, 2) },
        { "parameters", "parameters[1] is NaN: every number must be finite.", () => Line().SetParameters([1, double.NaN, 3], 2) },
        { "columnCount", "columnCount is 0: it must be at least 1.", () => Line().SetParameters([1], 0) },
        { "data", "The data has 1 feature: the model was fitted with 2.", () => Line().Evaluate(Dataset.From([1.0], [1])) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void Model_BadInput_NamesWhatIsWrongInEveryCulture(string argument, string expected, Action act)
    {
        act.Should().Throw<ArgumentException>().Which.ParamName.Should().Be(argument);
        Cultures.MessageInEveryCulture(act).Should().StartWith(expected);
    }

    [Fact]
    public void SetParameters_BadParameters_KeepsTheOldOnes()
    {
        LinearRegression model = Line();

        Record.Exception(() => model.SetParameters([1, double.NaN], 1)).Should().BeOfType<ArgumentException>();

        model.Parameters.Should().Equal(1, 2, 3);
        model.Predict(1, 1).Should().Be(6);
    }

    [Fact]
    public void Predict_SeveralOutputs_SaysWhatToUse()
    {
        var model = new LinearRegression(2);
        model.SetParameters([1, 2, 3, 4], 1);

        model.Invoking(m => m.Predict(1)).Should().Throw<InvalidOperationException>().WithMessage("The model has 2 outputs: use Scores.");
        model.Invoking(m => m.Intercept)
            .Should().Throw<InvalidOperationException>().WithMessage("The model has 2 outputs: use Intercepts.");
    }

    private static LogisticRegression Logistic()
    {
        var model = new LogisticRegression();
        model.SetParameters([1, 2, 3], 2);
        return model;
    }

    private static SoftmaxRegression Softmax()
    {
        var model = new SoftmaxRegression(2);
        model.SetParameters([1, 2, 3, 4, 5, 6], 2);
        return model;
    }

    private static FitMethod Method(
        string loss = "HuberLoss(1)", FeatureScaling scaling = FeatureScaling.None, FeatureScaling targetScaling = FeatureScaling.None) =>
        new() { Loss = loss, Scaling = scaling, TargetScaling = targetScaling };

    private static LinearRegression Line()
    {
        var model = new LinearRegression();
        model.SetParameters([1, 2, 3], 2);
        return model;
    }
}
