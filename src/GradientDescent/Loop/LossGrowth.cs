namespace GradientDescent;

/// <summary>
/// Finds losses that have grown too much: past the user's bound, or so much that the numbers would soon overflow. The second is a loss that
/// has risen in each of the last ten epochs, and is more than 10¹⁰ times the larger of its first two values. The first value alone would
/// not do: next to the optimum it is nearly 0, and a rule whose first steps have the length of the rate raises it by a large factor.
/// </summary>
/// <param name="maxGrowth">The user's bound, as a factor on the first loss; unset if there is none.</param>
internal sealed class LossGrowth(double? maxGrowth)
{
    private const double HopelessGrowth = 1e10;
    private const int HopelessRises = 10;

    private double _first = double.NaN;
    private double _second = double.NaN;
    private double _previous = double.NaN;
    private long _rises;

    /// <summary>Takes the loss of the next epoch. Returns the bound that it has passed, if any.</summary>
    public double? BoundPassedBy(double loss)
    {
        if (double.IsNaN(_first))
            _first = loss;
        else if (double.IsNaN(_second))
            _second = loss;
        _rises = loss > _previous ? _rises + 1 : 0;
        _previous = loss;

        double bound = double.PositiveInfinity;
        if (_rises >= HopelessRises)
            bound = _first + HopelessGrowth * Math.Max(Math.Abs(_first), Math.Abs(_second));
        if (maxGrowth is { } growth)
            bound = Math.Min(bound, _first + (growth - 1) * (_first != 0 ? Math.Abs(_first) : Math.Abs(_second)));
        return loss > bound ? bound : null;
    }

    /// <summary>Forgets how the loss has risen. The user's bound stays relative to the first loss.</summary>
    public void Forget() => _rises = 0;

    public void Save(Snapshot snapshot)
    {
        snapshot.AddAny("stop.firstLoss", _first);
        snapshot.AddAny("stop.secondLoss", _second);
        snapshot.AddAny("stop.previousLoss", _previous);
        snapshot.Add("stop.rises", _rises);
    }

    public void Restore(Snapshot snapshot)
    {
        _first = snapshot.TakeAny("stop.firstLoss");
        _second = snapshot.TakeAny("stop.secondLoss");
        _previous = snapshot.TakeAny("stop.previousLoss");
        _rises = snapshot.TakeCount("stop.rises");
    }
}
