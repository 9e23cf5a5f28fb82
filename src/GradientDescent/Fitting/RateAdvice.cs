using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A learning rate and a momentum for full batches, with their speed of convergence on a quadratic loss.</summary>
public sealed class RateAdvice
{
    private readonly double _transient;
    private readonly double _startNorm;

    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentum">The momentum.</param>
    /// <param name="reduction">The share 1 − q of the slowest part of the error that a step removes.</param>
    /// <param name="transient">The number c in (1 + c·k)·qᵏ, the bound of the share of the error that remains after k steps.</param>
    /// <param name="startNorm">The gradient norm at the start; NaN if the loss is not known to be quadratic with these curvatures.</param>
    private RateAdvice(double learningRate, double momentum, double reduction, double transient, double startNorm) =>
        (LearningRate, Momentum, Reduction, _transient, _startNorm) = (learningRate, momentum, reduction, transient, startNorm);

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; }

    /// <summary>The momentum; 0 for plain descent.</summary>
    public double Momentum { get; }

    /// <summary>The factor q by which a step multiplies the slowest part of the error, after many steps.</summary>
    public double Contraction => 1 - Reduction;

    /// <summary>1 − q, computed without cancellation.</summary>
    internal double Reduction { get; }

    /// <summary>
    /// Returns the number of steps after which the gradient norm is at most eps, if the gradient at the start is entirely in the slowest
    /// direction; a run may need fewer. Returns <see langword="null"/> if the loss is not quadratic, if its curvature is not known exactly,
    /// or if 2⁵³ steps or more are needed.
    /// </summary>
    /// <param name="gradientTolerance">The tolerance eps, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">eps is not finite or not greater than 0.</exception>
    public long? EstimateSteps(double gradientTolerance)
    {
        double excess = _startNorm / Guard.Positive(gradientTolerance);
        if (excess <= 1)
            return 0;
        if (!double.IsFinite(excess) || !(Reduction > 0))
            return null;
        if (Reduction >= 1)
            return 1;
        // If q is near 1, −ln q comes from its series, because 1 − q would cancel. Then k of (1 + c·k)·qᵏ = 1/excess by fixed-point
        // iteration.
        double decay = Reduction < 1e-5 ? Reduction * (1 + Reduction / 2) : -Elementary.Log(1 - Reduction), steps = 0;
        for (int i = 0; i < 100; i++)
            steps = (Elementary.Log(excess) + Elementary.Log(1 + _transient * steps)) / decay;
        return steps < 1L << 53 ? (long)Math.Ceiling(steps) : null;
    }

    /// <summary>Returns the learning rate and the momentum as text.</summary>
    public override string ToString() => Format.Text($"rate {LearningRate:G5}, momentum {Momentum:0.#########}");

    /// <summary>Returns the advice for plain descent at 1/L.</summary>
    /// <param name="largest">The largest curvature L.</param>
    /// <param name="ratio">The ratio μ/L, where μ is the smallest curvature that is not 0.</param>
    /// <param name="startNorm">The gradient norm at the start; NaN if the loss is not quadratic.</param>
    internal static RateAdvice SafeDescent(double largest, double ratio, double startNorm) => new(1 / largest, 0, ratio, 0, startNorm);

    /// <inheritdoc cref="SafeDescent"/>
    /// <summary>Returns the advice for plain descent at 2/(L + μ).</summary>
    internal static RateAdvice BestDescent(double largest, double ratio, double startNorm) =>
        new(2 / (largest * (1 + ratio)), 0, 2 * ratio / (1 + ratio), 0, startNorm);

    /// <inheritdoc cref="SafeDescent"/>
    /// <summary>
    /// Returns the advice for heavy-ball momentum at the rate 4/(√L + √μ)². The characteristic roots are double at both ends of the
    /// spectrum, so at most (1 + 2k/(1 + √(μ/L)))·qᵏ of the error remains after k steps.
    /// </summary>
    internal static RateAdvice HeavyBall(double largest, double ratio, double startNorm)
    {
        double root = Math.Sqrt(ratio), fast = (1 + root) / 2, q = (1 - root) / (1 + root);
        return new(1 / (largest * fast * fast), q * q, 2 * root / (1 + root), 2 / (1 + root), startNorm);
    }

    /// <inheritdoc cref="SafeDescent"/>
    /// <summary>
    /// Returns the advice for Nesterov's momentum at 1/L. The characteristic root is double at the smallest curvature, so at most (1 +
    /// k√(μ/L))·qᵏ of the error remains after k steps.
    /// </summary>
    internal static RateAdvice Nesterov(double largest, double ratio, double startNorm)
    {
        double root = Math.Sqrt(ratio);
        return new(1 / largest, (1 - root) / (1 + root), root, root, startNorm);
    }
}
