using System.Diagnostics;

namespace GradientDescent;

/// <summary>The decision of all ranks to end a run: if one is cancelled or out of time, all end after the same step.</summary>
/// <remarks>
/// The ranks vote about a hundred times per second, not at each turn, because a vote takes as long as a message. Rank 0 measures how
/// many turns that is, and sends it with the votes: so all ranks vote at the same turn.
/// </remarks>
/// <param name="collective">The ranks.</param>
internal sealed class StopVote(ICollective collective)
{
    private const double SecondsBetweenVotes = 0.01;
    private const int MaxGrowth = 2; // the next turns may take longer than the last ones

    private readonly double[] _votes = new double[3];
    private long _interval = 1;
    private long _turns;
    private long _lastVote = Stopwatch.GetTimestamp();

    /// <summary>Takes a turn's vote; returns why all ranks end the run, or <see langword="null"/>.</summary>
    /// <param name="isCancelled">Whether this rank is cancelled.</param>
    /// <param name="isOutOfTime">Whether this rank is out of time.</param>
    public StopReason? Decide(bool isCancelled, bool isOutOfTime)
    {
        if (++_turns < _interval)
            return null;
        _votes[0] = isCancelled ? 1 : 0;
        _votes[1] = isOutOfTime ? 1 : 0;
        _votes[2] = collective.Rank == 0 ? NextInterval() : 0;
        collective.Sum(_votes);
        (_turns, _interval) = (0, (long)_votes[2]);
        return _votes[0] > 0 ? StopReason.Cancelled : _votes[1] > 0 ? StopReason.MaxTime : null;
    }

    private double NextInterval()
    {
        double seconds = Math.Max(Stopwatch.GetElapsedTime(_lastVote).TotalSeconds, 1e-9);
        _lastVote = Stopwatch.GetTimestamp();
        return Math.Clamp(Math.Floor(_turns * SecondsBetweenVotes / seconds), 1, MaxGrowth * _interval);
    }
}
