using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.Fuzzing;

/// <summary>Short runs that can be checkpointed: every optimizer and wrapper, with the parts of a run that have a state.</summary>
internal static class CheckpointedRuns
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 2).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 12).Select(i => i % 3.0)]);

    /// <summary>The runs. Each takes limits and files and adds what it is.</summary>
    public static IEnumerable<Func<TrainingOptions, TrainingResult>> All
    {
        get
        {
            foreach (Func<IOptimizer> optimizer in AllOptimizers.ByName.Values.Concat(AllWrappers.ByName.Values))
            {
                yield return options => new Trainer(optimizer(), options)
                    .Fit(new SoftmaxRegression(3), _data, options: new() { Scaling = FeatureScaling.None });
            }

            yield return options => new Trainer(new Adam(0.05), options with
            {
                Batching = Batching.Mini(4),
                AccumulationSteps = 2,
                EarlyStopping = new(50),
                Schedule = new WarmUp(Horizon.Steps(2)).Then(new ReduceOnPlateau(0.5, patience: 1)),
                GradientTransforms = [GradientClipping.ByNorm(0.5)],
                Recovery = new(),
            }).Fit(new SoftmaxRegression(3), _data, options: new() { Validation = Validation.HoldOut(0.25) });
            yield return options => new Trainer(new Nesterov(0.05, restart: true), options with
            {
                Schedule = new CosineDecay(Horizon.Steps(20)),
                MaxLossGrowth = 1e3,
                LossTolerance = 1e-9,
            }).Fit(new LinearRegression(), _data, options: new() { Penalty = new L1Penalty(0.01) });
            IObjective bowl = Objective.From(p => p[0] * p[0] + 3 * p[1] * p[1], (p, g) => (g[0], g[1]) = (2 * p[0], 6 * p[1]));
            yield return options => new Trainer(new Momentum(0.01), options).Minimize(bowl, [1, -2]);
        }
    }
}
