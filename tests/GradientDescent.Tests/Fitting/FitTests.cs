using System.Collections.Immutable;
using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.Fitting;

public class FitTests
{
    private static readonly Dataset _data = Synthetic(50);

    public static TheoryData<string> MiniBatchNames =>
        [.. AllOptimizers.ByName.Where(entry => !entry.Value().Batching.IsFull).Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(MiniBatchNames))]
    public void Fit_WithBatchesOfAllSamples_EqualsFullBatchesBitForBit(string name)
    {
        // A batch is evaluated in ascending order, so the order in which it was drawn does not show.
        ImmutableArray<double> full = FitWith(name, Batching.Full, SampleOrder.Sequential);

        FitWith(name, Batching.Of(50), SampleOrder.Shuffled).Should().Equal(full);
        FitWith(name, Batching.Of(1000), SampleOrder.Shuffled).Should().Equal(full);
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
        // Batches of 16 from 50: 16, 16, 16 and a last one of 2 with a mean of its own.
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
        var options = new TrainingOptions { MaxEpochs = 1, Order = SampleOrder.Sequential, Batching = Batching.Of(2) };
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
            Batching = Batching.Of(16)
        };

        TrainingResult result = new Trainer(new SGD(0.01), options).Fit(new LinearRegression(), _data);

        (result.Steps, result.Samples).Should().Be((3, 48));
    }

    [Fact]
    public void Fit_WithTheSameSeed_GivesTheSameBits()
    {
        FitWith("Adam", Batching.Of(8), SampleOrder.Shuffled, seed: 5).Should()
            .Equal(FitWith("Adam", Batching.Of(8), SampleOrder.Shuffled, seed: 5));
        FitWith("Adam", Batching.Of(8), SampleOrder.Shuffled, seed: 6).Should()
            .NotEqual(FitWith("Adam", Batching.Of(8), SampleOrder.Shuffled, seed: 5));
    }

    [Theory]
    [InlineData(FeatureScaling.Standardize)]
    [InlineData(FeatureScaling.Decorrelate)]
    public void Fit_WithAndWithoutScaling_FindsTheSameOptimum(FeatureScaling scaling)
    {
        // Both stop at a gradient norm of 1e-10; the curvature of this problem is at least 0.1 in every direction, so both are within 1e-9
        // of the optimum in their own coordinates, whose scales here are between 0.3 and 3.
        LinearRegression plain = Converged(FeatureScaling.None), scaled = Converged(scaling);

        for (int i = 0; i < plain.Parameters.Length; i++)
            scaled.Parameters[i].Should().BeApproximately(plain.Parameters[i], 1e-8);
    }

    [Fact]
    public void Fit_WithScaling_ReportsLossesInTheUsersUnits()
    {
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxEpochs = 30 }).Fit(model, _data);

        // The same number by another route: 30 samples' worth of rounding, relative 50 · 8 · 2⁻⁵³ < 1e-13, more where the fit is close.
        result.Loss.Should().BeApproximately(model.Evaluate(_data).MeanSquaredError, 1e-9 * result.History[0].Loss);
        result.History[0].Loss.Should().BeApproximately(Variance(_data), 1e-12 * Variance(_data)); // zero weights predict the mean
    }

    [Fact]
    public void Fit_FromAGivenStart_BeginsThere()
    {
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            var model = new LinearRegression();
            var options = new TrainingOptions { MaxSteps = 0 };
            var fitOptions = new FitOptions { Start = [0.5, -2, 3, 4], Scaling = scaling };

            new Trainer(new BatchGD(), options).Fit(model, _data, options: fitOptions);

            for (int i = 0; i < 4; i++)
                model.Parameters[i].Should().BeApproximately(fitOptions.Start[i], 1e-13 * 4 * 8); // there and back again
        }
    }

    [Fact]
    public void Fit_WithAConstantColumn_GivesItCoefficientZeroAndANote()
    {
        Dataset data = Dataset.From([[1, 7], [2, 7], [3, 7], [4, 7]], [2, 4, 6, 8], featureNames: ["time", "stuck"]);
        foreach (FeatureScaling scaling in (FeatureScaling[])[FeatureScaling.Standardize, FeatureScaling.Decorrelate])
        {
            var model = new LinearRegression(initialSpread: 1);

            TrainingResult result = new Trainer(new BatchGD(0.5)).Fit(model, data, options: new() { Scaling = scaling });

            model.Weights[1].Should().Be(0);
            model.Predict(5, 7).Should().BeApproximately(10, 1e-5);
            result.Note.Should().Contain("stuck").And.NotContain("time");
        }
    }

    [Fact]
    public void Fit_WithoutIntercept_GoesThroughTheOrigin()
    {
        // Least squares without intercept: Σxy/Σx² = (1·2 + 2·3 + 3·7)/(1 + 4 + 9) = 29/14.
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            var model = new LinearRegression(intercept: false);

            new Trainer(new BatchGD(0.05), new() { GradientTolerance = 1e-12 })
                .Fit(model, Dataset.From([1.0, 2, 3], [2.0, 3, 7]), options: new() { Scaling = scaling });

            model.Parameters.Should().HaveCount(1);
            model.Weights[0].Should().BeApproximately(29.0 / 14, 1e-11);
        }
    }

    [Fact]
    public void Fit_WithWeights_EqualsCopies()
    {
        Dataset weighted = Dataset.From([[1.0], [2], [4]], [1, 3, 2], weights: [1, 3, 2]);
        Dataset copies = Dataset.From([[1.0], [2], [2], [2], [4], [4]], [1, 3, 3, 3, 2, 2]);
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            LinearRegression a = new(), b = new();
            var trainer = new Trainer(new BatchGD(0.05), new() { MaxEpochs = 40 });

            trainer.Fit(a, weighted, options: new() { Scaling = scaling });
            trainer.Fit(b, copies, options: new() { Scaling = scaling });

            for (int i = 0; i < 2; i++)
                a.Parameters[i].Should().BeApproximately(b.Parameters[i], 1e-12); // 40 steps on 6 numbers of size 1
        }
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
    public void Fit_ThatDiverges_LeavesFiniteParametersInTheModel()
    {
        var model = new LinearRegression();

        TrainingResult result = new Trainer(new SGD(1e6)).Fit(model, _data);

        result.Reason.Should().Be(StopReason.Diverged);
        model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
        model.Parameters.Should().Equal(result.Parameters);
    }

    [Fact]
    public void Fit_OfBatchGDWithReplacementAskedFor_StillSeesEverySampleOnce()
    {
        LinearRegression shuffled = new(), drawn = new();

        new Trainer(new BatchGD(0.1), new() { MaxEpochs = 5 }).Fit(shuffled, _data);
        new Trainer(new BatchGD(0.1), new() { MaxEpochs = 5, Order = SampleOrder.WithReplacement }).Fit(drawn, _data);

        drawn.Parameters.Should().Equal(shuffled.Parameters);
    }

    [Fact]
    public void Fit_OfALongRun_KeepsABoundedHistoryWithFirstAndLastEpoch()
    {
        TrainingResult result = new Trainer(new BatchGD(0.001), new() { MaxEpochs = 5000 }).Fit(new LinearRegression(), _data);

        result.History.Length.Should().BeInRange(512, 1025);
        result.History[0].Epoch.Should().Be(0);
        result.History[^1].Epoch.Should().Be(5000);
        result.History.Select(h => h.Epoch).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Fit_OfAModelThatIsNotLinear_TrainsOnTheDataAsItIs()
    {
        var model = new Exponential();

        TrainingResult result = new Trainer(new Adam(0.01), new() { MaxEpochs = 3000, Batching = Batching.Full })
            .Fit(model, Dataset.From([0.0, 1, 2], [1, Math.E, Math.E * Math.E]));

        result.Parameters[0].Should().BeApproximately(1, 1e-4);
        FluentActions.Invoking(() => new Trainer(new Adam()).Fit(model, _data, options: new() { Scaling = FeatureScaling.Standardize }))
            .Should().Throw<ArgumentException>().WithMessage("*Exponential*");
    }

    /// <summary>ŷ = e^(ax).</summary>
    private sealed class Exponential : IModel
    {
        public ModelTask Task => ModelTask.Regression;

        public int OutputCount => 1;

        public ParameterLayout Layout(int columnCount) => ParameterLayout.Flat(1);

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
        {
            for (int i = 0; i < rows.Count; i++)
                scores[i] = Math.Exp(parameters[0] * rows[i][0]);
        }

        public void AddGradient(
            ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives, Span<double> gradient,
            Span<double> scratch)
        {
            for (int i = 0; i < rows.Count; i++)
                gradient[0] += derivatives[i] * rows[i][0] * Math.Exp(parameters[0] * rows[i][0]);
        }
    }

    private static ImmutableArray<double> FitWith(string name, Batching batching, SampleOrder order, long seed = 0)
    {
        var options = new TrainingOptions { MaxEpochs = 4, Batching = batching, Order = order, Seed = seed };
        return new Trainer(AllOptimizers.ByName[name](), options).Fit(new LinearRegression(), _data).Parameters;
    }

    private static LinearRegression Converged(FeatureScaling scaling)
    {
        var model = new LinearRegression();
        var options = new TrainingOptions { GradientTolerance = 1e-10, MaxEpochs = 100_000 };
        var fitOptions = new FitOptions { Scaling = scaling };
        new Trainer(new BatchGD(0.1), options).Fit(model, _data, options: fitOptions).Reason.Should().Be(StopReason.Converged);
        return model;
    }

    private static double Variance(Dataset data)
    {
        double[] targets = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0])];
        return targets.Select(y => (y - targets.Average()) * (y - targets.Average())).Average();
    }

    private static Dataset Synthetic(int count)
    {
        double[][] rows = [.. Enumerable.Range(0, count)
            .Select(i => new[] { Math.Sin(i), 2 * Math.Cos(1.3 * i) + 1, 0.5 * Math.Sin(2.1 * i + 1) })];
        return Dataset.From(rows, [.. rows.Select((row, i) => 1 + row[0] - 2 * row[1] + 3 * row[2] + 0.1 * Math.Sin(7.7 * i))]);
    }
}
