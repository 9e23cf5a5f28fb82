namespace GradientDescent;

/// <summary>Counts the mini-batches that a run skips because their loss or gradient is not finite.</summary>
/// <param name="maxInARow">The largest number of such batches in a row.</param>
internal sealed class SkippedBatches(int maxInARow)
{
    private long _inARow;
    private (long Epoch, long Batch) _first;

    /// <summary>The number of batches that were skipped.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a batch; returns <see langword="false"/> if it may not be skipped.</summary>
    public bool TrySkip(long epoch, int batch)
    {
        if (_inARow >= maxInARow)
            return false;
        if (Count == 0)
            _first = (epoch, batch);
        Count++;
        _inARow++;
        return true;
    }

    /// <summary>Notes that a batch was finite.</summary>
    public void EndRow() => _inARow = 0;

    /// <summary>Returns a sentence about the batches; <see langword="null"/> if there are none.</summary>
    public string? Describe(TrainingProblem problem) => Count == 0 ? null
        : Format.Text($"{Format.Count(Count, "step")} of {(Count == 1 ? "a batch was" : "batches were")} left out, because the loss or " +
            $"the gradient was not finite: first at {problem.Describe(_first.Epoch, (int)_first.Batch)}.");

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("skipped.count", Count);
        snapshot.Add("skipped.row", _inARow);
        snapshot.Add("skipped.epoch", _first.Epoch);
        snapshot.Add("skipped.batch", _first.Batch);
    }

    /// <param name="snapshot">The saved state.</param>
    /// <param name="problem">The problem, with its number of batches.</param>
    /// <param name="clock">The position of the saved run.</param>
    public void Restore(Snapshot snapshot, TrainingProblem problem, TrainingClock clock)
    {
        Count = snapshot.TakeCount("skipped.count", atMost: clock.Step);
        _inARow = snapshot.TakeCount("skipped.row", atMost: Count);
        _first = (snapshot.TakeCount("skipped.epoch", atMost: clock.Epoch),
            snapshot.TakeCount("skipped.batch", atMost: problem.BatchesPerEpoch - 1));
    }
}
