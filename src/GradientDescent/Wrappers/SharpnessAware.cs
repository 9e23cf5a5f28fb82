using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Sharpness-aware minimisation (SAM): the inner optimizer uses the gradient at the nearby point of approximately the highest loss, which
/// favours flat minima.
/// </summary>
/// <remarks>
/// <code>
/// ε = ρ g/‖g‖               g: the gradient of the batch at θ
/// θ ← the inner step, with the gradient of the same batch at θ + ε
/// </code>
/// Foret, Kleiner, Mobahi and Neyshabur, "Sharpness-Aware Minimization for Efficiently Improving Generalization", 2021, eq. (2), (3) and
/// Algorithm 1. Adaptive: ε = ρ T²g/‖Tg‖ with T = diag(|θ|), which does not depend on the scale of a parameter; Kwon, Kim, Park and Choi,
/// "ASAM: Adaptive Sharpness-Aware Minimization", 2021, Algorithm 1. If g (or Tg) is 0, ε is 0. Each step evaluates the objective a
/// second time, so use a <see cref="Trainer"/>, or your own <see cref="UpdateContext"/> with an objective. At a constant rate the final
/// parameters are about ηLρ away from a minimum of curvature L. State: the state of the inner optimizer.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0], (p, g) =&gt; g[0] = 2 * p[0]);
/// var optimizer = new SharpnessAware(new SGD(0.1), rho: 0.05);
/// TrainingResult result = new Trainer(optimizer, new() { MaxSteps = 1 }).Minimize(bowl, [3]);
/// Console.WriteLine($"{result.Parameters[0]:F2}");   // 2.39
/// </code></example>
public sealed class SharpnessAware : OptimizerWrapper
{
    private const double OverflowScale = 1e-200; // for a gradient whose norm is beyond the range of a double

    private readonly double _rho;
    private readonly bool _adaptive;
    private double[] _perturbed = [];

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="inner">The inner optimizer, owned by this one; do not use it elsewhere.</param>
    /// <param name="rho">
    /// The radius ρ, finite and greater than 0: in the parameters' unit, or relative to each parameter if <paramref name="adaptive"/>.
    /// </param>
    /// <param name="adaptive">Whether the radius is relative to each parameter's magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not finite or not greater than 0.</exception>
    public SharpnessAware(IOptimizer inner, double rho = 0.05, bool adaptive = false)
        : base(inner)
    {
        _rho = Guard.Positive(rho);
        _adaptive = adaptive;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The step has no objective; nothing is changed.</exception>
    public override void Update(ref UpdateContext context)
    {
        context.RequireObjective();
        if (Perturb(context.Parameters, context.Gradient))
            context.Evaluate(_perturbed, context.Gradient, transformed: true);
        Inner.Update(ref context);
        StepCount++;
    }

    /// <inheritdoc/>
    public override IOptimizer CreateNew() => new SharpnessAware(Inner.CreateNew(), _rho, _adaptive);

    /// <summary>Returns the wrapper, its settings and the inner optimizer as text.</summary>
    public override string ToString() => Format.Text($"{base.ToString()}, rho {_rho}{(_adaptive ? ", adaptive" : "")}");

    /// <inheritdoc/>
    protected override void ValidateState(OptimizerState state) => state.RequireNames([], []);

    /// <summary>Writes θ + ε. Returns <see langword="false"/> if ε is 0.</summary>
    private bool Perturb(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient)
    {
        if (_perturbed.Length != parameters.Length)
            _perturbed = new double[parameters.Length];
        double scale = 1, norm = Norm(parameters, gradient, scale);
        if (norm == 0)
            return false;
        if (!double.IsFinite(norm))
        {
            scale = OverflowScale;
            norm = Norm(parameters, gradient, scale);
        }

        // The division by the norm comes first: the quotient is at most 1 in size, so nothing overflows.
        for (int j = 0; j < _perturbed.Length; j++)
        {
            double size = _adaptive ? Math.Abs(parameters[j]) : 1;
            _perturbed[j] = parameters[j] + _rho * (size * (size * (scale * gradient[j]) / norm));
        }

        return true;
    }

    /// <summary>Returns ‖Tg‖, or ‖g‖ if not adaptive, times a scale.</summary>
    private double Norm(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, double scale)
    {
        if (!_adaptive && scale == 1)
            return Reductions.Norm(gradient);
        for (int j = 0; j < _perturbed.Length; j++)
            _perturbed[j] = (_adaptive ? Math.Abs(parameters[j]) : 1) * (scale * gradient[j]);
        return Reductions.Norm(_perturbed);
    }
}
