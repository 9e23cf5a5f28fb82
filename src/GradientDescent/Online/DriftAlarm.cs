namespace GradientDescent;

/// <summary>The state of a <see cref="PageHinkleyTest"/>.</summary>
internal sealed class DriftAlarm(PageHinkleyTest test)
{
    private double _count, _mean, _sum, _smallest;

    /// <summary>Adds the loss of a batch; returns whether it is an alarm, after which the test starts anew.</summary>
    public bool Rings(double loss)
    {
        _count++;
        _mean += (loss - _mean) / _count;
        _sum += loss - _mean - test.Tolerance;
        _smallest = Math.Min(_smallest, _sum);
        if (_count < test.MinBatches || !(_sum - _smallest > test.Threshold))
            return false;
        (_count, _mean, _sum, _smallest) = (0, 0, 0, 0);
        return true;
    }

    public void Save(Snapshot snapshot) => snapshot.Add("drift", [_count, _mean, _sum, _smallest]);

    public void Restore(Snapshot snapshot)
    {
        double[] numbers = new double[4];
        snapshot.TakeVector("drift", numbers);
        (_count, _mean, _sum, _smallest) = (numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
