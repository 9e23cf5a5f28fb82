using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Schedules;

/// <summary>What every schedule promises, over runs of any length and any size of batch.</summary>
public sealed class ScheduleContract
{
    /// <summary>A run of n samples in batches of b, E epochs of it planned.</summary>
    private sealed record Run(long Samples, long Batch, long Epochs)
    {
        public long StepsPerEpoch => (Samples + Batch - 1) / Batch;

        public long Planned => Epochs * StepsPerEpoch;

        public TrainingClock At(long step) => new()
        {
            Step = step,
            Epoch = step / StepsPerEpoch,
            StepsPerEpoch = StepsPerEpoch,
            Samples = step / StepsPerEpoch * Samples + step % StepsPerEpoch * Batch,
            PlannedSteps = Planned,
            SamplesPerEpoch = Samples,
        };
    }

    private static readonly Gen<Run> _runs =
        from samples in Gen.Choose(1, 500)
        from batch in Gen.Choose(1, 64)
        from epochs in Gen.Choose(1, 40)
        select new Run(samples, batch, epochs);

    // Past the planned end too: a run may be continued.
    private static readonly Arbitrary<(Run Run, long Step)> _moments = (
        from run in _runs
        from step in Gen.Frequency((9, Gen.Choose(0, (int)(2 * run.Planned)).Select(t => (long)t)), (1, Gen.Constant(1L << 40)))
        select (run, step)).ToArbitrary();

    public static TheoryData<string> Names => AllSchedules.Names;

    public static TheoryData<string> FiniteNames => AllSchedules.FiniteNames;

    [Fact]
    public void TheList_HasEverySchedule() => AllSchedules.ByName.Values.Select(schedule => schedule.GetType()).Should().Contain(
        typeof(ISchedule).Assembly.GetTypes() // a nested type is a part of the class around it
            .Where(type => type.IsAssignableTo(typeof(ISchedule)) && !type.IsInterface && !type.IsNested));

    [Theory]
    [MemberData(nameof(Names))]
    public void ToString_Always_SaysScheduleAndSettings(string name) => AllSchedules.ByName[name].ToString().Should().Be(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void FactorAt_AnyMoment_IsAboveZeroAndAtMostOne(string name) => Prop.ForAll(
        _moments, at => AllSchedules.ByName[name].FactorAt(at.Run.At(at.Step)) is >= 0 and <= 1).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void FactorAt_WithinThePlannedRun_IsAboveZero(string name) => Prop.ForAll(
        _moments, at => at.Step >= at.Run.Planned || AllSchedules.ByName[name].FactorAt(at.Run.At(at.Step)) > 0).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void FactorAt_TheSameClockAgain_GivesTheSameBits(string name) => Prop.ForAll(_moments, _moments, (at, between) =>
    {
        ISchedule schedule = AllSchedules.ByName[name];
        double first = schedule.FactorAt(at.Run.At(at.Step));
        _ = schedule.FactorAt(between.Run.At(between.Step));
        return schedule.FactorAt(at.Run.At(at.Step)).Equals(first);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(FiniteNames))]
    public void FactorAt_PastTheEnd_Stays(string name) => Prop.ForAll(_moments, at =>
    {
        var schedule = (IFiniteSchedule)AllSchedules.ByName[name];
        long over = schedule.LengthInSteps(at.Run.At(at.Step)) + 1; // a length need not be whole
        return schedule.FactorAt(at.Run.At(over + at.Step)).Equals(schedule.FactorAt(at.Run.At(over)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(FiniteNames))]
    public void LengthInSteps_AnyMomentOfARun_IsTheSame(string name) => Prop.ForAll(_moments, at =>
    {
        var schedule = (IFiniteSchedule)AllSchedules.ByName[name];
        return schedule.LengthInSteps(at.Run.At(at.Step)) == schedule.LengthInSteps(at.Run.At(0))
            && schedule.LengthInSteps(at.Run.At(0)) >= 0;
    }).QuickCheckThrowOnFailure();

    // Batches as large as an epoch's samples allow, so that the samples seen are exactly so many a step.
    [Theory]
    [MemberData(nameof(Names))]
    public void Then_AfterTheFirst_IsTheNextOnAClockThatStartsAtZero(string name) =>
        Prop.ForAll(_moments, Gen.Choose(1, 100).ToArbitrary(), (at, length) =>
    {
        ISchedule next = AllSchedules.ByName[name];
        Run run = at.Run with { Samples = at.Run.Batch * at.Run.StepsPerEpoch };
        TrainingClock clock = run.At(at.Step) with { PlannedSteps = run.Planned };
        ISchedule both = new ConstantSchedule(0.5).For(Horizon.Steps(length)).Then(next);

        double before = both.FactorAt(run.At(length - 1) with { PlannedSteps = run.Planned + length });
        double after = both.FactorAt(run.At(at.Step + length) with { PlannedSteps = run.Planned + length });

        return before == 0.5 && after.Equals(next.FactorAt(clock));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void FactorAt_AfterTheFirst_AllocatesNothing(string name)
    {
        ISchedule schedule = AllSchedules.ByName[name];
        var run = new Run(442, 32, 10);
        double sum = 0;
        for (int t = 0; t < 2; t++)
            sum += schedule.FactorAt(run.At(t));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 0; t < 200; t++)
            sum += schedule.FactorAt(run.At(t));
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        bytes.Should().Be(0);
        sum.Should().BePositive();
    }
}
