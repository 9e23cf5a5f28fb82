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
        { "InverseTimeDecay ∞", () => new InverseTimeDecay(_ten, double.PositiveInfinity), "decay is Infinity: it must be a finite number greater than 0." },
        { "CosineDecay 1", () => CosineDecay.Over(_ten, 1), "end is 1: it must be at least 0 and less than 1." },
        { "CosineDecay −0.5", () => CosineDecay.Over(_ten, -0.5), "end is -0.5: it must be at least 0 and less than 1." },
        { "Constant −1", () => new Constant(-1), "factor is -1: it must be a finite number of at least 0." },
        { "Constant NaN", () => new Constant(double.NaN), "factor is NaN: it must be a finite number of at least 0." },
        { "Steps 0", () => Horizon.Steps(0), "count is 0: it must be at least 1." },
        { "Epochs 0", () => Horizon.Epochs(0), "count is 0: it must be a finite number greater than 0." },
        { "Epochs NaN", () => Horizon.Epochs(double.NaN), "count is NaN: it must be a finite number greater than 0." },
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
        Action act = () => Horizon.Fraction(0.5).InSteps(new TrainingClock(0, 0, 1, 0, null));

        act.Should().Throw<InvalidOperationException>();
        Cultures.MessageInEveryCulture(act).Should().Be(
            "Horizon.Fraction(0.5) needs a run of known length: set MaxSteps or MaxEpochs, or give the horizon in steps or epochs.");
    }

    [Fact]
    public void InSteps_DefaultHorizon_SaysWhatToDo()
    {
        Action act = () => new StepDecay(default).FactorAt(new TrainingClock(0, 0, 1, 0, 10));

        act.Should().Throw<InvalidOperationException>().WithMessage("This Horizon has no length: make one with Horizon.Steps, Horizon.Epochs or Horizon.Fraction.");
    }

    [Fact]
    public void Then_Null_NamesTheArgument()
    {
        Action act = () => WarmUp.Over(_ten).Then(null!);

        act.Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("next");
    }

    [Fact]
    public void ToString_Horizons_SayTheUnitInEveryCulture() =>
        Cultures.Under("de-DE", () => $"{Horizon.Steps(500)}, {Horizon.Epochs(2.5)}, {Horizon.Fraction(0.1)}").Should().Be("500 steps, 2.5 epochs, 0.1 of the run");
}
