namespace GradientDescent;

internal sealed partial class TrainingLoop
{
    public void Save(Snapshot snapshot)
    {
        _clock.Save(snapshot);
        snapshot.Add("epoch.loss", _epochSum.Loss);
        snapshot.Add("epoch.weight", _epochSum.Weight);
        snapshot.Add("epoch.assessed", _measuredEpochs);
        snapshot.AddAny("latest.loss", _latest.Loss);
        snapshot.AddAny("latest.rate", _latest.LearningRate);
        snapshot.Add("parameters", _parameters.Span);
        _sparse?.Save(snapshot);
        snapshot.Add("optimizer", _optimizer.GetState(), _parameters.Length);
        _best.Save(snapshot);
        _skipped.Save(snapshot);
        _history.Save(snapshot);
        _tests.Save(snapshot);
        _tests.SaveEnd(_stop, snapshot);
        _recovery?.Save(snapshot);
        _rates.Save(snapshot);
    }

    public void Restore(Snapshot snapshot)
    {
        _clock.Restore(snapshot);
        _monitor.Skip(_clock.Step, _clock.Samples, _clock.Epoch);
        _epochSum = new LossSum(snapshot.TakeNumber("epoch.loss"), snapshot.TakeNumber("epoch.weight"));
        _measuredEpochs = snapshot.TakeCount("epoch.assessed", atMost: _clock.Epoch + 1);
        (_latest.Loss, _latest.LearningRate) = (snapshot.TakeAny("latest.loss"), snapshot.TakeAny("latest.rate"));
        snapshot.TakeVector("parameters", Parameters);
        SparseSteps.Restore(snapshot, _sparse, _problem, _parameters.Span);
        snapshot.TakeState("optimizer", _parameters.Length, _optimizer);
        _best.Restore(snapshot);
        _skipped.Restore(snapshot, _problem, _clock.Counts);
        _history.Restore(snapshot);
        _tests.Restore(snapshot, _parameters.Length);
        _stop = _tests.RestoreEnd(snapshot);
        if (_recovery is not null)
        {
            IOptimizer trial = _optimizer.CreateNew(); // tries the saved state without changing the run's own optimizer
            trial.Bind(_problem.Objective.Layout);
            _recovery.Restore(snapshot, trial);
        }

        _rates.Restore(snapshot);
        snapshot.RequireAllTaken();
    }
}
