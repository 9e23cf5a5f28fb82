using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>The memory of a solver: the numbers and vectors that a checkpoint saves, and the step that uses them.</summary>
/// <param name="length">The number of parameters.</param>
internal abstract class SolverEngine(int length)
{
    private readonly SortedDictionary<string, StrongBox<double>> _scalars = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double[]> _vectors = new(StringComparer.Ordinal);

    /// <summary>The number of parameters.</summary>
    public int Length => length;

    /// <summary>The numbers of the state by name.</summary>
    public IEnumerable<KeyValuePair<string, double>> Scalars =>
        _scalars.Select(scalar => KeyValuePair.Create(scalar.Key, scalar.Value.Value));

    /// <summary>The vectors of the state by name.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableArray<double>>> Vectors =>
        _vectors.Select(vector => KeyValuePair.Create(vector.Key, vector.Value.ToImmutableArray()));

    /// <summary>Makes one step.</summary>
    public abstract void Step(ref UpdateContext context);

    /// <summary>Restores the numbers and vectors of a state.</summary>
    /// <exception cref="ArgumentException">The state has other names or lengths, or a number that this solver cannot have.</exception>
    public void Load(OptimizerState state)
    {
        state.RequireNames(_scalars.Keys, _vectors.Keys);
        foreach ((string name, double[] vector) in _vectors)
        {
            ImmutableArray<double> saved = state.Vectors[name];
            if (saved.Length != vector.Length)
                throw Guard.Invalid(nameof(state), $"Vector '{name}' has {saved.Length} entries: it must have {vector.Length}.");
            saved.CopyTo(vector);
        }

        foreach ((string name, StrongBox<double> scalar) in _scalars)
            scalar.Value = state.Scalars[name];
        Check();
    }

    /// <summary>Checks the numbers of a state that was loaded.</summary>
    /// <exception cref="ArgumentException">The solver cannot have such a number.</exception>
    protected virtual void Check()
    {
    }

    /// <summary>Adds a number to the state.</summary>
    protected StrongBox<double> Scalar(string name, double value = 0) => _scalars[name] = new StrongBox<double>(value);

    /// <summary>Adds a vector of zeros to the state.</summary>
    protected double[] Vector(string name, int entries) => _vectors[name] = new double[entries];

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

    /// <exception cref="ArgumentException">A number of a state that counts is not a whole number of at least 0.</exception>
    protected static void RequireCount(StrongBox<double> scalar, string name)
    {
        if (scalar.Value < 0 || scalar.Value != Math.Floor(scalar.Value))
            throw Guard.Invalid("state", $"'{name}' is {scalar.Value}: it must be a whole number of at least 0.");
    }

    /// <exception cref="ArgumentException">A number of a state is negative.</exception>
    protected static void RequireNotNegative(StrongBox<double> scalar, string name)
    {
        if (scalar.Value < 0)
            throw Guard.Invalid("state", $"'{name}' is {scalar.Value}: it must be at least 0.");
    }
}
