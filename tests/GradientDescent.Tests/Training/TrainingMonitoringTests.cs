using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace GradientDescent.Tests.Training;

/// <summary>Monitoring of a run by observers, progress, .NET meters and activities, and the export of reports.</summary>
public class TrainingMonitoringTests
{
    private static readonly Dataset _line = Dataset.From(
        [.. Enumerable.Range(0, 100).Select(i => i / 10.0)], [.. Enumerable.Range(0, 100).Select(i => 3 * (i / 10.0) + 1 + i % 2)]);

    private static readonly IObjective _bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);

    [Fact]
    public void Observers_SeeEveryUpdateInOrder()
    {
        var first = new TrainingLog();
        var second = new TrainingLog();

        new Trainer(new Adam(), new() { MaxSteps = 30, Observers = [first, second] }).Fit(new LinearRegression(), _line);

        first.Reports.Select(r => r.Step).Should().Equal(Enumerable.Range(1, 30).Select(i => (long)i));
        second.Reports.Should().HaveCount(30);
    }

    [Fact]
    public void ATrainingLog_OfALongRun_ThinsItself()
    {
        var log = new TrainingLog(capacity: 8);

        new Trainer(new SGD(), new() { MaxSteps = 100, Observers = [log] }).Fit(new LinearRegression(), _line);

        log.Reports.Select(r => r.Step).Should().Equal(1, 17, 33, 49, 65, 81, 97, 100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void AnObserverThatOnlyCounts_CostsNoAllocation(int batchSize)
    {
        var counter = new Counter();
        var options = new TrainingOptions
        {
            MaxSteps = 4000,
            Batching = Batching.Mini(batchSize),
            Observers = [counter],
            MaxDegreeOfParallelism = 1
        };

        new Trainer(new Adam(), options).Fit(new LinearRegression(), _line);

        counter.Count.Should().Be(4000);
        counter.Allocated.Should().Be(0);
    }

    [Fact]
    public void Progress_IsToldTheFirstAndTheLastAndNotMuchBetween()
    {
        var told = new List<long>();
        var options = new TrainingOptions { MaxSteps = 5000, Progress = new Collector(told), ProgressInterval = TimeSpan.FromHours(1) };

        new Trainer(new SGD(), options).Fit(new LinearRegression(), _line);

        told.Should().Equal(1, 5000);
    }

    [Fact]
    public void Progress_WithoutAnInterval_IsToldEveryUpdateOnce()
    {
        var told = new List<long>();

        new Trainer(new SGD(), new() { MaxSteps = 10, Progress = new Collector(told), ProgressInterval = TimeSpan.Zero })
            .Fit(new LinearRegression(), _line);

        told.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    [Fact]
    public void Meters_CountUpdatesSamplesAndEpochs()
    {
        var totals = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TrainingDiagnostics.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        int thread = Environment.CurrentManagedThreadId; // other tests train meanwhile
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Count(instrument.Name, 1));
        listener.Start();

        new Trainer(new Adam(), new() { MaxSteps = 10 }).Fit(new LinearRegression(), _line);

        // Ten batches of up to 32 of 100: 2 epochs and 64 samples.
        totals.Should().BeEquivalentTo(new Dictionary<string, double>
        {
            [TrainingDiagnostics.StepsName] = 10,
            [TrainingDiagnostics.SamplesName] = 264,
            [TrainingDiagnostics.EpochsName] = 2,
            [TrainingDiagnostics.LossName] = 2,
        });

        void Count(string name, double value)
        {
            if (Environment.CurrentManagedThreadId == thread)
                totals[name] = totals.GetValueOrDefault(name) + value;
        }
    }

    [Fact]
    public void ANamedRun_HasItsNameInReportsAndInItsResult()
    {
        var log = new TrainingLog();

        TrainingResult named = new Trainer(new BatchGD(0.1), new() { MaxSteps = 2, RunName = "night 3", Observers = [log] })
            .Minimize(_bowl, [1.0]);
        TrainingResult nameless = new Trainer(new BatchGD(0.1), new() { MaxSteps = 2 }).Minimize(_bowl, [1.0]);

        log.Reports.Select(report => report.RunName).Should().Equal("night 3", "night 3");
        log.Reports[0].ToString().Should().StartWith("night 3: step 1, ");
        named.RunName.Should().Be("night 3");
        named.ToString().Should().Be($"night 3: {nameless}");
        nameless.RunName.Should().BeNull();
    }

    [Fact]
    public void Meters_TellRunsApartByTags()
    {
        var tagged = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TrainingDiagnostics.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        int thread = Environment.CurrentManagedThreadId; // other tests train meanwhile
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Add(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Add(tags));
        listener.Start();

        new Trainer(new Adam(), new() { MaxEpochs = 1, RunName = "first" }).Fit(new LinearRegression(), _line);
        new Trainer(new SGD(), new() { MaxEpochs = 1 }).Fit(new LinearRegression(), _line);
        new Trainer(new BatchGD(0.1), new() { MaxSteps = 1 }).Minimize(_bowl, [1.0]);

        tagged.Distinct().Should().Equal(
            "gradientdescent.optimizer=Adam gradientdescent.model=LinearRegression gradientdescent.run.name=first",
            "gradientdescent.optimizer=SGD gradientdescent.model=LinearRegression",
            "gradientdescent.optimizer=BatchGD");
        FluentActions.Invoking(() => new TrainingOptions { RunName = "" })
            .Should().Throw<ArgumentException>().WithMessage("RunName is empty: it must be a text.*");

        void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Environment.CurrentManagedThreadId == thread)
                tagged.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")));
        }
    }

    [Fact]
    public void Activities_TellHowTheRunEnded()
    {
        var ended = new List<Activity>();
        int thread = Environment.CurrentManagedThreadId;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TrainingDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Environment.CurrentManagedThreadId == thread)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        new Trainer(new BatchGD(3), new() { MaxLossGrowth = 10, RunName = "steep" }).Minimize(_bowl, [1.0]);

        Activity activity = ended.Should().ContainSingle().Which;
        activity.OperationName.Should().Be(TrainingDiagnostics.RunName);
        activity.Status.Should().Be(ActivityStatusCode.Error);
        activity.GetTagItem("gradientdescent.reason").Should().Be("Diverged");
        activity.GetTagItem("gradientdescent.steps").Should().Be(2L);
        activity.GetTagItem(TrainingDiagnostics.OptimizerTag).Should().Be("BatchGD");
        activity.GetTagItem(TrainingDiagnostics.RunTag).Should().Be("steep");
    }

    [Fact]
    public void WriteCsv_OfReports_HasEveryDigitAndLeavesTheUnknownEmpty()
    {
        var log = new TrainingLog();
        new Trainer(new BatchGD(0.5), new() { MaxSteps = 2, Observers = [log] }).Minimize(_bowl, [1 / 3.0]);
        using var writer = new StringWriter { NewLine = "\n" };

        log.Reports.Select(r => r with { Elapsed = TimeSpan.FromSeconds(1.5) }).WriteCsv(writer);

        writer.ToString().Should().Be("""
            step,epoch,samples,loss,gradientNorm,learningRate,endsEpoch,epochLoss,validationLoss,elapsedSeconds
            1,1,0,0.05555555555555555,0.3333333333333333,0.5,1,0.05555555555555555,,1.5
            2,2,0,0.013888888888888888,0.16666666666666666,0.5,1,0.013888888888888888,,1.5

            """);
    }

    [Fact]
    public void WriteJson_OfAHistory_CanBeReadBack()
    {
        TrainingResult result = new Trainer(new BatchGD(0.5), new() { MaxSteps = 2 }).Minimize(_bowl, [1.0]);
        using var stream = new MemoryStream();

        result.History.WriteJson(stream);

        JsonElement[] epochs = [.. JsonDocument.Parse(stream.ToArray()).RootElement.EnumerateArray()];
        epochs.Select(e => e.GetProperty("loss").GetDouble()).Should().Equal(0.5, 0.125, 0.03125);
        epochs[0].GetProperty("learningRate").ValueKind.Should().Be(JsonValueKind.Null);
    }

    private sealed class Collector(List<long> told) : IProgress<TrainingReport>
    {
        public void Report(TrainingReport value) => told.Add(value.Step);
    }

    private sealed class Counter : ITrainingObserver
    {
        private long _before;

        public long Count { get; private set; }

        public long Allocated { get; private set; }

        public void Observe(in TrainingReport report)
        {
            if (++Count == 2000) // the code is as fast as it gets by then
                _before = GC.GetAllocatedBytesForCurrentThread();
            Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
            if (Count < 2000)
                Allocated = 0;
        }
    }
}
