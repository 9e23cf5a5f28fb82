using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Maps parameters to scores on a block of rows, and score derivatives back to parameters.</summary>
/// <remarks>
/// While a run trains it, a model is only asked: it must not keep anything between calls, and several threads may call it at a time.
/// Scratch memory is passed in. A model that works on many rows at once, as matrix products do, asks for them with
/// <see cref="BatchRows"/>. A model with random numbers takes them from <see cref="FeatureRows.RandomSeed"/>.
/// </remarks>
public interface IModel
{
    /// <summary>What the scores mean.</summary>
    ModelTask Task { get; }

    /// <summary>Scores per row, at least 1.</summary>
    int OutputCount { get; }

    /// <summary>
    /// Whether scores are x·W + b with the parameters laid out as in <see cref="LinearModel"/>: then a fit may scale the features inside.
    /// </summary>
    bool IsLinear => false;

    /// <summary>The blocks of parameters that the model has for rows of the given length.</summary>
    /// <param name="columnCount">The number of features in a row, at least 1.</param>
    ParameterLayout Layout(int columnCount);

    /// <summary>
    /// The number of rows that the model gets in one call where a batch has as many; 0: few rows, which fit in a first-level cache. Each
    /// thread has its own gradient for such a block, and a batch with fewer rows is evaluated by one thread.
    /// </summary>
    /// <param name="columnCount">The number of features in a row, at least 1.</param>
    int BatchRows(int columnCount) => 0;

    /// <summary>The length of the scratch memory that <see cref="Predict"/> and <see cref="AddGradient"/> need for a block.</summary>
    /// <param name="rowCount">The largest number of rows of a block.</param>
    /// <param name="columnCount">The number of features in a row.</param>
    int ScratchLength(int rowCount, int columnCount) => 0;

    /// <summary>Writes the parameters at which training starts.</summary>
    /// <param name="parameters">To be written.</param>
    /// <param name="seed">The seed of the run; the same seed must give the same start.</param>
    void Initialize(Span<double> parameters, long seed) => parameters.Clear();

    /// <summary>Writes the scores of each row, row after row.</summary>
    void Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch);

    /// <summary>Adds Σ (∂scores/∂parameters)ᵀ·derivatives over the rows to <paramref name="gradient"/>.</summary>
    /// <param name="parameters">The point at which the derivative is taken.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="derivatives">The derivatives of the loss with respect to the scores, in the order of <see cref="Predict"/>.</param>
    /// <param name="gradient">Added to.</param>
    /// <param name="scratch">The scratch memory as <see cref="Predict"/> left it for the same rows.</param>
    void AddGradient(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives, Span<double> gradient,
        Span<double> scratch);

    /// <summary>Sets the fitted parameters; called at the end of a fit.</summary>
    /// <param name="parameters">The best parameters, in the user's units.</param>
    /// <param name="columnCount">The number of features in a row.</param>
    void SetParameters(ImmutableArray<double> parameters, int columnCount)
    {
    }

    /// <summary>Sets the fitted parameters and the method of the fit. A trainer calls this overload.</summary>
    /// <inheritdoc cref="SetParameters(ImmutableArray{double}, int)"/>
    /// <param name="parameters">The best parameters, in the user's units.</param>
    /// <param name="columnCount">The number of features in a row.</param>
    /// <param name="method">The method of the fit.</param>
    void SetParameters(ImmutableArray<double> parameters, int columnCount, FitMethod method) => SetParameters(parameters, columnCount);
}
