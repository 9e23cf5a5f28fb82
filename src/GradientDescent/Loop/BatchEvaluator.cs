using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Evaluates batches for a run: sums over samples, mean, penalty, direction. Full batches, mini-batches and plain objectives share one
/// path. An optimizer's <see cref="UpdateContext"/> evaluates with it too.
/// </summary>
internal sealed class BatchEvaluator : ISampleEvaluator
{
    private readonly TrainingProblem _problem;
    private readonly RunClock _clock;
    private readonly IGradientTransform[] _transforms;
    private readonly ParameterLayout _layout;
    private readonly long _seed;
    private readonly FrozenParameters? _frozen;
    private readonly FullBatchSum _full;
    private readonly DividedBatches? _divided;
    private readonly RowWorker? _rows;
    private readonly LossSum[] _sum = new LossSum[1];
    private readonly double[] _mapping;
    private readonly double _direction;
    private readonly double? _tolerance;
    private GradientUnits? _units;
    private double _proximalStep;
    private double _batchWeight;
    private double _totalWeight = double.NaN; // not known yet

    /// <param name="problem">The problem to optimise.</param>
    /// <param name="clock">The run's clock, which has the number of the current batch.</param>
    /// <param name="direction">1 to minimise, −1 to maximise: loss and gradient are multiplied by it.</param>
    /// <param name="options">The user's options, with the transforms of the gradient and the seed.</param>
    /// <param name="layout">The blocks, of which some may be frozen.</param>
    /// <param name="frozen">The parameters that stay as they are, if any.</param>
    /// <param name="tolerance">The tolerance in standard errors, if the gradient is to be measured in them.</param>
    public BatchEvaluator(TrainingProblem problem, RunClock clock, double direction, TrainingOptions options, ParameterLayout layout,
        FrozenParameters? frozen, double? tolerance)
    {
        (_problem, _clock, _direction, _layout, _frozen, _tolerance) = (problem, clock, direction, layout, frozen, tolerance);
        (_transforms, _seed) = ([.. options.GradientTransforms], options.Seed);
        _full = new FullBatchSum(problem.Objective, measures: tolerance is not null);
        _divided = DividedBatches.For(problem);
        _rows = problem.HasSingleSamples ? (problem.Objective as IRowSum)?.Rows : null;
        _mapping = IsNonsmooth ? new double[problem.Objective.ParameterCount] : [];
        _proximalStep = problem.ProximalStep;
    }

    /// <summary>The step τ of the gradient mapping at this step of the run.</summary>
    public double StepLength => _proximalStep;

    public bool IsNonsmooth => _problem.Penalty is { IsNonsmooth: true };

    object? IUpdateEvaluator.Objective => _problem.HasSamples ? _problem.Objective : _problem.Whole;

    SampleBatch IUpdateEvaluator.Batch => _problem.HasSamples ? _problem.Draw(_clock.Epoch, _clock.Batch) : default;

    TrainingClock IUpdateEvaluator.Clock => _clock.Counts;

    bool ISampleEvaluator.TransformsGradients => _transforms.Length > 0;

    PenaltyTerm? ISampleEvaluator.Penalty => _problem.Penalty;

    double ISampleEvaluator.Direction => _direction;

    /// <summary>
    /// Limits the step τ of the gradient mapping. With mini-batches, the mapping of a batch's gradient is on average not that of all
    /// samples within about τ·‖g‖ of a point where the penalty is nonsmooth. A τ no longer than the rate gives proximal stochastic descent,
    /// which ends at the optimum as the rate falls to 0. Duchi and Singer, "Efficient Online and Batch Learning Using Forward Backward
    /// Splitting", 2009.
    /// </summary>
    /// <param name="rate">The rate of the step.</param>
    public void LimitProximalStep(double rate) =>
        _proximalStep = _problem.IsFull || !(rate > 0) ? _problem.ProximalStep : Math.Min(rate, _problem.ProximalStep);

    /// <summary>Returns the loss of the current batch and writes the gradient of its smooth part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LossSum EvaluateBatch(ReadOnlySpan<double> at, Span<double> gradient)
    {
        if (_problem.IsFull)
            return EvaluateFull(at, gradient);
        if (_rows is not null && !gradient.IsEmpty)
        {
            (int sample, int upcoming) = _problem.DrawOne(_clock.Epoch, _clock.Batch);
            LossSum one = _rows.Evaluate(at, sample, upcoming, gradient);
            _batchWeight = one.Weight;
            return Finish(one, at, gradient);
        }

        SampleBatch batch = _problem.Draw(_clock.Epoch, _clock.Batch);
        LossSum sum = _divided is null ? SumOf(at, in batch, gradient) : _divided.Sum(at, in batch, gradient);
        _batchWeight = sum.Weight;
        return Finish(sum, at, gradient);
    }

    /// <summary>Returns the loss of all samples and writes the gradient of its smooth part.</summary>
    public LossSum EvaluateFull(ReadOnlySpan<double> at, Span<double> gradient)
    {
        // With mini-batches all samples are measured, without random numbers.
        long? randomSeed = _problem.IsFull ? _problem.RandomSeed(_clock.Epoch, 0) : null;
        LossSum sum = _full.Evaluate(at, gradient, _clock.Epoch, randomSeed);
        _totalWeight = sum.Weight;
        return Finish(sum, at, gradient);
    }

    public double TotalWeight(ReadOnlySpan<double> at)
    {
        if (double.IsNaN(_totalWeight))
            _totalWeight = _full.Evaluate(at, [], _clock.Epoch).Weight;
        return _totalWeight;
    }

    public double BatchShare(ReadOnlySpan<double> at)
    {
        if (_problem.IsFull)
            return 1;
        double mean = _batchWeight / _problem.SamplesIn(_clock.Batch), meanOfAll = TotalWeight(at) / _problem.Objective.SampleCount;
        return meanOfAll == 0 ? 0 : mean / meanOfAll;
    }

    public void AddPenaltyGradient(ReadOnlySpan<double> at, Span<double> gradient)
    {
        _problem.Penalty?.AddGradient(at, gradient);
        _frozen?.ClearGradient(gradient);
    }

    /// <summary>The norm of the gradient or, where the penalty is nonsmooth, of the gradient mapping.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">The gradient of the smooth part there.</param>
    /// <param name="step">The step τ of the gradient mapping.</param>
    public double NormOf(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, double step) =>
        Reductions.Norm(Mapped(parameters, gradient, step));

    /// <summary>Measures the gradient that <see cref="EvaluateFull"/> has just computed, for the tests of convergence.</summary>
    public GradientMeasure Measure(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient)
    {
        ReadOnlySpan<double> mapped = Mapped(parameters, gradient, _problem.ProximalStep);
        RelativeGradient? relative = null;
        if (_tolerance is { } tolerance)
            relative = (_units ??= ((IMeasuredSum)_problem.Objective).NewUnits()).Largest(mapped, _full.Squares, tolerance);
        return new GradientMeasure(Reductions.Norm(mapped), relative);
    }

    private ReadOnlySpan<double> Mapped(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, double step)
    {
        if (!IsNonsmooth)
            return gradient;
        gradient.CopyTo(_mapping);
        _problem.Penalty!.MapGradient(parameters, _mapping, step);
        _frozen?.ClearGradient(_mapping);
        return _mapping;
    }

    /// <summary>Changes the gradient of a step by the user's transforms.</summary>
    public void Transform(ReadOnlySpan<double> at, Span<double> gradient)
    {
        if (_transforms.Length == 0)
            return;
        var context = new GradientContext(gradient, at, _layout, _clock.Step, _seed);
        foreach (IGradientTransform transform in _transforms)
            transform.Apply(in context);
        _frozen?.ClearGradient(gradient);
    }

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, bool transformed)
    {
        double value = EvaluateBatch(at, gradient).Mean;
        if (transformed && !gradient.IsEmpty)
            Transform(at, gradient);
        return value;
    }

    public double EvaluateAll(ReadOnlySpan<double> at, Span<double> gradient) => EvaluateFull(at, gradient).Mean;

    public void ProximalStep(Span<double> at, double step)
    {
        _problem.Penalty!.ProximalStep(at, step);
        _frozen?.Restore(at);
    }

    public bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper, Span<double> slopes)
    {
        bool found = _problem.Penalty!.FindFace(parameters, gradient, lower, upper, slopes);
        _frozen?.ClearGradient(slopes);
        return found;
    }

    public void MapGradient(ReadOnlySpan<double> at, Span<double> gradient)
    {
        _problem.Penalty!.MapGradient(at, gradient, _proximalStep);
        _frozen?.ClearGradient(gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LossSum SumOf(ReadOnlySpan<double> at, in SampleBatch batch, Span<double> gradient)
    {
        if (batch.Count <= _problem.PartSize)
        {
            _problem.Objective.EvaluateParts(at, in batch, Math.Max(batch.Count, 1), gradient, _sum);
            return _sum[0];
        }

        gradient.Clear();
        var sum = default(LossSum);
        for (int start = 0; start < batch.Count; start += _problem.PartSize)
        {
            SampleBatch part = batch.Slice(start, Math.Min(_problem.PartSize, batch.Count - start));
            sum += _problem.Objective.Add(at, in part, gradient);
        }

        return sum;
    }

    /// <summary>Converts sums over samples to the minimised function.</summary>
    private LossSum Finish(LossSum sum, ReadOnlySpan<double> at, Span<double> gradient)
    {
        sum = sum.TakeMean(_problem.Objective.Scale, gradient);
        if (_direction != 1)
        {
            Reductions.Divide(gradient, _direction);
            sum = sum with { Loss = _direction * sum.Loss };
        }

        sum = sum.AddPenalty(_problem.Penalty, at, gradient);
        if (!gradient.IsEmpty)
            _frozen?.ClearGradient(gradient);
        return sum;
    }
}
