namespace GradientDescent;

/// <summary>The point that a run can return to, and the returns so far.</summary>
internal sealed class RecoveryPoint
{
    private readonly DivergenceRecovery _settings;
    private readonly double[] _parameters;
    private readonly List<RecoveryRecord> _records = [];
    private OptimizerState _state;
    private long _step;
    private double _firstLoss = double.NaN;

    public RecoveryPoint(DivergenceRecovery settings, ReadOnlySpan<double> start, IOptimizer optimizer) =>
        (_settings, _parameters, _state) = (settings, start.ToArray(), optimizer.GetState());

    public double RateFactor { get; private set; } = 1;

    public IReadOnlyList<RecoveryRecord> Records => _records;

    /// <summary>Records a point if its loss is not above the first loss and the optimizer can continue from it.</summary>
    public void Consider(ReadOnlySpan<double> parameters, IOptimizer optimizer, long step, double loss)
    {
        if (double.IsNaN(_firstLoss))
            _firstLoss = loss;
        if (!(loss <= _firstLoss) || optimizer.GetState() is var state && !state.IsFinite)
            return;
        parameters.CopyTo(_parameters);
        (_state, _step) = (state, step);
    }

    /// <summary>Returns to the recorded point with a lower rate, unless no attempt is left or the last return did not help.</summary>
    public bool TryReturn(StopDetails divergence, Span<double> parameters, IOptimizer optimizer, long step)
    {
        if (_records.Count == _settings.MaxAttempts || _records.Count > 0 && _records[^1].Step == step)
            return false;
        RateFactor *= _settings.RateFactor;
        _parameters.CopyTo(parameters);
        optimizer.SetState(_state);
        _records.Add(new RecoveryRecord { Step = step, Divergence = divergence, ReturnedTo = _step, RateFactor = RateFactor });
        return true;
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("recovery.parameters", _parameters);
        snapshot.Add("recovery.step", _step);
        snapshot.Add("recovery.rateFactor", RateFactor);
        if (!double.IsNaN(_firstLoss))
            snapshot.Add("recovery.firstLoss", _firstLoss);
        snapshot.Add("recovery.optimizer", _state, _parameters.Length);
        snapshot.Add("recovery.count", _records.Count);
        for (int i = 0; i < _records.Count; i++)
        {
            RecoveryRecord record = _records[i];
            string name = Format.Text($"recovery.{i}.");
            snapshot.Add(name + "step", record.Step);
            snapshot.Add(name + "returnedTo", record.ReturnedTo);
            snapshot.Add(name + "rateFactor", record.RateFactor);
            snapshot.Add(name + "quantity", record.Divergence.Quantity);
            snapshot.AddAny(name + "measured", record.Divergence.Measured);
            snapshot.AddAny(name + "threshold", record.Divergence.Threshold);
        }
    }

    /// <param name="snapshot">The snapshot to read from or write to.</param>
    /// <param name="optimizer">An optimizer without state, on which the saved state is tried.</param>
    public void Restore(Snapshot snapshot, IOptimizer optimizer)
    {
        snapshot.TakeVector("recovery.parameters", _parameters);
        _step = snapshot.TakeCount("recovery.step");
        RateFactor = snapshot.TakeShare("recovery.rateFactor");
        _firstLoss = snapshot.TakeNumberOr("recovery.firstLoss", double.NaN);
        _state = snapshot.TakeState("recovery.optimizer", _parameters.Length, optimizer);
        _records.Clear();
        long count = snapshot.TakeCount("recovery.count", atMost: _settings.MaxAttempts);
        for (int i = 0; i < count; i++)
        {
            string name = Format.Text($"recovery.{i}.");
            var divergence = StopDetails.Limit(
                StopReason.Diverged, snapshot.TakeText(name + "quantity"), snapshot.TakeAny(name + "measured"),
                    snapshot.TakeAny(name + "threshold"));
            _records.Add(new RecoveryRecord
            {
                Step = snapshot.TakeCount(name + "step"),
                Divergence = divergence,
                ReturnedTo = snapshot.TakeCount(name + "returnedTo"),
                RateFactor = snapshot.TakeShare(name + "rateFactor"),
            });
        }
    }
}
