using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GradientDescent;

/// <summary>A model that keeps its parameters after a fit: the base class of the models of this library.</summary>
public abstract class ParametricModel : IModel
{
    private ImmutableArray<double> _parameters;
    private int _columnCount;

    private protected ParametricModel(ModelTask task, int outputCount)
    {
        Task = task;
        OutputCount = Guard.AtLeast(outputCount, 1);
    }

    /// <inheritdoc/>
    public ModelTask Task { get; }

    /// <inheritdoc/>
    public int OutputCount { get; }

    /// <summary>Whether the model has parameters, from a fit or from <see cref="SetParameters(ImmutableArray{double}, int)"/>.</summary>
    public bool IsFitted => !_parameters.IsDefault;

    /// <summary>The number of features d in a row.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public int FeatureCount
    {
        get
        {
            Fitted();
            return _columnCount;
        }
    }

    /// <summary>The fitted parameters.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public ImmutableArray<double> Parameters => Fitted();

    /// <summary>How the model was fitted; <see langword="null"/> if the parameters come from
    /// <see cref="SetParameters(ImmutableArray{double}, int)"/>.</summary>
    public FitMethod? Method { get; private set; }

    /// <inheritdoc/>
    public abstract ParameterLayout Layout(int columnCount);

    /// <inheritdoc/>
    public abstract void Initialize(Span<double> parameters, long seed);

    /// <inheritdoc/>
    public virtual int BatchRows(int columnCount) => 0;

    /// <inheritdoc/>
    public virtual int ScratchLength(int rowCount, int columnCount) => 0;

    void IModel.Predict(ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch) =>
        PredictRows(parameters, in rows, scores, scratch);

    void IModel.AddGradient(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives, Span<double> gradient,
        Span<double> scratch) => AddRowGradients(parameters, in rows, derivatives, gradient, scratch);

    /// <summary>Sets the parameters; <see cref="Method"/> becomes <see langword="null"/>.</summary>
    /// <param name="parameters">The parameters, all finite, as many as <see cref="Layout"/> has for <paramref name="columnCount"/>.</param>
    /// <param name="columnCount">The number of features d in a row, at least 1.</param>
    /// <exception cref="ArgumentException">There are too few or too many parameters, or one is not finite; nothing is changed.</exception>
    public void SetParameters(ImmutableArray<double> parameters, int columnCount)
    {
        int expected = Layout(Guard.AtLeast(columnCount, 1)).Count;
        if (parameters.IsDefault || parameters.Length != expected)
        {
            int given = parameters.IsDefault ? 0 : parameters.Length;
            string features = Format.Count(columnCount, "feature"), outputs = Format.Count(OutputCount, "output");
            throw Guard.Invalid(nameof(parameters), $"Parameters given: {given}; {features} and {outputs} need {expected}.");
        }

        Guard.Finite(parameters.AsSpan(), nameof(parameters));
        _columnCount = columnCount;
        _parameters = parameters;
        Method = null;
    }

    /// <summary>Sets the parameters and how they were fitted; a fit calls this at its end.</summary>
    /// <inheritdoc cref="SetParameters(ImmutableArray{double}, int)"/>
    /// <param name="parameters">The parameters, all finite, as many as <see cref="Layout"/> has for <paramref name="columnCount"/>.</param>
    /// <param name="columnCount">The number of features d in a row, at least 1.</param>
    /// <param name="method">The method that found the parameters.</param>
    public void SetParameters(ImmutableArray<double> parameters, int columnCount, FitMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        SetParameters(parameters, columnCount);
        Method = method;
    }

    /// <summary>Returns the scores of one row, one for each output.</summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public ImmutableArray<double> Scores(params ReadOnlySpan<double> row)
    {
        double[] scores = new double[OutputCount];
        ScoreInto(row, scores);
        return ImmutableCollectionsMarshal.AsImmutableArray(scores);
    }

    /// <summary>What a checkpoint compares, so that a run is not continued with another model.</summary>
    internal virtual string Identity => GetType().Name;

    /// <inheritdoc cref="IModel.Predict"/>
    private protected abstract void PredictRows(
        ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch);

    /// <inheritdoc cref="IModel.AddGradient"/>
    private protected abstract void AddRowGradients(ReadOnlySpan<double> parameters, in FeatureRows rows, ReadOnlySpan<double> derivatives,
        Span<double> gradient, Span<double> scratch);

    /// <summary>Calls <paramref name="predict"/> on each row; exceptions name the row.</summary>
    private protected ImmutableArray<TResult> ForAll<TResult>(IEnumerable<double[]> rows, Func<double[], TResult> predict)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Fitted();
        ImmutableArray<TResult>.Builder results = ImmutableArray.CreateBuilder<TResult>();
        foreach (double[] row in rows)
        {
            CheckRow(row, Format.Text($"rows[{results.Count}]"));
            results.Add(predict(row));
        }

        return results.ToImmutable();
    }

    /// <summary>Writes the scores of a row, one for each output.</summary>
    private protected void ScoreInto(ReadOnlySpan<double> row, Span<double> scores)
    {
        ImmutableArray<double> parameters = Fitted();
        CheckRow(row, nameof(row));
        var rows = new FeatureRows(row, row.Length, row.Length, [0], [], isReadOnce: true);
        int scratchLength = ScratchLength(1, row.Length);
        PredictRows(parameters.AsSpan(), in rows, scores, scratchLength == 0 ? [] : new double[scratchLength]);
    }

    private void CheckRow(ReadOnlySpan<double> row, string name)
    {
        if (row.Length != _columnCount)
            throw Guard.Invalid(name, $"{name} has {row.Length} features: the model was fitted with {_columnCount}.");
        Guard.Finite(row, name);
    }

    private protected ImmutableArray<double> Fitted()
    {
        if (IsFitted)
            return _parameters;
        throw new InvalidOperationException($"This {GetType().Name} has no parameters yet: fit it first, or set them with SetParameters.");
    }
}
