using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GradientDescent;

/// <summary>
/// Publishes the measurements of a run to .NET listeners, with the names in <see cref="TrainingDiagnostics"/>. Without a listener it has
/// almost no cost.
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

    /// <summary>Returns the tags by which runs that are measured at the same time can be told apart.</summary>
    /// <param name="runName">The user's name of the run, or <see langword="null"/>.</param>
    /// <param name="optimizer">The name of the algorithm.</param>
    /// <param name="model">The name of the model's class; <see langword="null"/> if a function is optimised.</param>
    public static TagList TagsOf(string? runName, string optimizer, string? model)
    {
        var tags = new TagList { { TrainingDiagnostics.OptimizerTag, optimizer } };
        if (model is not null)
            tags.Add(TrainingDiagnostics.ModelTag, model);
        if (runName is not null)
            tags.Add(TrainingDiagnostics.RunTag, runName);
        return tags;
    }

    public static void Add(in TagList tags, long steps, long samples, long epochs, double? epochLoss)
    {
        _steps.Add(steps, in tags);
        _samples.Add(samples, in tags);
        _epochs.Add(epochs, in tags);
        if (epochLoss is { } loss)
            _losses.Record(loss, in tags);
    }

    public static Activity? StartRun(in TagList tags)
    {
        Activity? activity = _activities.StartActivity(TrainingDiagnostics.RunName);
        for (int i = 0; i < tags.Count; i++)
            activity?.SetTag(tags[i].Key, tags[i].Value);
        return activity;
    }

    /// <summary>Adds the result of a run to its activity.</summary>
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
