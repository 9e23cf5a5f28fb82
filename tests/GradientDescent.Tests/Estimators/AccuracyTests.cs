using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Qr = MathNet.Numerics.LinearRegression.MultipleRegression;

namespace GradientDescent.Tests.Estimators;

/// <summary>What comes out on real data, against exact answers.</summary>
public class AccuracyTests
{
    private static readonly Dataset _diabetes =
        Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");
    private static readonly double _diabetesOptimum = LeastSquaresLoss(_diabetes);

    // Rates within the reach of standardised data: 2/L is 0.25 here.
    private static readonly Dictionary<string, Func<IOptimizer>> _rules = new()
    {
        ["SGD"] = () => new SGD(0.001),
        ["MiniBatchSGD"] = () => new MiniBatchSGD(0.01),
        ["Momentum"] = () => new Momentum(0.001),
        ["Nesterov"] = () => new Nesterov(0.001),
        ["AdaGrad"] = () => new AdaGrad(0.5),
        ["RMSProp"] = () => new RMSProp(0.003),
        ["Adam"] = () => new Adam(0.005),
    };

    public static TheoryData<string> StochasticRules => [.. _rules.Keys];

    [Fact]
    public void Fit_OfAgeAndSalary_GivesTheExactLineToNineDigits()
    {
        LinearFit line = LinearRegression.Fit(Dataset.FromCsv(TestData("age_salary.csv"), "salary"));

        Digits(line.Weights[0], 1110.339559752795).Should().BeGreaterThan(9);
        Digits(line.Intercept, -1745.1797328889197).Should().BeGreaterThan(9);
        line.Result.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void Fit_OfNorris_ReachesTwelveDigits()
    {
        // NIST StRD, linear regression, lower difficulty; the exact solution from rational arithmetic. 12.3 digits were reached.
        LinearFit fit = LinearRegression.Fit(Dataset.FromCsv(TestData("nist", "norris.csv"), "y"));

        Digits(fit.Intercept, -0.26232307377402947).Should().BeGreaterThan(12);
        Digits(fit.Weights[0], 1.0021168180204545).Should().BeGreaterThan(12);
    }

    [Fact]
    public void Fit_OfLongley_ReachesThirteenDigits()
    {
        // NIST StRD, higher difficulty: nearly collinear columns. The worst coefficient reached 13.8 digits.
        double[] exact =
            [15.061872271373295, -0.035819179292591014, -2.0202298038168252, -1.033226867173592, -0.051104105653580714, 1829.1514646135518];

        LinearFit fit = LinearRegression.Fit(Dataset.FromCsv(TestData("nist", "longley.csv"), "y"));

        Digits(fit.Intercept, -3482258.6345958184).Should().BeGreaterThan(13);
        for (int j = 0; j < 6; j++)
            Digits(fit.Weights[j], exact[j]).Should().BeGreaterThan(13);
    }

    [Theory]
    [InlineData("BatchGD")]
    [InlineData("Momentum")]
    [InlineData("Nesterov")]
    [InlineData("AdaGrad")]
    [InlineData("Adam")]
    [InlineData("Rprop")]
    public void Fit_OfDiabetesOnFullBatches_EndsConvergedAtTheOptimum(string name)
    {
        IOptimizer optimizer = name switch
        {
            "BatchGD" => new BatchGD(0.2),
            "Momentum" => new Momentum(0.05),
            "Nesterov" => new Nesterov(0.05),
            "Rprop" => new Rprop(minStep: 1e-12), // the usual 1e-6 keeps it that far from the optimum
            "Adam" => new Adam(0.01),
            _ => new AdaGrad(0.5),
        };

        TrainingResult result =
            new Trainer(optimizer, new() { Batching = Batching.Full, MaxEpochs = 10_000 }).Fit(new LinearRegression(), _diabetes);

        // At ‖g‖ ≤ 1e-6 the excess loss is at most ‖g‖²/(2·λmin) of the target's variance; λmin = 0.017 on this data: 3e-11.
        result.Reason.Should().Be(StopReason.Converged);
        (result.Loss / _diabetesOptimum - 1).Should().BeInRange(-1e-12, 1e-10 * 5929 / _diabetesOptimum);
    }

    [Theory]
    [MemberData(nameof(StochasticRules))]
    public void Fit_OfDiabetesAtDefaultEpochs_IsWithinFivePercent(string name)
    {
        TrainingResult result = new Trainer(_rules[name]()).Fit(new LinearRegression(), _diabetes);

        result.Reason.Should().Be(StopReason.MaxEpochs);
        (result.Loss / _diabetesOptimum - 1).Should().BeInRange(0, 0.05);
    }

    [Theory]
    [MemberData(nameof(StochasticRules))]
    public void Fit_OfDiabetesUnderADecayingRate_IsWithinAThousandth(string name)
    {
        var options = new TrainingOptions { Schedule = new CosineDecay(Horizon.Fraction(1)) };

        TrainingResult result = new Trainer(_rules[name](), options).Fit(new LinearRegression(), _diabetes);

        (result.Loss / _diabetesOptimum - 1).Should().BeInRange(0, 0.001);
    }

    [Fact]
    public void Fit_OfBreastCancer_ClassifiesNinetyEightPercent()
    {
        Dataset data = Dataset.FromCsv(TestData("breast_cancer.csv"), "target");
        var model = new LogisticRegression();

        new Trainer(new Adam(0.01), new() { MaxEpochs = 100 }).Fit(model, data);

        model.Evaluate(data).Accuracy.Should().BeGreaterThan(0.98);
    }

    [Fact]
    public void Fit_OfBreastCancerHeldOut_ClassifiesNinetyFivePercent()
    {
        (Dataset train, Dataset test) = Dataset.FromCsv(TestData("breast_cancer.csv"), "target").Split(0.8, seed: 1);
        var model = new LogisticRegression();

        new Trainer(new Adam(0.01), new() { MaxEpochs = 50 }).Fit(model, train);

        model.Evaluate(test).Accuracy.Should().BeGreaterThan(0.95);
    }

    [Fact]
    public void Fit_OfIris_ClassifiesNinetySevenPercent()
    {
        Dataset data = Dataset.FromCsv(TestData("iris.csv"), "target");
        var model = new SoftmaxRegression(3);

        new Trainer(new Adam(0.01)).Fit(model, data);

        model.Evaluate(data).Accuracy.Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void Fit_OfCollinearColumns_IsTheSolutionOfLeastNorm()
    {
        // The second column is twice the first; standardised they are equal, so the least-norm solution gives both the same standardised
        // weight: 3 = w₁ + 2w₂ with w₁ = 2w₂ in the user's units, that is w₁ = 1.5 and w₂ = 0.75.
        LinearFit fit = LinearRegression.Fit([[1, 2], [2, 4], [3, 6], [4, 8]], [3, 6, 9, 12]);

        fit.Weights[0].Should().BeApproximately(1.5, 1e-12);
        fit.Weights[1].Should().BeApproximately(0.75, 1e-12);
        fit.Result.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void Fit_OfASinglePoint_IsThePoint()
    {
        LinearFit fit = LinearRegression.Fit([2.0], [7.0]);

        fit.Predict(2).Should().Be(7);
        fit.Weights.Should().Equal(0);
    }

    private static double Digits(double estimate, double exact) => estimate == exact ? 16
        : -Math.Log10(Math.Abs(estimate - exact) / Math.Abs(exact));

    private static double LeastSquaresLoss(Dataset data)
    {
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())];
        double[] targets = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];
        Vector<double> solution = Vector<double>.Build.Dense(Qr.QR(rows, targets, intercept: true));
        return rows.Zip(targets, (row, y) => Math.Pow(solution[0] + row.Select((x, j) => solution[j + 1] * x).Sum() - y, 2)).Average();
    }

    private static string TestData(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Files", .. parts]);
}
