using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Schedules;

public sealed class ScheduleArgumentTests
{
    private static readonly Horizon _ten = Horizon.Steps(10);

    public static TheoryData<string, Func<object>, string> BadArguments => new()
    {
        { "StepDecay 0", () => new StepDecay(_ten, 0), "gamma is 0: it must be greater than 0 and less than 1." },
        { "StepDecay 1", () => new StepDecay(_ten, 1), "gamma is 1: it must be greater than 0 and less than 1." },
        { "StepDecay NaN", () => new StepDecay(_ten, double.NaN), "gamma is NaN: it must be greater than 0 and less than 1." },
        { "ExponentialDecay 0", () => new ExponentialDecay(_ten, 0), "gamma is 0: it must be greater than 0 and less than 1." },
        { "ExponentialDecay 1.5", () => new ExponentialDecay(_ten, 1.5), "gamma is 1.5: it must be greater than 0 and less than 1." },
        { "InverseTimeDecay 0", () => new InverseTimeDecay(_ten, 0), "decay is 0: it must be a finite number greater than 0." },
        { "InverseTimeDecay ∞", () =>
            new InverseTimeDecay(_ten, double.PositiveInfinity), "decay is Infinity: it must be a finite number greater than 0." },
        { "CosineDecay 1", () => _ = new CosineDecay(_ten, 1), "end is 1: it must be at least 0 and less than 1." },
        { "CosineDecay −0.5", () => _ = new CosineDecay(_ten, -0.5), "end is -0.5: it must be at least 0 and less than 1." },
        { "CosineDecay NaN", () => _ = new CosineDecay(_ten, double.NaN), "end is NaN: it must be at least 0 and less than 1." },
        { "MultiStepDecay 1", () => new MultiStepDecay([_ten], 1), "gamma is 1: it must be greater than 0 and less than 1." },
        { "InversePowerDecay 0", () => new InversePowerDecay(_ten, 0), "power is 0: it must be a finite number greater than 0." },
        { "Optimal curvature 0", () => InverseTimeDecay.Optimal(0, 1), "curvature is 0: it must be a finite number greater than 0." },
        { "Optimal rate −1", () => InverseTimeDecay.Optimal(1, -1), "baseRate is -1: it must be a finite number greater than 0." },
        { "PolynomialDecay power", () => _ = new PolynomialDecay(_ten, -0.5), "power is -0.5: it must be a finite number greater than 0." },
        { "PolynomialDecay end", () => _ = new PolynomialDecay(_ten, 2, 1), "end is 1: it must be at least 0 and less than 1." },
        { "LinearRamp start", () => _ = new LinearRamp(_ten, -0.5), "start is -0.5: it must be a finite number of at least 0." },
        { "LinearRamp end", () =>
            _ = new LinearRamp(_ten, 1, double.PositiveInfinity), "end is Infinity: it must be a finite number of at least 0." },
        { "CosineWarmRestarts multiplier", () => new CosineWarmRestarts(_ten, 0), "multiplier is 0: it must be at least 1." },
        { "CosineWarmRestarts peak 0", () =>
            new CosineWarmRestarts(_ten, 1, 0), "peakDecay is 0: it must be greater than 0 and at most 1." },
        { "CosineWarmRestarts peak 1.5", () =>
            new CosineWarmRestarts(_ten, 1, 1.5), "peakDecay is 1.5: it must be greater than 0 and at most 1." },
        { "CosineWarmRestarts end", () => new CosineWarmRestarts(_ten, 1, 1, 1), "end is 1: it must be at least 0 and less than 1." },
        { "OneCycle peak 0", () => _ = new OneCycleSchedule(_ten, 0), "peakAt is 0: it must be greater than 0 and less than 1." },
        { "OneCycle peak 1", () => _ = new OneCycleSchedule(_ten, 1), "peakAt is 1: it must be greater than 0 and less than 1." },
        { "OneCycle start", () => _ = new OneCycleSchedule(_ten, start: 0), "start is 0: it must be greater than 0 and less than 1." },
        { "OneCycle end", () => _ = new OneCycleSchedule(_ten, end: 1), "end is 1: it must be at least 0 and less than 1." },
        { "OneCycle shape", () => _ = new OneCycleSchedule(_ten, shape: (RampShape)7), "shape is 7: it must be one of Cosine, Linear." },
        { "Triangular low", () => CyclicSchedule.Triangular(_ten, 0), "low is 0: it must be greater than 0 and less than 1." },
        { "Triangular2 low", () => CyclicSchedule.Triangular2(_ten, 1), "low is 1: it must be greater than 0 and less than 1." },
        { "ExponentialRange γ", () =>
            CyclicSchedule.ExponentialRange(_ten, gamma: 0), "gamma is 0: it must be greater than 0 and at most 1." },
        { "WarmUpStableDecay end", () =>
            _ = new WarmUpStableDecay(_ten, _ten, _ten, -1), "end is -1: it must be at least 0 and less than 1." },
        { "ReduceOnPlateau factor", () => new ReduceOnPlateau(factor: 1), "factor is 1: it must be greater than 0 and less than 1." },
        { "ReduceOnPlateau patience", () => new ReduceOnPlateau(patience: -1), "patience is -1: it must be at least 0." },
        { "ReduceOnPlateau share", () => new ReduceOnPlateau(threshold: 1), "threshold is 1: it must be at least 0 and less than 1." },
        { "ReduceOnPlateau difference", () =>
            new ReduceOnPlateau(threshold: -1, absolute: true), "threshold is -1: it must be a finite number of at least 0." },
        { "ReduceOnPlateau cooldown", () => new ReduceOnPlateau(cooldown: -1), "cooldown is -1: it must be at least 0." },
        { "ReduceOnPlateau minimum", () => new ReduceOnPlateau(minimum: 1), "minimum is 1: it must be at least 0 and less than 1." },
        { "ReduceOnPlateau direction", () =>
            new ReduceOnPlateau(direction: (MetricDirection)2), "direction is 2: it must be one of Minimize, Maximize." },
        { "Constant −1", () => new ConstantSchedule(-1), "factor is -1: it must be a finite number of at least 0." },
        { "Constant NaN", () => new ConstantSchedule(double.NaN), "factor is NaN: it must be a finite number of at least 0." },
        { "Steps 0", () => Horizon.Steps(0), "count is 0: it must be at least 1." },
        { "Epochs 0", () => Horizon.Epochs(0), "count is 0: it must be a finite number greater than 0." },
        { "Epochs NaN", () => Horizon.Epochs(double.NaN), "count is NaN: it must be a finite number greater than 0." },
        { "Samples 0", () => Horizon.Samples(0), "count is 0: it must be at least 1." },
        { "Fraction 0", () => Horizon.Fraction(0), "share is 0: it must be greater than 0 and at most 1." },
        { "Fraction 1.5", () => Horizon.Fraction(1.5), "share is 1.5: it must be greater than 0 and at most 1." },
        { "Fraction NaN", () => Horizon.Fraction(double.NaN), "share is NaN: it must be greater than 0 and at most 1." },
    };

    [Theory]
    [MemberData(nameof(BadArguments))]
    public void Constructor_OutsideTheInterval_NamesArgumentValueAndInterval(string what, Func<object> make, string expected)
    {
        make.Should().Throw<ArgumentOutOfRangeException>(what).Which.ParamName.Should().Be(expected.Split(' ')[0]);
        Cultures.MessageInEveryCulture(() => make()).Should().StartWith(expected);
    }

    [Fact]
    public void InSteps_FractionOfARunOfUnknownLength_SaysWhatToDo()
    {
        Action act = () => Horizon.Fraction(0.5).InSteps(new TrainingClock { StepsPerEpoch = 1 });

        act.Should().Throw<InvalidOperationException>();
        Cultures.MessageInEveryCulture(act).Should().Be(
            "Horizon.Fraction(0.5) needs a run of known length: set MaxSteps or MaxEpochs, or give the horizon in steps or epochs.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public void InSteps_SamplesOfARunThatKnowsNone_SaysWhatToDo(long? samplesPerEpoch)
    {
        Action act = () => Horizon.Samples(1500)
            .InSteps(new TrainingClock { StepsPerEpoch = 1, PlannedSteps = 10, SamplesPerEpoch = samplesPerEpoch });

        act.Should().Throw<InvalidOperationException>();
        Cultures.MessageInEveryCulture(act).Should()
            .Be("Horizon.Samples(1500) needs a run that knows its samples: give the horizon in steps or epochs.");
    }

    [Fact]
    public void InSteps_EpochsOnAClockThatDoesNotKnowTheirLength_NamesWhatIsMissing()
    {
        foreach (Horizon length in (Horizon[])[Horizon.Epochs(1.5), Horizon.Samples(1500)])
        {
            Action act = () => length.InSteps(new TrainingClock { Step = 10, SamplesPerEpoch = 60 });

            act.Should().Throw<InvalidOperationException>();
            Cultures.MessageInEveryCulture(act).Should()
                .Be($"{length} cannot be counted in updates: the clock's StepsPerEpoch is 0; it must be at least 1.");
        }
    }

    public static TheoryData<string, Action> DefaultHorizons => new()
    {
        { "StepDecay", () => _ = new StepDecay(default) },
        { "MultiStepDecay", () => _ = new MultiStepDecay([_ten, default]) },
        { "ExponentialDecay", () => _ = new ExponentialDecay(default) },
        { "InverseTimeDecay", () => _ = new InverseTimeDecay(default) },
        { "InversePowerDecay", () => _ = new InversePowerDecay(default) },
        { "PolynomialDecay", () => _ = new PolynomialDecay(default) },
        { "LinearRamp", () => _ = new LinearRamp(default) },
        { "CosineDecay", () => _ = new CosineDecay(default) },
        { "CosineWarmRestarts", () => _ = new CosineWarmRestarts(default) },
        { "OneCycle", () => _ = new OneCycleSchedule(default) },
        { "Cyclic", () => CyclicSchedule.Triangular(default) },
        { "WarmUp", () => _ = new WarmUp(default) },
        { "WarmUpStableDecay", () => _ = new WarmUpStableDecay(_ten, _ten, default) },
        { "For", () => new ConstantSchedule().For(default) },
    };

    [Theory]
    [MemberData(nameof(DefaultHorizons))]
    public void Constructor_DefaultHorizon_SaysWhatToDo(string what, Action make) =>
        make.Should().Throw<InvalidOperationException>(what).WithMessage(
        "This Horizon has no length: make one with Horizon.Steps, Horizon.Epochs, Horizon.Samples or Horizon.Fraction.");

    [Fact]
    public void MultiStepDecay_NoMilestones_NamesTheArgument()
    {
        Action act = () => _ = new MultiStepDecay([]);

        act.Should().Throw<ArgumentException>().WithMessage("milestones is empty: there must be at least one.*").Which.ParamName.Should()
            .Be("milestones");
    }

    [Fact]
    public void ForAndThen_Null_NameTheArgument()
    {
        ((Action)(() => _ = new WarmUp(_ten).Then(null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("next");
        ((Action)(() => ((IFiniteSchedule)null!).Then(new ConstantSchedule()))).Should()
            .Throw<ArgumentNullException>().Which.ParamName.Should().Be("first");
        ((Action)(() => ((ISchedule)null!).For(_ten))).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("schedule");
        ((Action)(() => _ = new MultiStepDecay(null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("milestones");
    }

    [Fact]
    public void ToString_Horizons_SayTheUnitInEveryCulture() =>
        Cultures.Under("de-DE", () =>
            $"{Horizon.Steps(500)}, {Horizon.Epochs(2.5)}, {Horizon.Epochs(1)}, {Horizon.Samples(7)}, {Horizon.Fraction(0.1)}")
            .Should().Be("500 steps, 2.5 epochs, 1 epoch, 7 samples, 0.1 of the run");
}
