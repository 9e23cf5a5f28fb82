using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The training loop. One turn: evaluate → are loss and gradient finite? → is the gradient tolerance met at these parameters? → is a limit
/// reached? → transform → update → are the parameters finite? The loop names no algorithm. Between two turns, the rest of the run depends
/// only on what <see cref="Save"/> writes.
/// </summary>
internal sealed partial class TrainingLoop : ICheckpointed
{
    private const int RecoveryInterval = 1024;

    private readonly RunSettings _settings;
    private readonly TrainingProblem _problem;
    private readonly IOptimizer _optimizer;
    private readonly Limits _limits;
    private readonly BatchEvaluator _evaluator;
    private readonly RunClock _clock;
    private readonly RateControl _rates;
    private readonly StopTests _tests;
    private readonly BestParameters _best;
    private readonly SkippedBatches _skipped;
    private readonly EpochHistory _history = new();
    private readonly RecoveryPoint? _recovery;
    private readonly FrozenParameters? _frozen;
    private readonly RunMonitor _monitor;
    private readonly RowWorker? _rows;
    private readonly SparseSteps? _sparse;
    private readonly StopVote? _vote;

    private readonly AlignedArray<double> _parameters;
    private AlignedArray<double>? _gradient;
    private readonly double[] _solution;

    private LossSum _epochSum;
    private long _measuredEpochs;
    private Measurement _latest = new();
    private double? _acceptedLoss;
    private bool _isFaulted;
    private StopDetails? _stop;
    private int? _nonFiniteIndex;

    /// <param name="settings">The parts of the run.</param>
    public TrainingLoop(RunSettings settings)
    {
        (_settings, _problem, _optimizer, _limits) = (settings, settings.Problem, settings.Optimizer, settings.Limits);
        TrainingOptions options = settings.Options;
        ReadOnlySpan<double> start = settings.Start;
        ParameterLayout layout = _optimizer.Bind(_problem.Objective.Layout);
        _frozen = FrozenParameters.Of(layout, start);
        _clock = new RunClock(_problem, settings.Limits);
        _evaluator = new BatchEvaluator(
            _problem, _clock, settings.Direction.Sign, options, layout, _frozen, settings.Limits.StandardErrorTolerance);
        _skipped = new SkippedBatches(options.MaxSkippedBatches);
        _recovery = options.Recovery is { } recovery ? new RecoveryPoint(recovery, start, _optimizer) : null;
        ISchedule schedule = options.Schedule is IMetricSchedule metric ? metric.CreateNew() : options.Schedule;
        _rates = new RateControl(settings.LearningRate ?? _optimizer.LearningRate, schedule, _recovery);
        _tests = new StopTests(options, settings.Limits, settings.Direction.Sign * settings.Direction.LossFactor,
            _problem.HasSamples ? "epochs" : "steps");
        _best = new BestParameters(start);
        _monitor = new RunMonitor(options.Observers, options.Progress, options.ProgressInterval, settings.Tags);
        _parameters = new AlignedArray<double>(start);
        _solution = start.ToArray();
        _rows = FindRows();
        _sparse = SparseSteps.For(settings, _optimizer, _evaluator, _frozen);
        _vote = _problem.Collective is { } ranks ? new StopVote(ranks) : null;

        // Throws before the first step if a horizon cannot be converted to steps.
        _rates.FactorAt(in _clock.Counts);
        options.CheckpointEvery?.InSteps(_clock.Counts);
    }

    /// <summary>Whether some parameters are frozen by the optimizer or the objective.</summary>
    public bool HasFrozenParameters => _frozen is not null;

    /// <summary>
    /// All parameters, brought up to date. What happens between two turns uses <see cref="Current"/>: the time at which changes are made
    /// decides how they are rounded, and the bits of a run must not depend on who looks at it.
    /// </summary>
    private Span<double> Parameters
    {
        get
        {
            _sparse?.Flush(_parameters.Span);
            return _parameters.Span;
        }
    }

    /// <summary>The values of all parameters; changes that are still to be made are in a copy.</summary>
    private ReadOnlySpan<double> Current => _sparse is null ? _parameters.Span : _sparse.UpToDate(_parameters.Span);

    private Span<double> Gradient => (_gradient ??= new AlignedArray<double>(_parameters.Length)).Span;

    private bool IsFull => _problem.IsFull;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? Turn(bool isObserved)
    {
        StopDetails? stop = Interrupted() ?? MeasureAllSamples() ?? LimitReached();
        if (stop is null)
        {
            stop = MeasureBatch();
            if (stop is { Reason: StopReason.Diverged } && _skipped.TrySkip(_clock.Epoch, _clock.Batch))
                return _clock.Advance() ? EndEpoch() : null;
            stop ??= Update(isObserved);
        }

        return stop is { Reason: StopReason.Diverged } && Recovers(stop) ? null : stop;
    }

    private StopDetails? Interrupted()
    {
        bool isCancelled = _settings.Cancellation.IsCancellationRequested;
        TimeSpan elapsed = default, max = default;
        bool isOutOfTime = _settings.Options.MaxTime is { } set && (max = set) <= (elapsed = _clock.Elapsed);
        StopReason? reason = _vote is not null ? _vote.Decide(isCancelled, isOutOfTime)
            : isCancelled ? StopReason.Cancelled
            : isOutOfTime ? StopReason.MaxTime
            : null;
        return reason switch
        {
            null => null,
            StopReason.Cancelled => StopDetails.Cancelled,
            _ => StopDetails.Limit(StopReason.MaxTime, "wall time in seconds", elapsed.TotalSeconds, max.TotalSeconds),
        };
    }

    /// <summary>
    /// Evaluates all samples: at every step with full batches, and at the start of an epoch with mini-batches if a tolerance requires it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? MeasureAllSamples()
    {
        if (!IsFull && (_clock.Batch > 0 || !_tests.NeedFullGradient))
            return null;
        LossSum sum = _acceptedLoss is { } known ? new LossSum(known, 1) : _evaluator.EvaluateFull(Parameters, Gradient);
        if (_acceptedLoss is null)
            _latest.Gradient = _evaluator.Measure(Parameters, Gradient);
        _acceptedLoss = null;
        if (NonFinite(sum.Loss) is { } diverged)
            return diverged;
        double loss = sum.Mean;
        _latest.Loss = loss;
        _latest.GradientNorm = _latest.Gradient.Norm;
        if (_settings.Validation is null)
            _best.Consider(Parameters, _clock.Step, loss);
        StopDetails? atEpoch = IsFull ? MeasureEpoch(_clock.Epoch, loss) : null;
        return atEpoch is { Reason: StopReason.Diverged } ? atEpoch : _tests.Gradient(_latest.Gradient) ?? atEpoch;
    }

    private StopDetails? LimitReached()
    {
        Limits limits = _limits;
        if (_clock.Step < limits.Steps && _clock.Epoch < limits.Epochs && _clock.Samples < limits.Samples)
            return null;
        if (_clock.Step >= limits.Steps)
            return StopDetails.Limit(StopReason.MaxSteps, "steps", _clock.Step, limits.Steps);
        return _clock.Epoch >= limits.Epochs
            ? StopDetails.Limit(StopReason.MaxEpochs, "epochs", _clock.Epoch, limits.Epochs)
            : StopDetails.Limit(StopReason.MaxSamples, "samples", _clock.Samples, limits.Samples);
    }

    /// <summary>Evaluates a mini-batch. A full batch has already been evaluated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? MeasureBatch()
    {
        if (IsFull)
            return null;
        if (_clock.Step == 0 && MeasureStart() is { } met)
            return met;
        LossSum sum = _sparse is null
            ? _evaluator.EvaluateBatch(Parameters, Gradient)
            : _sparse.Evaluate(_parameters.Span, _problem.Draw(_clock.Epoch, _clock.Batch));
        (_latest.Loss, _latest.Epoch, _latest.Batch) = (sum.Mean, _clock.Epoch, _clock.Batch);
        if ((_sparse is null ? NonFinite(sum.Loss) : NonFiniteSparse(_sparse, sum.Loss)) is { } diverged)
            return diverged;
        _epochSum += sum;
        _skipped.EndRow();
        return null;
    }

    /// <summary>Validates the start of a run with mini-batches, and tests it for the target.</summary>
    private StopDetails? MeasureStart()
    {
        if (_settings.Validation is { } measure)
            _best.Consider(Parameters, 0, measure.Measure(Parameters).Loss);
        return _settings.Options.TargetLoss is null ? null : _tests.Target(FullLoss(Parameters));
    }

    /// <summary>Makes the step: schedule, transforms, optimizer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? Update(bool isObserved)
    {
        double factor = _rates.FactorAt(in _clock.Counts), rate = _rates.BaseRate * factor;
        _latest.LearningRate = rate;
        if (_sparse is not null)
            return UpdateSparse(_sparse, rate, isObserved);
        _evaluator.LimitProximalStep(rate);
        if (isObserved && !IsFull)
            _latest.GradientNorm = _evaluator.NormOf(Parameters, Gradient, _evaluator.StepLength);
        if (_recovery is not null && IsFull && (BitOperations.IsPow2(_clock.Step) || _clock.Step % RecoveryInterval == 0))
            _recovery.Consider(Parameters, _optimizer, _clock.Step, _latest.Loss);

        _evaluator.Transform(Parameters, Gradient);
        var context = new UpdateContext(Parameters, Gradient, rate, factor, _latest.Loss, _clock.Step, _evaluator);
        _optimizer.Update(ref context);
        _frozen?.Restore(Parameters);
        if (_evaluator.IsNonsmooth)
            _problem.Penalty!.Project(Parameters);
        if (context.IsAccepted && IsFull)
            (_acceptedLoss, _latest.Gradient) = (context.Loss, _evaluator.Measure(Parameters, Gradient));

        bool endsEpoch = _clock.Advance();
        if (context.Stopped is not null && IsFull)
            MeasureLast(context.IsAccepted ? context.Loss : FullLoss(Parameters));
        return EndStep(NonFiniteParameter(Parameters), endsEpoch) ?? context.Stopped;
    }

    /// <summary>Ends a step with the records that are due, unless the parameters are not finite.</summary>
    private StopDetails? EndStep(StopDetails? diverged, bool endsEpoch)
    {
        if (diverged is not null && !Recovers(diverged))
            return diverged;
        if (endsEpoch || BitOperations.IsPow2(_clock.Step))
            _best.Record(Parameters, _clock.Step);
        return endsEpoch ? EndEpoch() : null;
    }

    /// <summary>Measures the parameters of an optimizer that ends the run, because no step measures them.</summary>
    private void MeasureLast(double loss)
    {
        _latest.Loss = loss;
        if (_settings.Validation is null && double.IsFinite(loss))
            _best.Consider(Parameters, _clock.Step, loss);
    }

    private bool Recovers(StopDetails diverged)
    {
        if (_recovery?.TryReturn(diverged, Parameters, _optimizer, _clock.Step) != true)
            return false;
        _acceptedLoss = null;
        _epochSum = default; // it may hold the batches that diverged
        _tests.Forget();
        return true;
    }

    /// <summary>The minimised loss over all samples.</summary>
    private double FullLoss(ReadOnlySpan<double> parameters) => _settings.Direction.Sign * _problem.Whole.Evaluate(parameters, []);

    private StopDetails? NonFinite(double loss)
    {
        if (!double.IsFinite(loss))
            return StopDetails.NonFinite("loss", _settings.Direction.Sign * loss);
        return Reductions.AreFinite(Gradient) ? null : FirstNonFinite("gradient entry", Gradient);
    }

    /// <summary>Names a parameter that the last step made not finite.</summary>
    private StopDetails? NonFiniteParameter(ReadOnlySpan<double> parameters)
    {
        if (_sparse is not null)
            return _sparse.FindNonFinite(parameters) is { } index ? NonFiniteAt("parameter", index, parameters[index]) : null;
        return Reductions.AreFinite(parameters) ? null : FirstNonFinite("parameter", parameters);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // its message would slow down every step
    private StopDetails FirstNonFinite(string quantity, ReadOnlySpan<double> values)
    {
        int index = 0;
        while (double.IsFinite(values[index]))
            index++;
        return NonFiniteAt(quantity, index, values[index]);
    }

    private StopDetails NonFiniteAt(string quantity, int index, double value)
    {
        _nonFiniteIndex = index;
        return StopDetails.NonFinite(Format.Text($"{quantity} {index}"), value);
    }
}
