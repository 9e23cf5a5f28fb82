using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Direction and unit of a run's loss.</summary>
/// <param name="Maximize">Whether to go uphill: loss and gradient are negated as they arrive.</param>
/// <param name="LossFactor">The user's loss is this times the problem's.</param>
internal readonly record struct LossDirection(bool Maximize, double LossFactor = 1);

/// <summary>
/// The training loop, the only one. A turn: evaluate → loss and gradient finite? → eps met at these very parameters? → limits reached? → clip → update →
/// parameters finite? No algorithm is named in it. Between two turns the run is a function of what <see cref="Save"/> writes.
/// </summary>
internal sealed partial class TrainingLoop
{
    private const int RecoveryInterval = 1024;

    private readonly TrainingProblem _problem;
    private readonly IOptimizer _optimizer;
    private readonly ISchedule _schedule;
    private readonly TrainingOptions _options;
    private readonly ValidationSet? _validation;
    private readonly ValidationSet? _training;
    private readonly CancellationToken _cancellation;
    private readonly double? _givenRate;
    private readonly double _direction;
    private readonly double _lossFactor;
    private readonly int _batchesPerEpoch;
    private readonly long? _samplesPerEpoch;
    private readonly bool _isFull;
    private readonly long? _plannedSteps;
    private readonly long _maxSteps;
    private readonly long _maxEpochs;
    private readonly long _maxSamples;

    private readonly AlignedArray<double> _parameters;
    private readonly AlignedArray<double> _gradient;
    private readonly BestParameters _candidates;
    private readonly EpochHistory _history = new();
    private readonly StopTests _tests;
    private readonly RecoveryPoint? _recovery;
    private readonly RunningAverage? _average;
    private readonly Func<double> _wholeLoss;
    private readonly ObserverNotifier _watch;
    private readonly Stopwatch _clock = new();

    private long _step;
    private long _epoch;
    private long _samples;
    private int _batch;
    private LossSum _epochSum;
    private (long Epoch, int Batch) _evaluated;
    private long _assessedEpochs;
    private double _loss = double.NaN;
    private double _norm = double.NaN;
    private double _rate = double.NaN;
    private TimeSpan _elapsedBefore;
    private StopDetails? _stop;
    private int? _nonFiniteIndex;
    private bool _isFaulted;
    private long _toldSteps;
    private long _toldSamples;
    private long _toldEpochs;

    /// <param name="problem">What to optimise.</param>
    /// <param name="optimizer">Used up by this run.</param>
    /// <param name="options">How to run.</param>
    /// <param name="limits">Those options whose defaults depend on the problem.</param>
    /// <param name="goal">Direction and unit of the loss.</param>
    /// <param name="start">Where to begin; not changed.</param>
    /// <param name="fit">Has the data to measure after each epoch, if there is such.</param>
    /// <param name="cancellation">Ends the run between two updates.</param>
    public TrainingLoop(
        TrainingProblem problem, IOptimizer optimizer, TrainingOptions options, Limits limits, LossDirection goal, ReadOnlySpan<double> start, FitProblem? fit, CancellationToken cancellation)
    {
        (_problem, _optimizer, _options, _validation, _training, _cancellation) = (problem, optimizer, options, fit?.Validation, fit?.Training, cancellation);
        _givenRate = fit?.LearningRate;
        _schedule = options.Schedule is IMetricSchedule metric ? metric.CreateNew() : options.Schedule;
        (_direction, _lossFactor) = (goal.Maximize ? -1 : 1, goal.LossFactor);
        (_batchesPerEpoch, _isFull) = (problem.BatchesPerEpoch, problem.IsFull);
        _samplesPerEpoch = problem.SamplesPerEpoch;
        _maxSteps = limits.MaxSteps ?? long.MaxValue;
        _maxEpochs = limits.MaxEpochs ?? long.MaxValue;
        _maxSamples = options.MaxSamples ?? long.MaxValue;
        _plannedSteps = PlannedSteps(limits);
        _parameters = new AlignedArray<double>(start);
        _gradient = new AlignedArray<double>(start.Length);
        _candidates = new BestParameters(start);
        _tests = new StopTests(options, limits.GradientTolerance, _direction * _lossFactor);
        _recovery = options.Recovery is { } recovery ? new RecoveryPoint(recovery, start, optimizer) : null;
        _average = options.Averaging is { } averaging ? new RunningAverage(averaging, start.Length) : null;
        _wholeLoss = () => WholeLoss(Parameters);
        _watch = new ObserverNotifier(options);
        Rate(); // what a length in the options cannot be counted in is said here, before anything has happened
        options.Averaging?.Includes(Clock);
        options.CheckpointEvery?.InSteps(Clock);
    }

    private Span<double> Parameters => _parameters.Span;

    private Span<double> Gradient => _gradient.Span;

    /// <summary>Where the run is written down, if anywhere.</summary>
    public CheckpointWriter? Checkpoints { get; init; }

    public bool HasEnded => _stop is not null;

    /// <summary>What is evaluated and returned: the parameters, or their mean where one is kept.</summary>
    public ReadOnlySpan<double> EvaluationPoint => _average is { IsEmpty: false } ? _average.Mean : Parameters;

    /// <summary>Wall time while the run was at work, before an interruption too.</summary>
    public TimeSpan Elapsed => _elapsedBefore + _clock.Elapsed;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? Turn(bool isWatched)
    {
        StopDetails? stop = Interrupted() ?? MeasureWhole() ?? LimitReached() ?? MeasureBatch() ?? Update(isWatched);
        return stop is { Reason: StopReason.Diverged } && Recovers(stop) ? null : stop;
    }

    private StopDetails? Interrupted()
    {
        if (_cancellation.IsCancellationRequested)
            return StopDetails.Cancelled;
        return _options.MaxTime is { } most && Elapsed is var elapsed && elapsed >= most
            ? new StopDetails(StopReason.MaxTime, "wall time in seconds", elapsed.TotalSeconds, most.TotalSeconds)
            : null;
    }

    /// <summary>Full batches at every update, mini-batches at the start of an epoch if a tolerance asks for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? MeasureWhole()
    {
        if (!_isFull && (_batch > 0 || !_tests.NeedWholeGradient))
            return null;
        LossSum sum = Directed(_isFull
            ? _problem.EvaluateBatch(_epoch, 0, Parameters, Gradient)
            : new LossSum(_problem.Objective.Evaluate(Parameters, Gradient), 1));
        if (NotFinite(sum.Loss) is { } diverged)
            return diverged;
        double loss = sum.Mean, norm = Reductions.Norm(Gradient);
        (_loss, _norm) = (loss, norm);
        if (_validation is null)
            _candidates.Offer(Parameters, _step, loss);
        StopDetails? assessed = _isFull ? Assess(loss) : null;
        return assessed is { Reason: StopReason.Diverged } ? assessed : _tests.Gradient(norm) ?? assessed;
    }

    private StopDetails? LimitReached()
    {
        if (_step >= _maxSteps)
            return new StopDetails(StopReason.MaxSteps, "updates", _step, _maxSteps);
        if (_epoch >= _maxEpochs)
            return new StopDetails(StopReason.MaxEpochs, "epochs", _epoch, _maxEpochs);
        return _samples >= _maxSamples ? new StopDetails(StopReason.MaxSamples, "samples", _samples, _maxSamples) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? MeasureBatch()
    {
        if (_isFull)
            return null;
        _evaluated = (_epoch, _batch);
        LossSum sum = Directed(_problem.EvaluateBatch(_epoch, _batch, Parameters, Gradient, LongestProximalStep));
        if (NotFinite(sum.Loss) is { } diverged)
            return diverged;
        _epochSum += sum;
        _loss = sum.Mean;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopDetails? Update(bool isWatched)
    {
        _rate = Rate();
        if (isWatched && !_isFull)
            _norm = Reductions.Norm(Gradient);
        if (_recovery is not null && _isFull && (BitOperations.IsPow2(_step) || _step % RecoveryInterval == 0))
            _recovery.Offer(Parameters, _optimizer, _step, _loss);
        _options.Clipping?.Apply(Gradient);
        _optimizer.Update(Parameters, Gradient, _rate);
        _step++;
        _samples += _problem.SamplesIn(_batch);
        bool epochEnds = ++_batch == _batchesPerEpoch;
        if (!Reductions.AreFinite(Parameters) && FirstNotFinite("parameter", Parameters) is var diverged && !Recovers(diverged))
            return diverged;
        _average?.Add(Parameters, Clock);
        if (epochEnds || BitOperations.IsPow2(_step))
            _candidates.Keep(Parameters, _step);
        return epochEnds ? EndEpoch() : null;
    }

    private bool Recovers(StopDetails diverged)
    {
        if (_recovery?.TryReturn(diverged, Parameters, _optimizer, _step) != true)
            return false;
        _epochSum = default; // it may hold the batches that exploded
        _tests.Forget();
        _average?.Forget();
        return true;
    }

    /// <summary>The loss over all samples, to be made small.</summary>
    private double WholeLoss(ReadOnlySpan<double> parameters) => _direction * _problem.Objective.Evaluate(parameters, []);

    private LossSum Directed(LossSum sum)
    {
        if (_direction == 1)
            return sum;
        Reductions.Divide(Gradient, _direction);
        return sum with { Loss = _direction * sum.Loss };
    }

    /// <summary>A loss that is made small, as the user knows it; 0 stays 0 whatever the factor.</summary>
    private double InUsersUnit(double loss) => loss == 0 ? 0 : _direction * _lossFactor * loss;

    private StopDetails? NotFinite(double loss)
    {
        if (!double.IsFinite(loss))
            return new StopDetails(StopReason.Diverged, "loss", _direction * loss, double.NaN);
        return Reductions.AreFinite(Gradient) ? null : FirstNotFinite("gradient entry", Gradient);
    }

    private StopDetails FirstNotFinite(string quantity, ReadOnlySpan<double> values)
    {
        int index = 0;
        while (double.IsFinite(values[index]))
            index++;
        _nonFiniteIndex = index;
        return new StopDetails(StopReason.Diverged, Format.Text($"{quantity} {index}"), values[index], double.NaN);
    }
}
