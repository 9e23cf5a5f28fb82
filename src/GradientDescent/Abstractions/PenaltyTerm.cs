namespace GradientDescent;

/// <summary>A penalty as a function P(θ) = s(θ) + h(θ) of the optimised parameters: s is smooth, h need not be differentiable.</summary>
/// <remarks>
/// An optimizer receives h through the gradient mapping G = (θ − prox_τh(θ − τg))/τ, which is 0 exactly at the optimum. A final
/// proximal step gives the returned parameters, so that zeros are exact. A term belongs to one run, and one thread calls it at a time.
/// Parikh and Boyd, "Proximal Algorithms", 2014, sections 1.1 and 4.2.
/// </remarks>
public abstract class PenaltyTerm
{
    private double[] _point = [];

    /// <summary>Whether there is a nonsmooth part h.</summary>
    public virtual bool IsNonsmooth => false;

    /// <summary>Whether the term only restricts the parameters: h is 0 or infinite, and s is 0.</summary>
    public virtual bool IsConstraint => false;

    /// <summary>The smooth part s as a term; <see langword="null"/> if it is 0.</summary>
    public virtual PenaltyTerm? SmoothPart => IsNonsmooth ? null : this;

    /// <summary>
    /// The second derivatives bⱼ of the smooth part in each coordinate if that part is ½Σ bⱼθⱼ²; empty if it has another form. The
    /// curvature bound of a fit needs them.
    /// </summary>
    public virtual ReadOnlySpan<double> Curvatures => [];

    /// <summary>Whether the whole term is ½Σ bⱼθⱼ².</summary>
    internal bool IsQuadratic => !IsNonsmooth && !Curvatures.IsEmpty;

    /// <summary>Returns P(θ).</summary>
    /// <param name="parameters">The parameters θ.</param>
    public abstract double Value(ReadOnlySpan<double> parameters);

    /// <summary>Adds ∇s(θ) to a gradient.</summary>
    /// <param name="parameters">The parameters θ.</param>
    /// <param name="gradient">The gradient, changed in place.</param>
    public abstract void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>Applies the proximal step θ ← prox_τh(θ) = argmin over z of h(z) + ‖z − θ‖²/(2τ).</summary>
    /// <param name="parameters">The parameters θ, changed in place.</param>
    /// <param name="stepLength">The step length τ, greater than 0.</param>
    public virtual void ProximalStep(Span<double> parameters, double stepLength)
    {
    }

    /// <summary>
    /// Replaces g by the gradient mapping (θ − prox_τh(θ − τg))/τ. Override it if the mapping can be computed without the difference, which
    /// cancels.
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

    /// <summary>
    /// Finds the face of a point: the box around it in which h is linear, on the side to which −g points where h is not
    /// differentiable. Solvers that use curvature, such as <see cref="LBFGS"/>, minimise inside the box and then find the next one.
    /// </summary>
    /// <param name="parameters">The parameters θ.</param>
    /// <param name="gradient">The gradient g of the smooth parts at θ.</param>
    /// <param name="lower">The lower ends of the box; −∞ without a bound.</param>
    /// <param name="upper">The upper ends of the box; +∞ without a bound.</param>
    /// <param name="slopes">The gradient of h inside the box.</param>
    /// <returns>Whether h is piecewise linear; otherwise nothing is written.</returns>
    public virtual bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper, Span<double> slopes) =>
        false;

    /// <summary>Moves parameters to the nearest point at which h is finite. The default does nothing: h is finite everywhere.</summary>
    /// <param name="parameters">The parameters θ, changed in place.</param>
    public virtual void Project(Span<double> parameters)
    {
    }
}
