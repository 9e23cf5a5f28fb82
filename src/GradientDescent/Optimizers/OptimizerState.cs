using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>
/// The state of an optimizer: numbers, vectors, and the states of its inner optimizers. It is a deep copy, so later steps do not change
/// it.
/// </summary>
/// <remarks>The state does not contain hyperparameters. A vector may have any length, for example the rows or columns of a factored
/// state.</remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed class OptimizerState
{
    /// <summary>Creates a state. Your own optimizer returns one from <see cref="IOptimizer.GetState"/>.</summary>
    /// <param name="algorithm">The name of the algorithm, such as <c>Adam</c>; not empty.</param>
    /// <param name="stepCount">The number of steps so far, at least 0.</param>
    /// <param name="scalars">Named numbers, such as β₁ᵗ.</param>
    /// <param name="vectors">Named vectors, such as the velocity.</param>
    /// <param name="inner">The named states of the inner optimizers.</param>
    /// <param name="length">The number of parameters; 0 if it is not known, for example before the first step.</param>
    /// <param name="precision">The element type of the vectors; single-precision values are stored exactly, as doubles.</param>
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

    /// <summary>The number of parameters; 0 if it is not known.</summary>
    public int Length { get; }

    /// <summary>The element type of the vectors.</summary>
    public NumericPrecision Precision { get; }

    /// <summary>The named numbers.</summary>
    public ImmutableSortedDictionary<string, double> Scalars { get; }

    /// <summary>The named vectors.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Vectors { get; }

    /// <summary>The named states of the inner optimizers.</summary>
    public ImmutableSortedDictionary<string, OptimizerState> Inner { get; }

    /// <summary>Returns the algorithm, its steps, and the names in the state.</summary>
    public override string ToString()
    {
        string names = Format.List(Scalars.Keys.Concat(Vectors.Keys).Concat(Inner.Keys));
        return $"{Algorithm}, {Format.Count(StepCount, "step")}{(names.Length == 0 ? "" : $": {names}")}";
    }

    /// <summary>Whether every number of this state and of the inner states is finite.</summary>
    internal bool IsFinite =>
        Scalars.Values.All(double.IsFinite) && Vectors.Values.All(vector => vector.All(double.IsFinite))
            && Inner.Values.All(state => state.IsFinite);

    /// <summary>Checks that the state has exactly the names that an algorithm uses.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown.</exception>
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
