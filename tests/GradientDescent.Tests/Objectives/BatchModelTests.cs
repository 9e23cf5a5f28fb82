using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Objectives;

/// <summary>What the contract promises to a model of one's own that works on many rows at once, or with random numbers.</summary>
public class BatchModelTests
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 250).Select(i => Enumerable.Range(0, 784).Select(j => Math.Sin(i + j)).ToArray())],
        [.. Enumerable.Range(0, 250).Select(i => 1.0 + i % 2)]);

    [Fact]
    public void Add_OfAModelThatAsksForRows_GivesItThatMany()
    {
        var model = new Recorder(rows: 100);

        new EmpiricalRisk(model, new MeanSquaredError(), _data).Add([0.5], SampleBatch.FromRange(0, 250), [0.0]);

        model.Calls.Select(call => call.Rows).Should().Equal(100, 100, 50);
        model.Calls.Should().OnlyContain(call => call.Scratch >= 100 * 784);
    }

    [Fact]
    public void Add_OfAnotherModel_GivesItTheRowsThatFitInACache()
    {
        var model = new Recorder(rows: 0);

        new EmpiricalRisk(model, new MeanSquaredError(), _data).Add([0.5], SampleBatch.FromRange(0, 40), [0.0]);

        model.Calls.Should().OnlyContain(call => call.Rows == 4); // 16 KiB are two rows of 784 doubles; four is the least
    }

    [Fact]
    public void Fit_WithMiniBatches_GivesEachBatchASeedAndMeasurementsNone()
    {
        var model = new Recorder(rows: 100);
        var options = new TrainingOptions { MaxEpochs = 2, Batching = Batching.Mini(50), Order = SampleOrder.Sequential };

        new Trainer(new MiniBatchSGD(1e-3), options).Fit(model, _data, options: new() { Validation = Validation.HoldOut(0.2) });

        long?[] seeds = [.. model.Calls.Where(call => call.Seed is not null).Select(call => call.Seed)];
        seeds.Should().HaveCount(2 * 4).And.OnlyHaveUniqueItems(); // two epochs of four batches
        model.Calls.Where(call => call.Seed is not null).Should().OnlyContain(call => call.Rows == 50 && call.First % 50 == 0);
        model.Calls.Should().Contain(call => call.Seed == null);
    }

    [Fact]
    public void Fit_WithFullBatches_GivesEachStepASeed()
    {
        var model = new Recorder(rows: 500);

        new Trainer(new BatchGD(1e-3), new() { MaxSteps = 3, Seed = 5 }).Fit(model, _data);

        // 250 samples are four parts.
        model.Calls.Where(call => call.Seed is not null).GroupBy(call => call.Seed).Should()
            .HaveCountGreaterThanOrEqualTo(3).And.OnlyContain(step => step.Count() % 4 == 0);
    }

    [Fact]
    public void Add_OnTwoThreads_PassesTheSeedOn()
    {
        var model = new Recorder(rows: 50);
        var risk = new EmpiricalRisk(model, new MeanSquaredError(), _data) { MaxDegreeOfParallelism = 2, ParallelThreshold = 0 };

        risk.Add([0.5], SampleBatch.FromRange(0, 250) with { RandomSeed = 11 }, [0.0]);

        model.Calls.Should().HaveCount(5).And.OnlyContain(call => call.Seed == 11);
        model.Calls.Select(call => call.First).Should().BeEquivalentTo([0, 50, 100, 150, 200]);
    }

    [Fact]
    public void Slice_OfABatch_KeepsItsSeed()
    {
        SampleBatch range = SampleBatch.FromRange(0, 10) with { RandomSeed = 3 }, list = new([4, 5, 6]) { RandomSeed = 4 };

        range.Slice(2, 3).RandomSeed.Should().Be(3);
        list.Slice(1, 1).RandomSeed.Should().Be(4);
        SampleBatch.FromRange(0, 1).RandomSeed.Should().BeNull();
    }

    /// <summary>A model whose score is its parameter, and that writes down what it is asked.</summary>
    private sealed class Recorder(int rows) : IModel
    {
        private readonly List<Call> _calls = [];

        public IReadOnlyList<Call> Calls => _calls;

        public ModelTask Task => ModelTask.Regression;

        public int OutputCount => 1;

        public ParameterLayout Layout(int columnCount) => ParameterLayout.Flat(1);

        public int BatchRows(int columnCount) => rows;

        public int ScratchLength(int rowCount, int columnCount) => rowCount * columnCount;

        public void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
        {
            scores.Fill(parameters[0]);
            lock (_calls)
                _calls.Add(new(rows.Count, rows.SampleAt(0), rows.RandomSeed, scratch.Length));
        }

        public void AddGradient(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives,
            Span<double> gradient, Span<double> scratch)
        {
            foreach (double derivative in derivatives)
                gradient[0] += derivative;
        }
    }

    private sealed record Call(int Rows, int First, long? Seed, int Scratch);
}
