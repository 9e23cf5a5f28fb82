using System.Collections.Immutable;
using System.Diagnostics;

namespace GradientDescent;

/// <summary>A run that is made step by step. Stop advancing when you like: the result is there, and the run can go on later.</summary>
/// <remarks>
/// Not thread-safe. The run begins with the first step. Nothing but <see cref="Advance"/>, <see cref="RunSteps"/> and
/// <see cref="Complete"/> trains.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingRun run = new Trainer(new Adam(0.05)).CreateRun(new LinearRegression(), data);
/// while (run.Advance())
///     if (run.Report.EndsEpoch &amp;&amp; run.Report.EpochLoss &lt; 3000) break;
/// Console.WriteLine(run.Pause().Reason);   // Paused
/// </code></example>
public sealed class TrainingRun
{
    private readonly TrainingLoop _loop;
    private readonly FitProblem? _fit;
    private TrainingReport? _report;
    private TrainingResult? _result;
    private bool _isPaused;

    /// <param name="loop">The loop that makes the steps.</param>
    /// <param name="fit">The fit that the run belongs to, if it belongs to one.</param>
    internal TrainingRun(TrainingLoop loop, FitProblem? fit) => (_loop, _fit) = (loop, fit);

    /// <summary>
    /// The point that the run has reached, in the user's units; a copy. The optimizer's solution, where that is another point than the
    /// parameters.
    /// </summary>
    public ImmutableArray<double> Parameters => _fit is null ? [.. _loop.Solution] : _fit.ToUser([.. _loop.Solution]);

    /// <summary>Whether the run has ended by itself; otherwise it can be continued.</summary>
    public bool HasEnded => _loop.HasEnded;

    /// <summary>The report of the latest step that <see cref="Advance"/> or <see cref="RunSteps"/> made.</summary>
    /// <exception cref="InvalidOperationException">No step has been made yet.</exception>
    public TrainingReport Report => _report ?? throw new InvalidOperationException("The run has no report yet: call Advance first.");

    /// <summary>How the run ended or, with <see cref="StopReason.Paused"/>, stands. Reading it changes nothing.</summary>
    public TrainingResult Result
    {
        get
        {
            if (_result is null)
            {
                TrainingResult result = _loop.Result();
                _result = _fit is null ? result : _fit.InUsersUnits(result);
            }

            return _result;
        }
    }

    /// <summary>Makes one step; <see langword="false"/> when the run has ended without one.</summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public bool Advance()
    {
        (_result, _isPaused) = (null, false);
        if (_loop.Advance(out TrainingReport report, wantsReport: true))
        {
            _report = report;
            return true;
        }

        Pause();
        return false;
    }

    /// <summary>
    /// Makes a step for each report that is read. When the enumeration is left, the run pauses; a later one goes on from there.
    /// </summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public IEnumerable<TrainingReport> RunSteps()
    {
        bool isAdvancing = true;
        try
        {
            while (Advance())
            {
                isAdvancing = false;
                yield return Report;
                isAdvancing = true;
            }
        }
        finally
        {
            if (!isAdvancing) // an exception of a step passes through
                Pause();
        }
    }

    /// <summary>Makes all the steps that are left.</summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public TrainingResult Complete()
    {
        if (HasEnded && _isPaused)
            return Result;
        using Activity? activity = Telemetry.StartRun();
        (_result, _isPaused) = (null, false);
        _loop.Complete();
        Pause();
        activity?.Describe(Result.Reason, Result.Steps, Result.Epochs, Result.Loss, Result.Diagnosis);
        return Result;
    }

    /// <summary>
    /// Stores the best parameters so far in the model of a fit, writes the checkpoint if one is wanted, and passes on the latest progress.
    /// The run can go on. The end of a run does the same.
    /// </summary>
    public TrainingResult Pause()
    {
        _loop.Pause();
        _result = null; // the result says whether a checkpoint could not be written
        _isPaused = true;
        _fit?.StoreResult(Result);
        return Result;
    }
}
