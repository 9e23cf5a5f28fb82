namespace GradientDescent.Tests.Schedules;

public sealed class SequenceTests
{
    [Fact]
    public void Then_TheNext_SeesAClockThatStartsAtZero()
    {
        // Four steps of warm-up, 3 steps an epoch, 20 samples a step, 24 planned.
        var seen = new Spy();
        ISchedule schedule = new WarmUp(Horizon.Steps(4)).Then(seen);

        _ = schedule.FactorAt(
            new TrainingClock { Step = 4, Epoch = 1, StepsPerEpoch = 3, Samples = 80, PlannedSteps = 24, SamplesPerEpoch = 60 });
        _ = schedule.FactorAt(
            new TrainingClock { Step = 11, Epoch = 3, StepsPerEpoch = 3, Samples = 220, PlannedSteps = 24, SamplesPerEpoch = 60 });

        seen.Clocks.Should().Equal(new TrainingClock { StepsPerEpoch = 3, PlannedSteps = 20, SamplesPerEpoch = 60 },
            new TrainingClock { Step = 7, Epoch = 2, StepsPerEpoch = 3, Samples = 140, PlannedSteps = 20, SamplesPerEpoch = 60 });
    }

    [Fact]
    public void Then_AClockOfStepsAlone_IsEnoughForSchedulesThatCountSteps()
    {
        // 7 updates after the warm-up's 4: half of 14.
        ISchedule schedule = new WarmUp(Horizon.Steps(4)).Then(new PolynomialDecay(Horizon.Steps(14), power: 1));

        schedule.FactorAt(new TrainingClock { Step = 11 }).Should().Be(0.5);
    }

    [Fact]
    public void Then_WarmUpAndCosine_EndsAtTheEndOfTheRun()
    {
        // 10 of 50 steps rise, the cosine's fraction 1 is the 40 that are left: half-way at 30, over at 50.
        ISchedule schedule = new WarmUp(Horizon.Fraction(0.2)).Then(new CosineDecay(Horizon.Fraction(1)));

        Factors(schedule, 50, 0, 9, 10, 30, 50, 60).Should()
            .Equal([0.1, 1, 1, 0.5, 0, 0], (actual, expected) => Math.Abs(actual - expected) < 1e-15);
    }

    [Fact]
    public void Then_WarmUpTakesTheWholeRun_StaysFiniteAfterTheEnd()
    {
        ISchedule schedule = new WarmUp(Horizon.Fraction(1)).Then(new CosineDecay(Horizon.Fraction(1)));

        Factors(schedule, 10, 9, 10, 11).Should().OnlyContain(factor => double.IsFinite(factor) && factor >= 0);
    }

    [Fact]
    public void Then_AChain_TakesTurns()
    {
        // 2 + 3 + 4 steps, then 0.125; the cosine's cut short by For: after 4 of 8 steps it is at ½.
        ISchedule schedule = new WarmUp(Horizon.Steps(2))
            .Then(new ConstantSchedule(0.75).For(Horizon.Steps(3)))
            .Then(new CosineDecay(Horizon.Steps(8)).For(Horizon.Steps(4)))
            .Then(new ConstantSchedule(0.125));

        Factors(schedule, null, 0, 1, 2, 4, 5, 8, 9, 1000).Should().Equal(
            [0.5, 1, 0.75, 0.75, 1, (1 + Math.Cos(3 * Math.PI / 8)) / 2, 0.125, 0.125],
                (actual, expected) => Math.Abs(actual - expected) < 1e-15);
    }

    [Fact]
    public void Then_GroupedEitherWay_IsTheSame()
    {
        IFiniteSchedule a = new WarmUp(Horizon.Fraction(0.1)), b = new LinearRamp(Horizon.Fraction(0.5), 1, 0.5),
            c = new OneCycleSchedule(Horizon.Fraction(0.5));
        IFiniteSchedule left = a.Then(b).Then(c), right = a.Then(b.Then(c));

        left.LengthInSteps(Clock(0, 100)).Should().Be(10 + 45 + 22).And.Be(right.LengthInSteps(Clock(0, 100)));
        Factors(left, 100, [.. Enumerable.Range(0, 120)]).Should().Equal(Factors(right, 100, [.. Enumerable.Range(0, 120)]));
    }

    [Fact]
    public void Then_FirstOfLessThanAStep_IsSkipped() =>
        Factors(new LinearRamp(Horizon.Epochs(0.5), 0.25).Then(new ConstantSchedule(0.75)), null, 0, 1).Should().Equal(0.75, 0.75);

    [Fact]
    public void LengthInSteps_BeyondAnyRun_Saturates()
    {
        IFiniteSchedule endless = new ConstantSchedule().For(Horizon.Steps(long.MaxValue));

        endless.Then(new WarmUp(Horizon.Steps(5))).LengthInSteps(Clock(0, null)).Should().Be(long.MaxValue);
    }

    [Fact]
    public void Equals_TheSameSettings_IsTrue()
    {
        static ISchedule make(long steps) =>
            new WarmUp(Horizon.Steps(steps)).Then(new MultiStepDecay([Horizon.Epochs(2), Horizon.Epochs(4)], 0.5));

        make(5).Should().Be(make(5)).And.NotBe(make(6));
        make(5).GetHashCode().Should().Be(make(5).GetHashCode());
    }

    [Fact]
    public void Equals_MilestonesOrFactorDiffer_IsFalse()
    {
        var schedule = new MultiStepDecay([Horizon.Epochs(2), Horizon.Epochs(4)], 0.5);

        schedule.Equals(new MultiStepDecay([Horizon.Epochs(2), Horizon.Epochs(4)], 0.25)).Should().BeFalse();
        schedule.Equals(new MultiStepDecay([Horizon.Epochs(2), Horizon.Epochs(5)], 0.5)).Should().BeFalse();
        schedule.Equals(new MultiStepDecay([Horizon.Epochs(2)], 0.5)).Should().BeFalse();
        schedule.Equals(new MultiStepDecay([Horizon.Epochs(2), Horizon.Epochs(4)], 0.5)).Should().BeTrue();
        schedule.Equals(null).Should().BeFalse();
    }

    // The clock of a run whose epochs are counted by its own rule is passed on as it is.
    [Fact]
    public void Then_FirstOfLessThanAStep_PassesTheClockOn()
    {
        var seen = new Spy();
        var clock = new TrainingClock { Step = 4, Epoch = 3, StepsPerEpoch = 3, Samples = 80, PlannedSteps = 24, SamplesPerEpoch = 60 };

        _ = new WarmUp(Horizon.Epochs(0.25)).Then(seen).FactorAt(clock);

        seen.Clocks.Should().Equal(clock);
    }

    [Fact]
    public void Then_NoPartWithAMemory_HasNone() =>
        new WarmUp(Horizon.Steps(4)).Then(new StepDecay(Horizon.Epochs(1))).Should().NotBeAssignableTo<IMetricSchedule>();

    public static TheoryData<string, ISchedule> WithAMemory => new()
    {
        { "last", new WarmUp(Horizon.Steps(4)).Then(Plateau()) },
        { "first", Plateau().For(Horizon.Steps(9)).Then(new CosineDecay(Horizon.Steps(20))) },
        { "only", Plateau().For(Horizon.Steps(9)) },
        { "in the middle", new WarmUp(Horizon.Steps(4)).Then(Plateau().For(Horizon.Steps(9))).Then(new ConstantSchedule(0.25)) },
        { "twice", Plateau().For(Horizon.Steps(9)).Then(new WarmUp(Horizon.Steps(4))).Then(Plateau()) },
        { "nested", new WarmUp(Horizon.Steps(4)).Then(new WarmUp(Horizon.Steps(2)).Then(Plateau())) },
    };

    [Theory]
    [MemberData(nameof(WithAMemory))]
    public void SetState_AnywhereInARun_ContinuesWithTheSameBits(string what, ISchedule schedule)
    {
        // A metric that never improves, once a step.
        IMetricSchedule whole = schedule.Should().BeAssignableTo<IMetricSchedule>(what).Which.CreateNew();
        for (int kill = 0; kill < 30; kill++)
        {
            double[] expected = Observed(whole = whole.CreateNew(), 0, 30);
            IMetricSchedule first = whole.CreateNew(), second = whole.CreateNew();
            double[] before = Observed(first, 0, kill);

            second.SetState(first.GetState());

            expected.Should().Equal([.. before, .. Observed(second, kill, 30)], what);
            expected.Distinct().Count().Should().BeGreaterThan(2);
        }
    }

    [Fact]
    public void Observe_BeforeItsTurn_IsNotSeen()
    {
        var schedule = (IMetricSchedule)new WarmUp(Horizon.Steps(4)).Then(Plateau());

        double[] factors = Observed(schedule, 0, 9);

        // Its first measurement is that of step 4; the second without improvement after it, at step 6, is one too many.
        factors.Should().Equal(0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5, 0.25);
    }

    // Its first measurement is that of step 0: with a patience of 1 it is halved at steps 2 and 4, and its turn ends at step 5.
    [Fact]
    public void Observe_DuringTheFirstsTurn_IsSeenByTheFirst() =>
        Observed((IMetricSchedule)Plateau().For(Horizon.Steps(5)).Then(new ConstantSchedule(0.75)), 0, 7).Should()
            .Equal(1, 1, 0.5, 0.5, 0.25, 0.75, 0.75);

    [Fact]
    public void Observe_InASequenceWithinASequence_ComesOnTheInnerClock()
    {
        var schedule = (IMetricSchedule)new ConstantSchedule().For(Horizon.Steps(3))
            .Then(new ConstantSchedule().For(Horizon.Steps(2)).Then(Plateau()));

        // The plateau's turn begins at step 5 with its first measurement.
        Observed(schedule, 0, 9).Should().Equal(1, 1, 1, 1, 1, 1, 1, 0.5, 0.5);
    }

    [Fact]
    public void Fresh_OfASequence_LeavesTheFirstAlone()
    {
        var schedule = (IMetricSchedule)new WarmUp(Horizon.Steps(4)).Then(Plateau());

        Observed(schedule.CreateNew(), 0, 9);

        schedule.FactorAt(Clock(8, null)).Should().Be(1);
        schedule.CreateNew().ToString().Should().Be(schedule.ToString());
    }

    [Fact]
    public void Save_OfASequence_NamesPlaceAndSchedule()
    {
        var schedule = (IMetricSchedule)new WarmUp(Horizon.Steps(4)).Then(Plateau());

        schedule.GetState().ToString().Should()
            .Be("Sequence(last.ReduceOnPlateau.bad 0, last.ReduceOnPlateau.cooling 0, last.ReduceOnPlateau.factor 1)");
    }

    public static TheoryData<string, ScheduleState, string> WrongStates => new()
    {
        { "another's", Plateau().GetState(), "The state is ReduceOnPlateau's: it cannot continue Sequence.*" },
        {
            "the order changed",
            ((IMetricSchedule)Plateau().For(Horizon.Steps(2)).Then(new ConstantSchedule())).GetState(),
            "The state has 'before.Sequence.last.ReduceOnPlateau.bad', which no part of WarmUp(4 steps).Then(ReduceOnPlateau(*"
        },
        { "a part lacks", new("Sequence", []), "The state has scalars []: it must have*" },
    };

    [Theory]
    [MemberData(nameof(WrongStates))]
    public void SetState_WrongState_ThrowsAndChangesNothing(string what, ScheduleState state, string message)
    {
        var schedule = (IMetricSchedule)new WarmUp(Horizon.Steps(4)).Then(Plateau());
        Observed(schedule, 0, 9);
        string before = schedule.GetState().ToString();

        Action act = () => schedule.SetState(state);

        act.Should().Throw<ArgumentException>(what).WithMessage(message);
        schedule.GetState().ToString().Should().Be(before);
    }

    // The first part's state is in order, the second's is not.
    [Fact]
    public void SetState_OnePartWrong_ChangesNoPart()
    {
        IMetricSchedule schedule = (IMetricSchedule)Plateau().For(Horizon.Steps(9)).Then(Plateau()), other = schedule.CreateNew();
        Observed(schedule, 0, 5);
        var scalars = schedule.GetState().Scalars.ToDictionary();
        scalars["last.ReduceOnPlateau.factor"] = 2;

        Action act = () => other.SetState(new ScheduleState("Sequence", scalars));

        act.Should().Throw<ArgumentException>();
        other.GetState().ToString().Should().Be(other.CreateNew().GetState().ToString());
    }

    private static ReduceOnPlateau Plateau() => new(0.5, patience: 1);

    private static TrainingClock Clock(long step, long? planned) =>
        new() { Step = step, Epoch = step, StepsPerEpoch = 1, Samples = step, PlannedSteps = planned, SamplesPerEpoch = 1 };

    private static double[] Factors(ISchedule schedule, long? planned, params int[] steps) =>
        [.. steps.Select(t => schedule.FactorAt(Clock(t, planned)))];

    private static double[] Observed(IMetricSchedule schedule, int from, int to) => [.. Enumerable.Range(from, to - from).Select(t =>
    {
        schedule.Observe(1, Clock(t, null));
        return schedule.FactorAt(Clock(t, null));
    })];

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
