using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A model with the scores x·W + b; the base class of linear, logistic and softmax regression.</summary>
/// <remarks>Parameters: for each of k outputs its d weights, then the k intercepts: k·d + k numbers, or k·d without intercepts.</remarks>
public abstract partial class LinearModel : IModel
{
    private readonly bool _intercept;
    private readonly double _initialSpread;
    private ImmutableArray<double> _parameters;
    private int _columnCount;

    private protected LinearModel(ModelTask task, int outputCount, bool intercept, double initialSpread)
    {
        Task = task;
        OutputCount = Guard.AtLeast(outputCount, 1);
        _intercept = intercept;
        _initialSpread = Guard.FiniteNonNegative(initialSpread);
    }

    /// <inheritdoc/>
    public ModelTask Task { get; }

    /// <inheritdoc/>
    public int OutputCount { get; }

    /// <summary>Whether each output has an intercept b.</summary>
    public bool HasIntercept => _intercept;

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

    /// <summary>The fitted weights W: d for each output, output after output.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public ImmutableArray<double> Weights => Fitted()[..(OutputCount * _columnCount)];

    /// <summary>The fitted intercepts b, one for each output; 0 where the model has none.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public ImmutableArray<double> Intercepts
    {
        get
        {
            ImmutableArray<double> fitted = Fitted();
            return _intercept ? fitted[(OutputCount * _columnCount)..] : [.. new double[OutputCount]];
        }
    }

    /// <summary>How the model was fitted; <see langword="null"/> if the parameters come from
    /// <see cref="SetParameters(ImmutableArray{double}, int)"/>.</summary>
    public FitMethod? Method { get; private set; }

    bool IModel.IsLinear => true;

    /// <summary>The weights, a row for each output, and the intercepts, if there are any.</summary>
    /// <inheritdoc/>
    public ParameterLayout Layout(int columnCount)
    {
        var weights = new ParameterBlock("weights", OutputCount, Guard.AtLeast(columnCount, 1));
        return _intercept ? new(weights, new ParameterBlock("intercepts", OutputCount, role: ParameterRole.Bias)) : new(weights);
    }

    /// <inheritdoc/>
    public void Initialize(Span<double> parameters, long seed)
    {
        var random = new CounterRandom(seed, stream: -2);
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = _initialSpread * random.Symmetric(i);
    }

    /// <summary>Sets the parameters; <see cref="Method"/> becomes <see langword="null"/>.</summary>
    /// <param name="parameters">The parameters, all finite, as many as <see cref="Layout"/> has for <paramref name="columnCount"/>.</param>
    /// <param name="columnCount">The number of features d in a row, at least 1.</param>
    /// <exception cref="ArgumentException">There are too few or too many parameters, or one is not finite; nothing is changed.</exception>
    public void SetParameters(ImmutableArray<double> parameters, int columnCount)
    {
        int expected = OutputCount * (Guard.AtLeast(columnCount, 1) + (_intercept ? 1 : 0));
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

    /// <summary>Returns the weights and the intercept of a model with one output; otherwise the numbers of outputs and features.</summary>
    public override string ToString()
    {
        string name = GetType().Name;
        if (!IsFitted)
            return $"{name}, not fitted";
        if (OutputCount > 1)
            return $"{name}, {Format.Count(OutputCount, "output")}, {Format.Count(FeatureCount, "feature")}";
        string weights = Format.List(Weights.Select(weight => Format.Text($"{weight:G6}")));
        return Format.Text($"{name}, weights [{weights}]{(HasIntercept ? Format.Text($", intercept {Intercepts[0]:G6}") : "")}");
    }

    /// <summary>The score of a row, for a model of one output.</summary>
    internal double Score(ReadOnlySpan<double> row)
    {
        Span<double> score = stackalloc double[1];
        ScoreInto(row, score);
        return score[0];
    }

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
        new FeatureRows(row, row.Length, row.Length, [0], [], isReadOnce: true).ReadInDouble(out RowView<double> view);
        Predict(parameters.AsSpan(), in view, scores);
    }

    private void CheckRow(ReadOnlySpan<double> row, string name)
    {
        if (row.Length != _columnCount)
            throw Guard.Invalid(name, $"{name} has {row.Length} features: the model was fitted with {_columnCount}.");
        Guard.Finite(row, name);
    }

    private ImmutableArray<double> Fitted()
    {
        if (IsFitted)
            return _parameters;
        throw new InvalidOperationException($"This {GetType().Name} has no parameters yet: fit it first, or set them with SetParameters.");
    }
}
