using System.Text.Json;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Schedules;

/// <summary>PyTorch's learning rates, 40 steps; relative 1e-13 as its makers' README says. Kinds that are not offered are not compared.</summary>
public sealed class ScheduleGoldenTests
{
    [Theory]
    [InlineData("StepDecay")]
    [InlineData("Exponential")]
    [InlineData("CosineAnnealing")]
    public void FactorAt_FortySteps_TimesTheBaseRateIsPyTorchsRate(string kind)
    {
        JsonElement expected = TestData.Golden("schedules.json").Single(e => e.GetProperty("schedule").GetString() == kind);
        double baseRate = expected.GetProperty("base").GetDouble();
        JsonElement settings = expected.GetProperty("settings");
        ISchedule schedule = kind switch
        {
            "StepDecay" => new StepDecay(Horizon.Steps(settings.GetProperty("step_size").GetInt64()), settings.GetProperty("gamma").GetDouble()),
            "Exponential" => new ExponentialDecay(Horizon.Steps(1), settings.GetProperty("gamma").GetDouble()),
            _ => CosineDecay.Over(Horizon.Steps(settings.GetProperty("T_max").GetInt64()), settings.GetProperty("eta_min").GetDouble() / baseRate),
        };

        IEnumerable<double> rates = Enumerable.Range(0, 40).Select(t => baseRate * schedule.FactorAt(new TrainingClock(t, t, 1, t, null)));

        rates.ShouldBeWithin(expected.GetProperty("expected").Numbers(), relative: 1e-13);
    }
}
