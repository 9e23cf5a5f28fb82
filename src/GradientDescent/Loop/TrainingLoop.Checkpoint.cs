namespace GradientDescent;

internal sealed partial class TrainingLoop
{
    /// <summary>Everything that the turns to come depend on.</summary>
    public void Save(Snapshot snapshot)
    {
        snapshot.Add("clock.step", _step);
        snapshot.Add("clock.elapsedTicks", Elapsed.Ticks);
        snapshot.Add("epoch.loss", _epochSum.Loss);
        snapshot.Add("epoch.weight", _epochSum.Weight);
        snapshot.Add("epoch.assessed", _assessedEpochs);
        snapshot.AddAny("latest.loss", _loss);
        snapshot.AddAny("latest.rate", _rate);
        snapshot.Add("parameters", Parameters);
        snapshot.Add("optimizer", _optimizer.GetState());
        _candidates.Save(snapshot);
        _history.Save(snapshot);
        _tests.Save(snapshot);
        _tests.SaveEnd(_stop, snapshot);
        _average?.Save(snapshot);
        _recovery?.Save(snapshot);
        if (_schedule is IMetricSchedule metric)
            snapshot.Add("schedule", metric.GetState());
    }

    /// <summary>Puts the run where another one stood. Call it on a run that has not begun; one that was refused must not be used.</summary>
    /// <exception cref="CheckpointFormatException">Something is missing, too much, or not possible.</exception>
    public void Restore(Snapshot snapshot)
    {
        _step = snapshot.TakeCount("clock.step");
        (_epoch, long batch) = Math.DivRem(_step, _batchesPerEpoch);
        _batch = (int)batch;
        _samples = _epoch * (_samplesPerEpoch ?? 0) + batch * _problem.SamplesIn(0); // all batches but an epoch's last are equally large
        (_toldSteps, _toldSamples, _toldEpochs) = (_step, _samples, _epoch);
        _elapsedBefore = TimeSpan.FromTicks(snapshot.TakeCount("clock.elapsedTicks", atMost: TimeSpan.MaxValue.Ticks / 2));
        _epochSum = new LossSum(snapshot.TakeNumber("epoch.loss"), snapshot.TakeNumber("epoch.weight"));
        _assessedEpochs = snapshot.TakeCount("epoch.assessed", atMost: _epoch + 1);
        _loss = snapshot.TakeAny("latest.loss");
        _rate = snapshot.TakeAny("latest.rate");
        snapshot.TakeVector("parameters", Parameters);
        snapshot.TakeState("optimizer", Parameters.Length, _optimizer);
        _candidates.Restore(snapshot);
        _history.Restore(snapshot);
        _tests.Restore(snapshot, Parameters.Length);
        _stop = _tests.RestoreEnd(snapshot);
        _average?.Restore(snapshot);
        _recovery?.Restore(snapshot, _optimizer.CreateNew());
        if (_schedule is IMetricSchedule metric)
            snapshot.TakeMemory("schedule", metric);
        snapshot.RequireAllTaken();
    }
}
