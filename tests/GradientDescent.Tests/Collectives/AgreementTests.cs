namespace GradientDescent.Tests.Collectives;

/// <summary>
/// Settings that would make ranks send different messages are refused by name before any is sent: MPI does not notice different messages.
/// </summary>
public sealed class AgreementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 400).Select(i => (double)(i % 37))], [.. Enumerable.Range(0, 400).Select(i => (double)(i % 11))]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OtherFitOptions_AreRefused()
    {
        ShouldBeRefused(rank => Fit(rank, fit: new() { Validation = Validation.HoldOut(rank.Rank == 1 ? 0.3 : 0.2) }), "fit");
        ShouldBeRefused(rank => Fit(rank, fit: new() { Validation = rank.Rank == 1 ? Validation.HoldOut(0.3) : null }), "fit");
        ShouldBeRefused(
            rank => Fit(rank, fit: new() { Scaling = rank.Rank == 1 ? FeatureScaling.Standardize : FeatureScaling.None }), "fit");
        ShouldBeRefused(rank => new Trainer(new BatchGD()).Fit(
            new LinearRegression(), _data.Shard(rank), rank.Rank == 1 ? new HuberLoss(2) : new HuberLoss(1)), "fit");
    }

    [Fact]
    public void OtherWaysToResume_AreRefused()
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        Fit(null, new() { CheckpointFile = path });

        ShouldBeRefused(rank => Fit(rank, new() { ResumeFrom = rank.Rank == 1 ? path : null }), "options");
        ShouldBeRefused(rank => Fit(rank, new() { ResumeIfPresent = rank.Rank == 1 ? path : null }), "options");
    }

    [Fact]
    public void OtherWaysToDivideData_AreRefused()
    {
        ShouldBeRefused(rank => _data.Shard(rank, keepAllRows: rank.Rank == 1), "data");
        ShouldBeRefused(rank => _data.Shard(rank, fastSums: rank.Rank == 1), "data");
        ShouldBeRefused(rank => Dataset.FromShards(rank, _data, fastSums: rank.Rank == 1), "shape of samples");
    }

    [Fact]
    public void ACheckpointThatRankZeroMayNotRead_IsToldOnAllRanks()
    {
        Exception[] errors = LocalCollective.Run(2, rank => Record.Exception(() => Fit(rank, new() { ResumeFrom = _folder }))!);

        errors[0].Should().BeOfType<UnauthorizedAccessException>("it is a folder");
        errors[1].Should().BeOfType<IOException>().Which.Message.Should().StartWith("Rank 0 could not read the checkpoint: ");
    }

    [Fact]
    public void ACancellationOfOneRank_EndsARefinementOnAll()
    {
        (StopReason Reason, double Weight)[] results = LocalCollective.Run(3, rank =>
        {
            using var source = new CancellationTokenSource();
            if (rank.Rank == 1)
                source.Cancel();
            LinearFit fit = LinearRegression.FitAccurately(_data.Shard(rank), cancellationToken: source.Token);
            return (fit.Result.Reason, fit.Weights[0]);
        });

        results.Should().AllBeEquivalentTo(results[0]).And.AllSatisfy(result => result.Reason.Should().Be(StopReason.Cancelled));
    }

    private static TrainingResult Fit(ICollective? ranks, TrainingOptions? options = null, FitOptions? fit = null) =>
        new Trainer(new Adam(), (options ?? new()) with { Batching = Batching.Full, MaxSteps = 3 })
            .Fit(new LinearRegression(), _data.Shard(ranks), options: fit);

    private static void ShouldBeRefused(Func<ICollective, object> job, string what) => LocalCollective
        .Run(2, rank => Record.Exception(() => job(rank)))
        .Should().AllSatisfy(error => error.Should().BeOfType<InvalidOperationException>()
            .Which.Message.Should().StartWith($"Rank 1 has other {what} than rank 0: '"));
}
