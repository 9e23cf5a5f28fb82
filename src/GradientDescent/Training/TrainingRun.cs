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
/// TrainingRun run = new Trainer(new Adam(0.05)).Steps(new LinearRegression(), data);
/// foreach (TrainingReport report in run)
///     if (report.EndsEpoch &amp;&amp; report.EpochLoss &lt; 3000) break;
/// Console.WriteLine(run.Result);
/// </code></example>
public sealed class TrainingRun : IEnumerable<TrainingReport>
{
    private readonly TrainingLoop _loop;
    private readonly Func<TrainingResult, TrainingResult> _finish;
    private readonly Func<ImmutableArray<double>, ImmutableArray<double>> _toUser;
    private TrainingResult? _result;

    internal TrainingRun(
        TrainingLoop loop, Func<TrainingResult, TrainingResult> finish, Func<ImmutableArray<double>, ImmutableArray<double>> toUser) =>
        (_loop, _finish, _toUser) = (loop, finish, toUser);

    /// <summary>Where the run stands, in the user's units; a copy.</summary>
    public ImmutableArray<double> Parameters => _toUser([.. _loop.EvaluationPoint]);

    /// <summary>Whether the run has ended by itself; otherwise it can be continued.</summary>
    public bool HasEnded => _loop.HasEnded;

    /// <summary>How the run ended or, with <see cref="StopReason.Paused"/>, stands. A fit's model has the best parameters from the end of each enumeration on.</summary>
    public TrainingResult Result => _result ??= _finish(_loop.Result());

    /// <summary>Makes all the updates that are left.</summary>
    public TrainingResult Complete()
    {
        using Activity? activity = Telemetry.StartRun();
        _loop.Complete();
        Rest();
        activity?.Describe(Result);
        return Result;
    }

    /// <summary>Makes an update for each report.</summary>
    public IEnumerator<TrainingReport> GetEnumerator()
    {
        try
        {
            while (_loop.Advance(out TrainingReport report, wantsReport: true))
            {
                _result = null;
                yield return report;
            }
        }
        finally
        {
            Rest();
        }
    }

    private void Rest()
    {
        _loop.Rest();
        _result = _finish(_loop.Result());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
