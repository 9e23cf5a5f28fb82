namespace GradientDescent.Tests.Abstractions;

public sealed class TrainingClockTests
{
    // 2⁴⁰ steps of 2²² samples each. Samples times steps is 2¹⁰² and needs more than 64 bits.
    [Fact]
    public void Since_AfterVeryManySamples_CountsThemWithoutOverflow()
    {
        var clock = new TrainingClock { Step = 1L << 40, Epoch = 1L << 30, StepsPerEpoch = 1 << 10, Samples = 1L << 62 };

        TrainingClock rest = clock.Since(1L << 38);

        rest.Step.Should().Be(3L << 38);
        rest.Epoch.Should().Be(3L << 28);
        rest.Samples.Should().Be(3L << 60);
    }

    // Just beyond 2⁶³ = 9.22e18: 4e9 steps of one sample, after the first half of them.
    [Fact]
    public void Since_WhereTheProductIsJustTooLarge_CountsWithoutOverflow() =>
        new TrainingClock { Step = 5_000_000_000, Samples = 5_000_000_000 }.Since(2_500_000_000).Samples.Should().Be(2_500_000_000);

    // The last batch of an epoch is smaller: 10 samples in 4 steps, of which 3 are counted: 10·3/4, rounded down.
    [Fact]
    public void Since_SamplesThatDifferBetweenSteps_AreInProportion() =>
        new TrainingClock { Step = 4, Samples = 10 }.Since(1).Samples.Should().Be(7);

    [Fact]
    public void Since_BeforeTheStart_CountsNothing() =>
        new TrainingClock { Step = 3, Epoch = 1, StepsPerEpoch = 2, Samples = 30, PlannedSteps = 4, SamplesPerEpoch = 20 }.Since(5)
            .Should().Be(new TrainingClock { StepsPerEpoch = 2, PlannedSteps = 0, SamplesPerEpoch = 20 });

    [Fact]
    public void Since_AClockWithoutEpochsAndPlan_StaysWithoutThem() =>
        new TrainingClock { Step = 7 }.Since(3).Should().Be(new TrainingClock { Step = 4 });
}
