using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Gradient descent with Polyak's step, for functions whose lowest value is known, such as 0 for an exact fit.</summary>
/// <remarks>
/// <code>
/// θ ← θ − (f(θ) − f*)/‖∇f(θ)‖² · ∇f(θ)        f*: the lowest value
/// </code>
/// Polyak, "Minimization of Unsmooth Functionals", 1969; Hazan and Kakade, "Revisiting the Polyak Step Size", 2019. For convex functions
/// each step comes closer to the minimizer. If f* is lower than the lowest value, the steps are too long near the minimum and the values do
/// not settle; if it is higher, the run ends where the values reach it. A nonsmooth penalty is not supported. No state.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + 10 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 20 * p[1]));
/// TrainingResult result = new Trainer(new PolyakStep(lowestValue: 0)).Minimize(bowl, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class PolyakStep : RateFreeSolver
{
    private readonly double _lowestValue;

    /// <summary>Creates the solver.</summary>
    /// <param name="lowestValue">The lowest value f* of the function, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public PolyakStep(double lowestValue = 0) =>
        _lowestValue = double.IsFinite(lowestValue)
            ? lowestValue
            : throw Guard.OutOfRange(nameof(lowestValue), lowestValue, "a finite number");

    private protected override FormattableString? Settings => $"lowestValue {_lowestValue}";

    private protected override SolverEngine CreateEngine(int length) => new Engine(length, _lowestValue);

    private sealed class Engine(int length, double lowestValue) : SolverEngine(length)
    {
        private const int MaxHalvings = 60;

        private readonly double[] _point = new double[length];
        private readonly double[] _gradient = new double[length];

        protected override void Step(ref UpdateContext context)
        {
            RequireSmooth(in context, nameof(PolyakStep));
            double norm = Reductions.Norm(context.Gradient), step = (context.Loss - lowestValue) / norm / norm;
            if (!(step > 0))
            {
                context.Stop(Ending(context.Loss));
                return;
            }

            step = Math.Min(step, double.MaxValue);
            for (int halvings = 0; halvings < MaxHalvings; halvings++, step /= 2)
            {
                context.Parameters.CopyTo(_point);
                Reductions.AddScaled<double>(_point, -step, context.Gradient);
                double value = context.Evaluate(_point, _gradient);
                if (double.IsNegativeInfinity(value) || (double.IsFinite(value) && Reductions.AreFinite(_gradient)))
                {
                    Accept(ref context, _point, _gradient, value);
                    return;
                }
            }

            context.Stop(new StopDetails
            {
                Reason = StopReason.OptimizerStopped,
                Quantity = Format.Text($"the value is not finite at any step from {step:G6} up"),
            });
        }

        private StopDetails Ending(double loss) => new()
        {
            Reason = StopReason.OptimizerStopped,
            Quantity = Format.Text($"the value {loss:G17} is not above the lowest value {lowestValue:G17}"),
            Measured = loss,
            Threshold = lowestValue,
        };
    }
}
