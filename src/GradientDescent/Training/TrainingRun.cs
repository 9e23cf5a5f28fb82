using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics;

namespace GradientDescent;

/// <summary>
/// A run that is made step by step: each step of the enumeration is one update. Leave the loop when you like; the result is there, and a second enumeration goes on where
/// the first one stopped.
/// </summary>
/// <remarks>Not thread-safe. The run begins with the first step.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingRun run = new Trainer(new Adam(0.05)).Steps(new LinearRegression(), data);
/// foreach (TrainingReport report in run)
///     if (report.EndsEpoch &amp;&amp; report.EpochLoss &lt; 3000) break;
/// Console.WriteLine(run.Result.Reason);   // Paused
/// </code></example>
public sealed class TrainingRun : IEnumerable<TrainingReport>
{
    private readonly TrainingLoop _loop;
    private readonly FitProblem? _fit;
    private TrainingResult? _result;
    private bool _isAdvancing;
    private bool _hasRested;

    /// <param name="loop">Makes the updates.</param>
    /// <param name="fit">The fit that this is, if it is one.</param>
    internal TrainingRun(TrainingLoop loop, FitProblem? fit) => (_loop, _fit) = (loop, fit);

    /// <summary>Where the run stands, in the user's units; a copy. The mean of the parameters where one is kept.</summary>
    public ImmutableArray<double> Parameters => _fit is null ? [.. _loop.EvaluationPoint] : _fit.ToUser([.. _loop.EvaluationPoint]);

    /// <summary>Whether the run has ended by itself; otherwise it can be continued.</summary>
    public bool HasEnded => _loop.HasEnded;

    /// <summary>How the run ended or, with <see cref="StopReason.Paused"/>, stands.</summary>
    public TrainingResult Result => _result ??= _fit is null ? _loop.Result() : _fit.InUsersUnits(_loop.Result());

    /// <summary>Makes all the updates that are left.</summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public TrainingResult Complete()
    {
        if (HasEnded && _hasRested)
            return Result;
        using Activity? activity = Telemetry.StartRun();
        _result = null;
        _loop.Complete();
        Rest();
        activity?.Describe(Result);
        return Result;
    }

    /// <summary>Makes an update for each report. When the enumeration is left, a fit's model gets the best parameters.</summary>
    /// <exception cref="InvalidOperationException">An exception has ended the run before.</exception>
    public IEnumerator<TrainingReport> GetEnumerator()
    {
        try
        {
            while (Advance(out TrainingReport report))
                yield return report;
        }
        finally
        {
            if (!_isAdvancing) // else what was thrown passes through
                Rest();
            _isAdvancing = false;
        }
    }

    private bool Advance(out TrainingReport report)
    {
        _result = null;
        _hasRested = false;
        _isAdvancing = true;
        bool isMade = _loop.Advance(out report, wantsReport: true);
        _isAdvancing = false;
        return isMade;
    }

    private void Rest()
    {
        _loop.Rest();
        _result = null; // a checkpoint that could not be written is said in the result
        _fit?.StoreResult(Result);
        _hasRested = true;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
