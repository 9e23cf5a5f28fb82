namespace GradientDescent;

/// <summary>Nesterov's accelerated gradient on all samples, whose momentum starts anew when it points uphill: what the classifiers' static fits run.</summary>
/// <remarks>
/// <code>
/// x ← y − α g,  t⁺ = (1 + √(1 + 4t²))/2,  β = min((t − 1)/t⁺, 0.999),  y ← x + β (x − x⁻),  t ← t⁺;  t = 1 where g·(x − x⁻) > 0
/// </code>
/// y are the caller's parameters, g the gradient there. Nesterov 1983; the restart is O'Donoghue and Candès, "Adaptive restart for accelerated gradient schemes", 2015, eq. (13).
/// For a convex function bounded from below whose gradient has Lipschitz constant L the gradient tends to 0 at α ≤ 1/L, whatever the β in [0, 0.999]: with d = x − x⁻,
/// f(x) + ‖d‖²/2α falls by at least (1 − β²)‖d⁻‖²/2α an update, so d tends to 0, and with it αg = βd⁻ − d. State: one vector, one scalar.
/// </remarks>
internal sealed class AcceleratedDescent(double learningRate) : IOptimizer
{
    private const string Point = "point", Index = "momentumIndex";
    private const double MomentumLimit = 0.999;

    private double[] _point = [];
    private double _index = 1;

    public double LearningRate { get; } = Guard.Positive(learningRate);

    public Batching Batching => Batching.Full;

    public long StepCount { get; private set; }

    public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        Guard.SameLength(parameters, gradient);
        if (StepCount++ == 0)
            _point = parameters.ToArray();
        double slope = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] -= learningRate * gradient[i];
            slope += gradient[i] * (parameters[i] - _point[i]);
        }

        if (slope > 0)
            _index = 1;
        double following = (1 + Math.Sqrt(1 + 4 * _index * _index)) / 2;
        double momentum = Math.Min((_index - 1) / following, MomentumLimit);
        _index = following;
        for (int i = 0; i < parameters.Length; i++)
        {
            double moved = parameters[i];
            parameters[i] += momentum * (moved - _point[i]);
            _point[i] = moved;
        }
    }

    public IOptimizer Fresh() => new AcceleratedDescent(LearningRate);

    public OptimizerState Save() => new(
        nameof(AcceleratedDescent), Precision.Binary64, _point.Length, StepCount, [KeyValuePair.Create(Index, _index)],
        [KeyValuePair.Create(Point, System.Collections.Immutable.ImmutableArray.Create(_point))]);

    public void Restore(OptimizerState state)
    {
        if (state.Algorithm != nameof(AcceleratedDescent))
            throw Guard.Invalid(nameof(state), $"The state is of {state.Algorithm}: it must be of {nameof(AcceleratedDescent)}.");
        (_index, _point, StepCount) = (state.Scalars[Index], [.. state.Vectors[Point]], state.StepCount);
    }
}
