using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>Updates and training steps after the first allocate nothing.</summary>
public class AllocationContract
{
    private const int SampleCount = 203, FeatureCount = 13; // the last batch is short; neither is a multiple of a vector

    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, SampleCount)
            .Select(i => Enumerable.Range(0, FeatureCount).Select(j => HashedWork.Wave(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, SampleCount).Select(i => i % 2.0)],
        [.. Enumerable.Range(0, SampleCount).Select(i => i % 4.0)]);

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AfterTheFirst_AllocatesNothing(string name)
    {
        Optimizer wide = AllOptimizers.ByName[name](), narrow = AllOptimizers.ByName[name]();
        double[] parameters = new double[37], gradient = [.. Enumerable.Range(0, 37).Select(HashedWork.Wave)];
        float[] singles = new float[37], singleGradient = Array.ConvertAll(gradient, x => (float)x);
        wide.Update(parameters, gradient);
        narrow.Update(singles, singleGradient);

        long allocated = AllocatedBytes.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                wide.Update(parameters, gradient);
                narrow.Update(singles, singleGradient);
            }
        });

        allocated.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_AfterTheFirstStep_AllocatesNothing(string name)
    {
        // Several epochs of mini-batches. The history of full batches, which keeps 1,024 epochs, is thinned on the way.
        foreach ((Batching batching, SampleOrder order, int steps) in ((Batching, SampleOrder, int)[])
        [
            (Batching.Mini(1), SampleOrder.Shuffled, 700), (Batching.Mini(32), SampleOrder.Shuffled, 50),
                (Batching.Mini(32), SampleOrder.WithReplacement, 50),
            (Batching.Full, SampleOrder.Sequential, 1100),
        ])
        {
            if (AllOptimizers.ByName[name]().Batching.IsFull && !batching.IsFull)
                continue;
            foreach (NumericPrecision features in Enum.GetValues<NumericPrecision>())
            {
                Dataset data = _data.WithPrecision(features);
                var options = new TrainingOptions
                {
                    MaxSteps = steps,
                    Batching = batching,
                    Order = order,
                    GradientTolerance = batching.IsFull ? 0 : null
                };

                long allocated = AllocatedAfterTheFirstStep(AllOptimizers.ByName[name](), new LinearRegression(), data, options);

                allocated.Should().Be(0, "batches are {0}, {1}, of features in {2}", batching, order, features);
            }
        }
    }

    [Fact]
    public void Fit_OfEachModelAfterTheFirstStep_AllocatesNothing()
    {
        var network = new FeedForwardNetwork(ModelTask.Classification,
            new DenseLayer(5, Activation.ReLU) { Dropout = 0.5 }, new DenseLayer(4, Activation.Tanh), new DenseLayer(2));
        foreach (IModel model in (IModel[])[new LinearRegression(), new LogisticRegression(), new SoftmaxRegression(2), network])
            AllocatedAfterTheFirstStep(new Adam(), model, _data, new() { MaxSteps = 50, GradientTolerance = 0 }).Should()
                .Be(0, "the model is {0}", model.GetType().Name);
    }

    private static long AllocatedAfterTheFirstStep(Optimizer optimizer, IModel model, Dataset data, TrainingOptions options) =>
        AllocatedBytes.Least(() =>
    {
        var meter = new Meter(lastStep: options.MaxSteps!.Value - 1);
        new Trainer(optimizer, options with { Schedule = meter }).Fit(model, data);
        return meter.Allocated ?? throw new InvalidOperationException("The run ended before its last step.");
    });

    /// <summary>A schedule is asked once a step: it can watch what happens between two of them.</summary>
    private sealed class Meter(long lastStep) : ISchedule
    {
        private long _before;

        public long? Allocated { get; private set; }

        public double FactorAt(TrainingClock clock)
        {
            if (clock.Step == 1)
                _before = GC.GetAllocatedBytesForCurrentThread();
            if (clock.Step == lastStep)
                Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
            return 1;
        }
    }
}
