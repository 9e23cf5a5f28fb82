using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GradientDescent;

/// <summary>What a run tells .NET's own listeners, under names that <see cref="TrainingDiagnostics"/> documents. It costs nothing when nobody listens.</summary>
internal static class Telemetry
{
    private static readonly Meter _meter = new(TrainingDiagnostics.MeterName);
    private static readonly Counter<long> _updates = _meter.CreateCounter<long>(TrainingDiagnostics.UpdatesName, "{update}", "Updates made");
    private static readonly Counter<long> _samples = _meter.CreateCounter<long>(TrainingDiagnostics.SamplesName, "{sample}", "Samples evaluated by updates");
    private static readonly Counter<long> _epochs = _meter.CreateCounter<long>(TrainingDiagnostics.EpochsName, "{epoch}", "Epochs completed");
    private static readonly Histogram<double> _losses = _meter.CreateHistogram<double>(TrainingDiagnostics.LossName, description: "Loss of an epoch, in the user's units");
    private static readonly ActivitySource _activities = new(TrainingDiagnostics.ActivitySourceName);

    public static bool IsMetered => _updates.Enabled || _samples.Enabled || _epochs.Enabled || _losses.Enabled;

    public static void Progressed(long updates, long samples, long epochs, double? epochLoss)
    {
        _updates.Add(updates);
        _samples.Add(samples);
        _epochs.Add(epochs);
        if (epochLoss is { } loss)
            _losses.Record(loss);
    }

    public static Activity? StartRun() => _activities.StartActivity(TrainingDiagnostics.RunName);

    public static void Describe(this Activity activity, TrainingResult result)
    {
        activity.SetTag("gradientdescent.reason", result.Reason.ToString());
        activity.SetTag("gradientdescent.steps", result.Steps);
        activity.SetTag("gradientdescent.epochs", result.Epochs);
        activity.SetTag("gradientdescent.loss", result.Loss);
        if (result.Reason == StopReason.Diverged)
            activity.SetStatus(ActivityStatusCode.Error, result.Diagnosis);
    }
}

/// <summary>The names under which runs can be listened to with <see cref="MeterListener"/>, <see cref="ActivityListener"/>, dotnet-counters or OpenTelemetry.</summary>
public static class TrainingDiagnostics
{
    /// <summary>The meter.</summary>
    public const string MeterName = "GradientDescent";

    /// <summary>Counter, in updates; told after every epoch and when a run rests.</summary>
    public const string UpdatesName = "gradientdescent.updates";

    /// <summary>Counter, in samples; told with the updates.</summary>
    public const string SamplesName = "gradientdescent.samples";

    /// <summary>Counter, in epochs.</summary>
    public const string EpochsName = "gradientdescent.epochs";

    /// <summary>Histogram: the loss of each epoch, in the user's units.</summary>
    public const string LossName = "gradientdescent.loss";

    /// <summary>The activity source.</summary>
    public const string ActivitySourceName = "GradientDescent";

    /// <summary>
    /// The activity of a run that is made in one go, with the tags <c>gradientdescent.reason</c>, <c>.steps</c>, <c>.epochs</c> and <c>.loss</c>; an error if the run diverged. The steps of a
    /// <see cref="TrainingRun"/> that is enumerated have none.
    /// </summary>
    public const string RunName = "gradientdescent.run";
}
