using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>The same bits however many threads work; and several really do.</summary>
public class ThreadCountContract
{
    // Blocks hold 256 KiB: 2,048 rows of up to 16 numbers. So there are six, the last one short.
    private const int SampleCount = 10_500, FeatureCount = 13;

    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, SampleCount).Select(i => Enumerable.Range(0, FeatureCount).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, SampleCount).Select(i => i % 3.0)],
        [.. Enumerable.Range(0, SampleCount).Select(i => 1.0 + i % 4)]);

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameHash(string name)
    {
        foreach ((string cut, HashedWork.Cut how) in HashedWork.Cuts.Where(cut => HashedWork.Fits(name, cut.Value)))
        {
            foreach (NumericPrecision features in Enum.GetValues<NumericPrecision>())
            {
                string expected = HashedWork.Training(name, how, features, threads: 1);
                foreach (int threads in (int[])[2, 3, 8])
                    HashedWork.Training(name, how, features, threads).Should()
                        .Be(expected, "{0} threads, {1}, features in {2}", threads, cut, features);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_WithAnyNumberOfThreads_GivesTheSameHash(string name)
    {
        foreach (NumericPrecision precision in Enum.GetValues<NumericPrecision>())
        {
            string expected = HashedWork.Updates(name, precision, threads: 1);
            foreach (int threads in (int[])[2, 3, 8])
                HashedWork.Updates(name, precision, threads).Should().Be(expected, "{0} threads, {1}", threads, precision);
        }
    }

    [Fact]
    public void Add_OfWeightedSamplesAndSeveralOutputsWithAnyNumberOfThreads_GivesTheSameBits()
    {
        double[] expected = Gradient(1, new CategoricalCrossEntropy());
        foreach (int threads in (int[])[2, 3, 8])
        {
            var meeting = new Meeting();

            Gradient(threads, new WatchedLoss(new CategoricalCrossEntropy(), meeting)).Should().Equal(expected, "{0} threads", threads);

            meeting.HasTakenPlace.Should().BeTrue();
        }

        static double[] Gradient(int threads, ILoss loss)
        {
            var risk = new EmpiricalRisk(new SoftmaxRegression(3), loss, _data) { MaxDegreeOfParallelism = threads, ParallelThreshold = 0 };
            double[] gradient = new double[risk.ParameterCount];
            LossSum sum = risk.Add([.. Enumerable.Range(0, gradient.Length).Select(i => Math.Sin(i))],
                new SampleBatch([.. Enumerable.Range(0, SampleCount)]), gradient);
            return [.. gradient, sum.Loss, sum.Weight];
        }
    }

    [Fact]
    public void Add_InPiecesThatAreWholeBlocks_EqualsAddingAllAtOnce()
    {
        var risk = new EmpiricalRisk(new SoftmaxRegression(3), new CategoricalCrossEntropy(), _data);
        double[] parameters = [.. Enumerable.Range(0, risk.ParameterCount).Select(i => Math.Sin(i))];
        int[] all = [.. Enumerable.Range(0, SampleCount)];
        double[] whole = new double[risk.ParameterCount], parts = new double[risk.ParameterCount];

        LossSum once = risk.Add(parameters, new SampleBatch(all), whole);
        LossSum twice = risk.Add(parameters, new SampleBatch(all.AsSpan(0, 2 * 2048)), parts)
            + risk.Add(parameters, new SampleBatch(all.AsSpan(2 * 2048)), parts);

        parts.Should().Equal(whole);
        twice.Weight.Should().Be(once.Weight);
    }

    [Fact]
    public void Fit_WithALossThatThrowsOnAnotherThread_LetsTheExceptionPass()
    {
        var options = new TrainingOptions { MaxDegreeOfParallelism = 3, ParallelThreshold = 0 };

        FluentActions.Invoking(() =>
            new Trainer(new BatchGD(), options).Fit(new LinearRegression(), _data, new Throwing(Environment.CurrentManagedThreadId)))
            .Should().Throw<TimeoutException>().WithMessage("own");
    }

    private sealed class Throwing(int caller) : ILoss
    {
        private readonly Meeting _meeting = new();

        public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights,
            Span<double> derivatives)
        {
            _meeting.Arrive();
            return Environment.CurrentManagedThreadId == caller ? 0 : throw new TimeoutException("own");
        }
    }
}
