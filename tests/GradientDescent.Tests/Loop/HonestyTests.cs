namespace GradientDescent.Tests;

/// <summary>Runs that are hard to be honest about: what is returned and how it is called.</summary>
public class HonestyTests
{
    private static readonly Dataset _line = Dataset.From(
        [.. Enumerable.Range(0, 100).Select(i => i / 10.0)], [.. Enumerable.Range(0, 100).Select(i => 3 * (i / 10.0) + 1)]);

    [Theory]
    [InlineData(99)]
    [InlineData(150)]
    public void Fit_WithAToleranceEndingInMidEpoch_KeepsTheWork(int steps)
    {
        var options = new TrainingOptions { MaxSteps = steps, GradientTolerance = 1e-6 };

        TrainingResult result = new Trainer(new SGD(0.05), options).Fit(new LinearRegression(), _line);

        // The start predicts the mean: its loss is the variance of the targets, 74.99. Ninety-nine samples later next to nothing is left of
        // it.
        result.Loss.Should().BeLessThan(1e-3);
        result.BestStep.Should().Be(steps);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(1e3)]
    public void Fit_OfMiniBatchesThatDiverge_ReturnsNothingWorseThanTheStart(double rate)
    {
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new MiniBatchSGD(rate, 8)).Fit(model, _line);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Loss.Should().BeLessThanOrEqualTo(75);
        result.Loss.Should().Be(model.Evaluate(_line).MeanSquaredError);
    }

    [Fact]
    public void Fit_WhereTheEpochsMeanMisleads_ReturnsTheBetterParameters()
    {
        // An epoch's mean, taken while the parameters move, can lie below what they reach at its end: by it alone the gap to the optimum
        // was 0.186 here.
        Dataset iris = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "Files", "iris.csv"), "petal_width");
        double optimum = LinearRegression.Fit(iris).Result.Loss;
        var options = new TrainingOptions { Schedule = new CosineDecay(Horizon.Fraction(1)) };

        TrainingResult result = new Trainer(new SGD(0.01), options).Fit(new LinearRegression(), iris);

        (result.Loss / optimum - 1).Should().BeLessThan(1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-200)]
    public void Minimize_WithAGradientWhoseSquareUnderflows_IsNotCalledConverged(double tolerance)
    {
        // f = 1e-170 x² at 1: the gradient is 2e-170, its square is 0 in doubles.
        IObjective flat = Objective.From(p => 1e-170 * p[0] * p[0], (p, g) => g[0] = 2e-170 * p[0]);

        TrainingResult result = new Trainer(new BatchGD(), new() { MaxSteps = 3, GradientTolerance = tolerance }).Minimize(flat, [1.0]);

        result.Reason.Should().Be(StopReason.MaxSteps);
        result.GradientNorm.Should().BeApproximately(2e-170, 1e-182);
    }

    [Fact]
    public void Minimize_WithAGradientWhoseSquareOverflows_KnowsItsNorm()
    {
        IObjective steep = Objective.From(p => 1e200 * p[0], (p, g) => (g[0], g[1]) = (3e200, 4e200));

        TrainingResult result = new Trainer(new BatchGD(), new() { MaxSteps = 0 }).Minimize(steep, [1.0, 1.0]);

        result.GradientNorm.Should().BeApproximately(5e200, 1e186);
    }

    [Fact]
    public void Minimize_WithAGradientThatIsNotWritten_SaysWhichEntry()
    {
        IObjective forgetful = Objective.From(p => p[0] * p[0] + p[1], (p, g) => g[0] = 2 * p[0]);
        IObjective adding = Objective.From(p => p[0] * p[0], (p, g) => g[0] += 2 * p[0]);

        new Trainer(new BatchGD()).Minimize(forgetful, [1.0, 2.0]).Stop.Quantity.Should().Be("gradient entry 1");
        new Trainer(new BatchGD()).Minimize(adding, [1.0]).Stop.Quantity.Should().Be("gradient entry 0");
    }

    [Fact]
    public void Minimize_OfASumThatIsNotANumberAndWeighsNothing_IsDiverged()
    {
        TrainingResult result = new Trainer(new BatchGD()).Minimize(new Weightless(), [1.0]);

        result.Reason.Should().Be(StopReason.Diverged);
    }

    [Fact]
    public void Fit_WithASampleOfNoWeight_DoesNotSeeIt()
    {
        // The last sample would overflow everything.
        Dataset data = Dataset.From([1.0, 2, 3, 4e200], [2.0, 4, 6, 1e200], weights: [1, 1, 1, 0]);
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            var model = new LinearRegression();

            TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxEpochs = 5000 })
                .Fit(model, data, options: new() { Scaling = scaling });

            result.Reason.Should().Be(StopReason.Converged, "{0}", result);
            model.Weights[0].Should().BeApproximately(2, 1e-4);
            model.Evaluate(data).MeanSquaredError.Should().BeLessThan(1e-8);
        }

        LinearRegression.Fit(data).Weights[0].Should().BeApproximately(2, 1e-12);
    }

    [Fact]
    public void Fit_OfFeaturesThatAllStandStill_PredictsTheMean()
    {
        LinearRegression.Fit([3.0, 3, 3], [1.0, 2, 3]).Intercept.Should().Be(2);
        LinearFit two = LinearRegression.Fit([[1, 7], [1, 7], [1, 7], [1, 7]], [1, 2, 3, 10]);
        two.Intercept.Should().Be(4);
        two.Result.Loss.Should().Be(two.Metrics.MeanSquaredError);
    }

    [Fact]
    public void Fit_OfManyRowsWithAConstantColumn_NeedsMemoryForTheRowsOnly()
    {
        const int Count = 100_000;
        double[][] rows = [.. Enumerable.Range(0, Count).Select(i => new[] { Math.Sin(i), 5.0 })];

        LinearFit fit = LinearRegression.Fit(rows, [.. rows.Select(row => 3 * row[0] + 1)]);

        fit.Weights[0].Should().BeApproximately(3, 1e-12);
        fit.Weights[1].Should().Be(0);
    }

    [Fact]
    public void Fit_OfMoreColumnsThanRows_FitsExactlyAndSaysThatManyDo()
    {
        LinearFit fit = LinearRegression.Fit([[1, 5, 2], [2, 1, 1], [4, 2, 9]], [1, 5, 2]);

        fit.Metrics.RootMeanSquaredError.Should().BeLessThan(1e-12);
        fit.Result.Note.Should()
            .Be("The 3 features that vary span only 2 dimensions: many coefficients fit equally, these have the least norm.");
    }

    [Fact]
    public void Fit_ByATrainerOfDependentColumns_SaysThatManyCoefficientsFit()
    {
        double[][] rows = [[1, 2, 7, 5], [2, 4, 1, 5], [3, 6, 2, 5], [4, 8, 5, 5]];
        Dataset dependent = Dataset.From(rows, [1, 2, 3, 4.5]),
            wide = Dataset.From([.. Enumerable.Range(0, 5)
            .Select(i => Enumerable.Range(0, 300).Select(j => Math.Sin(i + 7 * i * j)).ToArray())], [1, 2, 3, 4, 5.5]);
        const string Many = "many coefficients fit equally, and which are found depends on start and method.";

        NoteOf(dependent).Should()
            .Be($"Features that do not vary have coefficient 0: x4. The 3 features that vary span only 2 dimensions: {Many}");
        NoteOf(wide).Should().Be($"The 300 features that vary span at most 4 dimensions: {Many}", "5 samples less their mean have no more");
        NoteOf(Dataset.From(rows[..3], [1, 2, 4.0], [1, 1, 0])).Should()
            .Contain("span only 1 dimension", "a sample without weight says nothing");
        NoteOf(dependent, new L2Penalty(0.1)).Should().Be("Features that do not vary have coefficient 0: x4.");
        NoteOf(Dataset.From([[1.0, 2], [2, 3], [4, 1]], [1, 2, 4])).Should().BeNull();

        static string? NoteOf(Dataset data, IPenalty? penalty = null) =>
            new Trainer(new BatchGD(0.01), new() { MaxSteps = 10 })
                .Fit(new LinearRegression(), data, options: new() { Penalty = penalty }).Note;
    }

    [Fact]
    public void Fit_ByATrainerOfSeparableClasses_SaysThatThereIsNoMinimum()
    {
        double[] x = [1, 2, 3, 4], apart = [0, 0, 1, 1], touching = [0, 1, 0, 1];
        const string NoMinimum = "Hyperplanes separate all classes: without a penalty the loss has no minimum, and the weights grow " +
            "without bound as training goes on.";

        // Gradients fade on the way to infinity: an eps that they meet is met, which says nothing about weights. The standard errors fade
        // with the gradients: in their unit, no gradient is small.
        var options = new TrainingOptions { MaxEpochs = 100_000, GradientTolerance = 1e-6 };
        TrainingResult small = new Trainer(new Adam(1), options).Fit(new LogisticRegression(), Dataset.From(x, apart));
        (small.Reason, small.Note).Should().Be((StopReason.Converged, NoMinimum));
        TrainingResult endless = new Trainer(new Adam(1)).Fit(new LogisticRegression(), Dataset.From(x, apart));
        (endless.Reason, endless.Note).Should().Be((StopReason.MaxEpochs, NoMinimum));
        NoteOf(new LogisticRegression(), apart).Should().Be(NoMinimum);
        NoteOf(new SoftmaxRegression(2), apart).Should().Be(NoMinimum);
        NoteOf(new LogisticRegression(), touching).Should().BeNull();
        NoteOf(new LogisticRegression(), apart, penalty: new L2Penalty(0.1)).Should().BeNull();
        NoteOf(new LogisticRegression(), apart, new BinaryCrossEntropy(labelSmoothing: 0.1)).Should().BeNull();
        NoteOf(new LogisticRegression(), apart, new HingeLoss()).Should().BeNull();
        LogisticRegression.Fit(x, [false, false, true, true]).Result.Note.Should().NotContain(NoMinimum, "its ending says it");

        string? NoteOf(LinearModel model, double[] labels, ILoss? loss = null, IPenalty? penalty = null) =>
            new Trainer(new BatchGD(1), new() { MaxSteps = 100 })
                .Fit(model, Dataset.From(x, labels), loss, options: new() { Penalty = penalty }).Note;
    }

    [Fact]
    public void Fit_OfHugeTargets_ReportsTrueNumbers()
    {
        // An exact fit: the loss is what model.Evaluate finds, not ∞ · 0.
        LinearFit fit = LinearRegression.Fit([1.0, 2, 3, 5], [1e200, 2e200, 3e200, 5e200]);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Weights[0].Should().BeApproximately(1e200, 1e186);
        fit.Metrics.RootMeanSquaredError.Should().BeLessThan(1e186);
        fit.Metrics.RSquared.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Fit_OfTinyTargets_ReportsTrueNumbers()
    {
        // Residuals of ±1e-201 and ∓1e-201: their squares are 0 in doubles, their root mean square is not.
        LinearFit fit = LinearRegression.Fit([1.0, 2, 3, 4], [1.1e-200, 1.9e-200, 2.9e-200, 4.1e-200]);

        fit.Metrics.RootMeanSquaredError.Should().BeGreaterThan(1e-202).And.BeLessThan(1e-200);
        fit.Metrics.RSquared.Should().BeInRange(0.9, 1);
    }

    [Fact]
    public void Fit_OfTheWholeRangeOfDoubles_DoesNotOverflow()
    {
        LinearFit fit = LinearRegression.Fit([-1.7e308, 1.7e308, 1.7e308], [1.0, 3, 3]);

        fit.Predict(1.7e308).Should().BeApproximately(3, 1e-12);
    }

    [Fact]
    public void Fit_WithCoefficientsBeyondDoubles_SaysSo()
    {
        Dataset data = Dataset.From([1e-310, 2e-310, 3e-310], [1.0, 2, 4]);

        FluentActions.Invoking(() => LinearRegression.Fit(data)).Should().Throw<ArgumentException>()
            .WithMessage("*parameter 0 in the units of the data is Infinity*other units*");
        TrainingResult result = new Trainer(new BatchGD(0.1)).Fit(new LinearRegression(), data);
        result.Reason.Should().Be(StopReason.Diverged);
        result.Stop.Quantity.Should().Be("parameter 0 in the units of the data");
    }

    [Fact]
    public void Fit_OfAClassifierOnSeveralTargets_IsRefused()
    {
        Dataset data = Dataset.From([[1.0], [2.0]], (double[][])[[0, 1], [1, 0]]);

        FluentActions.Invoking(() => new Trainer(new Adam()).Fit(new SoftmaxRegression(4), data)).Should().Throw<ArgumentException>()
            .WithMessage("*2 targets*one*");
    }

    [Fact]
    public void Fit_WithALossThatCannotBeScaledByThatMuch_LeavesTheTargetsAlone()
    {
        var model = new LinearRegression();

        new Trainer(new BatchGD(0.01), new() { MaxEpochs = 3000 }).Fit(model, _line, new OnlyUnitScale());

        model.Weights[0].Should().BeApproximately(3, 1e-3);
    }

    [Fact]
    public void Minimize_WithAScheduleThatGivesNaN_NamesScheduleAndUpdate()
    {
        var options = new TrainingOptions { Schedule = new NaNAfterThree() };

        FluentActions.Invoking(() => new Trainer(new BatchGD(), options).Minimize(Objective.From(p => p[0] * p[0]), [1.0]))
            .Should().Throw<InvalidOperationException>().WithMessage("NaNAfterThree gives the factor NaN at step 3:*");
    }

    [Fact]
    public void Options_WithEqualSettings_AreEqual()
    {
        TrainingOptions a = new() { Schedule = new WarmUp(Horizon.Steps(5)).Then(new StepDecay(Horizon.Epochs(2))), MaxSteps = 7 };
        TrainingOptions b = new() { Schedule = new WarmUp(Horizon.Steps(5)).Then(new StepDecay(Horizon.Epochs(2))), MaxSteps = 7 };

        a.Should().Be(b);
        a.ToString().Should().Contain("WarmUp(5 steps).Then(StepDecay(2 epochs, 0.1))");
        new TrainingOptions().Should().Be(new TrainingOptions());
    }

    private sealed class Weightless : IStochasticObjective
    {
        public int ParameterCount => 1;

        public int SampleCount => 1;

        public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch samples, Span<double> gradient) => new(double.NaN, 0);
    }

    private sealed class OnlyUnitScale : ILoss
    {
        private readonly MeanSquaredError _inner = new();

        public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights,
            Span<double> derivatives) =>
            _inner.Evaluate(predictions, targets, weights, derivatives);

        public (ILoss Loss, double Factor)? Rescaled(double scale) => scale == 1 ? (this, 1) : null;
    }

    private sealed class NaNAfterThree : ISchedule
    {
        public double FactorAt(TrainingClock clock) => clock.Step < 3 ? 1 : double.NaN;
    }
}
