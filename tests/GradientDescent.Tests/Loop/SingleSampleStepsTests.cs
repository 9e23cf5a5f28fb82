using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>
/// Steps of one sample of a linear model take a short way. Its results have the bits of the way that every model can take: here the same
/// model behind the interface.
/// </summary>
public class SingleSampleStepsTests
{
    public static TheoryData<string> Optimizers =>
        [.. AllOptimizers.ByName.Where(optimizer => !optimizer.Value().Batching.IsFull).Select(optimizer => optimizer.Key)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EachOptimizer_HasTheBitsOfTheLongWay(string name)
    {
        foreach (int features in new[] { 1, 2, 3, 7, 8, 9, 16, 21 })
        {
            foreach (bool intercept in new[] { true, false })
            {
                ShouldAgree(new LinearRegression(intercept: intercept), Data(features), new MeanSquaredError(), AllOptimizers.ByName[name],
                    new() { MaxEpochs = 4 });
            }
        }
    }

    [Theory]
    [InlineData(NumericPrecision.Double, false)]
    [InlineData(NumericPrecision.Double, true)]
    [InlineData(NumericPrecision.Single, false)]
    [InlineData(NumericPrecision.Single, true)]
    public void EachWayOfStoringData_HasTheBitsOfTheLongWay(NumericPrecision precision, bool weighted)
    {
        foreach (SampleOrder order in Enum.GetValues<SampleOrder>())
        {
            ShouldAgree(new LogisticRegression(), Data(11, weighted, labels: true).WithPrecision(precision), new BinaryCrossEntropy(),
                () => new Adam(0.05), new() { MaxEpochs = 5, Order = order, Seed = 3 });
        }
    }

    [Fact]
    public void EachLoss_HasTheBitsOfTheLongWay()
    {
        ILoss[] losses =
        [
            new MeanSquaredError(), new MeanAbsoluteError(), new HuberLoss(0.5), new LogCoshLoss(), new QuantileLoss(0.3),
            new EpsilonInsensitiveLoss(0.1), new SquaredEpsilonInsensitiveLoss(0.1), new PoissonLoss(), new CubicError(),
        ];
        foreach (ILoss loss in losses)
            ShouldAgree(new LinearRegression(), Data(5, weighted: true), loss, () => new SGD(0.01), new() { MaxEpochs = 3 });
        foreach (ILoss loss in new ILoss[] { new BinaryCrossEntropy(), new HingeLoss(), new SquaredHingeLoss() })
            ShouldAgree(new LogisticRegression(), Data(5, labels: true), loss, () => new SGD(0.01), new() { MaxEpochs = 3 });
    }

    [Fact]
    public void EachOption_HasTheBitsOfTheLongWay()
    {
        TrainingOptions[] options =
        [
            new() { MaxEpochs = 6, Schedule = new ExponentialDecay(Horizon.Steps(7), 0.9) },
            new() { MaxSteps = 77 },
            new() { MaxSamples = 50 },
            new() { MaxEpochs = 9, GradientTolerance = 0.5 },
            new() { MaxEpochs = 9, TargetLoss = 0.4 },
            new() { MaxEpochs = 5, DropLastBatch = true },
            new() { MaxEpochs = 5, GradientTransforms = [GradientClipping.ByNorm(0.1)] },
            new() { MaxEpochs = 5, AccumulationSteps = 2 },
            new() { MaxEpochs = 5, Recovery = new DivergenceRecovery() },
        ];
        foreach (TrainingOptions each in options)
            ShouldAgree(new LinearRegression(), Data(6), new MeanSquaredError(), () => new SGD(0.05), each);
        ShouldAgree(new LinearRegression(), Data(6), new MeanSquaredError(), () => new SGD(0.05), new() { MaxEpochs = 5 },
            new FitOptions { Penalty = new L2Penalty(0.1), Scaling = FeatureScaling.None });
        ShouldAgree(new LinearRegression(), Data(6), new MeanSquaredError(), () => new SGD(0.05), new() { MaxEpochs = 5 },
            new FitOptions { Penalty = new L1Penalty(0.1), Validation = Validation.HoldOut(0.2), Scaling = FeatureScaling.None });
    }

    [Theory]
    [InlineData(1e200, 1)]
    [InlineData(1e308, 1e-3)]
    [InlineData(1, 1e150)]
    [InlineData(1, 30)]
    public void ARunThatDiverges_EndsAsOnTheLongWay(double feature, double rate)
    {
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[] { i == 29 ? feature : Math.Sin(i), 1 })];
        double[] targets = [.. rows.Select((_, i) => Math.Cos(i))];
        TrainingOptions[] options = [new() { MaxEpochs = 30 }, new() { MaxEpochs = 30, Recovery = new DivergenceRecovery() }];
        foreach (TrainingOptions each in options)
        {
            ShouldAgree(new LinearRegression(), Dataset.From(rows, targets), new MeanSquaredError(), () => new SGD(rate), each);
            ShouldAgree(new LinearRegression(), Dataset.From(rows, targets), new MeanSquaredError(), () => new AdaMax(rate), each);
        }
    }

    [Fact]
    public void AnExceptionOfTheLoss_EndsTheRunForGood()
    {
        TrainingRun run = new Trainer(new SGD(0.01), new TrainingOptions { MaxEpochs = 3, Batching = Batching.Mini(1) })
            .CreateRun(new LinearRegression(), Data(3), new FailingLoss(after: 20));

        run.Invoking(r => r.Complete()).Should().Throw<FormatException>();
        run.Invoking(r => r.Complete()).Should().Throw<InvalidOperationException>().WithMessage("*in the middle of a step*");
    }

    [Fact]
    public void ACheckpointOfEverySeventhStep_IsThereWhenTheProcessEnds_AndContinuesWithTheSameBits()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            string whole = ResultHash.Of(Run(new(), new FailingLoss(after: int.MaxValue)).Complete());
            TrainingRun ended = Run(new() { CheckpointFile = file, CheckpointEvery = Horizon.Steps(7) }, new FailingLoss(after: 60));
            ended.Invoking(run => run.Complete()).Should().Throw<FormatException>();

            TrainingRun continued = Run(new() { ResumeFrom = file }, new FailingLoss(after: int.MaxValue));

            continued.Advance().Should().BeTrue();
            continued.Report.Step.Should().Be(57);
            ResultHash.Of(continued.Complete()).Should().Be(whole);
        }
        finally
        {
            File.Delete(file);
        }

        static TrainingRun Run(TrainingOptions options, ILoss loss) =>
            new Trainer(new Adam(0.02), options with { MaxEpochs = 6, Batching = Batching.Mini(1) })
                .CreateRun(new LinearRegression(), Data(4), loss, new FitOptions { Scaling = FeatureScaling.None });
    }

    private static void ShouldAgree(LinearModel model, Dataset data, ILoss loss, Func<Optimizer> create, TrainingOptions options,
        FitOptions? fit = null)
    {
        TrainingOptions single = options with { Batching = Batching.Mini(1), MaxDegreeOfParallelism = 1 };
        fit ??= new FitOptions { Scaling = FeatureScaling.None };

        TrainingResult fast = new Trainer(create(), single).Fit(model, data, loss, fit);
        TrainingResult slow = new Trainer(create(), single).Fit(new Behind(model), data, loss, fit);

        ResultHash.Of(fast).Should().Be(ResultHash.Of(slow), "{0}, {1}, {2}: {3} and {4}", create(), loss, data, fast, slow);
    }

    private static Dataset Data(int features, bool weighted = false, bool labels = false)
    {
        var random = new Random(features);
        double[][] rows =
            [.. Enumerable.Range(0, 23).Select(_ => Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[] targets = [.. rows.Select(row => labels ? row[0] > 0 ? 1.0 : 0 : 1 + row[0] + random.NextDouble())];
        double[]? weights = weighted ? [.. rows.Select((_, i) => i % 5 == 3 ? 0 : 0.25 + random.NextDouble())] : null;
        return Dataset.From(rows, targets, weights);
    }

    /// <summary>The same model, which the library does not know.</summary>
    private sealed class Behind(LinearModel model) : IModel
    {
        private readonly IModel _model = model;

        public ModelTask Task => _model.Task;

        public int OutputCount => _model.OutputCount;

        public bool IsLinear => true;

        public ParameterLayout Layout(int columnCount) => _model.Layout(columnCount);

        public void Initialize(Span<double> parameters, long seed) => _model.Initialize(parameters, seed);

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch) =>
            _model.Predict(parameters, in rows, scores, scratch);

        public void AddGradient(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives,
            Span<double> gradient, Span<double> scratch) => _model.AddGradient(parameters, in rows, derivatives, gradient, scratch);
    }

    private sealed class FailingLoss(int after) : ILoss
    {
        private readonly MeanSquaredError _error = new();
        private int _calls;

        public double Evaluate(
            ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives) =>
            ++_calls > after ? throw new FormatException() : _error.Evaluate(predictions, targets, weights, derivatives);

        public string? ValidateShape(int scoresPerTarget) => null;

        public string? ValidateTarget(double target, int scoresPerTarget) => null;

        public (ILoss Loss, double Factor)? Rescaled(double scale) => null;
    }
}
