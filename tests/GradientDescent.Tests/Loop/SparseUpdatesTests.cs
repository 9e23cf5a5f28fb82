using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>
/// Sparse steps are the steps on all parameters, to rounding. The reference is the same run on a dense data set of the same numbers, which
/// makes every step on all parameters.
/// </summary>
public class SparseUpdatesTests
{
    // Both runs make the same steps in exact arithmetic. They round sums in another order: a few hundred steps with errors of 2⁻⁵³ each
    // stay far below this.
    private const double Tolerance = 1e-12;

    private static readonly Func<IOptimizer>[] _exact =
    [
        () => new SGD(0.2), () => new MiniBatchSGD(0.3), () => new AdaGrad(0.2),
        () => new AdaGrad(0.2, initialAccumulator: 0.1, epsilonInRoot: true), () => new FTRL(0.3, l1Strength: 0.4, l2Strength: 0.1),
        () => new NormalizedAdaptiveGradient(), () => new NormalizedAdaptiveGradient(importanceInvariant: false),
    ];

    private static readonly IPenalty?[] _penalties =
    [
        null, new L1Penalty(0.02), new L2Penalty(0.1), new ElasticNetPenalty(0.05, 0.3), new L2Penalty(0.3, onIntercepts: true),
    ];

    private static readonly ISchedule[] _schedules =
        [new ConstantSchedule(), new CosineDecay(Horizon.Fraction(1)), new StepDecay(Horizon.Steps(7), 0.8), new Peaks()];

    [Fact]
    public void ExactSteps_AreTheStepsOnAllParameters()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = new Random(seed);
            T Any<T>(T[] of) => of[random.Next(of.Length)];
            int outputs = random.Next(3) == 0 ? 3 : 1;
            (Dataset sparse, Dataset dense) = Data(random, outputs);
            Func<IOptimizer> newOptimizer = Any(_exact);
            IPenalty? penalty = newOptimizer() is ISparseOptimizer { IsPlainDescent: true } ? Any(_penalties) : null;
            var options = new TrainingOptions
            {
                MaxEpochs = random.Next(1, 5),
                Batching = Batching.Mini(Any([1, 1, 2, 5])),
                Order = Any([SampleOrder.Shuffled, SampleOrder.Sequential, SampleOrder.WithReplacement]),
                Schedule = Any(_schedules),
                GradientTransforms = penalty is null && newOptimizer() is Optimizer && random.Next(4) == 0
                    ? [GradientClipping.ByNorm(0.5)]
                    : [],
                AccumulationSteps = random.Next(4) == 0 ? 2 : 1,
                SparseUpdates = SparseUpdates.Exact,
                Seed = seed,
            };
            bool intercept = random.Next(2) == 0, isStepped = random.Next(2) == 0;
            double[] start = new double[outputs * (sparse.FeatureCount + (intercept ? 1 : 0))];
            for (int j = 0; j < start.Length; j++)
                start[j] = random.Next(3) == 0 ? 0 : random.NextDouble() - 0.5;

            double[] expected = Train(dense), actual = Train(sparse);

            actual.ShouldBeWithin(expected, 0, Tolerance * Math.Max(1, expected.Max(Math.Abs)));

            double[] Train(Dataset data)
            {
                IModel model = outputs == 1 ? new LogisticRegression(intercept) : new SoftmaxRegression(outputs, intercept: intercept);
                ILoss loss = outputs == 1 ? new BinaryCrossEntropy() : new CategoricalCrossEntropy();
                TrainingRun run = new Trainer(newOptimizer(), options).CreateRun(new EmpiricalRisk(model, loss, data, penalty), start);
                while (isStepped && run.Advance())
                {
                }

                run.Complete(); // steps of one sample take a shorter way here
                return [.. run.Parameters];
            }
        }));
    }

    /// <summary>Returns random samples, sparse and dense, with some columns that are never present.</summary>
    private static (Dataset Sparse, Dataset Dense) Data(Random random, int outputs)
    {
        int samples = random.Next(5, 40), features = random.Next(1, 30);
        double density = random.NextDouble() * 0.5;
        double[][] rows = [.. Enumerable.Range(0, samples).Select(_ => Enumerable.Range(0, features)
            .Select(j => j % 6 != 5 && random.NextDouble() < density ? random.Next(-8, 9) / 4.0 : 0).ToArray())];
        double[] targets = [.. Enumerable.Range(0, samples).Select(_ => (double)random.Next(outputs == 1 ? 2 : outputs))];
        double[]? weights = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, samples).Select(i => i == 0 ? 1 : random.Next(4) / 2.0)];
        return (SparseData.From(rows, targets, weights), Dataset.From(rows, targets, weights));
    }

    /// <summary>Rates above that of the optimizer, up to one at which the L2 penalty alone moves parameters beyond 0.</summary>
    private sealed class Peaks : ISchedule
    {
        public double FactorAt(TrainingClock clock) => clock.Step % 9 == 4 ? 24 : clock.Step % 9 == 6 ? 1.5 : 1;
    }
}
