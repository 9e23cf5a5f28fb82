using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A model with the scores x·W + b; the base class of linear, logistic and softmax regression.</summary>
/// <remarks>Parameters: for each of k outputs its d weights, then the k intercepts: k·d + k numbers, or k·d without intercepts.</remarks>
public abstract partial class LinearModel : ParametricModel, IModel
{
    private readonly bool _intercept;
    private readonly double _initialSpread;

    private protected LinearModel(ModelTask task, int outputCount, bool intercept, double initialSpread)
        : base(task, outputCount)
    {
        _intercept = intercept;
        _initialSpread = Guard.FiniteNonNegative(initialSpread);
    }

    /// <summary>Whether each output has an intercept b.</summary>
    public bool HasIntercept => _intercept;

    /// <summary>The fitted weights W: d for each output, output after output.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public ImmutableArray<double> Weights => Fitted()[..(OutputCount * FeatureCount)];

    /// <summary>The fitted intercepts b, one for each output; 0 where the model has none.</summary>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public ImmutableArray<double> Intercepts
    {
        get
        {
            ImmutableArray<double> fitted = Fitted();
            return _intercept ? fitted[(OutputCount * FeatureCount)..] : [.. new double[OutputCount]];
        }
    }

    bool IModel.IsLinear => true;

    /// <summary>The weights, a row for each output, and the intercepts, if there are any.</summary>
    /// <inheritdoc/>
    public override ParameterLayout Layout(int columnCount)
    {
        var weights = new ParameterBlock("weights", OutputCount, Guard.AtLeast(columnCount, 1));
        return _intercept ? new(weights, new ParameterBlock("intercepts", OutputCount, role: ParameterRole.Bias)) : new(weights);
    }

    /// <inheritdoc/>
    public override void Initialize(Span<double> parameters, long seed)
    {
        var random = new CounterRandom(seed, stream: -2);
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = _initialSpread * random.Symmetric(i);
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
}
