using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>When a run ends, if nothing else ends it before.</summary>
internal readonly record struct Limits(long? MaxSteps, long? MaxEpochs, double? GradientTolerance);

/// <summary>
/// The training loop, the only one. A turn: evaluate → loss and gradient finite? → eps met at these very parameters? → limits reached? → update →
/// parameters finite? No algorithm is named in it.
/// </summary>
internal sealed class TrainingLoop
{
    private readonly TrainingProblem _problem;
    private readonly IOptimizer _optimizer;
    private readonly ISchedule _schedule;
    private readonly Limits _limits;
    private readonly double _direction;
    private readonly CancellationToken _cancellation;

    private readonly long? _plannedSteps;
    private readonly long _maxSteps;
    private readonly long _maxEpochs;

    private readonly AlignedArray<double> _parameters;
    private readonly AlignedArray<double> _gradient;
    private readonly Candidates _candidates;
    private readonly LossHistory _history = new();
    private long _step;
    private long _epoch;
    private long _samples;
    private int _batch;
    private LossSum _epochSum;

    /// <param name="problem">What to optimise.</param>
    /// <param name="optimizer">Used up by this run.</param>
    /// <param name="schedule">Factor on the optimizer's rate.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="maximize">Whether to go uphill: loss and gradient are negated as they arrive.</param>
    /// <param name="start">Where to begin; not changed.</param>
    /// <param name="cancellation">Ends the run between two updates.</param>
    public TrainingLoop(
        TrainingProblem problem, IOptimizer optimizer, ISchedule schedule, Limits limits, bool maximize, ReadOnlySpan<double> start, CancellationToken cancellation)
    {
        (_problem, _optimizer, _schedule, _limits, _cancellation) = (problem, optimizer, schedule, limits, cancellation);
        _direction = maximize ? -1 : 1;
        _parameters = new AlignedArray<double>(start);
        _gradient = new AlignedArray<double>(start.Length);
        _candidates = new Candidates(start);
        _plannedSteps = PlannedSteps();
        _maxSteps = limits.MaxSteps ?? long.MaxValue;
        _maxEpochs = limits.MaxEpochs ?? long.MaxValue;
    }

    private Span<double> Parameters => _parameters.Span;

    private Span<double> Gradient => _gradient.Span;

    public TrainingResult Run()
    {
        long started = Stopwatch.GetTimestamp();
        StopDetails? stop;
        do
        {
            stop = Turn();
        }
        while (stop is null);

        return Finish(stop, Stopwatch.GetElapsedTime(started));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? Turn()
    {
        if (_cancellation.IsCancellationRequested)
            return new StopDetails(StopReason.Cancelled, "cancellation was requested", double.NaN, double.NaN);
        return MeasureWhole() ?? LimitReached() ?? MeasureBatch() ?? Update();
    }

    /// <summary>Full batches at every update, mini-batches at the start of an epoch if a tolerance asks for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? MeasureWhole()
    {
        if (!_problem.IsFull && (_batch > 0 || _limits.GradientTolerance is null))
            return null;
        LossSum sum = Directed(_problem.IsFull
            ? _problem.EvaluateBatch(_epoch, 0, Parameters, Gradient)
            : new LossSum(_problem.Objective.Evaluate(Parameters, Gradient), 1));
        if (NotFinite(sum.Loss) is { } diverged)
            return diverged;
        double loss = sum.Mean;
        if (_problem.IsFull)
            _history.Add(_epoch, _direction * loss);
        _candidates.Offer(Parameters, _step, loss);
        double norm = Reductions.Norm(Gradient);
        return norm <= _limits.GradientTolerance
            ? new StopDetails(StopReason.Converged, "gradient norm", norm, _limits.GradientTolerance.Value)
            : null;
    }

    private StopDetails? LimitReached()
    {
        if (_step >= _maxSteps)
            return new StopDetails(StopReason.MaxSteps, "updates", _step, _maxSteps);
        return _epoch >= _maxEpochs ? new StopDetails(StopReason.MaxEpochs, "epochs", _epoch, _maxEpochs) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? MeasureBatch()
    {
        if (_problem.IsFull)
            return null;
        LossSum sum = Directed(_problem.EvaluateBatch(_epoch, _batch, Parameters, Gradient));
        _epochSum += sum;
        return NotFinite(sum.Loss);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? Update()
    {
        double factor = _schedule.FactorAt(new TrainingClock(_step, _epoch, _problem.BatchesPerEpoch, _samples, _plannedSteps));
        if (!double.IsFinite(factor) || factor < 0)
            throw new InvalidOperationException(Guard.Text(
                $"{_schedule.GetType().Name} gives the factor {factor} at update {_step}: a schedule must give finite numbers of at least 0."));
        _optimizer.Update(Parameters, Gradient, _optimizer.LearningRate * factor);
        _step++;
        _samples += _problem.SamplesIn(_batch);
        bool epochEnds = ++_batch == _problem.BatchesPerEpoch;
        if (!Reductions.AreFinite(Parameters))
            return FirstNotFinite("parameter", Parameters);
        if (epochEnds || BitOperations.IsPow2(_step))
            _candidates.Keep(Parameters, _step);
        if (epochEnds)
            EndEpoch();
        return null;
    }

    private void EndEpoch()
    {
        if (!_problem.IsFull)
        {
            _history.Add(_epoch, _direction * _epochSum.Mean);
            if (_limits.GradientTolerance is null)
                _candidates.Offer(Parameters, _step, _epochSum.Mean);
        }

        _epochSum = default;
        _batch = 0;
        _epoch++;
    }

    private LossSum Directed(LossSum sum)
    {
        if (_direction == 1)
            return sum;
        Reductions.Divide(Gradient, _direction);
        return sum with { Loss = _direction * sum.Loss };
    }

    private StopDetails? NotFinite(double loss)
    {
        if (!double.IsFinite(loss))
            return new StopDetails(StopReason.Diverged, "loss", _direction * loss, double.NaN);
        return Reductions.AreFinite(Gradient) ? null : FirstNotFinite("gradient entry", Gradient);
    }

    private static StopDetails FirstNotFinite(string quantity, ReadOnlySpan<double> values)
    {
        int index = 0;
        while (double.IsFinite(values[index]))
            index++;
        return new StopDetails(StopReason.Diverged, Guard.Text($"{quantity} {index}"), values[index], double.NaN);
    }

    private TrainingResult Finish(StopDetails stop, TimeSpan elapsed)
    {
        if (stop.Reason != StopReason.Diverged)
            _candidates.Keep(Parameters, _step);
        (double[] chosen, long step) = _candidates.Choose(
            stop.Reason, _problem.IsFull, parameters => _direction * _problem.Objective.Evaluate(parameters, []));
        bool wholeMeasured = _problem.IsFull || _limits.GradientTolerance is not null;
        double loss = _problem.Objective.Evaluate(chosen, Gradient);
        return new TrainingResult
        {
            Stop = stop,
            Parameters = [.. chosen],
            OptimizedParameters = [.. chosen],
            BestBy = !_candidates.HasBest ? BestBy.Nothing : wholeMeasured ? BestBy.FullLoss : BestBy.EpochLoss,
            BestStep = step,
            Loss = loss,
            GradientNorm = Reductions.Norm(Gradient),
            LastFiniteParameters = [.. _candidates.Last],
            LastFiniteStep = _candidates.LastStep,
            Steps = _step,
            Epochs = _epoch,
            Samples = _samples,
            Elapsed = elapsed,
            History = _history.ToImmutable(),
            OptimizerState = _optimizer.Save(),
            Objective = _problem.Objective,
        };
    }

    private long? PlannedSteps()
    {
        long? byEpochs = _limits.MaxEpochs > long.MaxValue / _problem.BatchesPerEpoch ? long.MaxValue : _limits.MaxEpochs * _problem.BatchesPerEpoch;
        return byEpochs is null || _limits.MaxSteps < byEpochs ? _limits.MaxSteps : byEpochs;
    }
}
