namespace GradientDescent;

internal sealed partial class TrainingLoop
{
    /// <summary>Everything that the turns to come depend on.</summary>
    public void Save(Snapshot snapshot)
    {
        snapshot.Add("clock.step", _step);
        snapshot.Add("clock.epoch", _epoch);
        snapshot.Add("clock.batch", _batch);
        snapshot.Add("clock.samples", _samples);
        snapshot.Add("clock.elapsedTicks", Elapsed.Ticks);
        snapshot.AddAny("epoch.loss", _epochSum.Loss);
        snapshot.AddAny("epoch.weight", _epochSum.Weight);
        snapshot.Add("epoch.assessed", _assessedEpochs);
        snapshot.AddAny("latest.loss", _loss);
        snapshot.AddAny("latest.rate", _rate);
        snapshot.Add("parameters", Parameters);
        snapshot.Add("optimizer", _optimizer.Save());
        _candidates.Save(snapshot);
        _history.Save(snapshot);
        _tests.Save(snapshot);
        _tests.SaveEnd(_stop, snapshot);
        _average?.Save(snapshot);
        _recovery?.Save(snapshot);
        if (_schedule is IMetricSchedule metric)
            snapshot.Add("schedule", metric.Save());
    }

    /// <summary>Puts the run where another one stood. Call it on a run that has not begun; one that was refused must not be used.</summary>
    /// <exception cref="CheckpointFormatException">Something is missing, too much, or not possible.</exception>
    public void Restore(Snapshot snapshot)
    {
        _step = snapshot.TakeCount("clock.step");
        _epoch = snapshot.TakeCount("clock.epoch");
        _batch = (int)snapshot.TakeCount("clock.batch", atMost: _batchesPerEpoch - 1);
        _samples = snapshot.TakeCount("clock.samples");
        _elapsedBefore = TimeSpan.FromTicks(snapshot.TakeCount("clock.elapsedTicks"));
        _epochSum = new LossSum(snapshot.TakeAny("epoch.loss"), snapshot.TakeAny("epoch.weight"));
        _assessedEpochs = snapshot.TakeCount("epoch.assessed");
        _loss = snapshot.TakeAny("latest.loss");
        _rate = snapshot.TakeAny("latest.rate");
        snapshot.TakeVector("parameters", Parameters);
        OptimizerState state = snapshot.TakeState("optimizer");
        Snapshot.Checked(() => _optimizer.Restore(state));
        _candidates.Restore(snapshot);
        _history.Restore(snapshot);
        _tests.Restore(snapshot, Parameters.Length);
        _stop = _tests.RestoreEnd(snapshot);
        _average?.Restore(snapshot);
        _recovery?.Restore(snapshot);
        if (_schedule is IMetricSchedule metric)
            Snapshot.Checked(() => metric.Restore(snapshot.TakeScheduleState("schedule")));
        snapshot.RequireAllTaken();
    }
}
