using System.Collections.Immutable;
using System.Diagnostics;

namespace GradientDescent;

/// <summary>A training run that the caller advances step by step. It can be stopped after any step and continued later.</summary>
/// <remarks>
/// Not thread-safe. The run begins with the first step. Only <see cref="Advance"/>, <see cref="RunSteps"/> and <see cref="Complete"/> make
/// steps.
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
    private readonly TagList _tags;
    private double[] _before;
    private double[] _now;
    private TrainingReport? _report;
    private TrainingResult? _result;
    private bool _isPaused;

    /// <param name="loop">The loop that makes the steps.</param>
    /// <param name="fit">The fit that the run belongs to, or <see langword="null"/>.</param>
    /// <param name="tags">The tags of the run's activity.</param>
    internal TrainingRun(TrainingLoop loop, FitProblem? fit, TagList tags)
    {
        (_loop, _fit, _tags) = (loop, fit, tags);
        (_before, _now) = (new double[loop.ParameterCount], new double[loop.ParameterCount]);
    }

    /// <summary>Looks at a converged result for what its user should know; <see langword="null"/>: nobody looks.</summary>
    internal Func<TrainingResult, string?>? Hint { get; init; }

    /// <summary>Whether the model of a fit receives the parameters at a pause; off where several runs of one model are compared.</summary>
    internal bool StoresResult { get; set; } = true;

    /// <summary>
    /// A copy of the current parameters, in the units of the user. If the solution of the optimizer is not its current parameters, this is
    /// the solution.
    /// </summary>
    public ImmutableArray<double> Parameters => _fit is null ? [.. _loop.Solution] : _fit.ToUser([.. _loop.Solution]);

    /// <summary>
    /// A copy of the parameters before the last step of <see cref="Advance"/> or <see cref="RunSteps"/>, in the units of the user: the
    /// point of the loss and the gradient norm in <see cref="Report"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">No step has been made yet.</exception>
    /// <example><code>
    /// var square = Objective.From(p =&gt; p[0] * p[0], (p, g) =&gt; g[0] = 2 * p[0]);
    /// TrainingRun run = new Trainer(new BatchGD(0.1)).CreateRun(square, [3]);
    /// run.Advance();
    /// Console.WriteLine($"f({run.ParametersBefore[0]:F2}) = {run.Report.Loss:F2}");   // f(3.00) = 9.00
    /// </code></example>
    public ImmutableArray<double> ParametersBefore
    {
        get
        {
            _ = Report;
            return _fit is null ? [.. _before] : _fit.ToUser([.. _before]);
        }
    }

    /// <summary>Whether the run has ended. If not, it can be continued.</summary>
    public bool HasEnded => _loop.HasEnded;

    /// <summary>The report of the last step that <see cref="Advance"/> or <see cref="RunSteps"/> made.</summary>
    /// <exception cref="InvalidOperationException">No step has been made yet.</exception>
    public TrainingReport Report => _report ?? throw new InvalidOperationException("The run has no report yet: call Advance first.");

    /// <summary>
    /// The result of the run. Its reason is <see cref="StopReason.Paused"/> if the run has not ended. Reading this property does not
    /// change the run.
    /// </summary>
    public TrainingResult Result
    {
        get
        {
            if (_result is null)
            {
                TrainingResult result = _loop.Result();
                _result = _fit is not null ? _fit.InUsersUnits(result)
                    : result.Reason == StopReason.Converged && Hint?.Invoke(result) is { } hint
                        ? result.With(copy => copy.Note = Format.Sentences(result.Note, hint))
                        : result;
            }

            return _result;
        }
    }

    /// <summary>Makes one step. Returns <see langword="false"/> if the run has ended without a further step.</summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public bool Advance()
    {
        (_result, _isPaused) = (null, false);
        _loop.CopyParametersTo(_now);
        if (_loop.Advance(out TrainingReport report, wantsReport: true))
        {
            (_before, _now) = (_now, _before);
            _report = report;
            return true;
        }

        Pause();
        return false;
    }

    /// <summary>
    /// Makes one step for each report that is enumerated. The run pauses when the enumeration is left; a later enumeration continues it.
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
            if (!isAdvancing) // otherwise Advance has thrown, or has ended and paused the run
                Pause();
        }
    }

    /// <summary>Makes all remaining steps.</summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public TrainingResult Complete()
    {
        if (HasEnded && _isPaused)
            return Result;
        using Activity? activity = Telemetry.StartRun(in _tags);
        (_result, _isPaused) = (null, false);
        _loop.Complete();
        Pause();
        activity?.Describe(Result.Reason, Result.Steps, Result.Epochs, Result.Loss, Result.Diagnosis);
        return Result;
    }

    /// <summary>
    /// Stores the best parameters so far in the model of a fit, writes the checkpoint if the options name a file, and reports the latest
    /// progress. The run can be continued. The same happens at the end of a run.
    /// </summary>
    public TrainingResult Pause()
    {
        _loop.Pause();
        _result = null; // the result contains the error if a checkpoint could not be written
        _isPaused = true;
        if (StoresResult)
            _fit?.StoreResult(Result);
        return Result;
    }

    /// <summary>Returns the last step and its loss or, after the end of the run, its result.</summary>
    public override string ToString() => HasEnded ? Result.ToString()
        : _report is { } report ? Format.Text($"step {report.Step}, epoch {report.Epoch}, loss {report.Loss:G6}")
        : "no step yet";
}
