namespace GradientDescent;

/// <summary>Cautious steps: only the parameters that the inner optimizer moves against their gradient are moved.</summary>
/// <remarks>
/// With the inner optimizer's step u = θ − θ′ and the gradient g of the step:
/// <code>
/// φᵢ ← 1 if uᵢgᵢ &gt; 0, otherwise 0
/// θ ← (1 − ηλ) θ − φ u / max(mean of φ, 0.001)
/// </code>
/// The division keeps the mean length of a step. The mean is that over the parameters that are not frozen. Give the decay λ here and not to
/// the inner optimizer: its own decay would be part of u. A step whose gradient belongs to the new parameters, such as that of a line
/// search, is left as it is. Liang, Chen, Liu and Liu, "Cautious Optimizers: Improving Training with One Line of Code", 2024, Algorithm 1.
/// State: that of the inner optimizer.
/// </remarks>
/// <example><code>
/// double[] x = [1];
/// IOptimizer optimizer = new Cautious(new Momentum(learningRate: 0.1, momentum: 0.9));
/// optimizer.Update(x, [2]);    // 1 − 0.1·2
/// optimizer.Update(x, [-1]);   // the velocity still points down, the gradient up: no move
/// Console.WriteLine($"{x[0]:F1}");   // 0.8
/// </code></example>
public sealed class Cautious : OptimizerWrapper
{
    private const double SmallestMean = 1e-3;

    private readonly double _weightDecay;
    private (int Start, int Length)[] _free = []; // the blocks that are not frozen
    private bool _isBound;
    private double[] _before = [];

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="inner">The inner optimizer, owned by this one; do not use it elsewhere.</param>
    /// <param name="weightDecay">The decay λ of the parameters that are not frozen, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is outside its interval.</exception>
    public Cautious(IOptimizer inner, double weightDecay = 0)
        : base(inner) => _weightDecay = Guard.FiniteNonNegative(weightDecay);

    /// <inheritdoc/>
    public override ParameterLayout Bind(ParameterLayout layout)
    {
        ParameterLayout bound = base.Bind(layout);
        _isBound = true;
        _free = [.. bound.Blocks.Where(block => !block.IsFrozen).Select(block => (block.Start, block.Length))];
        return bound;
    }

    /// <inheritdoc/>
    public override void Update(ref UpdateContext context)
    {
        Span<double> parameters = context.Parameters;
        if (_before.Length != parameters.Length)
        {
            _before = new double[parameters.Length];
            if (!_isBound)
                _free = [(0, parameters.Length)];
        }

        parameters.CopyTo(_before);
        Inner.Update(ref context);
        StepCount++;
        if (context.IsAccepted)
            return;
        int count = 0, moved = 0;
        foreach ((int start, int length) in _free)
        {
            count += length;
            for (int i = start; i < start + length; i++)
                moved += (_before[i] - parameters[i]) * context.Gradient[i] > 0 ? 1 : 0;
        }

        double kept = 1 - context.LearningRate * _weightDecay;
        double scale = 1 / Math.Max((double)moved / Math.Max(count, 1), SmallestMean);
        foreach ((int start, int length) in _free)
        {
            for (int i = start; i < start + length; i++)
            {
                double step = _before[i] - parameters[i];
                parameters[i] = kept * _before[i] - (step * context.Gradient[i] > 0 ? scale * step : 0);
            }
        }
    }

    /// <inheritdoc/>
    public override IOptimizer CreateNew() => new Cautious(Inner.CreateNew(), _weightDecay);

    /// <summary>Returns the wrapper, its settings and the inner optimizer as text.</summary>
    public override string ToString() => Format.Text($"{base.ToString()}, weightDecay {_weightDecay}");

    /// <inheritdoc/>
    protected override void ValidateState(OptimizerState state) => state.RequireNames([], []);
}
