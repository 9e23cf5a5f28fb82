using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Schedules;

/// <summary>Each schedule against its formula. Factors that are powers of two or quotients of small numbers are exact; others are off by a few roundings.</summary>
public sealed class ScheduleTests
{
    private const double FewRoundings = 1e-14;

    public static TheoryData<Horizon, long, long?> TenSteps => new()
    {
        { Horizon.Steps(10), 1, null },
        { Horizon.Epochs(2), 5, null },
        { Horizon.Epochs(2.5), 4, null },
        { Horizon.Fraction(0.25), 1, 40 },
        { Horizon.Fraction(1), 3, 10 },
    };

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void StepDecay_AnyUnit_HalvesAtEachMultiple(Horizon every, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = new StepDecay(every, 0.5);

        double[] factors = Factors(schedule, stepsPerEpoch, planned, 0, 9, 10, 19, 20, 1000);

        factors.Should().Equal(1, 1, 0.5, 0.5, 0.25, Math.ScaleB(1, -100));
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void ExponentialDecay_AnyUnit_IsGammaToTheTOverS(Horizon every, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = new ExponentialDecay(every, 0.25);

        double[] factors = Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 15, 20);

        factors.ShouldBeWithin([1, 0.5, 0.25, 0.125, 0.0625], FewRoundings); // 0.25^(t/10)
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void InverseTimeDecay_AnyUnit_IsOneOverOnePlusKTOverS(Horizon every, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = new InverseTimeDecay(every, 3);

        double[] factors = Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 50);

        factors.Should().Equal(1, 1 / 2.5, 1 / 4.0, 1 / 16.0); // 1/(1 + 3t/10)
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void CosineDecay_AnyUnit_FallsAlongTheCosineAndThenStays(Horizon length, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = CosineDecay.Over(length, end: 0.2);

        double[] factors = Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 11, 1_000_000);

        factors.ShouldBeWithin([1, 0.6, 0.2, 0.2, 0.2], FewRoundings); // 0.2 + 0.8·(1 + cos(πt/10))/2
        factors[2].Should().Be(0.2);
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void WarmUp_AnyUnit_RisesFromOneNthToOneAndStays(Horizon length, long stepsPerEpoch, long? planned)
    {
        double[] factors = Factors(WarmUp.Over(length), stepsPerEpoch, planned, 0, 1, 8, 9, 10, 500);

        factors.Should().Equal(0.1, 0.2, 0.9, 1, 1, 1);
    }

    [Fact]
    public void WarmUp_LengthOfLessThanAStep_IsNone() => WarmUp.Over(Horizon.Epochs(0.5)).FactorAt(new(0, 0, 1, 0, null)).Should().Be(1);

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    [InlineData(2.5)]
    public void Constant_AnyStep_IsTheFactor(double factor) => Factors(new Constant(factor), 1, null, 0, 7, 1 << 30).Should().OnlyContain(f => f == factor);

    [Fact]
    public void WarmUpThen_TheRest_SeesAClockThatStartsAtZero()
    {
        // Four steps of warm-up, 3 steps an epoch, 20 samples a step, 24 planned.
        var seen = new Spy();
        ISchedule schedule = WarmUp.Over(Horizon.Steps(4)).Then(seen);

        _ = schedule.FactorAt(new TrainingClock(4, 1, 3, 80, 24));
        _ = schedule.FactorAt(new TrainingClock(11, 3, 3, 220, 24));

        seen.Clocks.Should().Equal(new TrainingClock(0, 0, 3, 0, 20), new TrainingClock(7, 2, 3, 140, 20));
    }

    [Fact]
    public void WarmUpThenCosine_WholeRun_EndsAtTheEndOfTheRun()
    {
        // 10 of 50 steps rise, the cosine's fraction 1 is the 40 that are left: half-way at 30, over at 50.
        ISchedule schedule = WarmUp.Over(Horizon.Fraction(0.2)).Then(CosineDecay.Over(Horizon.Fraction(1)));

        double[] factors = Factors(schedule, 1, 50, 9, 10, 30, 50, 60);

        factors.ShouldBeWithin([1, 1, 0.5, 0, 0], FewRoundings);
    }

    [Fact]
    public void WarmUpThen_WarmUpTakesTheWholeRun_StaysFiniteAfterTheEnd()
    {
        ISchedule schedule = WarmUp.Over(Horizon.Fraction(1)).Then(CosineDecay.Over(Horizon.Fraction(1)));

        Factors(schedule, 1, 10, 9, 10, 11).Should().OnlyContain(factor => double.IsFinite(factor) && factor >= 0);
    }

    // 0.07·100 and 0.29·100 are 7.000000000000001 and 28.999999999999996 in binary; what is meant is 7 and 29.
    [Fact]
    public void StepDecay_ShareThatIsAWholeNumberOfSteps_FallsAtThatStep() =>
        Factors(new StepDecay(Horizon.Fraction(0.07), 0.5), 1, 100, 6, 7, 13, 14).Should().Equal(1, 0.5, 0.5, 0.25);

    [Fact]
    public void WarmUp_ShareThatIsAWholeNumberOfSteps_HasThatLength() =>
        Factors(WarmUp.Over(Horizon.Fraction(0.29)), 1, 100, 0, 27, 28).Should().Equal(1 / 29.0, 28 / 29.0, 1);

    // 0.1 epochs of 7 steps are 0.7 steps: after 7 steps the factor has fallen ten times, though 7/0.7000000000000001 is 9.999999999999998.
    [Fact]
    public void StepDecay_SeveralFallsAStep_CountsThemAll() =>
        Factors(new StepDecay(Horizon.Epochs(0.1), 0.5), 7, null, 7, 14).Should().Equal(Math.ScaleB(1, -10), Math.ScaleB(1, -20));

    private static double[] Factors(ISchedule schedule, long stepsPerEpoch, long? planned, params long[] steps) =>
        [.. steps.Select(t => schedule.FactorAt(new TrainingClock(t, t / stepsPerEpoch, stepsPerEpoch, 32 * t, planned)))];

    private sealed class Spy : ISchedule
    {
        public List<TrainingClock> Clocks { get; } = [];

        public double FactorAt(TrainingClock clock)
        {
            Clocks.Add(clock);
            return 1;
        }
    }
}
