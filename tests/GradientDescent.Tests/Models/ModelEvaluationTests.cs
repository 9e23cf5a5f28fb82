using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Models;

public sealed class ModelEvaluationTests
{
    [Fact]
    public void Evaluate_Regression_HasTheFourFigures()
    {
        // ŷ = 2x + 1 = 1, 3, 5, 7; y = 1, 4, 5, 5: errors 0, −1, 0, 2. MSE 5/4, MAE 3/4. ȳ = 15/4, Σ(y − ȳ)² = 67 − 225/4 = 10.75,
        // R² = 1 − 5/10.75 = 23/43.
        RegressionMetrics metrics = Line().Evaluate(Dataset.From([0.0, 1, 2, 3], [1, 4, 5, 5]));

        metrics.MeanSquaredError.Should().Be(1.25);
        metrics.RootMeanSquaredError.Should().Be(Math.Sqrt(1.25));
        metrics.MeanAbsoluteError.Should().Be(0.75);
        metrics.RSquared.Should().BeApproximately(23.0 / 43, 1e-15);
        Cultures.Under("de-DE", metrics.ToString).Should().Be("MSE 1.25, RMSE 1.11803, MAE 0.75, R² 0.534884");
    }

    [Fact]
    public void Evaluate_WeightedRegression_CountsASampleAsOftenAsItWeighs()
    {
        RegressionMetrics weighted = Line().Evaluate(Dataset.From([0.0, 1, 2, 3], [1, 4, 5, 5], [1, 3, 0, 4]));

        RegressionMetrics copies = Line().Evaluate(Dataset.From([0.0, 1, 1, 1, 3, 3, 3, 3], [1, 4, 4, 4, 5, 5, 5, 5]));
        weighted.Should().Be(copies); // whole numbers and eighths: exact in any order
    }

    [Fact]
    public void Evaluate_SeveralTargets_AveragesOverThem()
    {
        // Scores x and 2x. Target 1: 0, 3 for 0, 2, errors 0, −1. Target 2: 1, 5 for 0, 4, errors −1, −1. MSE 3/4, MAE 3/4.
        // Means 3/2 and 3: Σ squares 4.5 + 8 = 12.5, R² = 1 − 3/12.5 = 0.76.
        var model = new LinearRegression(2);
        model.SetParameters([1, 2, 0, 0], 1);

        RegressionMetrics metrics = model.Evaluate(Dataset.From([[0.0], [2]], [[0.0, 1], [3, 5]]));

        (metrics.MeanSquaredError, metrics.MeanAbsoluteError).Should().Be((0.75, 0.75));
        metrics.RSquared.Should().BeApproximately(0.76, 1e-15);
    }

    // 0.1 + 0.1 + 0.1 over 3 is not 0.1: the mean of a constant target must not leave a spread of rounding errors to divide by.
    [Theory]
    [InlineData(0.1)]
    [InlineData(5)]
    [InlineData(1e150)]
    public void Evaluate_ConstantTarget_HasNoRSquared(double target) =>
        Line().Evaluate(Dataset.From([0.0, 1, 2], [target, target, target])).RSquared.Should().Be(double.NaN);

    [Fact]
    public void Evaluate_PerfectPredictions_HaveRSquaredOne()
    {
        RegressionMetrics metrics = Line().Evaluate(Dataset.From([0.0, 1, 2], [1, 3, 5]));

        metrics.Should().Be(new RegressionMetrics { MeanSquaredError = 0, RootMeanSquaredError = 0, MeanAbsoluteError = 0, RSquared = 1 });
    }

    [Fact]
    public void Evaluate_Logistic_HasAccuracyAndLogLoss()
    {
        // Scores x·ln 3: probabilities ¾, ¼, ½ at x = 1, −1, 0; the last counts as class 1. Labels 1, 1, 0: right, wrong, wrong.
        // Log loss (ln(4/3) + ln 4 + ln 2)/3. Tolerance: a few roundings of numbers of size 1.
        var model = new LogisticRegression(intercept: false);
        model.SetParameters([Math.Log(3)], 1);

        ClassificationMetrics metrics = model.Evaluate(Dataset.From([1.0, -1, 0], [1, 1, 0]));

        metrics.Accuracy.Should().Be(1.0 / 3);
        metrics.LogLoss.Should().BeApproximately((Math.Log(4.0 / 3) + Math.Log(4) + Math.Log(2)) / 3, 1e-15);
        Cultures.Under("de-DE", metrics.ToString).Should().Be("accuracy 33.33 %, log loss 0.789041");
    }

    [Fact]
    public void Evaluate_Softmax_HasAccuracyAndLogLoss()
    {
        // Scores (0, x·ln 2, 0): at x = 1 probabilities ¼, ½, ¼; at x = 0 thirds, of which the lowest class counts. Labels 1, 2 with
        // weights 3 and 1. Accuracy ¾; log loss (3 ln 2 + ln 3)/4.
        var model = new SoftmaxRegression(3, intercept: false);
        model.SetParameters([0, Math.Log(2), 0], 1);

        ClassificationMetrics metrics = model.Evaluate(Dataset.From([1.0, 0], [1, 2], [3, 1]));

        metrics.Accuracy.Should().Be(0.75);
        metrics.LogLoss.Should().BeApproximately((3 * Math.Log(2) + Math.Log(3)) / 4, 1e-15);
    }

    [Fact]
    public void Evaluate_BadLabel_NamesTheRow()
    {
        var model = new LogisticRegression();
        model.SetParameters([1, 0], 1);

        model.Invoking(m => m.Evaluate(Dataset.From([1.0, 2], [1, 7]))).Should().Throw<ArgumentException>()
            .WithMessage("Row 1, target 'y' is 7: BinaryCrossEntropy takes the labels 0 and 1.*");
    }

    [Fact]
    public void Evaluate_ClassifierWithSeveralTargets_IsRefused()
    {
        var model = new SoftmaxRegression(4);
        model.SetParameters([1, 2, 3, 4, 0, 0, 0, 0], 1);

        model.Invoking(m => m.Evaluate(Dataset.From([[1.0]], [[1.0, 0]]))).Should().Throw<ArgumentException>()
            .WithMessage("The data has 2 targets per sample: classification takes one.*");
    }

    [Fact]
    public void Evaluate_RegressionWithOtherTargetCount_IsRefused()
    {
        Line().Invoking(m => m.Evaluate(Dataset.From([[1.0]], [[1.0, 2]]))).Should().Throw<ArgumentException>()
            .WithMessage("The model has 1 output for 2 targets per sample: each target needs equally many.*");
    }

    private static LinearRegression Line()
    {
        var model = new LinearRegression();
        model.SetParameters([2, 1], 1);
        return model;
    }
}
