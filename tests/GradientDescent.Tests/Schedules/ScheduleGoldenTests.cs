using System.Text.Json;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Schedules;

/// <summary>PyTorch's learning rates, 40 steps.</summary>
public sealed class ScheduleGoldenTests
{
    // PyTorch multiplies its way from step to step: 40 steps of three roundings are 120·2⁻⁵³ = 1.4e-14. Towards the end of a cosine 1 + cos
    // is left with the error of the cosine, 2⁻⁵³ on each side; the smallest rate there is 3.1e-3 of its peak: 2.2e-16/3.1e-3 = 7.2e-14.
    private const double Tolerance = 1e-13;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, TestData.Golden("schedules.json").Count())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void FactorAt_FortySteps_TimesThePeakIsPyTorchsRate(int index)
    {
        JsonElement expected = TestData.Golden("schedules.json").ElementAt(index);
        double[] rates = expected.GetProperty("expected").Numbers();
        (double peak, ISchedule schedule) = Make(expected);

        IEnumerable<double> actual = Enumerable.Range(0, rates.Length)
            .Select(t => peak * schedule.FactorAt(new TrainingClock { Step = t, Epoch = t, StepsPerEpoch = 1, Samples = t }));

        actual.ShouldBeWithin(rates, Tolerance);
    }

    /// <summary>A schedule, and the rate at which its factor is 1.</summary>
    private static (double Peak, ISchedule Schedule) Make(JsonElement golden)
    {
        JsonElement settings = golden.GetProperty("settings");
        double peak = settings.TryGetProperty("max_lr", out JsonElement max) ? max.GetDouble() : golden.GetProperty("base").GetDouble();
        return (peak, golden.GetProperty("schedule").GetString() switch
        {
            "StepDecay" => new StepDecay(Steps("step_size"), Number("gamma")),
            "MultiStep" => new MultiStepDecay(settings.GetProperty("milestones").Numbers()
                .Select(t => Horizon.Steps((long)t)), Number("gamma")),
            "Exponential" => new ExponentialDecay(Horizon.Steps(1), Number("gamma")),
            "Polynomial" => new PolynomialDecay(Steps("total_iters"), Number("power")),
            "Linear" => new LinearRamp(Steps("total_iters"), Number("start_factor"), Number("end_factor")),
            "Constant" => new ConstantSchedule(Number("factor")).For(Steps("total_iters")).Then(new ConstantSchedule()),
            "CosineAnnealing" => new CosineDecay(Steps("T_max"), Number("eta_min") / peak),
            "CosineWarmRestarts" => new CosineWarmRestarts(Steps("T_0"), (int)Number("T_mult"), end: Number("eta_min") / peak),
            "OneCycle" => new OneCycleSchedule(
                Steps("total_steps"), Number("pct_start"), 1 / Number("div_factor"), 1 / Number("div_factor") / Number("final_div_factor")),
            "Cyclic" when settings.GetProperty("mode").GetString() == "triangular" =>
                CyclicSchedule.Triangular(Steps("step_size_up"), Number("base_lr") / peak),
            "Cyclic" => CyclicSchedule.Triangular2(Steps("step_size_up"), Number("base_lr") / peak),
            string other => throw new InvalidOperationException($"No schedule is compared with {other}."),
            null => throw new InvalidOperationException("A case has no name."),
        });

        double Number(string name) => settings.GetProperty(name).GetDouble();

        Horizon Steps(string name) => Horizon.Steps(settings.GetProperty(name).GetInt64());
    }
}
