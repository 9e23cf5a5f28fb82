using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Estimates how far a loss is above its minimum, where its gradient is small.</summary>
internal static class RemainingDescent
{
    private const double Accuracy = 0.1;

    /// <summary>
    /// Returns ½gᵀH⁻¹g, the descent that Newton's method expects (Boyd and Vandenberghe, "Convex Optimization", 2004, section 9.5.1), by
    /// steps of conjugate gradients. Each step raises the estimate, so the result is a lower one. The steps end when one raises it by less
    /// than 10 %, or where the curvature is not greater than 0.
    /// </summary>
    /// <param name="objective">The objective, differentiable.</param>
    /// <param name="at">The point.</param>
    /// <param name="maxSteps">The maximum number of steps; each evaluates the objective once.</param>
    public static double Estimate(IObjective objective, ReadOnlySpan<double> at, int maxSteps)
    {
        var hessian = new HessianProduct(objective, at);
        double[] residual = hessian.Gradient.AsSpan().ToArray(), direction = [.. residual], product = new double[at.Length];
        double[] unit = new double[at.Length];
        double square = Reductions.Dot(residual, residual), estimate = 0;
        for (int step = 0; step < maxSteps && square > 0; step++)
        {
            double length = Reductions.Norm(direction);
            direction.CopyTo(unit, 0);
            Reductions.Divide(unit, length);
            hessian.Multiply(unit, product);
            double curvature = Reductions.Dot(unit, product) * length * length, factor = square / curvature, gain = factor * square / 2;
            if (!(curvature > 0) || !double.IsFinite(gain))
                return estimate;
            estimate += gain;
            if (gain < Accuracy * estimate)
                return estimate;
            Reductions.AddScaled(residual, -factor * length, product);
            double next = Reductions.Dot(residual, residual);
            Reductions.Multiply(direction, next / square);
            Reductions.AddScaled(direction, 1, residual);
            square = next;
        }

        return estimate;
    }
}
