using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// The base class of optimizers that call an inner optimizer: averaging, lookahead, sharpness-aware minimisation, and your own.
/// </summary>
/// <remarks>
/// A derived class changes the gradient before it calls <c>Inner.Update(ref context)</c>, or the parameters after it. It stores its own
/// state in <see cref="Vectors"/> and <see cref="Scalars"/>, which are saved with the state of the inner optimizer. Wrappers work in double
/// precision.
/// </remarks>
/// <example><code>
/// class NegatedGradient(IOptimizer inner) : OptimizerWrapper(inner)   // climbs instead of descending
/// {
///     public override void Update(ref UpdateContext context)
///     {
///         for (int i = 0; i &lt; context.Gradient.Length; i++) context.Gradient[i] = -context.Gradient[i];
///         Inner.Update(ref context);
///         StepCount++;
///     }
///
///     public override IOptimizer CreateNew() =&gt; new NegatedGradient(Inner.CreateNew());
/// }
/// </code></example>
public abstract class OptimizerWrapper : IOptimizer, IThreadedOptimizer, IPointKeeper
{
    private const string InnerName = "inner";

    private ParameterLayout? _layout;
    private double[] _gradient = [];

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="inner">The inner optimizer, owned by the wrapper; do not use it elsewhere.</param>
    protected OptimizerWrapper(IOptimizer inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public double LearningRate => Inner.LearningRate;

    /// <inheritdoc/>
    public bool HasLearningRate => Inner.HasLearningRate;

    /// <inheritdoc/>
    public Batching Batching => Inner.Batching;

    /// <inheritdoc/>
    public long StepCount { get; protected set; }

    /// <summary>The inner optimizer.</summary>
    protected IOptimizer Inner { get; private set; }

    /// <summary>The vectors of the wrapper by name. They are part of the state.</summary>
    protected IDictionary<string, double[]> Vectors { get; private set; } = new SortedDictionary<string, double[]>(StringComparer.Ordinal);

    /// <summary>The numbers of the wrapper by name. They are part of the state.</summary>
    protected IDictionary<string, double> Scalars { get; private set; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        Guard.SameLength(parameters, gradient);
        Guard.FiniteNonNegative(learningRate);
        if (_gradient.Length != gradient.Length)
            _gradient = new double[gradient.Length];
        gradient.CopyTo(_gradient);
        var context = UpdateContext.WithoutObjective(parameters, _gradient, learningRate, LearningRate, StepCount);
        Update(ref context);
    }

    /// <inheritdoc/>
    public abstract void Update(ref UpdateContext context);

    /// <inheritdoc/>
    public virtual ParameterLayout Bind(ParameterLayout layout) => Inner.Bind(_layout = layout);

    /// <inheritdoc/>
    public virtual bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution) => Inner.CopySolution(parameters, solution);

    /// <inheritdoc/>
    public abstract IOptimizer CreateNew();

    /// <inheritdoc/>
    public OptimizerState GetState()
    {
        OptimizerState inner = Inner.GetState();
        return new OptimizerState(
            GetType().Name,
            StepCount,
            Scalars,
            Vectors.Select(vector => KeyValuePair.Create(vector.Key, vector.Value.ToImmutableArray())),
            [KeyValuePair.Create(InnerName, inner)],
            inner.Length);
    }

    /// <inheritdoc/>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string algorithm = GetType().Name;
        if (state.Algorithm != algorithm)
            throw Guard.Invalid(nameof(state), $"The state is {state.Algorithm}'s: it cannot continue {algorithm}.");
        if (state.Inner.Count != 1 || !state.Inner.TryGetValue(InnerName, out OptimizerState? innerState))
            throw Guard.Invalid(nameof(state),
                $"The state has the inner states [{string.Join(", ", state.Inner.Keys)}]: it must have [{InnerName}].");
        if (!state.IsFinite)
            throw Guard.Invalid(nameof(state), $"The state holds a number that is not finite: there is nothing to continue from.");
        ValidateState(state);

        // Nothing is changed before the inner optimizer has accepted its state.
        IOptimizer inner = Inner.CreateNew();
        if (_layout is not null)
            inner.Bind(_layout);
        inner.SetState(innerState);
        Inner = inner;
        StepCount = state.StepCount;
        Scalars = new SortedDictionary<string, double>(state.Scalars, StringComparer.Ordinal);
        Vectors = new SortedDictionary<string,
            double[]>(state.Vectors.ToDictionary(vector => vector.Key, vector => vector.Value.ToArray()), StringComparer.Ordinal);
    }

    bool IPointKeeper.KeepsPoints => HasPoints || IPointKeeper.IsIn(Inner);

    /// <summary>Whether the vectors of the wrapper itself are parameters of earlier steps.</summary>
    private protected virtual bool HasPoints => false;

    void IThreadedOptimizer.UseThreads(int maxDegreeOfParallelism, int parallelThreshold)
    {
        if (Inner is IThreadedOptimizer threaded)
            threaded.UseThreads(maxDegreeOfParallelism, parallelThreshold);
    }

    /// <summary>Returns the wrapper and the inner optimizer as text.</summary>
    public override string ToString() => $"{GetType().Name} of {Inner}";

    /// <summary>
    /// Checks the wrapper's vectors and numbers in a state before anything is changed. The default implementation accepts any.
    /// </summary>
    /// <param name="state">The state; its numbers are finite.</param>
    /// <exception cref="ArgumentException">The state does not match this wrapper.</exception>
    protected virtual void ValidateState(OptimizerState state)
    {
    }

    /// <summary>Checks that a vector of the state has one entry per parameter, if the number of parameters is known.</summary>
    private protected static void RequireLength(OptimizerState state, string name)
    {
        int length = state.Inner[InnerName].Length;
        if (length > 0 && state.Vectors.TryGetValue(name, out ImmutableArray<double> vector) && vector.Length != length)
            throw Guard.Invalid(nameof(state), $"Vector '{name}' has {vector.Length} entries: it must have {length}, one per parameter.");
    }

    /// <summary>Returns a vector of the wrapper's state. Creates it with zeros if it does not exist or has another length.</summary>
    /// <param name="name">The name of the vector.</param>
    /// <param name="length">The length of the vector.</param>
    protected double[] Vector(string name, int length)
    {
        if (!Vectors.TryGetValue(name, out double[]? vector) || vector.Length != length)
            Vectors[name] = vector = new double[length];
        return vector;
    }
}
