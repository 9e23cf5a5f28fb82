using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests;

/// <summary>Clipping, accumulation and averaging.</summary>
public class GradientOnTheWayTests
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 103).Select(i => Enumerable.Range(0, 3).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 103).Select(i => Math.Cos(3 * i))],
        [.. Enumerable.Range(0, 103).Select(i => 0.5 + i % 3)]);

    // The gradient is (3, 4) everywhere: its norm is 5.
    private static readonly IObjective _slope = Objective.From(p => 3 * p[0] + 4 * p[1], (p, g) => (g[0], g[1]) = (3, 4));

    public static TheoryData<GradientClipping, double, double> Clippings => new()
    {
        { GradientClipping.ByNorm(2.5), -1.5, -2 },
        { GradientClipping.ByNorm(5), -3, -4 },
        { GradientClipping.ByNorm(7), -3, -4 },
        { GradientClipping.ByValue(3.5), -3, -3.5 },
        { GradientClipping.ByValue(0.5), -0.5, -0.5 },
    };

    [Theory]
    [MemberData(nameof(Clippings))]
    public void Clipping_BoundsWhatTheOptimizerGets(GradientClipping clipping, double x, double y) =>
        new Trainer(new BatchGD(1), new() { MaxSteps = 1, GradientTransforms = [clipping] }).CreateRun(_slope, [0.0, 0.0])
            .Complete().LastFiniteParameters.Should().Equal(x, y);

    [Fact]
    public void Clipping_OfAHugeGradient_DoesNotOverflow()
    {
        IObjective steep = Objective.From(p => 1e300 * p[0], (p, g) => (g[0], g[1]) = (3e300, 4e300));

        TrainingResult result = new Trainer(new BatchGD(1), new() { MaxSteps = 1, GradientTransforms = [GradientClipping.ByNorm(5)] })
            .Minimize(steep, [0.0, 0.0]);

        result.StoppedAt.Should().Equal([-3, -4], (a, e) => Math.Abs(a - e) < 1e-14);
    }

    [Fact]
    public void Convergence_IsTestedOnTheGradientBeforeClipping()
    {
        var options = new TrainingOptions { MaxSteps = 10, GradientTolerance = 1, GradientTransforms = [GradientClipping.ByNorm(0.5)] };

        new Trainer(new BatchGD(1), options).Minimize(_slope, [0.0, 0.0]).Reason.Should().Be(StopReason.MaxSteps);
    }

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Where(o => !o.Value().Batching.IsFull).Select(o => o.Key)];

    /// <summary>
    /// k batches accumulated are one batch k times as large: same samples, same updates, same clocks, short rest included.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AccumulationSteps_EqualALargerBatch(string name)
    {
        Gen<(int Size, int Steps, bool Drop)> settings = from size in Gen.Choose(1, 40)
                                                         from steps in Gen.Choose(2, 5)
                                                         from drop in Gen.Elements(true, false)
                                                         select (size, steps, drop);
        Prop.ForAll(settings.ToArbitrary(), setting =>
        {
            var options = new TrainingOptions
            {
                MaxEpochs = 3,
                DropLastBatch = setting.Drop,
                Schedule = new CosineDecay(Horizon.Fraction(1))
            };
            var fitOptions = new FitOptions { Scaling = FeatureScaling.None };
            TrainingOptions accumulating = options with { Batching = Batching.Mini(setting.Size), AccumulationSteps = setting.Steps };
            TrainingOptions large = options with { Batching = Batching.Mini(Math.Min(setting.Size * setting.Steps, 103)) };

            TrainingResult parts = new Trainer(AllOptimizers.ByName[name](), accumulating).Fit(new LinearRegression(), _data);
            TrainingResult whole = new Trainer(AllOptimizers.ByName[name](), large).Fit(new LinearRegression(), _data);

            (parts.Steps, parts.Samples, parts.Epochs).Should().Be((whole.Steps, whole.Samples, whole.Epochs));
            // The losses of a part are added first: another order of at most 103 additions, over at most some dozen updates.
            parts.Parameters.Should().Equal(whole.Parameters, (a, e) => Math.Abs(a - e) <= 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(2, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AccumulationSteps_OfWholeBlocks_EqualALargerBatchBitForBit(int blocks)
    {
        // A block is 256 KiB: 4,096 rows of 8 numbers, to which 3 features are padded.
        int part = blocks * 4096, count = 3 * part + 100;
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, count).Select(i => (double[])[Math.Sin(i), Math.Cos(3 * i), Math.Sin(5 * i)])],
                [.. Enumerable.Range(0, count).Select(i => Math.Sin(2 * i))], [.. Enumerable.Range(0, count).Select(i => 0.1 + i % 7)]);
        var options = new TrainingOptions { MaxEpochs = 2 };

        TrainingResult parts = new Trainer(new Adam(), options with { Batching = Batching.Mini(part), AccumulationSteps = 3 })
            .Fit(new LinearRegression(), data);
        TrainingResult whole = new Trainer(new Adam(), options with { Batching = Batching.Mini(3 * part) })
            .Fit(new LinearRegression(), data);

        parts.Parameters.Should().Equal(whole.Parameters);
        parts.History.Should().Equal(whole.History);
        parts.Steps.Should().Be(4);
    }

    [Fact]
    public void AccumulationSteps_OfFullBatches_AreRefused() =>
        FluentActions.Invoking(() => new Trainer(new BatchGD(), new() { AccumulationSteps = 2 }))
            .Should().Throw<ArgumentException>().WithParameterName("AccumulationSteps");

    [Fact]
    public void Polyak_ReturnsTheMeanOfTheParametersAfterEachUpdate()
    {
        // x after the updates: −1, 1, −1, 1 at rate 2 on x²/2 from 1: their mean is 0, the optimum.
        IObjective bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);

        TrainingResult result = new Trainer(new AveragedOptimizer(new BatchGD(2), WeightAveraging.Polyak()), new() { MaxSteps = 4 })
            .Minimize(bowl, [1.0]);

        result.Parameters.Should().Equal(0);
        result.StoppedAt.Should().Equal(1);
        result.BestBy.Should().Be(BestBy.FullLoss);
    }

    [Fact]
    public void Polyak_FromAStart_LeavesOutWhatWasBefore()
    {
        // x = 1, 1/2, 1/4, 1/8, …; from the third update on: (1/8 + 1/16)/2 = 3/32 is the mean at the fourth. The last, 1/16, has the lower
        // loss and is returned.
        IObjective bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);
        TrainingRun run = new Trainer(new AveragedOptimizer(new BatchGD(0.5), WeightAveraging.Polyak(Horizon.Steps(3))),
            new() { MaxSteps = 4 }).CreateRun(bowl, [1.0]);

        run.Complete().Parameters.Should().Equal(1 / 16.0);

        run.Parameters.Should().Equal(3 / 32.0);
    }

    [Fact]
    public void Exponential_FollowsItsRecurrence()
    {
        // θ after the updates: 1/2, 1/4, 1/8; the mean: 1/2, then 1/2 + (1/4 − 1/2)/4 = 7/16, then 7/16 + (1/8 − 7/16)/4 = 23/64.
        IObjective bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);
        TrainingRun run = new Trainer(new AveragedOptimizer(new BatchGD(0.5), WeightAveraging.Exponential(0.75)), new() { MaxSteps = 3 })
            .CreateRun(bowl, [1.0]);

        run.Complete();

        run.Parameters.Should().Equal(23 / 64.0);
    }

    [Fact]
    public void Averaging_WithNoisySteps_ComesCloserToTheOptimum()
    {
        // A line under noise, whose steps of a constant rate never come to rest.
        Dataset noisy = Dataset.From([.. Enumerable.Range(0, 200).Select(i => i / 100.0)],
            [.. Enumerable.Range(0, 200).Select(i => i / 50.0 + Math.Sin(1000 * i))]);
        double optimum = LinearRegression.Fit(noisy).Result.Loss;
        var options = new TrainingOptions { MaxEpochs = 200 };

        double last = new Trainer(new SGD(0.05), options).Fit(new LinearRegression(), noisy).Loss;
        double mean = new Trainer(new AveragedOptimizer(new SGD(0.05), WeightAveraging.Polyak(Horizon.Epochs(20))), options)
            .Fit(new LinearRegression(), noisy).Loss;

        (mean - optimum).Should().BeLessThan(0.1 * (last - optimum));
    }
}
