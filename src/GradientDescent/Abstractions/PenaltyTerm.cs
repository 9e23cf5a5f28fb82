namespace GradientDescent;

/// <summary>A penalty as a function P(θ) = s(θ) + h(θ) of the optimised parameters: s is smooth, h need not be differentiable.</summary>
/// <remarks>
/// h reaches an optimizer as the gradient mapping G = (θ − prox_τh(θ − τg))/τ, which is 0 exactly at the optimum, and one proximal step
/// forms the returned parameters, so that zeros are exact. A term belongs to one run, and one thread calls it at a time. Parikh and Boyd,
/// "Proximal Algorithms", 2014, sections 1.1 and 4.2.
/// </remarks>
public abstract class PenaltyTerm
{
    private double[] _point = [];

    /// <summary>Whether there is a nonsmooth part h.</summary>
    public virtual bool IsNonsmooth => false;

    /// <summary>The smooth part s alone; <see langword="null"/> where it is 0.</summary>
    public virtual PenaltyTerm? SmoothPart => IsNonsmooth ? null : this;

    /// <summary>
    /// The second derivative of the smooth part in each coordinate, where that part is ½Σ bⱼθⱼ²; empty where it has another form. The
    /// curvature bound of a fit needs it.
    /// </summary>
    public virtual ReadOnlySpan<double> Curvatures => [];

    /// <summary>Whether the term is ½Σ bⱼθⱼ² and no more.</summary>
    internal bool IsQuadratic => !IsNonsmooth && !Curvatures.IsEmpty;

    /// <summary>P(θ).</summary>
    /// <param name="parameters">The parameters θ.</param>
    public abstract double Value(ReadOnlySpan<double> parameters);

    /// <summary>Adds ∇s(θ) to a gradient.</summary>
    /// <param name="parameters">The parameters θ.</param>
    /// <param name="gradient">The gradient, changed in place.</param>
    public abstract void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>θ ← prox_τh(θ) = argmin over z of h(z) + ‖z − θ‖²/(2τ).</summary>
    /// <param name="parameters">The parameters θ, changed in place.</param>
    /// <param name="stepLength">The step length τ, greater than 0.</param>
    public virtual void ProximalStep(Span<double> parameters, double stepLength)
    {
    }

    /// <summary>
    /// g ← (θ − prox_τh(θ − τg))/τ, the gradient mapping. Override it where it can be computed without the difference, which cancels.
    /// </summary>
    /// <param name="parameters">The parameters θ.</param>
    /// <param name="gradient">The gradient g of the smooth parts at θ, changed in place.</param>
    /// <param name="stepLength">The step length τ, greater than 0.</param>
    public virtual void MapGradient(ReadOnlySpan<double> parameters, Span<double> gradient, double stepLength)
    {
        if (!IsNonsmooth)
            return;
        if (_point.Length != parameters.Length)
            _point = new double[parameters.Length];
        for (int j = 0; j < _point.Length; j++)
            _point[j] = parameters[j] - stepLength * gradient[j];
        ProximalStep(_point, stepLength);
        for (int j = 0; j < _point.Length; j++)
            gradient[j] = (parameters[j] - _point[j]) / stepLength;
    }
}
