using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Finds the length of a proximal gradient step by backtracking: x⁺ = prox_th(x − tg). Without a nonsmooth part h, x⁺ = x − tg.
/// </summary>
/// <remarks>
/// <code>
/// F(x⁺) ≤ R − c‖x⁺ − x‖²/t        R: a reference value, at least F(x)
/// </code>
/// With R = F(x) this is Armijo's condition; a larger R, such as the largest of the last values, allows F to rise for a while: Grippo,
/// Lampariello and Lucidi, "A Nonmonotone Line Search Technique for Newton's Method", 1986; with a proximal step: Wright, Nowak and
/// Figueiredo, "Sparse Reconstruction by Separable Approximation", 2009, eq. (22).
/// </remarks>
/// <param name="length">The number of parameters.</param>
internal sealed class ProximalSearch(int length)
{
    private const int MaxTrials = 100;
    private const double Decrease = 1e-4; // c

    // Rounding may raise the value where the first trial promises to lower it by less than the second constant, relative to the value.
    private const double Rounding = 1e-13, Hidden = 1e-12;

    private const double MinShrink = 0.1, MaxShrink = 0.5;

    private readonly double[] _point = new double[length];
    private readonly double[] _gradient = new double[length];
    private double _start;

    /// <summary>The point of the step that was found.</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>The gradient of the smooth part at <see cref="Point"/>.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>The value at <see cref="Point"/>.</summary>
    public double Value { get; private set; }

    /// <summary>The step that was found, or the last one that was tried.</summary>
    public double Step { get; private set; }

    /// <summary>Half the decrease ‖x⁺ − x‖²/t that the gradient promises for the first trial.</summary>
    public double PromisedDecrease { get; private set; }

    /// <summary>Searches; returns whether a step was found.</summary>
    /// <param name="context">The parameters x, the gradient g and the objective.</param>
    /// <param name="reference">The reference value R.</param>
    /// <param name="step">The first trial t, greater than 0.</param>
    public bool Search(in UpdateContext context, double reference, double step)
    {
        (_start, Step) = (context.Loss, step);
        double bound = reference;
        for (int trials = 0; trials < MaxTrials && Step > 0; trials++)
        {
            context.Parameters.CopyTo(_point);
            Reductions.AddScaled<double>(_point, -Step, context.Gradient);
            context.ProximalStep(_point, Step);
            double square = SquaredDistance(context.Parameters, _point);
            if (square == 0)
                return false;
            double descent = square / Step;
            if (trials == 0)
            {
                PromisedDecrease = descent / 2;
                bound += descent <= Hidden * Math.Abs(reference) ? Rounding * Math.Abs(reference) : 0;
            }

            Value = context.Evaluate(_point, _gradient);
            if (Value <= bound - Decrease * descent && (Reductions.AreFinite(_gradient) || double.IsNegativeInfinity(Value)))
                return true;

            // The parabola through F(x), its slope −‖x⁺ − x‖²/t and F(x⁺) is lowest at this share of the step.
            double share = descent / (2 * (Value - _start + descent));
            Step *= double.IsFinite(share) && share > 0 ? Math.Clamp(share, MinShrink, MaxShrink) : MinShrink;
        }

        return false;
    }

    /// <summary>Returns why no step was found.</summary>
    public StopDetails Failure() => new()
    {
        Reason = StopReason.OptimizerStopped,
        Quantity = Format.Text($"the line search found no lower point: steps down to {Step:G6}, value {Value:G17} at the last one"),
        Measured = Value,
        Threshold = _start,
    };

    private static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += (x[j] - y[j]) * (x[j] - y[j]);
        return sum;
    }
}
