using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Penalties;

/// <summary>Penalised models reach the optimum in the user's units, with exact zeros; invalid combinations are refused.</summary>
public class PenaltyTests
{
    private static readonly Dataset _diabetes =
        Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");

    [Fact]
    public void Fit_OfALassoByMiniBatchesAtAConstantRate_SaysThatItEndsBesideTheOptimum()
    {
        var options = new TrainingOptions { MaxEpochs = 3 };
        var fitOptions = new FitOptions { Penalty = new L1Penalty(10) };

        new Trainer(new MiniBatchSGD(), options).Fit(new LinearRegression(), _diabetes, options: fitOptions).Note.Should()
            .Contain("at a constant rate");
        new Trainer(new MiniBatchSGD(), options with { Batching = Batching.Full })
            .Fit(new LinearRegression(), _diabetes, options: fitOptions).Note.Should().BeNull();
        new Trainer(new MiniBatchSGD(), options)
            .Fit(new LinearRegression(), _diabetes, options: fitOptions with { Penalty = new L2Penalty(10) }).Note.Should().BeNull();
    }

    public static TheoryData<ILoss, double> ProximalSteps => new() { { new HuberLoss(1), 1 / 4.0 }, { new MeanAbsoluteError(), 7 } };

    [Theory]
    [MemberData(nameof(ProximalSteps))]
    public void Fit_WithAnAbsolutePenalty_TakesTheProximalStepFromTheLossesBoundOrElseTheRate(ILoss loss, double step)
    {
        // One sample x = 2, y = 100. Far from it both losses are straight and bend nowhere near the start, but Huber's bends by up to 1
        // elsewhere: L = 2². At w = 0.1 g = −2, and |0.1 + 2τ| < 3τ for both steps: G = 0.1/τ.
        var options = new TrainingOptions { MaxSteps = 0 };
        var fitOptions = new FitOptions { Penalty = new L1Penalty(3), Scaling = FeatureScaling.None };

        TrainingResult result = new Trainer(new BatchGD(7), options)
            .Fit(new LinearRegression(intercept: false), Dataset.From([2.0], [100.0]), loss, options: fitOptions);

        double[] mapping = new double[1];
        result.Objective.Evaluate([0.1], mapping);
        mapping[0].Should().BeApproximately(0.1 / step, 1e-16);
    }

    public static TheoryData<int> ModelCases => [.. Enumerable.Range(0, GoldenModel.All().Length)];

    [Theory]
    [MemberData(nameof(ModelCases))]
    public void Fit_OfAModelWithAPenalty_IsTheOptimumOfOtherLibraries(int index)
    {
        GoldenModel golden = GoldenModel.All()[index];
        var options = new TrainingOptions { MaxEpochs = 30_000, GradientTolerance = golden.Kind == "linear" ? 1e-8 : 1e-10 };
        var fitOptions = new FitOptions { Penalty = golden.Penalty, Scaling = FeatureScaling.None };

        // Rates below 1/L; the momentum suits the conditioning.
        double rate = golden.Kind == "linear" ? 0.1 : golden.Kind == "logistic" ? 0.25 : golden.DataName == "digits" ? 0.3 : 0.2;
        LinearModel model = golden.NewModel();
        TrainingResult result = new Trainer(new Nesterov(rate, 0.97), options with { Batching = Batching.Full })
            .Fit(model, golden.Data(), options: fitOptions);

        result.Reason.Should().Be(StopReason.Converged);
        golden.ShouldBeMetBy(model);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0, 3)]
    [InlineData(0.5, 3)]
    public void Fit_ScaledOrNot_HasTheSamePenalisedOptimum(double absolute, double squared)
    {
        // Features of unlike scales, a target of another: what is penalised are the coefficients in the user's units.
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, 60).Select(i => (double[])[Math.Sin(i), 2 * Math.Cos(2 * i), 0.5 * Math.Sin(3 * i)])],
                [.. Enumerable.Range(0, 60).Select(i => 10 + 7 * Math.Sin(i) - 2 * Math.Cos(2 * i))]);
        IPenalty penalty = new ElasticNetPenalty(absolute + squared, absolute / (absolute + squared));
        var options = new TrainingOptions { GradientTolerance = 1e-11, MaxEpochs = 20_000 };
        var fitOptions = new FitOptions { Penalty = penalty };
        LinearRegression scaled = new(), raw = new();

        TrainingResult one = new Trainer(new BatchGD(0.03), options).Fit(scaled, data, options: fitOptions);
        TrainingResult two = new Trainer(new BatchGD(0.03), options)
            .Fit(raw, data, options: fitOptions with { Scaling = FeatureScaling.None });

        (one.Stop.Reason, two.Stop.Reason).Should().Be((StopReason.Converged, StopReason.Converged), "{0}; {1}", one, two);
        scaled.Parameters.Should().Equal(raw.Parameters, (a, b) => Math.Abs(a - b) < 1e-9);
        one.Loss.Should().BeApproximately(two.Loss, 1e-9);
        double mse = scaled.Evaluate(data).MeanSquaredError, price = scaled.Weights.Sum(w => absolute * Math.Abs(w) + squared / 2 * w * w);
        one.Loss.Should().BeApproximately(mse + price, 1e-9);
        one.History[^1].Loss.Should().BeApproximately(one.Loss, 1e-9);
        if (absolute > 0)
            return;
        var decorrelated = new LinearRegression();
        new Trainer(new BatchGD(0.5), options)
            .Fit(decorrelated, data, options: fitOptions with { Scaling = FeatureScaling.Decorrelate }).Loss.Should()
            .BeApproximately(one.Loss, 1e-9);
        decorrelated.Parameters.Should().Equal(raw.Parameters, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Converged_MeansASmallGradientMapping()
    {
        var options = new TrainingOptions { Batching = Batching.Full, MaxEpochs = 20_000, GradientTolerance = 1e-6 };
        var fitOptions = new FitOptions { Penalty = new L1Penalty(10), Scaling = FeatureScaling.None };

        TrainingResult result = new Trainer(new Nesterov(0.1), options)
            .Fit(new LinearRegression(), GoldenModel.Standardized(_diabetes), options: fitOptions);

        double[] mapping = new double[11];
        result.Objective.Evaluate(result.StoppedAt.AsSpan(), mapping);
        result.Reason.Should().Be(StopReason.Converged);
        Math.Sqrt(mapping.Sum(g => g * g)).Should().BeLessThanOrEqualTo(result.Stop.Threshold * (1 + 1e-12));
        // A subgradient's norm cannot be that small at a kink: there the plain gradient alone is up to λ.
        result.Parameters.Should().Contain(0.0);
    }

    [Fact]
    public void OnIntercepts_PenalisesThemToo()
    {
        // Mean of (b − 4)² + 2·b²/2: b = 2·4/(2 + 2) = 2.
        var model = new LinearRegression();
        var options = new TrainingOptions { GradientTolerance = 1e-12 };
        var fitOptions = new FitOptions { Penalty = new L2Penalty(2, onIntercepts: true), Scaling = FeatureScaling.None };

        new Trainer(new BatchGD(0.2), options).Fit(model, Dataset.From([1.0, -1], [4.0, 4]), options: fitOptions);

        model.Intercept.Should().BeApproximately(2, 1e-11);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(50, 0.5)]
    [InlineData(50, 1e10)]
    public void ALanding_NeverRaisesTheLoss(int steps, double rate)
    {
        // τ is the rate here: far more than 1/L for these features, whose scales reach 100.
        Dataset data = Dataset.From([.. Enumerable.Range(0, 30).Select(i => (double[])[Math.Sin(i), 100 * Math.Cos(i)])],
            [.. Enumerable.Range(0, 30).Select(i => Math.Sin(2 * i))]);
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data, new L1Penalty(0.5));
        double atStart = Objective.Full(risk).Evaluate([0.1, 0.1, 0.1], []);

        TrainingResult result = new Trainer(new Adam(rate), new() { MaxSteps = steps, Batching = Batching.Full })
            .Minimize(risk, [0.1, 0.1, 0.1]);

        result.Loss.Should().BeLessThanOrEqualTo(atStart);
        result.Loss.Should().BeLessThanOrEqualTo(result.History.Min(epoch => epoch.Loss) * (1 + 1e-11));
        if (steps == 0)
            result.Parameters.Should().Equal(0.1, 0.1, 0.1);
    }

    [Fact]
    public void TwoRunsOnOneRisk_DoNotDisturbEachOther()
    {
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), _diabetes, new L1Penalty(5));
        var options = new TrainingOptions { MaxSteps = 60, Batching = Batching.Full };
        double[] start = new double[11];
        TrainingResult alone = new Trainer(new Adam(0.1), options).Minimize(risk, start);

        TrainingRun run = new Trainer(new Adam(0.1), options).CreateRun(risk, start);
        _ = new Trainer(new Adam(0.7), options).CreateRun(risk, start);

        run.Complete().Parameters.Should().Equal(alone.Parameters);
    }

    [Fact]
    public void AConstantFeature_CostsNothing()
    {
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new BatchGD(0.1))
            .Fit(model, Dataset.From([[1.0, 5], [2, 5], [3, 5]], [1, 2, 3]), options: new() { Penalty = new L1Penalty(0.1) });

        result.Reason.Should().Be(StopReason.Converged);
        model.Weights[1].Should().Be(0);
    }

    [Fact]
    public void WhatCannotBePenalised_IsRefusedByName()
    {
        Refused(new() { Penalty = new L1Penalty(1), Scaling = FeatureScaling.Decorrelate },
            "Penalty is L1Penalty(1): decorrelated features mix*or L2Penalty.*");
        Refused(new() { Penalty = new ElasticNetPenalty(1), Scaling = FeatureScaling.Decorrelate },
            "Penalty is ElasticNetPenalty(L1 0.5, L2 0.5): decorrelated features*");
        Refused(new() { Penalty = new L2Penalty(1, onIntercepts: true), Scaling = FeatureScaling.Decorrelate },
            "Penalty is L2Penalty(1, on intercepts): it has no form for scaled features: *centred, which changes the intercept. *");
        Refused(new() { Penalty = new L2Penalty(1, onIntercepts: true) },
            "Penalty is L2Penalty(1, on intercepts): it has no form for scaled features: *centred, which changes the intercept. *");
        FluentActions.Invoking(() => new Trainer(new Adam()).Maximize(new Parabola(1, new L1Penalty(1)), [1.0])).Should()
            .Throw<ArgumentException>().WithMessage("The objective has a penalty*");
        FluentActions.Invoking(() => new L1Penalty(-1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("strength");
        FluentActions.Invoking(() => new ElasticNetPenalty(1, 2)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("l1Ratio is 2: it must be from 0 to 1.*");

        static void Refused(FitOptions options, string message) =>
            FluentActions.Invoking(() => new Trainer(new Adam()).Fit(new LinearRegression(), _diabetes, options: options)).Should()
                .Throw<ArgumentException>().WithMessage(message).WithParameterName("Penalty");
    }
}
