using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The memory of a solver: the numbers and vectors that a checkpoint saves, and the step that uses them.</summary>
internal abstract class SolverEngine
{
    // Steps at the level of rounding end the run after this many. A nonmonotone search may rise for ten.
    private const int MaxStalledSteps = 30;

    private const double Rounding = 1e-15; // the relative rounding error of a value, at least
    private const double RelativeTolerance = 1e-8;

    private static readonly StopDetails _stall = new()
    {
        Reason = StopReason.OptimizerStopped,
        Quantity = Format.Text($"{MaxStalledSteps} steps have neither lowered the value nor halved the gradient"),
    };

    private readonly NamedState _state = new();
    private readonly StrongBox<double> _lowest;
    private readonly StrongBox<double> _smallest;
    private readonly StrongBox<double> _stalled;
    private readonly StrongBox<double> _promised;

    /// <param name="length">The number of parameters.</param>
    protected SolverEngine(int length)
    {
        Length = length;
        _lowest = Scalar("lowestValue", double.MaxValue);
        _smallest = Scalar("smallestGradient", double.MaxValue);
        _stalled = Scalar("stalledCount");
        _promised = Scalar("promisedDecrease", double.MaxValue);
    }

    /// <summary>The number of parameters.</summary>
    public int Length { get; }

    /// <summary>The numbers of the state by name.</summary>
    public IEnumerable<KeyValuePair<string, double>> Scalars => _state.Scalars;

    /// <summary>The vectors of the state by name.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableArray<double>>> Vectors => _state.Vectors;

    /// <summary>
    /// The decrease of the value that the last step promised: half the product of the gradient and the step.
    /// </summary>
    protected double PromisedDecrease
    {
        get => _promised.Value;
        set => _promised.Value = value <= double.MaxValue ? value : double.MaxValue; // a state holds finite numbers only
    }

    /// <summary>Makes one step, or ends the run if the steps before have led to nothing more.</summary>
    public void Update(ref UpdateContext context)
    {
        if (IsStalled(in context))
            context.Stop(End(in context, _stall));
        else
            Step(ref context);
    }

    /// <summary>Makes one step.</summary>
    protected abstract void Step(ref UpdateContext context);

    /// <summary>Restores the numbers and vectors of a state.</summary>
    /// <exception cref="ArgumentException">The state has other names or lengths, or a number that this solver cannot have.</exception>
    public void Load(OptimizerState state)
    {
        _state.Load(state);
        _state.RequireNotNegative("smallestGradient");
        _state.RequireCount("stalledCount");
        _state.RequireNotNegative("promisedDecrease");
        Check();
    }

    /// <summary>Checks the numbers of a state that was loaded.</summary>
    /// <exception cref="ArgumentException">The solver cannot have such a number.</exception>
    protected virtual void Check()
    {
    }

    /// <summary>Adds a number to the state.</summary>
    protected StrongBox<double> Scalar(string name, double value = 0) => _state.Scalar(name, value);

    /// <summary>Adds a vector of zeros to the state.</summary>
    protected double[] Vector(string name, int entries) => _state.Vector(name, entries);

    /// <summary>Whether many steps have neither lowered the value nor halved the gradient: rounding hides any further progress.</summary>
    private bool IsStalled(in UpdateContext context)
    {
        double value = context.Loss, norm = context.IsNonsmooth ? double.MaxValue : Reductions.Norm(context.Gradient);
        bool isLower = value < _lowest.Value - Rounding * Math.Abs(_lowest.Value), isFlatter = norm < _smallest.Value / 2;
        if (isLower)
            _lowest.Value = value;
        if (isFlatter)
            _smallest.Value = norm;
        _stalled.Value = isLower || isFlatter ? 0 : _stalled.Value + 1;
        return _stalled.Value >= MaxStalledSteps;
    }

    /// <summary>
    /// Returns the end of a run that can do no better. It has converged if the promised decrease is not visible in the value f, and the
    /// gradient is small on the scale of value and parameters: Σ|gⱼθⱼ| ≤ 10⁻⁸|f|. Dennis and Schnabel, "Numerical Methods for Unconstrained
    /// Optimization and Nonlinear Equations", 1983, eq. (7.2.5).
    /// </summary>
    /// <param name="context">The parameters, the gradient and the value.</param>
    /// <param name="otherwise">The end if the run has not converged.</param>
    protected StopDetails End(in UpdateContext context, StopDetails otherwise)
    {
        double size = Math.Abs(context.Loss), relative = 0;
        for (int j = 0; j < Length; j++)
            relative += Math.Abs(context.Gradient[j] * context.Parameters[j]);
        return PromisedDecrease <= Rounding * size && relative <= RelativeTolerance * size
            ? StopDetails.Limit(StopReason.Converged, "promised decrease of the value", PromisedDecrease, Rounding * size)
            : otherwise;
    }

    /// <summary>
    /// Returns a first step along the negative gradient: it moves the parameters by at most 1 in sum, and is at most 1.
    /// </summary>
    protected static double FirstStep(ReadOnlySpan<double> gradient)
    {
        double sum = 0;
        foreach (double entry in gradient)
            sum += Math.Abs(entry);
        return Math.Min(1, 1 / sum);
    }

    /// <summary>Moves the parameters to a point that was evaluated.</summary>
    protected static void Accept(ref UpdateContext context, ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, double value)
    {
        point.CopyTo(context.Parameters);
        gradient.CopyTo(context.Gradient);
        context.Accept(value);
    }

    /// <exception cref="NotSupportedException">The penalty has a nonsmooth part.</exception>
    protected static void RequireSmooth(in UpdateContext context, string solver)
    {
        if (context.IsNonsmooth)
            throw new NotSupportedException($"{solver} needs a smooth penalty: use LBFGS or BarzilaiBorwein.");
    }

    /// <inheritdoc cref="NamedState.RequireCount"/>
    protected void RequireCount(string name) => _state.RequireCount(name);

    /// <inheritdoc cref="NamedState.RequireNotNegative"/>
    protected void RequireNotNegative(string name) => _state.RequireNotNegative(name);
}
