using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Checkpoints;

/// <summary>An interruption cannot be seen in the result of an optimizer that calls others.</summary>
public sealed class WrapperCheckpointTests : IDisposable
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 4).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 60).Select(i => i % 3.0)]);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Checkpoint => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Names => [.. AllWrappers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Resume_AtAnyStep_EqualsNoInterruption(string name)
    {
        Gen<(int At, FitOptions Fit, TrainingOptions Options)> runs =
            from at in Gen.Choose(0, 60)
            from full in Gen.Elements(true, false)
            from validates in Gen.Elements(true, false)
            from transforms in Gen.Elements<ImmutableArray<IGradientTransform>>(
                [], [GradientClipping.ByNorm(0.1)], [new GradientNoise(), new AdaptiveGradientClipping()])
            from penalty in Gen.Elements<IPenalty?>(null, new L1Penalty(0.01), new L2Penalty(0.01))
            from factor in Gen.Elements(1.0, 1.0, 1e4) // the last one diverges and recovers
            select (at, new FitOptions
            {
                Validation = validates ? Validation.HoldOut(0.2) : null,
                Penalty = penalty,
                Scaling = FeatureScaling.None, // the frozen parameters keep their values
            },
            new TrainingOptions
            {
                MaxEpochs = full ? 60 : 10,
                Batching = full ? Batching.Full : Batching.Mini(7),
                GradientTransforms = transforms,
                MaxLossGrowth = 20,
                Schedule = factor == 1 ? new CosineDecay(Horizon.Fraction(1)) : new ConstantSchedule(factor),
                EarlyStopping = new(8),
                Recovery = new(),
                Seed = at,
            });
        Prop.ForAll(runs.ToArbitrary(), run =>
        {
            TrainingResult whole = Trainer(run.Options).Fit(new SoftmaxRegression(3), _data, options: run.Fit);
            TrainingRun interrupted = Trainer(run.Options with { CheckpointFile = Checkpoint })
                .CreateRun(new SoftmaxRegression(3), _data, options: run.Fit);
            while (interrupted.Advance() && interrupted.Report.Step < run.At)
            {
            }

            interrupted.Pause();
            TrainingResult resumed = Trainer(run.Options with { ResumeFrom = Checkpoint })
                .Fit(new SoftmaxRegression(3), _data, options: run.Fit);

            ResultHash.Of(resumed).Should().Be(ResultHash.Of(whole), "interrupted at {0}: {1}", run.At, run.Options);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(5, 7));

        Trainer Trainer(TrainingOptions options) => new(AllWrappers.ByName[name](), options);
    }

    [Fact]
    public void Resume_WithOtherGroups_IsRefusedByName()
    {
        new Trainer(new ParameterGroups(new Adam()).Use("weights", new SGD()), new() { MaxSteps = 3, CheckpointFile = Checkpoint })
            .Fit(new SoftmaxRegression(3), _data);

        var other = new Trainer(new ParameterGroups(new Adam()).Use("intercepts", new SGD()), new() { ResumeFrom = Checkpoint });
        other.Invoking(trainer => trainer.Fit(new SoftmaxRegression(3), _data))
            .Should().Throw<CheckpointFormatException>()
                .WithMessage("*The state has the rules [1, 0] of the blocks: these groups have [0, 1].*");
    }

    [Fact]
    public void Resume_OfARunThatItsOptimizerEnded_StaysEnded()
    {
        var optimizer = new FunctionOptimizer((ref UpdateContext context) =>
        {
            context.Parameters[0] /= 2;
            if (context.Step == 2)
                context.Stop(new StopDetails { Reason = StopReason.OptimizerStopped, Quantity = "no better point", Measured = 1.5 });
        });
        TrainingResult whole = new Trainer(optimizer, new() { CheckpointFile = Checkpoint }).Minimize(new Quadratic([1], [0]), [8]);

        TrainingResult resumed = new Trainer(optimizer, new() { ResumeFrom = Checkpoint }).Minimize(new Quadratic([1], [0]), [8]);

        whole.Steps.Should().Be(3);
        ResultHash.Of(resumed).Should().Be(ResultHash.Of(whole));
    }
}
