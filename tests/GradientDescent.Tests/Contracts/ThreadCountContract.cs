using GradientDescent.Kernels;

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
    public void Fit_WithAnyNumberOfThreads_GivesTheSameBits(string name)
    {
        foreach (Batching batching in (Batching[])[Batching.Full, Batching.Of(5000)])
        {
            if (AllOptimizers.ByName[name]().Batching.IsFull && !batching.IsFull)
                continue;
            double[] expected = Fit(1);
            foreach (int threads in (int[])[2, 3, 8])
                Fit(threads).Should().Equal(expected, "{0} threads, batches {1}", threads, batching);

            double[] Fit(int threads)
            {
                var options = new TrainingOptions { MaxEpochs = 3, Batching = batching, MaxDegreeOfParallelism = threads, ParallelThreshold = 0 };
                return [.. new Trainer(AllOptimizers.ByName[name](), options).Fit(new SoftmaxRegression(3), _data).Parameters];
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_WithAnyNumberOfThreads_GivesTheSameBits(string name)
    {
        const int Length = 200_003; // more than the threshold, and no whole number of pieces or packs
        double[] expected = Updated(1);

        Updated(2).Should().Equal(expected);
        Updated(5).Should().Equal(expected);

        double[] Updated(int threads)
        {
            Optimizer optimizer = AllOptimizers.ByName[name]();
            optimizer.UseThreads(threads, parallelThreshold: 0);
            double[] parameters = [.. Enumerable.Range(0, Length).Select(i => Math.Sin(i))];
            for (int t = 0; t < 3; t++)
                optimizer.Update(parameters, [.. Enumerable.Range(0, Length).Select(i => Math.Cos(i + t))]);
            return parameters;
        }
    }

    [Fact]
    public void Add_InPiecesThatAreWholeBlocks_EqualsAddingAllAtOnce()
    {
        var risk = new EmpiricalRisk(new SoftmaxRegression(3), new CategoricalCrossEntropy(), _data);
        double[] parameters = [.. Enumerable.Range(0, risk.ParameterCount).Select(i => Math.Sin(i))];
        int[] all = [.. Enumerable.Range(0, SampleCount)];
        double[] whole = new double[risk.ParameterCount], parts = new double[risk.ParameterCount];

        LossSum once = risk.Add(parameters, all, whole);
        LossSum twice = risk.Add(parameters, all.AsSpan(0, 2 * 2048), parts) + risk.Add(parameters, all.AsSpan(2 * 2048), parts);

        parts.Should().Equal(whole);
        twice.Weight.Should().Be(once.Weight);
    }

    [Fact]
    public void Run_OfACrew_UsesSeveralThreadsAndDoesEveryPieceOnce()
    {
        var crew = new WorkCrew(4);
        var work = new Census(pieces: 64);

        for (int round = 0; round < 50; round++)
            crew.Run(work, 64);

        work.Done.Should().OnlyContain(count => count == 50);
        work.Threads.Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Run_OfWorkThatThrows_ThrowsItHereAndCanBeUsedAgain()
    {
        var crew = new WorkCrew(3);

        crew.Invoking(c => c.Run(new Failing(), 100)).Should().Throw<InvalidDataException>().WithMessage("piece");

        var work = new Census(pieces: 10);
        crew.Run(work, 10);
        work.Done.Should().OnlyContain(count => count == 1);
    }

    [Fact]
    public void Run_AgainAndAgain_AllocatesNothing()
    {
        var crew = new WorkCrew(2);
        var work = new Census(pieces: 8, sleeps: false);
        for (int round = 0; round < 2000; round++)
            crew.Run(work, 8);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
            crew.Run(work, 8);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Fit_WithALossThatThrowsOnAnotherThread_LetsTheExceptionPass()
    {
        var options = new TrainingOptions { MaxDegreeOfParallelism = 3, ParallelThreshold = 0 };

        FluentActions.Invoking(() => new Trainer(new BatchGD(), options).Fit(new LinearRegression(), _data, new Throwing()))
            .Should().Throw<TimeoutException>().WithMessage("own");
    }

    private sealed class Census(int pieces, bool sleeps = true) : IPieceWork
    {
        public int[] Done { get; } = new int[pieces];

        public HashSet<int> Threads { get; } = [];

        public void Do(int piece)
        {
            Interlocked.Increment(ref Done[piece]);
            if (!sleeps)
                return;
            Thread.SpinWait(20_000); // long enough for helpers to come
            lock (Threads)
                Threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    private sealed class Failing : IPieceWork
    {
        public void Do(int piece)
        {
            if (piece == 5)
                throw new InvalidDataException("piece");
        }
    }

    private sealed class Throwing : ILoss
    {
        public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives) =>
            throw new TimeoutException("own");
    }
}
