using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Lookahead: the inner optimizer makes k steps, then the parameters move back part of the way.</summary>
/// <remarks>
/// <code>
/// θ ← k steps of the inner optimizer, from φ
/// φ ← φ + α(θ − φ)
/// θ ← φ
/// </code>
/// θ are the fast weights, φ the slow ones. The inner optimizer keeps its state when θ moves back. Zhang, Lucas, Hinton and Ba, "Lookahead
/// Optimizer: k steps forward, 1 step back", 2019, Algorithm 1. State: one vector φ and the state of the inner optimizer.
/// </remarks>
/// <example><code>
/// double[] x = [8];
/// IOptimizer optimizer = new Lookahead(new SGD(learningRate: 0.25), synchronizationPeriod: 2, slowStepSize: 0.5);
/// for (int t = 0; t &lt; 2; t++) optimizer.Update(x, [2 * x[0]]);   // x²: from 8 to 4 and to 2, then halfway back
/// Console.WriteLine(x[0]);   // 5
/// </code></example>
public sealed class Lookahead : OptimizerWrapper
{
    private const string SlowName = "slow weights";

    private readonly int _period;
    private readonly double _stepSize;

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="inner">The inner optimizer, owned by this one; do not use it elsewhere.</param>
    /// <param name="synchronizationPeriod">The number k of inner steps between two steps of the slow weights, at least 1.</param>
    /// <param name="slowStepSize">The fraction α of the distance to θ that the slow weights move, greater than 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its interval.</exception>
    public Lookahead(IOptimizer inner, int synchronizationPeriod = 5, double slowStepSize = 0.5)
        : base(inner)
    {
        _period = Guard.AtLeast(synchronizationPeriod, 1);
        _stepSize = Guard.Share(slowStepSize);
    }

    private protected override bool HasPoints => true;

    /// <inheritdoc/>
    public override void Update(ref UpdateContext context)
    {
        if (StepCount == 0)
            context.Parameters.CopyTo(Vector(SlowName, context.Parameters.Length));
        Inner.Update(ref context);
        StepCount++;
        if (StepCount % _period != 0)
            return;
        double[] slow = Vectors[SlowName];
        Reductions.MoveTowards(slow, _stepSize, context.Parameters);
        slow.CopyTo(context.Parameters);
        context.Withdraw(); // a gradient that the inner optimizer accepted belongs to the point before the move
    }

    /// <inheritdoc/>
    public override IOptimizer CreateNew() => new Lookahead(Inner.CreateNew(), _period, _stepSize);

    /// <summary>Returns the wrapper, its settings and the inner optimizer as text.</summary>
    public override string ToString() => Format.Text($"{base.ToString()}, synchronizationPeriod {_period}, slowStepSize {_stepSize}");

    /// <inheritdoc/>
    protected override void ValidateState(OptimizerState state)
    {
        state.RequireNames([], state.StepCount == 0 ? [] : [SlowName]);
        RequireLength(state, SlowName);
    }
}
