namespace GradientDescent;

/// <summary>What is done at the end of an epoch.</summary>
internal sealed partial class TrainingLoop
{
    private StopDetails? EndEpoch()
    {
        LossSum sum = _epochSum;
        _epochSum = default;
        _batch = 0;
        _epoch++;
        if (_isFull || sum.Weight == 0)
            return null; // assessed at the start of the next, where the loss at these parameters is known; or nothing has been seen since a return from a divergence
        if (_validation is null && !_tests.NeedWholeGradient)
            _candidates.Offer(EvaluationPoint, _step, sum.Mean);
        _recovery?.Offer(Parameters, _optimizer, _step, sum.Mean);
        return Assess(sum.Mean);
    }

    /// <summary>What is done once for every epoch: its loss and the validation's are known.</summary>
    private StopDetails? Assess(double loss)
    {
        long epoch = _isFull ? _epoch : _epoch - 1;
        if (epoch < _assessedEpochs)
            return null; // by the run that was interrupted here
        if (!double.IsFinite(loss))
            return new StopDetails(StopReason.Diverged, "loss of the epoch", InUsersUnit(loss), double.NaN);
        _assessedEpochs = epoch + 1;
        (double Loss, double Metric) validation = (double.NaN, double.NaN);
        double trainingMetric = double.NaN;
        if (_validation is not null)
        {
            validation = _validation.Measure(EvaluationPoint);
            trainingMetric = _training!.Measure(EvaluationPoint).Metric;
            _candidates.Offer(EvaluationPoint, _step, validation.Loss);
        }

        double watched = _validation is null ? _lossFactor * loss : validation.Loss;
        _history.Add(new EpochRecord(epoch, _step, InUsersUnit(loss), _rate, validation.Loss, validation.Metric, trainingMetric));
        TellMeters(InUsersUnit(loss));
        if (_schedule is IMetricSchedule metric)
            metric.Observe(_validation is null ? InUsersUnit(loss) : validation.Loss, Clock);
        return _tests.Epoch(loss, watched, _validation is null ? "loss" : "validation loss", Parameters, _wholeLoss);
    }
}
