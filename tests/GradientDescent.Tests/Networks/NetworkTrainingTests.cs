using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;
using TestData = GradientDescent.Tests.Support.TestData;

namespace GradientDescent.Tests.Networks;

/// <summary>A network is trained by the same trainer as any other model, with the same promises.</summary>
public sealed class NetworkTrainingTests : IDisposable
{
    private static readonly Dataset _data = NetworkGradientTests.Data(300, 6, i => i % 3);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string CheckpointFile => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FeedForwardNetwork Classifier(double dropout = 0.3) => new(ModelTask.Classification,
        new DenseLayer(9, Activation.ReLU) { Dropout = dropout }, new DenseLayer(7, Activation.Tanh) { Dropout = dropout },
        new DenseLayer(3));

    private static readonly Arbitrary<(NumericPrecision Precision, TrainingOptions Options)> _runs = (
        from precision in Gen.Elements(Enum.GetValues<NumericPrecision>())
        from batching in Gen.Elements(Batching.Full, Batching.Mini(40), Batching.Mini(150), Batching.Mini(1))
        from parts in Gen.Elements(1, 2)
        from seed in Gen.Choose(0, 100)
        select (precision, new TrainingOptions
        {
            MaxEpochs = 4,
            Batching = batching,
            AccumulationSteps = batching.IsFull ? 1 : parts,
            Seed = seed,
            ParallelThreshold = 0,
            Schedule = new CosineDecay(Horizon.Fraction(1)),
        })).ToArbitrary();

    [Fact]
    public void Fit_OnTwoThreads_HasTheBitsOfOne() => Prop.ForAll(_runs, run =>
    {
        Dataset data = _data.WithPrecision(run.Precision);

        string one = ResultHash.Of(new Trainer(new Adam(0.01), run.Options with { MaxDegreeOfParallelism = 1 }).Fit(Classifier(), data));
        string two = ResultHash.Of(new Trainer(new Adam(0.01), run.Options with { MaxDegreeOfParallelism = 2 }).Fit(Classifier(), data));

        two.Should().Be(one);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Resume_AtAnyStep_EqualsNoInterruption() => Prop.ForAll(_runs, Gen.Choose(1, 12).ToArbitrary(), (run, at) =>
    {
        Dataset data = _data.WithPrecision(run.Precision);
        var fit = new FitOptions { Validation = Validation.HoldOut(0.2), Penalty = new L2Penalty(1e-3) };
        TrainingResult whole = new Trainer(new Adam(0.01), run.Options).Fit(Classifier(), data, options: fit);

        foreach (TrainingReport report in new Trainer(new Adam(0.01), run.Options with { CheckpointFile = CheckpointFile })
            .CreateRun(Classifier(), data, options: fit).RunSteps())
        {
            if (report.Step == at)
                break;
        }

        TrainingResult resumed = new Trainer(new Adam(0.01), run.Options with { ResumeFrom = CheckpointFile })
            .Fit(Classifier(), data, options: fit);
        ResultHash.Of(resumed).Should().Be(ResultHash.Of(whole));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Resume_OfAnotherNetwork_IsRefused()
    {
        new Trainer(new Adam(), new() { MaxEpochs = 1, CheckpointFile = CheckpointFile }).Fit(Classifier(0.3), _data);

        Action resume = () => new Trainer(new Adam(), new() { MaxEpochs = 2, ResumeFrom = CheckpointFile }).Fit(Classifier(0.2), _data);

        resume.Should().Throw<InvalidOperationException>().WithMessage("*dropout 0.3*");
    }

    [Fact]
    public void Fit_WithFrozenBlocks_KeepsTheirBits()
    {
        FeedForwardNetwork network = Classifier();
        double[] start = new double[network.Layout(6).Count];
        network.Initialize(start, seed: 0);

        new Trainer(new ParameterGroups(new Adam(0.05)).Freeze("layer1.*").Freeze("*.bias"), new() { MaxEpochs = 3 }).Fit(network, _data);

        foreach (ParameterBlock block in network.Layout(6).Blocks)
        {
            bool isFrozen = block.Name.StartsWith("layer1", StringComparison.Ordinal) || block.Role == ParameterRole.Bias;
            double[] before = block.Of(start.AsSpan()).ToArray(), after = block.Of(network.Parameters.AsSpan()).ToArray();
            if (isFrozen)
                after.Should().Equal(before, block.Name);
            else
                after.Should().NotEqual(before, block.Name);
        }
    }

    [Fact]
    public void Fit_ExclusiveOr_IsLearnt()
    {
        var data = Dataset.From([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]);
        var network = new FeedForwardNetwork(ModelTask.BinaryClassification, new DenseLayer(8, Activation.Tanh), new DenseLayer(1));

        TrainingResult result = new Trainer(new Adam(0.05), new() { MaxEpochs = 1000 }).Fit(network, data);

        // A linear model cannot go below ln 2, the loss of always answering one half.
        result.Loss.Should().BeLessThan(0.05);
        int[] classes = [network.PredictClass(0, 0), network.PredictClass(0, 1), network.PredictClass(1, 0), network.PredictClass(1, 1)];
        classes.Should().Equal(0, 1, 1, 0);
        network.PredictProbability(0, 1)[1].Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Fit_HandwrittenDigits_AreReadBetterThanByALinearModel()
    {
        // Softmax regression reads 96 of 100 digits that it has not seen; see the sample.
        (Dataset training, Dataset test) = Dataset.FromCsv(TestData.PathOf("digits.csv"), target: "target").SplitByClass(0.75, seed: 1);
        var network = new FeedForwardNetwork(ModelTask.Classification,
            new DenseLayer(64, Activation.ReLU) { Dropout = 0.2 }, new DenseLayer(10));
        var options = new TrainingOptions { MaxEpochs = 60, Batching = Batching.Mini(32), EarlyStopping = new(patience: 15) };

        new Trainer(new Adam(0.002), options).Fit(
            network, training.WithPrecision(NumericPrecision.Single), options: new() { Validation = Validation.HoldOut(0.1) });

        Enumerable.Range(0, test.SampleCount).Count(i => network.PredictClass(test.Features(i)) == test.Targets(i)[0])
            .Should().BeGreaterThan((int)(0.965 * test.SampleCount));
        test.SampleCount.Should().BeGreaterThan(400);
    }

    [Fact]
    public void PredictScores_OfManyRows_AreTheScoresOfEach()
    {
        FeedForwardNetwork network = Classifier();
        new Trainer(new Adam(0.01), new() { MaxEpochs = 2 }).Fit(network, _data);

        double[] expected = [.. Enumerable.Range(0, _data.SampleCount).SelectMany(i => network.Scores(_data.Features(i)))];

        network.PredictScores(_data).Should().Equal(expected);
    }

    [Theory]
    [InlineData(Activation.ReLU, WeightInitialization.Automatic, 6.0 / 50)]
    [InlineData(Activation.Tanh, WeightInitialization.Automatic, 6.0 / 250)]
    [InlineData(Activation.Tanh, WeightInitialization.He, 6.0 / 50)]
    [InlineData(Activation.ReLU, WeightInitialization.Glorot, 6.0 / 250)]
    public void Initialize_OfALayer_HasTheVarianceOfItsPaper(
        Activation activation, WeightInitialization initialization, double squaredBound)
    {
        var network = new FeedForwardNetwork(
            ModelTask.Regression, new DenseLayer(200, activation) { Initialization = initialization }, new DenseLayer(1));
        double[] parameters = new double[network.Layout(50).Count], again = new double[parameters.Length];
        network.Initialize(parameters, seed: 4);
        network.Initialize(again, seed: 4);

        double[] weights = network.Layout(50)["layer1.weight"].Of(parameters.AsSpan()).ToArray();

        // Uniform in [−b, b): the variance is b²/3, and the mean of 10,000 squares has a standard error of 0.9 % of it.
        weights.Average(w => w * w).Should().BeApproximately(squaredBound / 3, 5 * 0.009 * squaredBound / 3);
        weights.Max(Math.Abs).Should().BeLessThanOrEqualTo(Math.Sqrt(squaredBound));
        network.Layout(50)["layer1.bias"].Of(parameters.AsSpan()).ToArray().Should().OnlyContain(bias => bias == 0);
        again.Should().Equal(parameters);
    }
}
