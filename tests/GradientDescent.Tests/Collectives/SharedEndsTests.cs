namespace GradientDescent.Tests.Collectives;

/// <summary>Ends of runs on several ranks: all ranks end together, whichever of them has the cause.</summary>
public sealed class SharedEndsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 400).Select(i => (double)(i % 37))], [.. Enumerable.Range(0, 400).Select(i => (double)(i % 11))]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ACancellationOfOneRank_EndsAllAfterTheSameStep()
    {
        TrainingResult[] results = LocalCollective.Run(3, ranks =>
        {
            using var source = new CancellationTokenSource();
            var observer = new Watcher(report =>
            {
                if (ranks.Rank == 1 && report.Step == 20)
                    source.Cancel();
            });
            return Fit(ranks, new() { MaxSteps = 10_000_000, Batching = Batching.Full, Observers = [observer] }, source.Token);
        });

        results.Should().AllSatisfy(result => result.Reason.Should().Be(StopReason.Cancelled));
        results.Select(result => result.Steps).Distinct().Should().ContainSingle().Which.Should().BeGreaterThanOrEqualTo(20);
        results.Should().AllSatisfy(result => result.Parameters.Should().Equal(results[0].Parameters));
    }

    [Fact]
    public void TheTimeLimitOfOneRank_EndsAllAfterTheSameStep()
    {
        // The clocks of the ranks start at different times.
        TrainingResult[] results = LocalCollective.Run(2, ranks =>
            Fit(ranks, new() { MaxTime = TimeSpan.FromMilliseconds(50), MaxSteps = 100_000_000, Batching = Batching.Full }));

        results.Should().AllSatisfy(result => result.Reason.Should().Be(StopReason.MaxTime));
        results[0].Steps.Should().Be(results[1].Steps);
    }

    [Fact]
    public void AnExceptionInARun_EndsTheJob()
    {
        var others = new List<Exception>();
        Action job = () => LocalCollective.Run(3, ranks =>
        {
            var observer = new Watcher(report =>
            {
                if (ranks.Rank == 1 && report.Step == 5)
                    throw new InvalidDataException("The log is full.");
            });
            try
            {
                return Fit(ranks, new() { Batching = Batching.Full, MaxSteps = 100, Observers = [observer] });
            }
            catch (CollectiveAbortedException e)
            {
                lock (others)
                    others.Add(e);
                throw;
            }
        });

        job.Should().Throw<InvalidDataException>().WithMessage("The log is full.");
        others.Should().HaveCount(2)
            .And.AllSatisfy(e => e.Message.Should().Be("Rank 1 has ended the job: InvalidDataException: The log is full."));
    }

    [Fact]
    public void Checkpoints_AreWrittenByRankZeroAlone()
    {
        string[] written = LocalCollective.Run(2, ranks =>
        {
            string path = Path.Combine(_folder, $"of-rank-{ranks.Rank}");
            Fit(ranks, new() { MaxSteps = 3, Batching = Batching.Full, CheckpointFile = path });
            return path;
        });

        File.Exists(written[0]).Should().BeTrue();
        File.Exists(written[1]).Should().BeFalse();
    }

    [Fact]
    public void ACheckpointThatOnlyRankZeroHas_ContinuesOnAllRanks()
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        TrainingResult whole = Fit(null, new() { MaxSteps = 9, Batching = Batching.Full });
        Fit(null, new() { MaxSteps = 4, Batching = Batching.Full, CheckpointFile = path });
        TrainingResult[] results = LocalCollective.Run(2, ranks => Fit(ranks, new()
        {
            MaxSteps = 9,
            Batching = Batching.Full,
            ResumeIfPresent = ranks.Rank == 0 ? path : Path.Combine(_folder, "not-here"),
        }));

        results.Should().AllSatisfy(result => result.Parameters.Should().Equal(whole.Parameters));
    }

    [Fact]
    public void APlaceWhereRankZeroCannotWrite_IsToldOnAllRanks()
    {
        // Rank 1 has the folder; only rank 0 writes.
        Exception[] errors = LocalCollective.Run(2, ranks => Record.Exception(() => Fit(ranks, new()
        {
            MaxSteps = 9,
            Batching = Batching.Full,
            CheckpointFile = ranks.Rank == 0 ? Path.Combine(_folder, "none", "run") : Path.Combine(_folder, "run"),
        }))!);

        errors.Should().AllBeOfType<ArgumentException>()
            .And.AllSatisfy(error => error.Message.Should().Contain("its folder does not exist"));
    }

    [Fact]
    public void AMissingCheckpoint_IsToldOnAllRanks()
    {
        string path = Path.Combine(_folder, "none");
        Exception[] errors = LocalCollective.Run(2, ranks => Record.Exception(() =>
            Fit(ranks, new() { MaxSteps = 9, Batching = Batching.Full, ResumeFrom = path }))!);

        errors[0].Should().BeOfType<FileNotFoundException>();
        errors[1].Should().BeAssignableTo<IOException>().Which.Message.Should().StartWith("Rank 0 could not read the checkpoint: ");
    }

    [Fact]
    public void ARunThatThePaceOfVotesDoesNotFit_EndsAtItsLimit()
    {
        // The ranks vote at the same turns although their speeds differ.
        TrainingResult[] results = LocalCollective.Run(2, ranks => Fit(ranks, new()
        {
            MaxSteps = 40,
            Batching = Batching.Full,
            Observers = [new Watcher(report => Thread.SpinWait(ranks.Rank == 1 && report.Step % 8 == 0 ? 200_000 : 1))],
        }));

        results.Should().AllSatisfy(result => result.Steps.Should().Be(40));
    }

    [Fact]
    public void AnObjectiveOfOnesOwn_DividesFullBatches()
    {
        int[] counts = new int[3];
        TrainingResult alone = Minimize(null);
        TrainingResult[] results = LocalCollective.Run(3, Minimize);

        results.Should().AllSatisfy(result => result.Parameters.Should().Equal(alone.Parameters));
        counts.Max().Should().BeLessThan(counts.Sum() / 2, "each rank evaluates about a third of the samples");

        TrainingResult Minimize(ICollective? ranks)
        {
            var objective = new Distances(ranks);
            TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxSteps = 20 }).Minimize(objective, [5, -5]);
            if (ranks is not null)
                counts[ranks.Rank] = objective.Evaluated;
            return result;
        }
    }

    [Fact]
    public void AFunctionThatAllRanksEvaluate_EndsOnAllOfThem()
    {
        TrainingResult[] results = LocalCollective.Run(2, ranks =>
        {
            using var source = new CancellationTokenSource();
            if (ranks.Rank == 1)
                source.Cancel();
            return new Trainer(new BatchGD(1e-6), new() { MaxSteps = 1_000_000 }).Minimize(new SharedSquare(ranks), [3], source.Token);
        });

        results.Should().AllSatisfy(result => result.Reason.Should().Be(StopReason.Cancelled));
        results[0].Steps.Should().Be(results[1].Steps);
    }

    [Fact]
    public void CrossValidationOnShards_HasTheScoresOfOneProcess()
    {
        double[] alone = Scores(null);
        foreach (double[] scores in LocalCollective.Run(2, ranks => Scores(ranks)))
            scores.Should().Equal(alone);

        static double[] Scores(ICollective? ranks)
        {
            Dataset data = _data.Shard(ranks);
            return [.. CrossValidation.Linear(data, Folds.KFold(data.SampleCount, 4, seed: 3), ModelScore.RootMeanSquaredError)
                .Folds.Select(fold => fold.Score)];
        }
    }

    private static TrainingResult Fit(ICollective? ranks, TrainingOptions options, CancellationToken cancellation = default) =>
        new Trainer(new Adam(1e-5), options).Fit(new LinearRegression(), _data.Shard(ranks), cancellationToken: cancellation);

    private sealed class Watcher(Action<TrainingReport> watch) : ITrainingObserver
    {
        public void Observe(in TrainingReport report) => watch(report);
    }

    private sealed class Distances(ICollective? ranks) : IStochasticObjective
    {
        public int Evaluated { get; private set; }

        public int ParameterCount => 2;

        public int SampleCount => 1000;

        public ICollective? Collective => ranks;

        public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
        {
            double sum = 0;
            foreach (int i in batch)
            {
                Evaluated++;
                for (int j = 0; j < 2; j++)
                {
                    double error = parameters[j] - Math.Sqrt(i + j);
                    sum += error * error;
                    if (!gradient.IsEmpty)
                        gradient[j] += 2 * error;
                }
            }

            return new LossSum(sum, batch.Count);
        }
    }

    private sealed class SharedSquare(ICollective ranks) : IObjective
    {
        public ICollective Collective => ranks;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            double[] share = [parameters[0] / ranks.Size];
            ranks.Sum(share);
            if (!gradient.IsEmpty)
                gradient[0] = 2 * share[0];
            return share[0] * share[0];
        }
    }
}
