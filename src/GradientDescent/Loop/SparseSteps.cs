using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Makes the steps of a run on sparse gradients: nothing in a step costs as much as all parameters.</summary>
internal sealed class SparseSteps
{
    private readonly TrainingProblem _problem;
    private readonly ISparseObjective _objective;
    private readonly IOptimizer _optimizer;
    private readonly IUpdateEvaluator _evaluator;
    private readonly SparsePenalty? _penalty;
    private readonly GradientClipping[] _clipping;
    private readonly SparseGradient _gradient;
    private readonly SparseWorker? _rows;
    private readonly IRowOptimizer? _state;
    private double _penaltyValue = double.NaN; // not known
    private double[] _upToDate = [];

    private SparseSteps(
        TrainingProblem problem, IOptimizer optimizer, IUpdateEvaluator evaluator, SparsePenalty? penalty, GradientClipping[] clipping)
    {
        (_problem, _optimizer, _evaluator, _penalty, _clipping) = (problem, optimizer, evaluator, penalty, clipping);
        var objective = (ISparseObjective)problem.Objective;
        _objective = objective;
        _gradient = new SparseGradient(objective.ParameterCount);
        _rows = (objective as IRowSum)?.SparseRows;
        _state = optimizer as IRowOptimizer;
    }

    /// <summary>Creates the steps of a run; <see langword="null"/> if its steps are on all parameters.</summary>
    /// <exception cref="ArgumentException">The options ask for sparse steps that the run cannot make; the message says why.</exception>
    public static SparseSteps? For(RunSettings settings, IOptimizer optimizer, IUpdateEvaluator evaluator, FrozenParameters? frozen)
    {
        SparseUpdates mode = settings.Options.SparseUpdates;
        bool isTouched = mode == SparseUpdates.Touched;
        string? obstacle = SparseObstacle.To(settings, optimizer, frozen, isTouched);
        if (obstacle is null)
        {
            SparsePenalty? penalty = settings.Problem.Penalty is SeparablePenalty separable
                ? new SparsePenalty(separable, isDeferred: !isTouched, settings.Problem.ProximalStep)
                : null;
            return new SparseSteps(
                settings.Problem, optimizer, evaluator, penalty, [.. settings.Options.GradientTransforms.Cast<GradientClipping>()]);
        }

        // Steps on dense data and on full batches are on all parameters, and exact.
        bool canBeSparse = settings.Problem is { IsFull: false, Objective: ISparseObjective { IsSparse: true } };
        return mode == SparseUpdates.Automatic || (mode == SparseUpdates.Exact && !canBeSparse)
            ? null
            : throw Guard.Invalid(nameof(TrainingOptions.SparseUpdates), $"SparseUpdates is {mode}: {obstacle}.");
    }

    /// <summary>Evaluates a batch at parameters that are brought up to date where it needs them.</summary>
    /// <returns>The loss with the penalty, which is that of the last time when all parameters were up to date.</returns>
    public LossSum Evaluate(Span<double> parameters, in SampleBatch batch)
    {
        _gradient.Clear();
        _objective.AddSupport(in batch, _gradient);
        _penalty?.CatchUp(parameters, _gradient.Indices);
        LossSum sum = _objective.Add(parameters, in batch, _gradient).TakeMean(_objective.Scale, _gradient.Values);
        if (_problem.Penalty is not { } penalty)
            return sum;
        if (double.IsNaN(_penaltyValue))
            _penaltyValue = penalty.Value(parameters);
        return sum with { Loss = sum.Loss + sum.Weight * _penaltyValue };
    }

    /// <summary>Makes a step on one sample.</summary>
    /// <param name="parameters">All parameters.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="batch">The place of the sample in the epoch.</param>
    /// <param name="rate">The rate of the step.</param>
    /// <param name="sum">(wℓ, w) of the sample.</param>
    /// <returns>Whether the step was made. Not if the loss or its gradient is not finite, or if the sample has the weight 0.</returns>
    public bool TryStep(Span<double> parameters, long epoch, int batch, double rate, out LossSum sum)
    {
        const int Soon = 2, Later = 8; // a row takes about as long as its parameters need to arrive
        (int sample, _) = _problem.DrawOne(epoch, batch);
        if (_rows is not null)
        {
            ReadOnlySpan<int> soon = _rows.Prefetch(parameters, _problem.Following(batch, Soon), _problem.Following(batch, Later));
            _state?.PrefetchState(soon);
        }

        sum = Evaluate(parameters, SampleBatch.FromRange(sample, 1, epoch, batch));
        if (sum.Weight == 0 || !double.IsFinite(sum.Loss) || !Reductions.AreFinite(_gradient.Values))
            return false;
        Update(parameters, rate);
        return true;
    }

    /// <summary>The first stored entry of the gradient that is not finite; <see langword="null"/> if there is none.</summary>
    public (int Index, double Value)? FindNonFiniteGradient()
    {
        if (Reductions.AreFinite(_gradient.Values))
            return null;
        int place = 0;
        while (double.IsFinite(_gradient.Values[place]))
            place++;
        return (_gradient.Indices[place], _gradient.Values[place]);
    }

    /// <summary>The first parameter of the support that is not finite; <see langword="null"/> if there is none.</summary>
    public int? FindNonFinite(ReadOnlySpan<double> parameters)
    {
        if (SparseProducts.AreFinite(_gradient.Indices, parameters))
            return null;
        int place = 0;
        while (double.IsFinite(parameters[_gradient.Indices[place]]))
            place++;
        return _gradient.Indices[place];
    }

    /// <summary>The norm of the gradient, without the penalty's part outside the support.</summary>
    public double GradientNorm => Reductions.Norm(_gradient.Values);

    /// <summary>Makes the step for the batch that was evaluated last.</summary>
    public void Update(Span<double> parameters, double rate)
    {
        if (_penalty is not null)
        {
            _penalty.PrepareRate(parameters, rate);
            _penalty.Apply(parameters, _gradient, rate);
        }

        foreach (GradientClipping clipping in _clipping)
            clipping.Apply(_gradient.Values);
        if (_optimizer is ISparseOptimizer sparse)
        {
            sparse.Update(parameters, _gradient, rate);
        }
        else
        {
            var context = new UpdateContext(parameters, [], rate, rateFactor: 1, double.NaN, _optimizer.StepCount, _evaluator);
            _optimizer.Update(ref context);
        }

        _penalty?.Advance(parameters, _gradient.Indices, rate);
    }

    /// <summary>Brings all parameters up to date.</summary>
    public void Flush(Span<double> parameters)
    {
        if (_penalty is null)
            return;
        _penalty.Flush(parameters);
        _penaltyValue = double.NaN;
    }

    /// <summary>Returns the values of all parameters. Changes that are still to be made are made in a copy.</summary>
    public ReadOnlySpan<double> UpToDate(ReadOnlySpan<double> parameters)
    {
        if (_penalty is not { IsPending: true })
            return parameters;
        if (_upToDate.Length == 0)
            _upToDate = new double[parameters.Length];
        parameters.CopyTo(_upToDate);
        _penalty.ApplyTo(_upToDate);
        return _upToDate;
    }

    /// <summary>Returns the value of one parameter with the changes that are still to be made.</summary>
    public double UpToDate(double parameter, int index) => _penalty is { IsPending: true } ? _penalty.Changed(parameter, index) : parameter;

    public void Save(Snapshot snapshot)
    {
        if (_penalty is null)
            return;
        snapshot.AddAny("penalty.value", _penaltyValue);
        SparsePenaltyState.Save(snapshot, _penalty);
    }

    /// <summary>Restores the changes that are still to be made. A run whose steps are on all parameters makes them.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="steps">The steps of the run; <see langword="null"/>: they are on all parameters.</param>
    /// <param name="problem">The problem of the run.</param>
    /// <param name="parameters">The restored parameters.</param>
    public static void Restore(Snapshot snapshot, SparseSteps? steps, TrainingProblem problem, Span<double> parameters)
    {
        if (!snapshot.Has("penalty.value") || problem.Penalty is not SeparablePenalty separable)
            return;
        double value = snapshot.TakeAny("penalty.value");
        if (steps is not null)
            steps._penaltyValue = value;
        if (steps?._penalty is { IsDeferred: true } deferred)
        {
            SparsePenaltyState.Restore(snapshot, deferred);
            return;
        }

        var changes = new SparsePenalty(separable, isDeferred: true, problem.ProximalStep);
        SparsePenaltyState.Restore(snapshot, changes);
        changes.Flush(parameters);
    }
}
