using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A learning rate and a momentum for full batches, and how fast they converge on a quadratic loss.</summary>
public sealed class RateAdvice
{
    private readonly double _transient;
    private readonly double _startNorm;

    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentum">The momentum.</param>
    /// <param name="reduction">The share of the slowest part of the error that a step removes: 1 − q.</param>
    /// <param name="transient">The c of the bound (1 + c·k)·qᵏ for what k steps leave.</param>
    /// <param name="startNorm">The gradient norm at the start; NaN if the loss is not known to be the quadratic that q is for.</param>
    private RateAdvice(double learningRate, double momentum, double reduction, double transient, double startNorm) =>
        (LearningRate, Momentum, Reduction, _transient, _startNorm) = (learningRate, momentum, reduction, transient, startNorm);

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; }

    /// <summary>The momentum; 0 for plain descent.</summary>
    public double Momentum { get; }

    /// <summary>q: the factor by which a step multiplies the slowest part of the error, after many steps.</summary>
    public double Contraction => 1 - Reduction;

    /// <summary>1 − q, without cancellation.</summary>
    internal double Reduction { get; }

    /// <summary>
    /// The number of steps after which the gradient norm is at most eps, if all of the gradient at the start is in the slowest direction; a
    /// run may need fewer. <see langword="null"/> if the loss is not quadratic or its curvature is not known exactly, or for 2⁵³ steps and
    /// more.
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
        // −ln q from its series if q is near 1, where ln would cancel; then the fixed point of (1 + c·k)·qᵏ = 1/excess, from below.
        double decay = Reduction < 1e-5 ? Reduction * (1 + Reduction / 2) : -Elementary.Log(1 - Reduction), steps = 0;
        for (int i = 0; i < 100; i++)
            steps = (Elementary.Log(excess) + Elementary.Log(1 + _transient * steps)) / decay;
        return steps < 1L << 53 ? (long)Math.Ceiling(steps) : null;
    }

    /// <summary>The learning rate and the momentum.</summary>
    public override string ToString() => Format.Text($"rate {LearningRate:G5}, momentum {Momentum:0.#########}");

    /// <summary>Plain descent at 1/L.</summary>
    /// <param name="largest">The largest curvature L.</param>
    /// <param name="ratio">μ/L, with μ the smallest curvature that is not 0.</param>
    /// <param name="startNorm">The gradient norm at the start; NaN if the loss is not quadratic.</param>
    internal static RateAdvice SafeDescent(double largest, double ratio, double startNorm) => new(1 / largest, 0, ratio, 0, startNorm);

    /// <inheritdoc cref="SafeDescent"/>
    /// <summary>Plain descent at 2/(L + μ).</summary>
    internal static RateAdvice BestDescent(double largest, double ratio, double startNorm) =>
        new(2 / (largest * (1 + ratio)), 0, 2 * ratio / (1 + ratio), 0, startNorm);

    /// <inheritdoc cref="SafeDescent"/>
    /// <summary>
    /// Heavy-ball momentum: rate 4/(√L + √μ)². The characteristic roots are double at both ends of the spectrum, so that k steps leave at
    /// most (1 + 2k/(1 + √(μ/L)))·qᵏ.
    /// </summary>
    internal static RateAdvice HeavyBall(double largest, double ratio, double startNorm)
    {
        double root = Math.Sqrt(ratio), fast = (1 + root) / 2, q = (1 - root) / (1 + root);
        return new(1 / (largest * fast * fast), q * q, 2 * root / (1 + root), 2 / (1 + root), startNorm);
    }

    /// <inheritdoc cref="SafeDescent"/>
    /// <summary>
    /// Nesterov's momentum at 1/L. The characteristic root is double at the smallest curvature, so that k steps leave at most (1 +
    /// k√(μ/L))·qᵏ.
    /// </summary>
    internal static RateAdvice Nesterov(double largest, double ratio, double startNorm)
    {
        double root = Math.Sqrt(ratio);
        return new(1 / largest, (1 - root) / (1 + root), root, root, startNorm);
    }
}
