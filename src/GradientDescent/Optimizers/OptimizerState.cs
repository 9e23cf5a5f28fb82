using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>What an optimizer has learned: a deep copy, so later updates do not change it. Hyperparameters are not part of it.</summary>
public sealed class OptimizerState
{
    /// <summary>Makes a state; an optimizer of your own returns one from <see cref="IOptimizer.GetState"/>.</summary>
    /// <param name="algorithm">Name of the algorithm, such as <c>Adam</c>; not empty.</param>
    /// <param name="precision">Element type of the vectors; single-precision values are kept exactly, as doubles.</param>
    /// <param name="length">Number of parameters; 0 before the first update.</param>
    /// <param name="stepCount">Updates so far, at least 0.</param>
    /// <param name="scalars">Named numbers, such as β₁ᵗ.</param>
    /// <param name="vectors">Named vectors, each <paramref name="length"/> long, such as the velocity.</param>
    /// <exception cref="ArgumentException">A vector's length is not <paramref name="length"/>, or a name occurs twice.</exception>
    public OptimizerState(
        string algorithm,
        NumericPrecision precision,
        int length,
        long stepCount,
        IEnumerable<KeyValuePair<string, double>>? scalars = null,
        IEnumerable<KeyValuePair<string, ImmutableArray<double>>>? vectors = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(algorithm);
        Algorithm = algorithm;
        Precision = Guard.Defined(precision);
        Length = Guard.AtLeast(length, 0);
        StepCount = Guard.AtLeast(stepCount, 0);
        Scalars = (scalars ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
        Vectors = (vectors ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
        foreach ((string name, ImmutableArray<double> vector) in Vectors)
        {
            if (vector.IsDefault || vector.Length != length)
                throw Guard.Invalid(nameof(vectors), $"Vector '{name}' has {(vector.IsDefault ? 0 : vector.Length)} entries: it must have {length}, one per parameter.");
        }
    }

    /// <summary>Name of the algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>Element type of the vectors.</summary>
    public NumericPrecision Precision { get; }

    /// <summary>Number of parameters; 0 before the first update.</summary>
    public int Length { get; }

    /// <summary>Updates so far.</summary>
    public long StepCount { get; }

    /// <summary>Named numbers.</summary>
    public ImmutableSortedDictionary<string, double> Scalars { get; }

    /// <summary>Named vectors, each <see cref="Length"/> long.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Vectors { get; }
}
