using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>The numbers and vectors that an optimizer declares by name, and that a checkpoint saves.</summary>
internal sealed class NamedState
{
    private readonly SortedDictionary<string, StrongBox<double>> _scalars = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double[]> _vectors = new(StringComparer.Ordinal);

    /// <summary>The numbers by name.</summary>
    public IEnumerable<KeyValuePair<string, double>> Scalars =>
        _scalars.Select(scalar => KeyValuePair.Create(scalar.Key, scalar.Value.Value));

    /// <summary>The vectors by name.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableArray<double>>> Vectors =>
        _vectors.Select(vector => KeyValuePair.Create(vector.Key, vector.Value.ToImmutableArray()));

    /// <summary>Adds a number.</summary>
    public StrongBox<double> Scalar(string name, double value = 0) => _scalars[name] = new StrongBox<double>(value);

    /// <summary>Adds a vector of zeros.</summary>
    public double[] Vector(string name, int entries) => _vectors[name] = new double[entries];

    /// <summary>Restores the numbers and vectors of a saved state.</summary>
    /// <exception cref="ArgumentException">The saved state has other names or lengths.</exception>
    public void Load(OptimizerState saved)
    {
        saved.RequireNames(_scalars.Keys, _vectors.Keys);
        foreach ((string name, double[] vector) in _vectors)
        {
            ImmutableArray<double> values = saved.Vectors[name];
            if (values.Length != vector.Length)
                throw Guard.Invalid("state", $"Vector '{name}' has {values.Length} entries: it must have {vector.Length}.");
            values.CopyTo(vector);
        }

        foreach ((string name, StrongBox<double> scalar) in _scalars)
            scalar.Value = saved.Scalars[name];
    }

    /// <exception cref="ArgumentException">A number that counts is not a whole number of at least 0.</exception>
    public void RequireCount(string name)
    {
        double value = _scalars[name].Value;
        if (value < 0 || value != Math.Floor(value))
            throw Guard.Invalid("state", $"'{name}' is {value}: it must be a whole number of at least 0.");
    }

    /// <exception cref="ArgumentException">A number is negative.</exception>
    public void RequireNotNegative(string name)
    {
        if (_scalars[name].Value < 0)
            throw Guard.Invalid("state", $"'{name}' is {_scalars[name].Value}: it must be at least 0.");
    }
}
