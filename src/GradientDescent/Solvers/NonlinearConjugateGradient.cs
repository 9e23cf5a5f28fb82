using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The nonlinear conjugate gradient method of Hager and Zhang. It needs only three vectors, so it suits functions of very many parameters.
/// </summary>
/// <remarks>
/// <code>
/// d ← −g⁺ + βd        β = max((y − 2d‖y‖²/dᵀy)ᵀg⁺/dᵀy, −1/(‖d‖ min(0.01, ‖g‖))),  y = g⁺ − g
/// θ ← θ + td          t: from a line search with the approximate Wolfe conditions, c₁ = 0.1, c₂ = 0.2
/// </code>
/// Hager and Zhang, "A New Conjugate Gradient Method with Guaranteed Descent and an Efficient Line Search", 2005, eq. (1.3) to (1.6). A
/// nonsmooth penalty is not supported. State: the direction, its slope and the last step.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + 10 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 20 * p[1]));
/// TrainingResult result = new Trainer(new NonlinearConjugateGradient()).Minimize(bowl, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class NonlinearConjugateGradient : RateFreeSolver
{
    private protected override SolverEngine CreateEngine(int length) => new Engine(length);

    private sealed class Engine : SolverEngine
    {
        private const double Decrease = 0.1, Flatness = 0.2;
        private const double MinNorm = 0.01; // η

        private readonly LineSearch _search;
        private readonly Face _face; // without bounds
        private readonly double[] _direction;
        private readonly StrongBox<double> _step;
        private readonly StrongBox<double> _slope;

        public Engine(int length)
            : base(length)
        {
            (_search, _face) = (new LineSearch(length, Decrease, Flatness), new Face(length));
            (_direction, _step, _slope) = (Vector("direction", length), Scalar("step"), Scalar("slope"));
        }

        protected override void Step(ref UpdateContext context)
        {
            RequireSmooth(in context, nameof(NonlinearConjugateGradient));
            double slope = Reductions.Dot<double, double>(_direction, context.Gradient);
            bool isFirst = !(slope < 0) || !double.IsFinite(slope);
            double step = isFirst ? 0 : _step.Value * Math.Min(_slope.Value / slope, 10);
            PromisedDecrease = isFirst ? double.NaN : -slope * step / 2;
            if (isFirst || !_search.Search(in context, _direction, slope, step, _face))
            {
                context.Gradient.CopyTo(_direction);
                Reductions.Multiply(_direction, -1);
                slope = -Reductions.Dot<double, double>(context.Gradient, context.Gradient);
                if (!_search.Search(in context, _direction, slope, FirstStep(context.Gradient), _face))
                {
                    context.Stop(End(in context, _search.Failure()));
                    return;
                }
            }

            (_step.Value, _slope.Value) = (_search.Found.Step, slope);
            PromisedDecrease = -slope * _search.Found.Step / 2;
            Turn(context.Gradient, _search.Gradient);
            Accept(ref context, _search.Point, _search.Gradient, _search.Found.Value);
            if (_search.IsUnbounded)
                context.Stop(_search.Unbounded());
        }

        protected override void Check()
        {
            RequireNotNegative("step");
            if (_slope.Value > 0)
                throw Guard.Invalid("state", $"'slope' is {_slope.Value}: it must be at most 0.");
        }

        /// <summary>Computes the next direction.</summary>
        private void Turn(ReadOnlySpan<double> before, ReadOnlySpan<double> now)
        {
            double dy = 0, yy = 0, yg = 0;
            for (int j = 0; j < now.Length; j++)
            {
                double y = now[j] - before[j];
                dy += _direction[j] * y;
                yy += y * y;
                yg += y * now[j];
            }

            double dg = Reductions.Dot<double, double>(_direction, now), beta = (yg - 2 * dg * (yy / dy)) / dy;
            double bound = -1 / (Reductions.Norm(_direction) * Math.Min(MinNorm, Reductions.Norm(before)));
            beta = Math.Max(beta, bound);
            Reductions.Multiply(_direction, double.IsFinite(beta) ? beta : 0);
            Reductions.AddScaled(_direction, -1, now);
        }
    }
}
