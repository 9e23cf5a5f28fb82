using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>Nesterov's method for a curvature that is known from above, with momentum that grows and starts again when it leads uphill: no other setting.</summary>
/// <remarks>
/// The parameters are the look-ahead point y:
/// <code>
/// x′ ← y − η g;  t′ ← (1 + √(1 + 4t²))/2;  y ← x′ + (t − 1)/t′ (x′ − x);  where g·(x′ − x) &gt; 0, t ← 1 first
/// </code>
/// Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm", 2009, (4.1) to (4.3); the gradient scheme of O'Donoghue and Candès, "Adaptive restart for accelerated
/// gradient schemes", 2015.
/// </remarks>
/// <param name="learningRate">η = 1/L.</param>
internal sealed class AcceleratedGradient(double learningRate) : IOptimizer
{
    private double[] _point = [];
    private double _t = 1;

    public double LearningRate => learningRate;

    public Batching Batching => Batching.Full;

    public long StepCount { get; private set; }

    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        if (StepCount == 0)
            _point = parameters.ToArray();
        double uphill = 0;
        for (int i = 0; i < _point.Length; i++)
            uphill += gradient[i] * (parameters[i] - learningRate * gradient[i] - _point[i]);
        if (uphill > 0)
            _t = 1;
        double next = (1 + Math.Sqrt(1 + 4 * _t * _t)) / 2, momentum = (_t - 1) / next;
        for (int i = 0; i < _point.Length; i++)
        {
            double point = parameters[i] - learningRate * gradient[i];
            parameters[i] = point + momentum * (point - _point[i]);
            _point[i] = point;
        }

        _t = next;
        StepCount++;
    }

    public IOptimizer Fresh() => new AcceleratedGradient(learningRate);

    public OptimizerState Save() => new(
        nameof(AcceleratedGradient), Precision.Binary64, _point.Length, StepCount, [KeyValuePair.Create("t", _t)], [KeyValuePair.Create("point", _point.ToImmutableArray())]);

    public void Restore(OptimizerState state)
    {
        (StepCount, _t) = (state.StepCount, state.Scalars["t"]);
        _point = [.. state.Vectors["point"]];
    }
}
