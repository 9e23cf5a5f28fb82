using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>
/// Gradient descent whose step is shortened until the value falls sufficiently (Armijo's condition). It is simple and monotone;
/// <see cref="LBFGS"/> usually needs far fewer gradients. With a nonsmooth penalty the steps are proximal.
/// </summary>
/// <remarks>
/// <code>
/// θ ← prox_th(θ − t∇f)   the first t is twice the last one; it is shortened until F falls by c‖θ⁺ − θ‖²/t, c = 1e-4
/// </code>
/// Armijo, "Minimization of Functions Having Lipschitz Continuous First Partial Derivatives", 1966; Beck and Teboulle, "A Fast Iterative
/// Shrinkage-Thresholding Algorithm for Linear Inverse Problems", 2009, section 3. State: the last step.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + 10 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 20 * p[1]));
/// TrainingResult result = new Trainer(new BacktrackingGradientDescent()).Minimize(bowl, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class BacktrackingGradientDescent : RateFreeSolver
{
    private protected override SolverEngine CreateEngine(int length) => new Engine(length);

    private sealed class Engine : SolverEngine
    {
        private const double Growth = 2;

        private readonly ProximalSearch _search;
        private readonly StrongBox<double> _step;

        public Engine(int length)
            : base(length) => (_search, _step) = (new ProximalSearch(length), Scalar("step"));

        protected override void Step(ref UpdateContext context)
        {
            double first = FirstStep(context.Gradient);
            bool isFirst = _step.Value == 0;
            if (!_search.Search(in context, context.Loss, isFirst ? first : Math.Min(Growth * _step.Value, double.MaxValue)))
            {
                PromisedDecrease = _search.PromisedDecrease;
                context.Stop(End(in context, _search.Failure()));
                return;
            }

            _step.Value = _search.Step;
            PromisedDecrease = _search.PromisedDecrease;
            Accept(ref context, _search.Point, _search.Gradient, _search.Value);
        }

        protected override void Check() => RequireNotNegative("step");
    }
}
