namespace GradientDescent;

/// <summary>The clock, and the rate that optimizer, schedule and recovery make together.</summary>
internal sealed partial class TrainingLoop
{
    private TrainingClock Clock => new(_step, _epoch, _batchesPerEpoch, _samples, _plannedSteps, _samplesPerEpoch);

    /// <summary>
    /// The mapping of a batch's gradient is not on average that of the whole within about τ·‖g‖ of a kink. No longer than the rate, it is the one of proximal stochastic descent, and as the rate
    /// falls to 0 the run ends at the optimum. Duchi and Singer, "Efficient Online and Batch Learning Using Forward Backward Splitting", 2009.
    /// </summary>
    private double LongestProximalStep => _problem.Penalty is { HasKinks: true } ? Rate() : double.PositiveInfinity;

    private double BaseRate => _givenRate ?? _optimizer.LearningRate;

    private double Rate()
    {
        double factor = _schedule.FactorAt(Clock);
        if (!double.IsFinite(factor) || factor < 0)
            throw new InvalidOperationException(Format.Text(
                $"{_schedule.GetType().Name} gives the factor {factor} at update {_step}: a schedule must give finite numbers of at least 0."));
        double rate = BaseRate * factor * (_recovery?.RateFactor ?? 1);
        return double.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(Format.Text($"The rate {BaseRate} times the factor {factor} of {_schedule.GetType().Name} is {rate} at update {_step}."));
    }

    private long? PlannedSteps(Limits limits)
    {
        long? byEpochs = limits.MaxEpochs > long.MaxValue / _batchesPerEpoch ? long.MaxValue : limits.MaxEpochs * _batchesPerEpoch;
        long? bySamples = null;
        if (_options.MaxSamples is { } most && _samplesPerEpoch is { } perEpoch)
            bySamples = most / perEpoch * _batchesPerEpoch + (most % perEpoch + _problem.SamplesIn(0) - 1) / _problem.SamplesIn(0);
        return new[] { limits.MaxSteps, byEpochs, bySamples }.Min();
    }
}
