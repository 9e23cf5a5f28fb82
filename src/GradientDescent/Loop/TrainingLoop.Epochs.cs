namespace GradientDescent;

/// <summary>What a run measures and records at the end of an epoch.</summary>
internal sealed partial class TrainingLoop
{
    /// <summary>
    /// Ends an epoch of mini-batches. With full batches the epoch is measured at the start of the next step, where its loss is computed.
    /// </summary>
    private StopDetails? EndEpoch()
    {
        LossSum sum = _epochSum;
        _epochSum = default;
        if (IsFull || sum.Weight == 0)
            return null; // a weight of 0: no batch was evaluated since a return from a divergence
        if (_settings.Validation is null && !_tests.NeedFullGradient)
            _best.Consider(Solution, _clock.Step, sum.Mean);
        _recovery?.Consider(Parameters, _optimizer, _clock.Step, sum.Mean);
        return MeasureEpoch(_clock.Epoch - 1, sum.Mean);
    }

    /// <summary>Validates, records and tests an epoch, once, when its loss is known.</summary>
    private StopDetails? MeasureEpoch(long epoch, double loss)
    {
        if (epoch < _measuredEpochs)
            return null; // done before the run was interrupted
        _problem.RequireUnchanged();
        LossDirection direction = _settings.Direction;
        if (!double.IsFinite(loss))
            return StopDetails.NonFinite("loss of the epoch", direction.ToUser(loss));
        _measuredEpochs = epoch + 1;
        (double Loss, double Metric) validation = (double.NaN, double.NaN);
        double trainingMetric = double.NaN;
        if (_settings.Validation is { } measure)
        {
            validation = measure.Measure(Solution);
            trainingMetric = _settings.Training?.Measure(Solution).Metric ?? double.NaN;
            _best.Consider(Solution, _clock.Step, validation.Loss);
        }

        bool validates = _settings.Validation is not null;
        _history.Add(new EpochRecord
        {
            Epoch = epoch,
            Step = _clock.Step,
            Loss = direction.ToUser(loss),
            LearningRate = _latest.LearningRate,
            ValidationLoss = validation.Loss,
            ValidationMetric = validation.Metric,
            TrainingMetric = trainingMetric,
            FullLoss = direction.ToUser(IsFull ? loss : _settings.Options.MeasureFullLoss ? FullLoss(Parameters) : double.NaN),
        });
        _monitor.Count(_clock.Step, _clock.Samples, _clock.Epoch, direction.ToUser(loss));
        _rates.Observe(validates ? validation.Loss : direction.ToUser(loss), _clock.Counts);
        return _tests.Epoch(new EpochMeasurement(
            loss,
            validates ? validation.Loss : direction.LossFactor * loss,
            validates ? "validation loss" : "loss",
            _tests.NeedsFullLoss(loss) ? FullLoss(Parameters) : double.NaN), Parameters);
    }
}
