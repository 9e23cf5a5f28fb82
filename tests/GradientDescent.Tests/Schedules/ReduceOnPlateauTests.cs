using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Schedules;

public sealed class ReduceOnPlateauTests
{
    private static readonly TrainingClock _clock = new() { StepsPerEpoch = 1 };

    [Fact]
    public void Observe_MoreThanPatienceWithoutImprovement_Reduces()
    {
        // The first measurement is the best so far; the third after it is one more than is tolerated.
        Factors(new ReduceOnPlateau(0.5, patience: 2), 1, 1, 1, 1, 1, 1, 1).Should().Equal(1, 1, 1, 0.5, 0.5, 0.5, 0.25);
    }

    [Fact]
    public void Observe_AnImprovement_StartsTheCountAnew() =>
        Factors(new ReduceOnPlateau(0.5, patience: 1), 4, 4, 3, 3, 3).Should().Equal(1, 1, 1, 1, 0.5);

    [Fact]
    public void Observe_LessThanAShareOfTheBest_IsNoImprovement()
    {
        // 10 % of 8 is 0.8: 7.25 is not below 7.2, 7 is.
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1), 8, 7.25).Should().Equal(1, 0.5);
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1), 8, 7).Should().Equal(1, 1);
    }

    // PyTorch takes −7.25 for better than −8: it compares with −8·0.9 = −7.2.
    [Fact]
    public void Observe_NegativeMetric_MustFallByAShareOfItsSize()
    {
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1), -8, -7.25).Should().Equal(1, 0.5);
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1), -8, -8.75).Should().Equal(1, 0.5);
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1), -8, -9).Should().Equal(1, 1);
    }

    // A share of 0 is 0: anything below is an improvement.
    [Fact]
    public void Observe_BelowABestOfZero_IsAnImprovement()
    {
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1), 0, -1e-9, 0).Should().Equal(1, 1, 0.5);
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.1, direction: MetricDirection.Maximize), 0, 1e-9, 0).Should()
            .Equal(1, 1, 0.5);
    }

    [Fact]
    public void Observe_AbsoluteThreshold_IsADifference()
    {
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 2, absolute: true), 8, 6).Should().Equal(1, 0.5);
        Factors(new ReduceOnPlateau(0.5, patience: 0, threshold: 2, absolute: true), 8, 5.5).Should().Equal(1, 1);
    }

    [Fact]
    public void Observe_Maximize_WantsMore() => Factors(
        new ReduceOnPlateau(0.5, patience: 0, direction: MetricDirection.Maximize), 0.5, 0.75, 0.75, 0.875).Should().Equal(1, 1, 0.5, 0.5);

    [Fact]
    public void Observe_DuringTheCooldown_DoesNotCount() =>
        Factors(new ReduceOnPlateau(0.5, patience: 0, cooldown: 2), 1, 1, 1, 1, 1, 1).Should().Equal(1, 0.5, 0.5, 0.5, 0.25, 0.25);

    // A count without end stays at the largest number, and the saved state can be read again.
    [Fact]
    public void Observe_AfterTheLargestCount_StaysThere()
    {
        var schedule = new ReduceOnPlateau(0.5, patience: int.MaxValue);
        schedule.SetState(State(("bad", int.MaxValue), ("best", 1)));

        Factors(schedule, 2, 2).Should().Equal(1, 1);

        schedule.SetState(schedule.GetState());
        schedule.GetState().Scalars["bad"].Should().Be(int.MaxValue);
    }

    [Fact]
    public void Observe_AtTheMinimum_StaysThere() =>
        Factors(new ReduceOnPlateau(0.5, patience: 0, minimum: 0.375), 1, 1, 1, 1).Should().Equal(1, 0.5, 0.375, 0.375);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Observe_NotFinite_IsNoImprovement(double metric)
    {
        Factors(new ReduceOnPlateau(0.5, patience: 1), 1, metric, metric).Should().Equal(1, 1, 0.5);
        Factors(new ReduceOnPlateau(0.5, patience: 1), metric, 1, 0.5).Should().Equal(1, 1, 1);
    }

    // Metrics on a coarse grid, so that there are ties; positive, where PyTorch's relative threshold means what ours does.
    [Fact]
    public void Observe_AnyMetrics_IsPyTorchs() => Prop.ForAll(Settings().ToArbitrary(), Metrics().ToArbitrary(), (of, metrics) =>
    {
        var schedule = new ReduceOnPlateau(0.5, of.Patience, of.Threshold, of.Absolute, of.Cooldown, 0.1, of.Direction);
        return Factors(schedule, metrics).SequenceEqual(PyTorch(of, metrics));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SetState_AnywhereInARun_ContinuesWithTheSameBits() =>
        Prop.ForAll(Settings().ToArbitrary(), Metrics().ToArbitrary(), (of, metrics) =>
    {
        var schedule = new ReduceOnPlateau(0.5, of.Patience, of.Threshold, of.Absolute, of.Cooldown, 0.1, of.Direction);
        double[] whole = Factors((ReduceOnPlateau)schedule.CreateNew(), metrics);
        double[] first = Factors(schedule, metrics[..(metrics.Length / 2)]);
        ScheduleState state = schedule.GetState();
        var resumed = (ReduceOnPlateau)schedule.CreateNew();
        resumed.SetState(new ScheduleState(state.Schedule, state.Scalars));
        return whole.SequenceEqual([.. first, .. Factors(resumed, metrics[(metrics.Length / 2)..])]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fresh_AfterMeasurements_HasSeenNothingAndLeavesTheFirstAlone()
    {
        var schedule = new ReduceOnPlateau(0.5, patience: 0);
        Factors(schedule, 1, 1);

        IMetricSchedule fresh = schedule.CreateNew();

        fresh.FactorAt(_clock).Should().Be(1);
        fresh.GetState().Scalars.Keys.Should().Equal("bad", "cooling", "factor");
        schedule.FactorAt(_clock).Should().Be(0.5);
    }

    [Fact]
    public void Save_LaterMeasurements_DoNotChangeIt()
    {
        var schedule = new ReduceOnPlateau(0.5, patience: 0, cooldown: 3);
        Factors(schedule, 1, 1);
        ScheduleState state = schedule.GetState();
        Factors(schedule, 0.5);

        state.ToString().Should().Be("ReduceOnPlateau(bad 0, best 1, cooling 3, factor 0.5)");
    }

    public static TheoryData<string, ScheduleState, string> WrongStates => new()
    {
        { "another's", new("Other", []), "The state is Other's: it cannot continue ReduceOnPlateau." },
        { "a name lacks", new("ReduceOnPlateau", [new("bad", 0), new("factor", 1)]),
            "The state has scalars [bad, factor]: it must have [bad, best, cooling, factor]*" },
        { "a name too many", State(("more", 1)), "The state has scalars [bad, cooling, factor, more]: it must have*" },
        { "a factor above 1", State(("factor", 1.5)), "'factor' is 1.5: it must be from 0 to 1.*" },
        { "half a count", State(("bad", 0.5)), "'bad' is 0.5: it must be a whole number of at least 0.*" },
        { "a count below 0", State(("cooling", -1)), "'cooling' is -1: it must be a whole number of at least 0.*" },
    };

    [Theory]
    [MemberData(nameof(WrongStates))]
    public void SetState_WrongState_ThrowsAndChangesNothing(string what, ScheduleState state, string message)
    {
        var schedule = new ReduceOnPlateau(0.5, patience: 0);
        Factors(schedule, 1, 1);

        Action act = () => schedule.SetState(state);

        act.Should().Throw<ArgumentException>(what).WithMessage(message + (message.EndsWith('*') ? "" : "*")).Which.ParamName.Should()
            .Be("state");
        schedule.GetState().ToString().Should().Be("ReduceOnPlateau(bad 0, best 1, cooling 0, factor 0.5)");
    }

    [Fact]
    public void ScheduleState_NotFinite_NamesTheScalar() =>
        ((Action)(() => _ = new ScheduleState("Mine", [new("best", double.NaN)]))).Should().Throw<ArgumentException>()
            .WithMessage("'best' is NaN: every number must be finite.*");

    [Fact]
    public void ScheduleState_NullOrEmpty_NamesTheArgument()
    {
        ((Action)(() => _ = new ScheduleState("", []))).Should().Throw<ArgumentException>().WithParameterName("schedule");
        ((Action)(() => _ = new ScheduleState(null!, []))).Should().Throw<ArgumentNullException>().WithParameterName("schedule");
        ((Action)(() => _ = new ScheduleState("Mine", null!))).Should().Throw<ArgumentNullException>().WithParameterName("scalars");
        ((Action)(() => new ReduceOnPlateau().SetState(null!))).Should().Throw<ArgumentNullException>().WithParameterName("state");
    }

    private static ScheduleState State(params (string Name, double Value)[] changed)
    {
        Dictionary<string, double> scalars = new() { ["bad"] = 0, ["cooling"] = 0, ["factor"] = 1 };
        foreach ((string name, double value) in changed)
            scalars[name] = value;
        return new("ReduceOnPlateau", scalars);
    }

    private static double[] Factors(ReduceOnPlateau schedule, params double[] metrics) => [.. metrics.Select(metric =>
    {
        schedule.Observe(metric, _clock);
        return schedule.FactorAt(_clock);
    })];

    private sealed record Setting(int Patience, double Threshold, bool Absolute, int Cooldown, MetricDirection Direction);

    private static Gen<Setting> Settings() =>
        from patience in Gen.Choose(0, 3)
        from threshold in Gen.Elements(0, 1e-4, 0.25)
        from absolute in Gen.Elements(true, false)
        from cooldown in Gen.Choose(0, 3)
        from direction in Gen.Elements(MetricDirection.Minimize, MetricDirection.Maximize)
        select new Setting(patience, threshold, absolute, cooldown, direction);

    private static Gen<double[]> Metrics() => Gen.Choose(1, 40).Select(i => i / 8.0).ArrayOf(30);

    /// <summary>ReduceLROnPlateau.step of PyTorch 1.13, line by line, with eps = 0 and min_lr = 0.1.</summary>
    private static IEnumerable<double> PyTorch(Setting of, double[] metrics)
    {
        bool minimize = of.Direction == MetricDirection.Minimize;
        double rate = 1, best = minimize ? double.PositiveInfinity : double.NegativeInfinity;
        int badCount = 0, cooldownCounter = 0;
        foreach (double current in metrics)
        {
            bool better = (minimize, of.Absolute) switch
            {
                (true, false) => current < best * (1 - of.Threshold),
                (true, true) => current < best - of.Threshold,
                (false, false) => current > best * (of.Threshold + 1),
                (false, true) => current > best + of.Threshold,
            };
            if (better)
                (best, badCount) = (current, 0);
            else
                badCount++;
            if (cooldownCounter > 0)
            {
                cooldownCounter--;
                badCount = 0;
            }

            if (badCount > of.Patience)
            {
                rate = Math.Max(rate * 0.5, 0.1);
                cooldownCounter = of.Cooldown;
                badCount = 0;
            }

            yield return rate;
        }
    }
}
