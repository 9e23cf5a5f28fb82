using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Schedules;

/// <summary>
/// Each schedule against its formula. Factors that are powers of two or quotients of small numbers are exact; others are off by a few
/// roundings.
/// </summary>
public sealed class ScheduleTests
{
    private const double FewRoundings = 1e-14;

    public static TheoryData<Horizon, long, long?> TenSteps => new()
    {
        { Horizon.Steps(10), 1, null },
        { Horizon.Epochs(2), 5, null },
        { Horizon.Epochs(2.5), 4, null },
        { Horizon.Samples(320), 1, null },
        { Horizon.Samples(320), 5, null },
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
        ISchedule schedule = new CosineDecay(length, end: 0.2);

        double[] factors = Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 11, 1_000_000);

        factors.ShouldBeWithin([1, 0.6, 0.2, 0.2, 0.2], FewRoundings); // 0.2 + 0.8·(1 + cos(πt/10))/2
        factors[2].Should().Be(0.2);
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void WarmUp_AnyUnit_RisesFromOneNthToOneAndStays(Horizon length, long stepsPerEpoch, long? planned)
    {
        double[] factors = Factors(new WarmUp(length), stepsPerEpoch, planned, 0, 1, 8, 9, 10, 500);

        factors.Should().Equal(0.1, 0.2, 0.9, 1, 1, 1);
    }

    [Fact]
    public void WarmUp_LengthOfLessThanAStep_IsNone() =>
        new WarmUp(Horizon.Epochs(0.5)).FactorAt(new TrainingClock { StepsPerEpoch = 1 }).Should().Be(1);

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    [InlineData(2.5)]
    public void Constant_AnyStep_IsTheFactor(double factor) =>
        Factors(new ConstantSchedule(factor), 1, null, 0, 7, 1 << 30).Should().OnlyContain(f => f == factor);

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void MultiStepDecay_AnyUnit_FallsAtTheMilestone(Horizon milestone, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = new MultiStepDecay([Horizon.Steps(12), milestone, Horizon.Steps(12)], 0.5);

        Factors(schedule, stepsPerEpoch, planned, 0, 9, 10, 11, 12, 1000).Should().Equal(1, 1, 0.5, 0.5, 0.125, 0.125);
    }

    [Fact]
    public void InverseTimeDecay_Staircase_FallsAtEachMultiple()
    {
        ISchedule schedule = new InverseTimeDecay(Horizon.Steps(10), 3, staircase: true);

        Factors(schedule, 1, null, 0, 9, 10, 19, 50).Should().Equal(1, 1, 1 / 4.0, 1 / 4.0, 1 / 16.0); // 1/(1 + 3⌊t/10⌋)
    }

    // scikit-learn: η = 1/(α(t₀ + t − 1)) for t from 1, with t₀ = 1/(αη₀) and η₀ = α^(−¼).
    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.1)]
    public void Optimal_TimesTheBaseRate_IsScikitLearnsRate(double alpha)
    {
        double baseRate = Math.Pow(alpha, -0.25), t0 = 1 / (alpha * baseRate);
        ISchedule schedule = InverseTimeDecay.Optimal(alpha, baseRate);

        IEnumerable<double> rates = Factors(schedule, 1, null, 0, 1, 2, 99, 9999).Select(factor => baseRate * factor);

        rates.ShouldBeWithin(new double[] { 1, 2, 3, 100, 10_000 }.Select(t => 1 / (alpha * (t0 + t - 1))), FewRoundings);
    }

    // scikit-learn: η = η₀/tᵖ for t from 1.
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void InversePowerDecay_OfOneStep_IsScikitLearnsInvscaling(double power)
    {
        ISchedule schedule = new InversePowerDecay(Horizon.Steps(1), power);

        Factors(schedule, 1, null, 0, 1, 15, 9999)
            .ShouldBeWithin(new double[] { 1, 2, 16, 10_000 }.Select(t => 1 / Math.Pow(t, power)), FewRoundings);
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void InversePowerDecay_AnyUnit_IsAPowerOfOnePlusTOverS(Horizon every, long stepsPerEpoch, long? planned) =>
        Factors(new InversePowerDecay(every, 2), stepsPerEpoch, planned, 0, 10, 30).Should().Equal(1, 1 / 4.0, 1 / 16.0); // (1 + t/10)⁻²

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void PolynomialDecay_AnyUnit_IsAPowerOfWhatIsLeftAndThenStays(Horizon length, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = new PolynomialDecay(length, power: 2, end: 0.5);

        Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 11, 1_000_000).Should().Equal(1, 0.625, 0.5, 0.5, 0.5); // ½ + ½(1 − t/10)²
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void LinearRamp_AnyUnit_IsTheLineAndThenStays(Horizon length, long stepsPerEpoch, long? planned)
    {
        ISchedule schedule = new LinearRamp(length, start: 0.25, end: 1.25);

        Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 11, 1_000_000).Should().Equal(0.25, 0.75, 1.25, 1.25, 1.25);
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void CosineWarmRestarts_AnyUnit_StartsAnewAfterEachPeriod(Horizon period, long stepsPerEpoch, long? planned)
    {
        // Periods of 10, 20, 40 steps with peaks 1, ½, ¼ above 0.2: tops at 0, 10, 30, 70, half-way at 5, 20, 50.
        ISchedule schedule = new CosineWarmRestarts(period, multiplier: 2, peakDecay: 0.5, end: 0.2);

        double[] factors = Factors(schedule, stepsPerEpoch, planned, 0, 5, 10, 20, 30, 50, 70);

        factors.ShouldBeWithin([1, 0.6, 0.6, 0.4, 0.4, 0.3, 0.3], FewRoundings);
    }

    [Fact]
    public void CosineWarmRestarts_EqualPeriodsLateInARun_AreStillExact()
    {
        // 2⁴⁰ periods of ten steps are over.
        ISchedule schedule = new CosineWarmRestarts(Horizon.Steps(10));

        Factors(schedule, 1, null, 10L << 40, (10L << 40) + 5, (10L << 40) + 10).ShouldBeWithin([1, 0.5, 1], FewRoundings);
    }

    // Nine tenths of a step count as a step: each is the top of a period.
    [Fact]
    public void CosineWarmRestarts_PeriodOfLessThanAStep_CountsAsOne() =>
        Factors(new CosineWarmRestarts(Horizon.Epochs(0.9), 2), 1, null, 0, 1, 3).Should().Equal(1, 1, 1);

    [Theory]
    [InlineData(RampShape.Cosine)]
    [InlineData(RampShape.Linear)]
    public void OneCycle_EitherShape_HasItsKnotsAndStaysAtTheEnd(RampShape shape)
    {
        // T = 41, p = 21/41: up over 20 steps, down over 20. Both shapes are half-way in the middle.
        ISchedule schedule = new OneCycleSchedule(Horizon.Steps(41), 21 / 41.0, start: 0.25, end: 0.125, shape);

        Factors(schedule, 1, null, 0, 10, 20, 30, 40, 41, 1_000_000)
            .ShouldBeWithin([0.25, 0.625, 1, 0.5625, 0.125, 0.125, 0.125], FewRoundings);
    }

    [Fact]
    public void OneCycle_Shapes_DifferBetweenTheKnots()
    {
        double cosine = new OneCycleSchedule(Horizon.Steps(41), 21 / 41.0, 0.25, 0)
            .FactorAt(new TrainingClock { Step = 25, Epoch = 25, StepsPerEpoch = 1 });
        double linear = new OneCycleSchedule(Horizon.Steps(41), 21 / 41.0, 0.25, 0, RampShape.Linear)
            .FactorAt(new TrainingClock { Step = 25, Epoch = 25, StepsPerEpoch = 1 });

        cosine.Should().BeApproximately((1 + Math.Sqrt(0.5)) / 2, 1e-15); // a quarter of the way down: (1 + cos(π/4))/2
        linear.Should().BeApproximately(0.75, 1e-15);
    }

    // A run of one or two updates has no room for a rise: the first is the peak.
    [Fact]
    public void OneCycle_ShorterThanItsPhases_StartsAtThePeak()
    {
        Factors(new OneCycleSchedule(Horizon.Steps(1)), 1, null, 0, 1).Should().Equal(1, 4e-6);
        Factors(new OneCycleSchedule(Horizon.Steps(2)), 1, null, 0, 1, 2).Should().Equal(1, 4e-6, 4e-6);
        Factors(new OneCycleSchedule(Horizon.Epochs(0.5)), 1, null, 0, 1, 2).Should().Equal(1, 4e-6, 4e-6);
        Factors(new OneCycleSchedule(Horizon.Epochs(0.001), shape: RampShape.Linear), 1, null, 0, 1, 2).Should().Equal(1, 4e-6, 4e-6);
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void Cyclic_AnyUnit_RisesAndFalls(Horizon rise, long stepsPerEpoch, long? planned)
    {
        long[] steps = [0, 5, 10, 15, 20, 30, 35, 40, 50];

        Factors(CyclicSchedule.Triangular(rise, 0.5), stepsPerEpoch, planned, steps).Should()
            .Equal(0.5, 0.75, 1, 0.75, 0.5, 1, 0.75, 0.5, 1);
        Factors(CyclicSchedule.Triangular2(rise, 0.5), stepsPerEpoch, planned, steps).Should()
            .Equal(0.5, 0.75, 1, 0.75, 0.5, 0.75, 0.625, 0.5, 0.625);
    }

    [Fact]
    public void Cyclic_RiseOfLessThanAStep_CountsAsOne() =>
        Factors(CyclicSchedule.Triangular(Horizon.Epochs(0.4), 0.5), 1, null, 0, 1, 2, 3).Should().Equal(0.5, 1, 0.5, 1);

    [Fact]
    public void ExponentialRange_AnyStep_IsPyTorchs()
    {
        // base + (max − base)·max(0, 1 − |t/s − 2c + 1|)·γᵗ with c = ⌊1 + t/2s⌋; γ is that of an update, γ²ˢ that of a cycle.
        const int rise = 5;
        const double low = 0.1, gamma = 0.97;
        ISchedule schedule = CyclicSchedule.ExponentialRange(Horizon.Steps(rise), low, Math.Pow(gamma, 2 * rise));
        long[] steps = [.. Enumerable.Range(0, 40)];

        Factors(schedule, 1, null, steps).ShouldBeWithin(
            steps.Select(t => low
                + (1 - low) * Math.Max(0, 1 - Math.Abs(t / (double)rise - 2 * (1 + t / (2 * rise)) + 1)) * Math.Pow(gamma, t)),
                FewRoundings);
    }

    [Theory]
    [MemberData(nameof(TenSteps))]
    public void WarmUpStableDecay_AnyUnitOfTheDecay_IsATrapezoid(Horizon decay, long stepsPerEpoch, long? planned)
    {
        // 4 steps up, 10 of 30 down to ½.
        ISchedule schedule = new WarmUpStableDecay(Horizon.Steps(30), warmUp: Horizon.Steps(4), decay, end: 0.5);

        Factors(schedule, stepsPerEpoch, planned, 0, 1, 3, 4, 20, 25, 30, 1000).Should().Equal(0.25, 0.5, 1, 1, 1, 0.75, 0.5, 0.5);
    }

    [Fact]
    public void WarmUpStableDecay_RiseAndFallOverlap_TheLowerCounts() =>
        Factors(new WarmUpStableDecay(Horizon.Steps(8), Horizon.Steps(8), Horizon.Steps(8)), 1, null, 0, 3, 4, 7, 8).Should()
            .Equal(0.125, 0.5, 0.5, 0.125, 0);

    [Fact]
    public void InSteps_Samples_CountTheShortBatchOfAnEpoch() // 14 batches of 442 samples: 1000 samples are 1000/442 epochs
    {
        double steps = Horizon.Samples(1000).InSteps(new TrainingClock { StepsPerEpoch = 14, SamplesPerEpoch = 442 });

        steps.Should().Be(14_000 / 442.0);
        Horizon.Samples(884).InSteps(new TrainingClock { StepsPerEpoch = 14, SamplesPerEpoch = 442 }).Should().Be(28);
    }

    // 0.07·100 and 0.29·100 are 7.000000000000001 and 28.999999999999996 in binary; what is meant is 7 and 29.
    [Fact]
    public void StepDecay_ShareThatIsAWholeNumberOfSteps_FallsAtThatStep() =>
        Factors(new StepDecay(Horizon.Fraction(0.07), 0.5), 1, 100, 6, 7, 13, 14).Should().Equal(1, 0.5, 0.5, 0.25);

    [Fact]
    public void WarmUp_ShareThatIsAWholeNumberOfSteps_HasThatLength() =>
        Factors(new WarmUp(Horizon.Fraction(0.29)), 1, 100, 0, 27, 28).Should().Equal(1 / 29.0, 28 / 29.0, 1);

    // 0.1 epochs of 7 steps are 0.7 steps: after 7 steps the factor has fallen ten times, though 7/0.7000000000000001 is 9.999999999999998.
    [Fact]
    public void StepDecay_SeveralFallsAStep_CountsThemAll() =>
        Factors(new StepDecay(Horizon.Epochs(0.1), 0.5), 7, null, 7, 14).Should().Equal(Math.ScaleB(1, -10), Math.ScaleB(1, -20));

    [Fact]
    public void InverseTimeDecay_SeveralFallsAStep_CountsThemAll() =>
        Factors(new InverseTimeDecay(Horizon.Epochs(0.1), 1, staircase: true), 7, null, 7, 14).Should().Equal(1 / 11.0, 1 / 21.0);

    private static double[] Factors(ISchedule schedule, long stepsPerEpoch, long? planned, params long[] steps) =>
        [.. steps.Select(t =>
            schedule.FactorAt(new TrainingClock { Step = t, Epoch = t / stepsPerEpoch, StepsPerEpoch = stepsPerEpoch, Samples = 32 * t,
            PlannedSteps = planned, SamplesPerEpoch = 32 * stepsPerEpoch }))];
}
