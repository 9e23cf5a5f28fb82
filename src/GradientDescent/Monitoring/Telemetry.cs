using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GradientDescent;

/// <summary>
/// What a run tells .NET's own listeners, under names that <see cref="TrainingDiagnostics"/> documents. It costs nothing when nobody
/// listens.
/// </summary>
internal static class Telemetry
{
    private static readonly Meter _meter = new(TrainingDiagnostics.MeterName);
    private static readonly Counter<long> _steps = _meter.CreateCounter<long>(TrainingDiagnostics.StepsName, "{step}", "Steps made");
    private static readonly Counter<long> _samples =
        _meter.CreateCounter<long>(TrainingDiagnostics.SamplesName, "{sample}", "Samples evaluated by steps");
    private static readonly Counter<long> _epochs =
        _meter.CreateCounter<long>(TrainingDiagnostics.EpochsName, "{epoch}", "Epochs completed");
    private static readonly Histogram<double> _losses =
        _meter.CreateHistogram<double>(TrainingDiagnostics.LossName, description: "Loss of an epoch, in the user's units");
    private static readonly ActivitySource _activities = new(TrainingDiagnostics.ActivitySourceName);

    public static bool IsMetered => _steps.Enabled || _samples.Enabled || _epochs.Enabled || _losses.Enabled;

    public static void Add(long steps, long samples, long epochs, double? epochLoss)
    {
        _steps.Add(steps);
        _samples.Add(samples);
        _epochs.Add(epochs);
        if (epochLoss is { } loss)
            _losses.Record(loss);
    }

    public static Activity? StartRun() => _activities.StartActivity(TrainingDiagnostics.RunName);

    /// <summary>Adds how a run ended to its activity.</summary>
    public static void Describe(this Activity activity, StopReason reason, long steps, long epochs, double loss, string? diagnosis)
    {
        activity.SetTag("gradientdescent.reason", reason.ToString());
        activity.SetTag("gradientdescent.steps", steps);
        activity.SetTag("gradientdescent.epochs", epochs);
        activity.SetTag("gradientdescent.loss", loss);
        if (reason == StopReason.Diverged)
            activity.SetStatus(ActivityStatusCode.Error, diagnosis);
    }
}

/// <summary>
/// The names under which runs can be listened to with <see cref="MeterListener"/>, <see cref="ActivityListener"/>, dotnet-counters or
/// OpenTelemetry.
/// </summary>
public static class TrainingDiagnostics
{
    /// <summary>The meter.</summary>
    public const string MeterName = "GradientDescent";

    /// <summary>Counter, in steps; written after every epoch and when a run pauses.</summary>
    public const string StepsName = "gradientdescent.steps";

    /// <summary>Counter, in samples; written with the steps.</summary>
    public const string SamplesName = "gradientdescent.samples";

    /// <summary>Counter, in epochs.</summary>
    public const string EpochsName = "gradientdescent.epochs";

    /// <summary>Histogram: the loss of each epoch, in the user's units.</summary>
    public const string LossName = "gradientdescent.loss";

    /// <summary>The activity source.</summary>
    public const string ActivitySourceName = "GradientDescent";

    /// <summary>
    /// The activity of a run that is completed in one call, with the tags <c>gradientdescent.reason</c>, <c>.steps</c>, <c>.epochs</c> and
    /// <c>.loss</c>; an error if the run diverged. A <see cref="TrainingRun"/> that advances step by step has none.
    /// </summary>
    public const string RunName = "gradientdescent.run";
}
