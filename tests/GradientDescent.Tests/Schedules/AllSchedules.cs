namespace GradientDescent.Tests.Schedules;

/// <summary>One of each, with settings that are not the defaults: what the promises of every schedule are tested on.</summary>
internal static class AllSchedules
{
    private static readonly Horizon _epochs = Horizon.Epochs(2.5);

    public static IReadOnlyDictionary<string, ISchedule> ByName { get; } = new Dictionary<string, ISchedule>
    {
        ["ConstantSchedule(0.25)"] = new ConstantSchedule(0.25),
        ["StepDecay(2.5 epochs, 0.25)"] = new StepDecay(_epochs, 0.25),
        ["MultiStepDecay([7 steps, 0.5 of the run], 0.3)"] = new MultiStepDecay([Horizon.Steps(7), Horizon.Fraction(0.5)], 0.3),
        ["ExponentialDecay(2.5 epochs, 0.25)"] = new ExponentialDecay(_epochs, 0.25),
        ["InverseTimeDecay(2.5 epochs, 0.5)"] = new InverseTimeDecay(_epochs, 0.5),
        ["InverseTimeDecay(2.5 epochs, 0.5, staircase)"] = new InverseTimeDecay(_epochs, 0.5, staircase: true),
        ["InversePowerDecay(200 samples, 0.75)"] = new InversePowerDecay(Horizon.Samples(200), 0.75),
        ["PolynomialDecay(0.7 of the run, 2.5, 0.01)"] = new PolynomialDecay(Horizon.Fraction(0.7), 2.5, 0.01),
        ["LinearRamp(200 samples, 0.25, 0.75)"] = new LinearRamp(Horizon.Samples(200), 0.25, 0.75),
        ["CosineDecay(0.7 of the run, 0.2)"] = new CosineDecay(Horizon.Fraction(0.7), 0.2),
        ["CosineWarmRestarts(2.5 epochs, 2, 0.5, 0.01)"] = new CosineWarmRestarts(_epochs, 2, 0.5, 0.01),
        ["OneCycleSchedule(0.9 of the run, 0.25, 0.1, 0.001, Cosine)"] = new OneCycleSchedule(Horizon.Fraction(0.9), 0.25, 0.1, 0.001),
        ["OneCycleSchedule(2.5 epochs, 0.25, 0.1, 0.001, Linear)"] = new OneCycleSchedule(_epochs, 0.25, 0.1, 0.001, RampShape.Linear),
        ["CyclicSchedule.Triangular(2.5 epochs, 0.1)"] = CyclicSchedule.Triangular(_epochs),
        ["CyclicSchedule.Triangular2(2.5 epochs, 0.1)"] = CyclicSchedule.Triangular2(_epochs),
        ["CyclicSchedule.ExponentialRange(2.5 epochs, 0.1, 0.75)"] = CyclicSchedule.ExponentialRange(_epochs, gamma: 0.75),
        ["WarmUp(0.1 of the run)"] = new WarmUp(Horizon.Fraction(0.1)),
        ["WarmUpStableDecay(0.9 of the run, WarmUp(7 steps), 2.5 epochs, 0.01)"] =
            new WarmUpStableDecay(Horizon.Fraction(0.9), Horizon.Steps(7), _epochs, 0.01),
        ["ReduceOnPlateau(0.5, 3, 0.25 absolute, 2, 0.125, Maximize)"] =
            new ReduceOnPlateau(0.5, 3, 0.25, absolute: true, 2, 0.125, MetricDirection.Maximize),
        ["ConstantSchedule(0.5).For(2.5 epochs).Then(WarmUp(7 steps)).Then(StepDecay(2.5 epochs, 0.1))"] =
            new ConstantSchedule(0.5).For(_epochs).Then(new WarmUp(Horizon.Steps(7))).Then(new StepDecay(_epochs)),
        ["WarmUp(7 steps).Then(ReduceOnPlateau(0.1, 10, 0.0001 relative, 0, 0, Minimize))"] = new WarmUp(Horizon.Steps(7))
            .Then(new ReduceOnPlateau()),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static TheoryData<string> FiniteNames =>
        [.. ByName.Where(of => of.Value is IFiniteSchedule and not Sequence).Select(of => of.Key)];
}
