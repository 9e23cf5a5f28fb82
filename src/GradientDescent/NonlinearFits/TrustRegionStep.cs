using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Finds the step p that minimises ‖J·p + r‖ among those with ‖D·p‖ ≤ Δ, up to a tenth of Δ.</summary>
/// <remarks>
/// If the Gauss-Newton step is too long, p solves the equations that are damped by the λ with φ(λ) = ‖D·p(λ)‖ − Δ = 0. Newton's method on
/// 1/‖D·p(λ)‖, which is nearly linear in λ, finds it in two or three steps; bounds on λ keep it safe. Moré, "The Levenberg-Marquardt
/// algorithm: implementation and theory", 1978, algorithm 5.5; MINPACK's <c>lmpar</c>.
/// </remarks>
/// <param name="parameterCount">The number of parameters.</param>
internal sealed class TrustRegionStep(int parameterCount)
{
    private const double Accuracy = 0.1;
    private const int MaxTrials = 10;

    private readonly DampedSystem _damped = new(parameterCount);
    private readonly double[] _work = new double[parameterCount];

    /// <summary>The step.</summary>
    public double[] Step { get; } = new double[parameterCount];

    /// <summary>The norm of D·p.</summary>
    public double Length { get; private set; }

    /// <summary>λ: 0 for the Gauss-Newton step. The next search begins at it.</summary>
    public double Damping { get; set; }

    /// <summary>Finds the step.</summary>
    /// <param name="factors">The factors of J, and Qᵀr.</param>
    /// <param name="scale">The diagonal of D.</param>
    /// <param name="radius">Δ, greater than 0.</param>
    public void Find(PivotedQR factors, ReadOnlySpan<double> scale, double radius)
    {
        GaussNewton(factors, scale);
        double excess = Length - radius;
        if (excess <= Accuracy * radius)
        {
            Damping = 0;
            Negate();
            return;
        }

        double lowest = factors.Rank == parameterCount && double.IsFinite(Length) ? NewtonCorrection(factors, scale, excess, radius) : 0;
        double gradient = ScaledGradient(factors, scale), highest = gradient / radius;
        if (highest == 0)
            highest = double.Epsilon / Math.Min(radius, Accuracy);
        double damping = Math.Min(Math.Max(Damping, lowest), highest);
        if (!(damping > 0))
            damping = gradient / Length;
        for (int trial = 1; ; trial++)
        {
            if (damping == 0)
                damping = Math.Max(double.Epsilon, 0.001 * highest);
            _damped.Solve(factors, scale, Math.Sqrt(damping), Step);
            Length = ScaledNorm(scale);
            double before = excess;
            excess = Length - radius;
            if (Math.Abs(excess) <= Accuracy * radius || lowest == 0 && excess <= before && before < 0 || trial == MaxTrials)
                break;
            double correction = DampedCorrection(factors, scale, excess, radius);
            if (excess > 0)
                lowest = Math.Max(lowest, damping);
            else
                highest = Math.Min(highest, damping);
            damping = Math.Max(lowest, damping + correction);
        }

        Damping = damping;
        Negate();
    }

    /// <summary>Computes the step that minimises ‖J·p + r‖; if columns depend on others, their parameters stay.</summary>
    public void FindUnlimited(PivotedQR factors, ReadOnlySpan<double> scale)
    {
        GaussNewton(factors, scale);
        Damping = 0;
        Negate();
    }

    // Until the end of a search, Step is −p.
    private void GaussNewton(PivotedQR factors, ReadOnlySpan<double> scale)
    {
        factors.Projected.CopyTo(_work);
        factors.Solve(_work);
        for (int j = 0; j < parameterCount; j++)
            Step[factors.Order[j]] = _work[j];
        Length = ScaledNorm(scale);
    }

    /// <summary>−φ(0)/φ′(0), a lower bound of λ, at the Gauss-Newton step.</summary>
    private double NewtonCorrection(PivotedQR factors, ReadOnlySpan<double> scale, double excess, double radius)
    {
        Direction(factors, scale);
        factors.SolveTransposed(_work);
        double norm = Reductions.Norm(_work);
        return excess / radius / norm / norm;
    }

    private double DampedCorrection(PivotedQR factors, ReadOnlySpan<double> scale, double excess, double radius)
    {
        Direction(factors, scale);
        _damped.SolveTransposed(_work);
        double norm = Reductions.Norm(_work);
        return excess / radius / norm / norm;
    }

    /// <summary>Computes PᵀD²p/‖D·p‖.</summary>
    private void Direction(PivotedQR factors, ReadOnlySpan<double> scale)
    {
        for (int j = 0; j < parameterCount; j++)
        {
            int column = factors.Order[j];
            _work[j] = scale[column] * (scale[column] * Step[column] / Length);
        }
    }

    /// <summary>The norm of D⁻¹Jᵀr.</summary>
    private double ScaledGradient(PivotedQR factors, ReadOnlySpan<double> scale)
    {
        factors.Gradient(_work);
        for (int j = 0; j < parameterCount; j++)
            _work[j] /= scale[factors.Order[j]];
        return Reductions.Norm(_work);
    }

    private double ScaledNorm(ReadOnlySpan<double> scale)
    {
        for (int j = 0; j < parameterCount; j++)
            _work[j] = scale[j] * Step[j];
        return Reductions.Norm(_work);
    }

    private void Negate()
    {
        for (int j = 0; j < parameterCount; j++)
            Step[j] = -Step[j];
    }
}
