#:project ../src/GradientDescent.RunHistory/GradientDescent.RunHistory.csproj
#:package Microsoft.Extensions.Hosting@10.0.15
#:property PublishAot=false
#:property ManagePackageVersionsCentrally=false

// A hosted service that trains every night and keeps its models and runs in a history, from which the best model is loaded. Here a night
// lasts 50 ms, and the host ends after the third one.
using GradientDescent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

DirectoryInfo folder = Directory.CreateTempSubdirectory("retrain-");
HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().AddProvider(new PlainLog()).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new RetrainingOptions(TimeSpan.FromMilliseconds(50), folder.FullName, Nights: 3));
builder.Services.AddSingleton<ISampleSource, Sensor>();
builder.Services.AddHostedService<NightlyRetraining>();
await builder.Build().RunAsync();

using (RunHistory history = RunHistory.Open(Path.Combine(folder.FullName, "runs.db"), readOnly: true))
{
    Console.WriteLine($"runs in the history: {history.Runs().Length}");
    RunRecord best = history.Runs(new RunFilter { SortBy = "rmse", Limit = 1 })[0];
    LinearRegression model = LinearRegression.Load(best.ModelFile);
    Console.WriteLine(FormattableString.Invariant($"best: {best.Name}, prediction at 10: {model.Predict(10):F1}"));
}

folder.Delete(recursive: true);

internal sealed record RetrainingOptions(TimeSpan Interval, string Folder, int Nights);

/// <summary>Where the service takes its samples from, such as a database.</summary>
internal interface ISampleSource
{
    Dataset Read(int night);
}

/// <summary>Each night there are more samples of 2x + 1 with some noise.</summary>
internal sealed class Sensor : ISampleSource
{
    public Dataset Read(int night)
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 20 * night).Select(i => i % 20.0)];
        return Dataset.From(x, [.. x.Select(value => 2 * value + 1 + random.NextDouble() - 0.5)]);
    }
}

internal sealed class NightlyRetraining(
    ISampleSource source,
    RetrainingOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<NightlyRetraining> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        for (int night = 1; await timer.WaitForNextTickAsync(stoppingToken); night++)
        {
            Train(night, stoppingToken);
            if (night == options.Nights)
            {
                lifetime.StopApplication();
                return; // the token is cancelled later: another night could begin before
            }
        }
    }

    private void Train(int night, CancellationToken stoppingToken)
    {
        (Dataset training, Dataset validation) = source.Read(night).Split(0.75, seed: 1);
        LinearFit fit = LinearRegression.Fit(training, cancellationToken: stoppingToken);
        if (fit.Result.Reason != StopReason.Converged)
        {
            log.NotConverged(night, fit.Result);
            return;
        }

        string file = Path.Combine(options.Folder, FormattableString.Invariant($"model-{night}.json"));
        fit.Save(file);
        using RunHistory history = RunHistory.Open(Path.Combine(options.Folder, "runs.db"));
        RunRecord run = RunRecord.From(fit, training, validation) with { Name = $"night {night}", ModelFile = file };
        double? before = history.Runs(new RunFilter { SortBy = "rmse", Limit = 1 }).FirstOrDefault()?.ValidationMetrics["rmse"];
        history.Add(run.WithTag("service", "nightly"));
        bool isBest = before is null || run.ValidationMetrics["rmse"] < before;
        log.Trained(night, run.SampleCount, run.Reason, isBest ? ", the best so far" : "");
    }
}

internal static partial class Messages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "night {Night}: {Samples} samples, {Reason}{Best}")]
    public static partial void Trained(this ILogger log, int night, long samples, StopReason reason, string best);

    [LoggerMessage(Level = LogLevel.Warning, Message = "night {Night}: {Result}")]
    public static partial void NotConverged(this ILogger log, int night, TrainingResult result);
}

/// <summary>Writes each message as a line; a service uses AddConsole, which adds level and category.</summary>
internal sealed class PlainLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.WriteLine(formatter(state, exception));

    public void Dispose()
    {
    }
}

// Prints:
// night 1: 15 samples, Converged, the best so far
// night 2: 30 samples, Converged
// night 3: 45 samples, Converged
// runs in the history: 3
// best: night 1, prediction at 10: 21.0
