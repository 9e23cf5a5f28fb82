using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GradientDescent;

/// <summary>
/// The names of the metrics and activities of runs, for <see cref="MeterListener"/>, <see cref="ActivityListener"/>, dotnet-counters or
/// OpenTelemetry.
/// </summary>
public static class TrainingDiagnostics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "GradientDescent";

    /// <summary>The name of the counter of steps, which is written after every epoch and when a run pauses.</summary>
    public const string StepsName = "gradientdescent.steps";

    /// <summary>The name of the counter of samples, which is written together with the steps.</summary>
    public const string SamplesName = "gradientdescent.samples";

    /// <summary>The name of the counter of epochs.</summary>
    public const string EpochsName = "gradientdescent.epochs";

    /// <summary>The name of the histogram of epoch losses, in the user's units.</summary>
    public const string LossName = "gradientdescent.loss";

    /// <summary>The tag of all metrics and activities with the name of the algorithm, such as <c>Adam</c>.</summary>
    public const string OptimizerTag = "gradientdescent.optimizer";

    /// <summary>The tag with the class of the model, such as <c>LinearRegression</c>. It is absent if a function is optimised.</summary>
    public const string ModelTag = "gradientdescent.model";

    /// <summary>The tag with <see cref="TrainingOptions.RunName"/>. It is absent if the run has no name.</summary>
    public const string RunTag = "gradientdescent.run.name";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "GradientDescent";

    /// <summary>
    /// The name of the activity of a run that one call completes. Its tags are those of the metrics and <c>gradientdescent.reason</c>,
    /// <c>.steps</c>, <c>.epochs</c> and <c>.loss</c>; its status is an error if the run diverged. A <see cref="TrainingRun"/> that
    /// advances step by step has no activity.
    /// </summary>
    public const string RunName = "gradientdescent.run";
}
