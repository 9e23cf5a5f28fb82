namespace GradientDescent.Tests.Fitting;

/// <summary>Data that is not trained on decides what is returned, however the run ends.</summary>
public class ValidationTests
{
    private static readonly Dataset _iris = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "Files", "iris.csv"), "target");

    // Twenty features and thirty samples of noise: training longer fits the noise better and predicts worse.
    private static readonly Dataset _noise = Dataset.From(
        [.. Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 20).Select(j => Math.Sin(17 * i * (j + 1) + j)).ToArray())],
        [.. Enumerable.Range(0, 60).Select(i => Math.Sin(17 * i) + 2 * Math.Cos(1000 * i))]);

    [Fact]
    public void SplitByClass_TakesTheSameShareOfEachClass()
    {
        (Dataset held, Dataset rest) = _iris.SplitByClass(0.2, seed: 5);

        foreach ((Dataset part, int expected) in ((Dataset, int)[])[(held, 10), (rest, 40)])
            Enumerable.Range(0, part.SampleCount).GroupBy(i => part.Targets(i)[0]).Select(g => g.Count()).Should()
                .Equal(expected, expected, expected);
        _iris.SplitByClass(0.2, seed: 6).First.Features(0).ToArray().Concat(_iris.SplitByClass(0.2, seed: 6).First.Features(1).ToArray())
            .Should().NotEqual([.. held.Features(0), .. held.Features(1)]);
    }

    [Fact]
    public void SplitByClass_LeavesAMemberOfEachClassToTheSecondPart()
    {
        Dataset data = Dataset.From([[1.0], [2.0], [3.0], [4.0]], [0, 0, 0, 1]);

        (Dataset held, Dataset rest) = data.SplitByClass(0.5);

        Enumerable.Range(0, rest.SampleCount).Select(i => rest.Targets(i)[0]).Should().Equal(0, 1);
        held.SampleCount.Should().Be(2);
    }

    public static TheoryData<string, TrainingOptions, StopReason> Endings => new()
    {
        { "limit", new() { MaxEpochs = 400 }, StopReason.MaxEpochs },
        { "patience", new() { EarlyStopping = new(30) }, StopReason.NoImprovement },
        { "tolerance", new() { GradientTolerance = 0.1, Batching = Batching.Full }, StopReason.Converged },
        { "divergence", new() { Schedule = new Rising(), MaxEpochs = 4000 }, StopReason.Diverged },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void HoldOut_HoweverTheRunEnds_ReturnsTheLowestValidationLoss(string how, TrainingOptions options, StopReason reason)
    {
        (Dataset held, Dataset rest) = _noise.Split(0.5, seed: 3);
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new SGD(0.005), options with { Seed = 3 })
            .Fit(model, _noise, options: new() { Validation = Validation.HoldOut(0.5) });

        result.Reason.Should().Be(reason, how);
        result.BestBy.Should().Be(BestBy.ValidationLoss);
        // The start predicts the mean of the training targets.
        double mean = Enumerable.Range(0, rest.SampleCount).Average(i => rest.Targets(i)[0]);
        double start = Enumerable.Range(0, held.SampleCount).Average(i => Math.Pow(held.Targets(i)[0] - mean, 2));
        double lowest = Math.Min(start, result.History.Min(h => h.ValidationLoss));
        result.ValidationLoss.Should().BeLessThanOrEqualTo(lowest * (1 + 1e-12));
        model.Evaluate(held).MeanSquaredError.Should().BeApproximately(lowest, 1e-12 * lowest);
        model.Evaluate(rest).MeanSquaredError.Should().BeApproximately(result.Loss, 1e-12 * result.Loss);
        result.BestStep.Should().BeLessThan(result.Steps);
    }

    [Fact]
    public void On_DataOfOnesOwn_EqualsHoldingTheSameBack()
    {
        (Dataset held, Dataset rest) = _noise.Split(0.25, seed: 0);
        var options = new TrainingOptions { MaxEpochs = 30 };

        TrainingResult own = new Trainer(new Adam(), options)
            .Fit(new LinearRegression(), rest, options: new() { Validation = Validation.From(held) });
        TrainingResult heldOut = new Trainer(new Adam(), options)
            .Fit(new LinearRegression(), _noise, options: new() { Validation = Validation.HoldOut(0.25) });

        own.Parameters.Should().Equal(heldOut.Parameters);
        own.History.Should().Equal(heldOut.History);
    }

    [Fact]
    public void ValidationMetric_IsAccuracyForClassesAndRSquaredForNumbers()
    {
        var options = new TrainingOptions { MaxEpochs = 20 };
        var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.2) };
        var classes = new SoftmaxRegression(3);
        var numbers = new LinearRegression();

        TrainingResult classified = new Trainer(new Adam(0.1), options).Fit(classes, _iris, options: fitOptions);
        TrainingResult regressed = new Trainer(new Adam(0.1), options).Fit(numbers, _noise, options: fitOptions);

        EpochRecord best = classified.History.Single(h => h.Step == classified.BestStep);
        best.TrainingMetric.Should().Be(classes.Evaluate(_iris.SplitByClass(0.2).Second).Accuracy);
        best.ValidationMetric.Should().Be(classes.Evaluate(_iris.SplitByClass(0.2).First).Accuracy);
        best = regressed.History.Single(h => h.Step == regressed.BestStep);
        best.ValidationMetric.Should().BeApproximately(numbers.Evaluate(_noise.Split(0.2).First).RSquared, 1e-12);
    }

    [Fact]
    public void EarlyStopping_LooksAtTheValidationLoss()
    {
        var options = new TrainingOptions { EarlyStopping = new(5), Batching = Batching.Mini(8), MaxEpochs = 10_000 };
        var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.5) };

        TrainingResult result = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), _noise, options: fitOptions);

        result.Stop.Should().Be(StopDetails.Limit(StopReason.NoImprovement, "epochs without a lower validation loss", 5, 5));
        (result.Epochs - 5).Should().Be(result.History.MinBy(h => h.ValidationLoss).Epoch + 1);
        result.Stop.ToString().Should().Be("5 epochs without a lower validation loss");
    }

    [Fact]
    public void Validation_OnDataOfAnotherShape_IsRefused() =>
        FluentActions.Invoking(() =>
            new Trainer(new Adam()).Fit(new LinearRegression(), _noise, options: new() { Validation = Validation.From(_iris) }))
            .Should().Throw<ArgumentException>()
                .WithMessage("The validation data has 4 features and 1 target: the training data has 20 and 1.*");

    /// <summary>Grows without end: sooner or later the run must diverge.</summary>
    private sealed class Rising : ISchedule
    {
        public double FactorAt(TrainingClock clock) => 1 + clock.Step / 500.0;
    }
}
