using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The base class of the optimizers of this library: argument checks and state. Each derived class adds its formula.</summary>
/// <remarks>
/// The first step fixes the vector's length and precision and allocates the state; later steps allocate nothing. Do not call Update of one
/// instance from several threads at the same time; instances share nothing. An optimizer does not check whether the gradient is finite (a
/// trainer does): where an entry is not finite, the parameter and its state are undefined. Algorithms that square the gradient need |g|
/// below 1e154 in double and 1e19 in float.
/// </remarks>
public abstract class Optimizer : ISparseOptimizer, IThreadedOptimizer, ICurvatureRateOptimizer, IRowOptimizer, IPointKeeper
{
    // Measured: from this length on, a second thread makes a step faster, by nearly a factor of two if the rule has much arithmetic; below
    // it, a second thread may make a step slower.
    internal const int DefaultParallelThreshold = 1 << 16;

    private int _maxDegreeOfParallelism = 1;
    private int _parallelThreshold = DefaultParallelThreshold;
    private ThreadTeam? _team;
    private UpdateEngine<double>? _double;
    private UpdateEngine<float>? _single;

    private protected Optimizer(double learningRate, Batching batching)
    {
        LearningRate = Guard.Positive(learningRate);
        Batching = batching;
    }

    /// <inheritdoc/>
    public double LearningRate { get; }

    /// <inheritdoc/>
    public Batching Batching { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>The maximum number of threads for a long vector, at least 1. The result does not depend on it. The default is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get => _maxDegreeOfParallelism;
        init => _maxDegreeOfParallelism = Guard.AtLeast(value, 1, nameof(MaxDegreeOfParallelism));
    }

    /// <inheritdoc cref="ICurvatureRateOptimizer.TakesInverseCurvature"/>
    internal virtual bool TakesInverseCurvature => false;

    bool ICurvatureRateOptimizer.TakesInverseCurvature => TakesInverseCurvature;

    /// <inheritdoc cref="ISparseOptimizer.IsPlainDescent"/>
    internal virtual bool IsPlainDescent => false;

    bool ISparseOptimizer.IsPlainDescent => IsPlainDescent;

    /// <summary>The constructor's arguments except rate and batch size, each with the name of its parameter.</summary>
    private protected virtual FormattableString? Settings => null;

    /// <summary>The slot that holds the solution; <see langword="null"/>: the parameters are the solution.</summary>
    private protected virtual int? SolutionSlot => null;

    private string Algorithm => GetType().Name;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The gradient is not as long as the parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">Earlier steps had another length or precision.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        Guard.SameLength(parameters, gradient);
        Guard.FiniteNonNegative(learningRate);
        EngineFor(parameters.Length).Run(parameters, gradient, learningRate, ++StepCount, TeamFor(parameters.Length));
    }

    bool ISparseOptimizer.TakesSparseGradients => (_double ?? CreateEngine<double>(0)).IsElementwise;

    bool IPointKeeper.KeepsPoints => (_double ?? CreateEngine<double>(0)).KeepsPoints;

    bool ISparseOptimizer.IgnoresZeroGradients => (_double ?? CreateEngine<double>(0)).IgnoresZeroGradients;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The gradient is not as long as the parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// Earlier steps had another length or precision, or the rule needs sums over all parameters.
    /// </exception>
    public void Update(Span<double> parameters, SparseGradient gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        if (gradient.Length != parameters.Length)
            throw Guard.Invalid(
                nameof(gradient), $"The gradient has the length {gradient.Length}: there are {parameters.Length} parameters.");
        Guard.FiniteNonNegative(learningRate);
        UpdateEngine<double> engine = EngineFor(parameters.Length);
        if (!engine.IsElementwise)
            throw new InvalidOperationException($"{Algorithm} needs sums over all parameters: it takes no sparse gradient.");
        engine.RunAt(parameters, gradient.Indices, gradient.Values, learningRate, ++StepCount);
    }

    bool IRowOptimizer.TakesRows => _double is { IsElementwise: true } bound && TeamFor(bound.Length) is null;

    void IRowOptimizer.Update<T>(Span<double> parameters, RowGradient<T> gradient, double learningRate)
    {
        Guard.FiniteNonNegative(learningRate);
        EngineFor(parameters.Length).Run(parameters, gradient, gradient.Length, gradient.Intercept, learningRate, ++StepCount);
    }

    void IRowOptimizer.PrefetchState(ReadOnlySpan<int> indices) => _double?.PrefetchAt(indices);

    /// <inheritdoc/>
    public virtual void Update(ref UpdateContext context)
    {
        context.MapGradient();
        Update(context.Parameters, context.Gradient, context.LearningRate);
    }

    /// <inheritdoc cref="Update(Span{double}, ReadOnlySpan{double}, double)"/>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        Guard.SameLength(parameters, gradient);
        Guard.FiniteNonNegative(learningRate);
        UpdateEngine<float> engine = _single is { } bound && bound.Length == parameters.Length ? bound
            : _single = Bind(_single, _double, parameters.Length);
        engine.Run(parameters, gradient, learningRate, ++StepCount, TeamFor(parameters.Length));
    }

    /// <inheritdoc/>
    public bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution) => CopySolution(_double, parameters, solution);

    /// <inheritdoc cref="CopySolution(ReadOnlySpan{double}, Span{double})"/>
    public bool CopySolution(ReadOnlySpan<float> parameters, Span<float> solution) => CopySolution(_single, parameters, solution);

    /// <inheritdoc/>
    public IOptimizer CreateNew()
    {
        var fresh = (Optimizer)MemberwiseClone();
        fresh.Reset();
        return fresh;
    }

    /// <inheritdoc/>
    public OptimizerState GetState()
    {
        if (_double is not null)
            return StateOf(_double, NumericPrecision.Double);
        return _single is not null ? StateOf(_single, NumericPrecision.Single) : new OptimizerState(Algorithm, stepCount: 0);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The state belongs to another algorithm, has a missing or an additional name, or has a number that is not finite or that its
    /// precision cannot represent; nothing is changed.
    /// </exception>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Algorithm != Algorithm)
            throw Guard.Invalid(nameof(state), $"The state is {state.Algorithm}'s: it cannot continue {Algorithm}.");
        if (!state.Inner.IsEmpty)
            throw Guard.Invalid(nameof(state),
                $"The state has inner states [{string.Join(", ", state.Inner.Keys)}]: {Algorithm} has no optimizer inside.");
        if (state.StepCount == 0)
        {
            if (state.Length != 0 || state.Scalars.Count != 0 || state.Vectors.Count != 0)
                throw Guard.Invalid(nameof(state),
                    $"The state has parameters, scalars or vectors, but no update: before the first update there is nothing to continue.");
            Reset();
        }
        else if (state.Length == 0)
        {
            throw Guard.Invalid(nameof(state),
                $"The state has {Format.Count(state.StepCount, "step")} and no parameters: after the first step there must be some.");
        }
        else if (state.Precision == NumericPrecision.Double)
        {
            UpdateEngine<double> engine = Load<double>(state);
            (_double, _single) = (engine, null);
        }
        else
        {
            UpdateEngine<float> engine = Load<float>(state);
            (_double, _single) = (null, engine);
        }

        StepCount = state.StepCount;
    }

    /// <summary>Creates an engine with this algorithm's rule in precision <typeparamref name="T"/> and the initial state.</summary>
    private protected abstract UpdateEngine<T> CreateEngine<T>(int length) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private UpdateEngine<double> EngineFor(int length) =>
        _double is { } bound && bound.Length == length ? bound : _double = Bind(_double, _single, length);

    private UpdateEngine<T> Bind<T, TOther>(UpdateEngine<T>? bound, UpdateEngine<TOther>? other, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
    {
        if (bound is not null)
            throw new InvalidOperationException(Format.Text(
                $"This {Algorithm} works on {bound.Length} parameters and got {length}: an instance serves one vector; use CreateNew() " +
                $"for another."));
        if (other is not null)
            throw new InvalidOperationException(Format.Text(
                $"This {Algorithm} works on {other.Length} parameters of type {typeof(TOther).Name} and got {length} of type " +
                $"{typeof(T).Name}: an instance serves one vector; use CreateNew() for another."));
        return CreateEngine<T>(length);
    }

    /// <summary>Returns the algorithm, its rate and its other settings as text.</summary>
    public override string ToString() =>
        Format.Text($"{Algorithm}, rate {LearningRate}{(Settings is { } settings ? $", {FormattableString.Invariant(settings)}" : "")}");

    void IThreadedOptimizer.UseThreads(int maxDegreeOfParallelism, int parallelThreshold) =>
        (_maxDegreeOfParallelism, _parallelThreshold, _team) = (maxDegreeOfParallelism, parallelThreshold, null);

    private ThreadTeam? TeamFor(int length) =>
        _maxDegreeOfParallelism == 1 || length < _parallelThreshold ? null : _team ??= new ThreadTeam(_maxDegreeOfParallelism);

    private void Reset()
    {
        _team = null;
        _double = null;
        _single = null;
        StepCount = 0;
    }

    private bool CopySolution<T>(UpdateEngine<T>? engine, ReadOnlySpan<T> parameters, Span<T> solution)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isAnother = engine is not null && SolutionSlot is not null;
        (isAnother ? engine!.Slot(SolutionSlot!.Value) : parameters).CopyTo(solution);
        return isAnother;
    }

    private OptimizerState StateOf<T>(UpdateEngine<T> engine, NumericPrecision precision) where T : unmanaged,
        IBinaryFloatingPointIeee754<T>
    {
        StateNames names = engine.Names;
        var scalars = new Dictionary<string, double>();
        var vectors = new Dictionary<string, ImmutableArray<double>>();
        for (int i = 0; i < names.Scalars.Length; i++)
        {
            DoubleDouble scalar = engine.Scalars[i % names.ScalarCount];
            scalars.Add(names.Scalars[i], i < names.ScalarCount ? scalar.High : scalar.Low);
        }

        for (int i = 0; i < names.Slots.Length; i++)
            vectors.Add(names.Slots[i], [.. engine.Slot(i).ToArray().Select(double.CreateChecked)]);
        return new OptimizerState(Algorithm, StepCount, scalars, vectors, length: engine.Length, precision: precision);
    }

    private UpdateEngine<T> Load<T>(OptimizerState state) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((string name, ImmutableArray<double> vector) in state.Vectors)
        {
            if (vector.Length != state.Length)
                throw Guard.Invalid(nameof(state),
                    $"Vector '{name}' has {vector.Length} entries: it must have {state.Length}, one per parameter.");
        }

        UpdateEngine<T> engine = CreateEngine<T>(state.Length);
        StateNames names = engine.Names;
        state.RequireNames(names.Scalars, names.Slots);
        engine.Scalars.Clear();
        for (int i = 0; i < names.Scalars.Length; i++)
            engine.Scalars[i % names.ScalarCount] += Finite(state.Scalars[names.Scalars[i]], names.Scalars[i]);
        for (int i = 0; i < names.Slots.Length; i++)
        {
            ImmutableArray<double> saved = state.Vectors[names.Slots[i]];
            Span<T> slot = engine.Slot(i);
            for (int j = 0; j < saved.Length; j++)
            {
                slot[j] = T.CreateSaturating(Finite(saved[j], names.Slots[i]));
                if (double.CreateSaturating(slot[j]) != saved[j])
                    throw Guard.Invalid(nameof(state), $"'{names.Slots[i]}'[{j}] is {saved[j]}, which is not a {typeof(T).Name}.");
            }
        }

        return engine;

        static double Finite(double value, string name) => double.IsFinite(value)
            ? value
            : throw Guard.Invalid(nameof(state), $"'{name}' holds {value}: a state to continue from must be finite.");
    }
}
