using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Wrappers;

/// <summary>Frozen blocks keep their bits and count nowhere.</summary>
public class FrozenBlocksTests
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 4).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 60).Select(i => i % 3.0)]);

    private static readonly double[] _start = [.. Enumerable.Range(0, 15).Select(i => i == 13 ? -0.0 : Math.Cos(i))];

    public static TheoryData<string, Func<IOptimizer>> Rules => new()
    {
        { "AdamW", () => new ParameterGroups(new AdamW(0.01, weightDecay: 0.1)).Freeze("intercepts") },
        { "Momentum", () => new ParameterGroups(new Momentum()).Freeze("intercepts") },
        { "Adam", () => new ParameterGroups(new Adam()).Freeze("intercepts") },
        { "AveragedOptimizer", () => new AveragedOptimizer(new ParameterGroups(new AdamW()).Freeze("intercepts")) },
        { "Lookahead", () => new Lookahead(new ParameterGroups(new AdamW()).Freeze("intercepts"), 2, 0.3) },
        { "SharpnessAware", () => new SharpnessAware(new ParameterGroups(new AdamW()).Freeze("intercepts")) },
        { "a rule that moves everything", () => new Frozen(new ParameterGroups(new SGD()).Freeze("intercepts")) },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Fit_NeverChangesABitOfThem(string name, Func<IOptimizer> create)
    {
        foreach (IPenalty? penalty in (IPenalty?[])[null, new L2Penalty(0.1, onIntercepts: true), new L1Penalty(0.1, onIntercepts: true)])
        {
            var options = new TrainingOptions
            {
                MaxEpochs = 5,
                Batching = Batching.Mini(7),
                GradientTransforms = [GradientClipping.ByNorm(0.05)],
            };
            var fit = new FitOptions { Penalty = penalty, Scaling = FeatureScaling.None, Start = [.. _start] };
            TrainingRun run = new Trainer(create(), options).CreateRun(new SoftmaxRegression(3), _data, options: fit);

            while (run.Advance())
                Bits(run.Parameters).Should().Equal(Bits(_start), "{0} with {1} at step {2}", name, penalty, run.Report.Step);

            Bits(run.Result.Parameters).Should().Equal(Bits(_start), "{0} with {1}", name, penalty);
            run.Result.Parameters.Take(12).Should().NotEqual(_start.Take(12));
        }

        static long[] Bits(IEnumerable<double> parameters) => [.. parameters.Skip(12).Select(BitConverter.DoubleToInt64Bits)];
    }

    [Fact]
    public void Clipping_ByNorm_LeavesThemOut()
    {
        // g = (3, 4) in block a, 1000 in block b. By norm 2.5 the first is halved; with block b it would be 0.
        var layout = new ParameterLayout(new ParameterBlock("a", 2), new ParameterBlock("b", 1));
        var objective = new Quadratic([1, 1, 1], [-3, -4, -1000], layout);
        var options = new TrainingOptions { MaxSteps = 1, GradientTransforms = [GradientClipping.ByNorm(2.5)] };

        TrainingResult result = new Trainer(new ParameterGroups(new BatchGD(0.5)).Freeze("b"), options).Minimize(objective, [0, 0, 0]);

        result.Parameters.Should().Equal(-0.75, -1, 0);
    }

    [Fact]
    public void TheGradientNorm_LeavesThemOut()
    {
        var objective = new Quadratic([1, 1], [3, 1000], new ParameterLayout(new ParameterBlock("a", 1), new ParameterBlock("b", 1)));

        TrainingResult result = new Trainer(new ParameterGroups(new BatchGD(0.5)).Freeze("b")).Minimize(objective, [0, 0]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Stop.Measured.Should().BeLessThanOrEqualTo(1e-6);
        result.GradientNorm.Should().Be(result.Stop.Measured);
        result.Parameters[0].Should().BeApproximately(3, 1e-6);
        result.Parameters[1].Should().Be(0);
    }

    [Fact]
    public void ALayoutWithFrozenBlocks_NeedsNoGroups()
    {
        var layout = new ParameterLayout(new ParameterBlock("a", 1), new ParameterBlock("b", 1) { IsFrozen = true });
        IOptimizer[] optimizers = [new AdamW(0.1, weightDecay: 0.5), new ParameterGroups(new AdamW(0.1, weightDecay: 0.5))];
        foreach (IOptimizer optimizer in optimizers)
        {
            TrainingResult result = new Trainer(optimizer, new() { MaxSteps = 50, Batching = Batching.Full })
                .Minimize(new Quadratic([1, 1], [3, 3], layout), [1, 1]);

            result.Parameters[0].Should().BeGreaterThan(1.5);
            result.Parameters[1].Should().Be(1);
        }
    }

    /// <summary>Adds 1 to every parameter after the inner step: the loop undoes it where a block is frozen.</summary>
    private sealed class Frozen(IOptimizer inner) : OptimizerWrapper(inner)
    {
        public override void Update(ref UpdateContext context)
        {
            Inner.Update(ref context);
            foreach (ref double parameter in context.Parameters)
                parameter += 0.01;
            StepCount++;
        }

        public override IOptimizer CreateNew() => new Frozen(Inner.CreateNew());
    }
}
