using System.Collections.Immutable;
using GradientDescent.Tests.Tool;

namespace GradientDescent.Tests.Runs;

/// <summary>A history keeps runs as they are, for several writers, and finds and sorts them.</summary>
public sealed class RunHistoryTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private string Path => _folder.PathOf("runs.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_AllFields_AreReadAsTheyWere()
    {
        var run = new RunRecord
        {
            Name = "it's \"quoted\"; DROP TABLE run; -- ünï 😀\n",
            Started = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.FromHours(9)).AddTicks(1234567),
            Duration = TimeSpan.FromTicks(987654321),
            Settings = "Adam, rate 0.1",
            Model = "LinearRegression",
            Optimizer = "Adam",
            Target = "prix €",
            DataSource = "o'brien.csv",
            DataFingerprint = "ab12",
            SampleCount = long.MaxValue,
            FeatureCount = 3,
            Reason = StopReason.Diverged,
            Steps = 5,
            Epochs = 4,
            Loss = 0.1,
            Seed = long.MinValue,
            ModelFile = "models/price.json",
            TrainingMetrics = Metrics(("rmse", 1.0 / 3), ("it's", 2)),
            ValidationMetrics = Metrics(("rmse", 5)),
        };
        run = run.WithTag("team", "it's").WithTag("empty", "");

        using RunHistory history = RunHistory.Open(Path);
        RunRecord? read = history.Find(history.Add(run));

        read.Should().BeEquivalentTo(run with { Id = 1 });
        read!.Started.Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(3.0)]
    [InlineData(0.1)]
    public void Add_AnyNumber_KeepsItsBits(double number)
    {
        using (RunHistory writer = RunHistory.Open(Path))
            writer.Add(new RunRecord { Loss = number, TrainingMetrics = Metrics(("m", number)) });

        using RunHistory history = RunHistory.Open(Path, readOnly: true);
        RunRecord read = history.Runs().Single();
        double[] numbers = [read.Loss, read.TrainingMetrics["m"]];

        numbers.Should().OnlyContain(value =>
            double.IsNaN(number) ? double.IsNaN(value) : BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(number));
    }

    [Fact]
    public void Runs_OfAnEmptyHistory_AreNone()
    {
        using RunHistory history = RunHistory.Open(Path);

        history.Runs().Should().BeEmpty();
        history.Find(1).Should().BeNull();
        history.Remove(1).Should().BeFalse();
    }

    [Fact]
    public async Task Add_FromSeveralConnectionsAtOnce_LosesNoRun()
    {
        const int Writers = 4, Each = 250;

        // The file does not exist before: the writers compete for its creation too.
        Task[] writers =
        [
            .. Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    using RunHistory history = RunHistory.Open(Path);
                    for (int i = 0; i < Each; i++)
                        history.Add(new RunRecord { Name = $"{writer}", Steps = i, TrainingMetrics = Metrics(("m", i)) });
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        await Task.WhenAll(writers);

        using RunHistory history = RunHistory.Open(Path);
        ImmutableArray<RunRecord> runs = history.Runs();
        runs.Select(run => run.Id).Should().BeEquivalentTo(Enumerable.Range(1, Writers * Each).Select(id => (long)id));
        runs.Should().OnlyContain(run => run.TrainingMetrics["m"] == run.Steps);
    }

    [Fact]
    public void Runs_Sorted_TakeValidationFirstAndPutMissingNumbersAtTheEnd()
    {
        using RunHistory history = RunHistory.Open(Path);
        history.Add(new RunRecord { Name = "training 2", TrainingMetrics = Metrics(("m", 2)) });
        history.Add(new RunRecord { Name = "validation 3", TrainingMetrics = Metrics(("m", 1)), ValidationMetrics = Metrics(("m", 3)) });
        history.Add(new RunRecord { Name = "none" });
        history.Add(new RunRecord { Name = "NaN", TrainingMetrics = Metrics(("m", 0)), ValidationMetrics = Metrics(("m", double.NaN)) });
        history.Add(new RunRecord { Name = "-inf", TrainingMetrics = Metrics(("m", double.NegativeInfinity)) });

        Names(new RunFilter { SortBy = "m" }).Should().Equal("-inf", "training 2", "validation 3", "NaN", "none");
        Names(new RunFilter { SortBy = "m", Descending = true }).Should().Equal("validation 3", "training 2", "-inf", "NaN", "none");
        Names(new RunFilter { SortBy = "m", Limit = 1 }).Should().Equal("-inf");
        Names(new RunFilter { Limit = 0 }).Should().BeEmpty();

        IEnumerable<string> Names(RunFilter filter) => history.Runs(filter).Select(run => run.Name);
    }

    [Fact]
    public void Runs_Filtered_HaveAllThatIsAskedFor()
    {
        using RunHistory history = RunHistory.Open(Path);
        history.Add(new RunRecord { Name = "a", Target = "t", Model = "M", Optimizer = "Adam" }.WithTag("x", "1").WithTag("y", "2"));
        history.Add(new RunRecord { Name = "b", Target = "t", Model = "N", Optimizer = "SGD" }.WithTag("x", "1"));
        history.Add(new RunRecord { Name = "c", Target = "T", Model = "M", Optimizer = "SGD" }.WithTag("x", "' OR 1 = 1 --"));

        Names(new RunFilter()).Should().Equal("c", "b", "a");
        Names(new RunFilter { Target = "t" }).Should().Equal("b", "a");
        Names(new RunFilter { Model = "M" }).Should().Equal("c", "a");
        Names(new RunFilter { Optimizer = "SGD", Name = "b" }).Should().Equal("b");
        Names(Tagged(("x", "1"))).Should().Equal("b", "a");
        Names(Tagged(("x", "1"), ("y", "2"))).Should().Equal("a");
        Names(Tagged(("x", "' OR 1 = 1 --"))).Should().Equal("c");
        Names(Tagged(("x", "2"))).Should().BeEmpty();

        IEnumerable<string> Names(RunFilter filter) => history.Runs(filter).Select(run => run.Name);
        static RunFilter Tagged(params (string Name, string Value)[] tags) =>
            new() { Tags = tags.ToImmutableDictionary(tag => tag.Name, tag => tag.Value) };
    }

    [Fact]
    public void Remove_ARun_TakesItsMetricsAndDoesNotGiveItsNumberAgain()
    {
        using RunHistory history = RunHistory.Open(Path);
        long first = history.Add(new RunRecord { TrainingMetrics = Metrics(("m", 1)) }.WithTag("x", "1"));

        history.Remove(first).Should().BeTrue();

        history.Find(first).Should().BeNull();
        long second = history.Add(new RunRecord());
        second.Should().Be(first + 1);
        history.Find(second)!.TrainingMetrics.Should().BeEmpty();
    }

    private static ImmutableSortedDictionary<string, double> Metrics(params (string Name, double Value)[] metrics) =>
        metrics.ToImmutableSortedDictionary(metric => metric.Name, metric => metric.Value, StringComparer.Ordinal);
}
