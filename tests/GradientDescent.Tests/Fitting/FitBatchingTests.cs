using System.Collections.Immutable;
using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.Fitting;

/// <summary>Fitting with full batches, mini-batches and single samples, and the order of the samples.</summary>
public class FitBatchingTests
{
    private static readonly Dataset _data = SineData.Create(50);

    public static TheoryData<string> MiniBatchNames =>
        [.. AllOptimizers.ByName.Where(entry => !entry.Value().Batching.IsFull).Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(MiniBatchNames))]
    public void Fit_WithBatchesOfAllSamples_EqualsFullBatchesBitForBit(string name)
    {
        // A batch is evaluated in ascending order, so the order in which it was drawn does not show.
        ImmutableArray<double> full = FitWith(name, Batching.Full, SampleOrder.Sequential);

        FitWith(name, Batching.Mini(50), SampleOrder.Shuffled).Should().Equal(full);
        FitWith(name, Batching.Mini(1000), SampleOrder.Shuffled).Should().Equal(full);
    }

    [Fact]
    public void Fit_OfMiniBatchSGDWithBatchesOfAllSamples_EqualsBatchGD()
    {
        var batch = new LinearRegression();
        var mini = new LinearRegression();
        var options = new TrainingOptions { MaxEpochs = 20 };

        new Trainer(new BatchGD(0.05), options).Fit(batch, _data);
        new Trainer(new MiniBatchSGD(0.05, batchSize: 50), options).Fit(mini, _data);

        mini.Parameters.Should().Equal(batch.Parameters);
    }

    [Theory]
    [InlineData(SampleOrder.Sequential)]
    [InlineData(SampleOrder.Shuffled)]
    [InlineData(SampleOrder.WithReplacement)]
    public void Fit_OfMiniBatchSGDWithBatchesOfOne_EqualsSGD(SampleOrder order)
    {
        var one = new LinearRegression();
        var mini = new LinearRegression();
        var options = new TrainingOptions { MaxEpochs = 5, Order = order, Seed = 3 };

        TrainingResult expected = new Trainer(new SGD(0.02), options).Fit(one, _data);
        TrainingResult actual = new Trainer(new MiniBatchSGD(0.02, batchSize: 1), options).Fit(mini, _data);

        actual.Steps.Should().Be(250);
        mini.Parameters.Should().Equal(one.Parameters);
        actual.History.Should().Equal(expected.History);
    }

    [Fact]
    public void Fit_InOrderWithoutScaling_EqualsAPlainLoop()
    {
        // Five samples in batches of 2: the batches have 2, 2 and 1 samples, and each gradient is the mean over its batch.
        double[] w = [0, 0], x = [1, 2, 3, 4, 5];
        double b = 0;
        Dataset data = Dataset.From([[1, 5], [2, 3], [3, 8], [4, 1], [5, 2]], [3, 1, 4, 1, 5]);
        int[][] batches = [[0, 1], [2, 3], [4]];
        foreach (int[] batch in batches)
        {
            double[] g = [0, 0];
            double gb = 0;
            foreach (int i in batch)
            {
                double derivative = 2 * (w[0] * data.Features(i)[0] + w[1] * data.Features(i)[1] + b - data.Targets(i)[0]);
                g[0] += derivative * data.Features(i)[0];
                g[1] += derivative * data.Features(i)[1];
                gb += derivative;
            }

            w[0] -= 0.01 * (g[0] / batch.Length);
            w[1] -= 0.01 * (g[1] / batch.Length);
            b -= 0.01 * (gb / batch.Length);
        }

        var model = new LinearRegression();
        var options = new TrainingOptions { MaxEpochs = 1, Order = SampleOrder.Sequential, Batching = Batching.Mini(2) };
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None };
        TrainingResult result = new Trainer(new SGD(0.01), options).Fit(model, data, options: fitOptions);

        model.Parameters.Should().Equal(w[0], w[1], b);
        (result.Steps, result.Samples, result.Epochs).Should().Be((3, 5, 1));
    }

    [Fact]
    public void Fit_DroppingTheLastBatch_LeavesItsSamplesOut()
    {
        var options = new TrainingOptions
        {
            MaxEpochs = 1,
            Order = SampleOrder.Sequential,
            DropLastBatch = true,
            Batching = Batching.Mini(16)
        };

        TrainingResult result = new Trainer(new SGD(0.01), options).Fit(new LinearRegression(), _data);

        (result.Steps, result.Samples).Should().Be((3, 48));
    }

    [Fact]
    public void Fit_WithTheSameSeed_GivesTheSameBits()
    {
        FitWith("Adam", Batching.Mini(8), SampleOrder.Shuffled, seed: 5).Should()
            .Equal(FitWith("Adam", Batching.Mini(8), SampleOrder.Shuffled, seed: 5));
        FitWith("Adam", Batching.Mini(8), SampleOrder.Shuffled, seed: 6).Should()
            .NotEqual(FitWith("Adam", Batching.Mini(8), SampleOrder.Shuffled, seed: 5));
    }

    [Fact]
    public void Fit_WithMiniBatchesAndATolerance_StopsAtTheEndOfAnEpoch()
    {
        // Noise-free data: every batch has its minimum at the same point, so stochastic descent converges at a constant rate.
        Dataset exact = Dataset.From([[1.0], [2], [3], [5]], [3, 5, 7, 11]);
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new SGD(0.1), new() { GradientTolerance = 1e-8 }).Fit(model, exact);

        result.Reason.Should().Be(StopReason.Converged);
        (result.Steps % 4).Should().Be(0);
        result.BestBy.Should().Be(BestBy.FullLoss);
        result.GradientNorm.Should().BeLessThanOrEqualTo(1e-8);
    }

    [Fact]
    public void Fit_OfMiniBatches_SaysWhatTheBestWasChosenBy()
    {
        TrainingResult epochs = new Trainer(new SGD(0.01), new() { MaxEpochs = 3 }).Fit(new LinearRegression(), _data);
        TrainingResult part = new Trainer(new SGD(0.01), new() { MaxSteps = 7 }).Fit(new LinearRegression(), _data);

        epochs.BestBy.Should().Be(BestBy.EpochLoss);
        (part.BestBy, part.BestStep).Should().Be((BestBy.Nothing, 7));
    }

    [Fact]
    public void Fit_OfBatchGDWithReplacementAskedFor_StillSeesEverySampleOnce()
    {
        LinearRegression shuffled = new(), drawn = new();

        new Trainer(new BatchGD(0.1), new() { MaxEpochs = 5 }).Fit(shuffled, _data);
        new Trainer(new BatchGD(0.1), new() { MaxEpochs = 5, Order = SampleOrder.WithReplacement }).Fit(drawn, _data);

        drawn.Parameters.Should().Equal(shuffled.Parameters);
    }

    private static ImmutableArray<double> FitWith(string name, Batching batching, SampleOrder order, long seed = 0)
    {
        var options = new TrainingOptions { MaxEpochs = 4, Batching = batching, Order = order, Seed = seed };
        return new Trainer(AllOptimizers.ByName[name](), options).Fit(new LinearRegression(), _data).Parameters;
    }
}
