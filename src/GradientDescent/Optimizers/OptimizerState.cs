using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// What an optimizer has learned: numbers, vectors, and the states of the optimizers inside it. A deep copy, so later steps do not change
/// it.
/// </summary>
/// <remarks>Hyperparameters are not part of it. Vectors may have any length, such as the rows and columns of a factored state.</remarks>
public sealed class OptimizerState
{
    /// <summary>Makes a state; an optimizer of your own returns one from <see cref="IOptimizer.GetState"/>.</summary>
    /// <param name="algorithm">The name of the algorithm, such as <c>Adam</c>; not empty.</param>
    /// <param name="stepCount">The number of steps so far, at least 0.</param>
    /// <param name="scalars">Named numbers, such as β₁ᵗ.</param>
    /// <param name="vectors">Named vectors, such as the velocity.</param>
    /// <param name="inner">The named states of the optimizers that this one calls.</param>
    /// <param name="length">The number of parameters; 0 where it is not known, as before the first step.</param>
    /// <param name="precision">The element type of the vectors; single-precision values are kept exactly, as doubles.</param>
    /// <exception cref="ArgumentException">
    /// A name occurs twice, a vector is <c>default</c>, or an argument is outside its interval.
    /// </exception>
    public OptimizerState(
        string algorithm,
        long stepCount,
        IEnumerable<KeyValuePair<string, double>>? scalars = null,
        IEnumerable<KeyValuePair<string, ImmutableArray<double>>>? vectors = null,
        IEnumerable<KeyValuePair<string, OptimizerState>>? inner = null,
        int length = 0,
        NumericPrecision precision = NumericPrecision.Double)
    {
        ArgumentException.ThrowIfNullOrEmpty(algorithm);
        Algorithm = algorithm;
        StepCount = Guard.AtLeast(stepCount, 0);
        Length = Guard.AtLeast(length, 0);
        Precision = Guard.Defined(precision);
        Scalars = (scalars ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
        Vectors = (vectors ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
        Inner = (inner ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
        foreach ((string name, ImmutableArray<double> vector) in Vectors)
        {
            if (vector.IsDefault)
                throw Guard.Invalid(nameof(vectors), $"Vector '{name}' is default: it must be an array.");
        }
    }

    /// <summary>The name of the algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>The number of steps so far.</summary>
    public long StepCount { get; }

    /// <summary>The number of parameters; 0 where it is not known.</summary>
    public int Length { get; }

    /// <summary>The element type of the vectors.</summary>
    public NumericPrecision Precision { get; }

    /// <summary>Named numbers.</summary>
    public ImmutableSortedDictionary<string, double> Scalars { get; }

    /// <summary>Named vectors.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Vectors { get; }

    /// <summary>The states of the optimizers inside this one.</summary>
    public ImmutableSortedDictionary<string, OptimizerState> Inner { get; }

    /// <summary>Whether every number of this state and of the states inside is finite.</summary>
    internal bool IsFinite =>
        Scalars.Values.All(double.IsFinite) && Vectors.Values.All(vector => vector.All(double.IsFinite))
            && Inner.Values.All(state => state.IsFinite);

    /// <summary>Refuses a state that has other names than an algorithm keeps.</summary>
    /// <exception cref="ArgumentException">A name is missing or is not known.</exception>
    internal void RequireNames(IEnumerable<string> scalars, IEnumerable<string> vectors)
    {
        Require(scalars, Scalars.Keys, "scalars");
        Require(vectors, Vectors.Keys, "vectors");

        static void Require(IEnumerable<string> expected, IEnumerable<string> found, string kind)
        {
            if (!expected.Order(StringComparer.Ordinal).SequenceEqual(found))
                throw Guard.Invalid(
                    "state", $"The state has {kind} [{string.Join(", ", found)}]: it must have [{string.Join(", ", expected)}].");
        }
    }
}
