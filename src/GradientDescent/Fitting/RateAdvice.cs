using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A rate and a momentum for full batches, and how fast they lead to the optimum of a quadratic.</summary>
public sealed record RateAdvice
{
    private readonly double _transient;
    private readonly double _startNorm;

    /// <param name="learningRate">The rate.</param>
    /// <param name="momentum">The momentum.</param>
    /// <param name="loss">What the slowest part of the error loses in an update, as a share: 1 − q.</param>
    /// <param name="transient">c where k updates leave (1 + c·k)·qᵏ.</param>
    /// <param name="startNorm">The gradient's norm at the start; NaN where the loss is not known to be the quadratic that q is for.</param>
    internal RateAdvice(double learningRate, double momentum, double loss, double transient, double startNorm) =>
        (LearningRate, Momentum, Loss, _transient, _startNorm) = (learningRate, momentum, loss, transient, startNorm);

    /// <summary>The rate.</summary>
    public double LearningRate { get; }

    /// <summary>The momentum; 0 for plain descent.</summary>
    public double Momentum { get; }

    /// <summary>q: what is left of the slowest part of the error after an update, as a share of what was there, in the long run.</summary>
    public double Contraction => 1 - Loss;

    /// <summary>1 − q, without cancellation.</summary>
    internal double Loss { get; }

    /// <summary>
    /// The updates after which the gradient's norm is at most eps, if all of the start's gradient were in the slowest direction: it may take fewer. <see langword="null"/> where the loss is not
    /// quadratic or its curvature is not known exactly.
    /// </summary>
    /// <param name="gradientTolerance">eps, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">eps is not finite or not greater than 0.</exception>
    public long? EstimateUpdates(double gradientTolerance)
    {
        double excess = _startNorm / Guard.Positive(gradientTolerance);
        if (excess <= 1)
            return 0;
        if (!double.IsFinite(excess) || !(Loss > 0))
            return null;
        if (Loss >= 1)
            return 1;
        // −ln q from its series where q is near 1 and ln would cancel; then (1 + c·k)·qᵏ = 1/excess from below.
        double decay = Loss < 1e-5 ? Loss * (1 + Loss / 2) : -Elementary.Log(1 - Loss), updates = 0;
        for (int i = 0; i < 100; i++)
            updates = (Elementary.Log(excess) + Elementary.Log(1 + _transient * updates)) / decay;
        return updates < 1L << 53 ? (long)Math.Ceiling(updates) : null;
    }

    /// <summary>Both settings.</summary>
    public override string ToString() => Format.Text($"rate {LearningRate:G5}, momentum {Momentum:0.#########}");
}
