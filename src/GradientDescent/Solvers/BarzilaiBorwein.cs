using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>
/// Gradient descent whose step is the inverse of the curvature over the last step. It often needs few gradients, and its steps need little
/// arithmetic. With a nonsmooth penalty the steps are proximal, so it works with bounds, L1 and any penalty with a proximal step.
/// </summary>
/// <remarks>
/// <code>
/// t = sᵀs/sᵀy            s: the last step, y: the change of the gradient over it
/// θ ← prox_th(θ − t∇f)   t is shortened until the value is below the largest of the last m values
/// </code>
/// Barzilai and Borwein, "Two-Point Step Size Gradient Methods", 1988, eq. (5); Raydan, "The Barzilai and Borwein Gradient Method for the
/// Large Scale Unconstrained Minimization Problem", 1997; proximal: Wright, Nowak and Figueiredo, "Sparse Reconstruction by Separable
/// Approximation", 2009. The value may rise for some steps; the result has the lowest one. State: the last values and the next step.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + 10 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 20 * p[1]));
/// TrainingResult result = new Trainer(new BarzilaiBorwein()).Minimize(bowl, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class BarzilaiBorwein : RateFreeSolver
{
    private readonly int _memory;

    /// <summary>Creates the solver.</summary>
    /// <param name="memory">The number m of values among which the largest is the bound of the next one, at least 1; 1: no rise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory is less than 1.</exception>
    public BarzilaiBorwein(int memory = 10) => _memory = Guard.AtLeast(memory, 1);

    private protected override FormattableString? Settings => $"memory {_memory}";

    private protected override SolverEngine CreateEngine(int length) => new Engine(length, _memory);

    private sealed class Engine : SolverEngine
    {
        // The factor on the last step where the curvature over it is not positive.
        private const double Growth = 10;

        private readonly ProximalSearch _search;
        private readonly double[] _values;
        private readonly StrongBox<double> _count;
        private readonly StrongBox<double> _step;

        public Engine(int length, int memory)
            : base(length)
        {
            _search = new ProximalSearch(length);
            (_values, _count, _step) = (Vector("values", memory), Scalar("valueCount"), Scalar("step"));
        }

        protected override void Step(ref UpdateContext context)
        {
            _values[(int)(_count.Value % _values.Length)] = context.Loss;
            _count.Value++;
            double reference = context.Loss;
            foreach (double value in _values.AsSpan(0, (int)Math.Min(_count.Value, _values.Length)))
                reference = Math.Max(reference, value);

            double first = FirstStep(context.Gradient);
            bool isFirst = _step.Value == 0;
            if (!_search.Search(in context, reference, isFirst ? first : _step.Value)
                && (isFirst || !_search.Search(in context, reference, first)))
            {
                PromisedDecrease = _search.PromisedDecrease;
                context.Stop(End(in context, _search.Failure()));
                return;
            }

            double square = 0, curvature = 0;
            for (int j = 0; j < Length; j++)
            {
                double s = _search.Point[j] - context.Parameters[j];
                square += s * s;
                curvature += s * (_search.Gradient[j] - context.Gradient[j]);
            }

            double step = square / curvature;
            _step.Value = step > 0 && double.IsFinite(step) ? step : Math.Min(Growth * _search.Step, double.MaxValue);
            PromisedDecrease = _search.PromisedDecrease;
            Accept(ref context, _search.Point, _search.Gradient, _search.Value);
        }

        protected override void Check()
        {
            RequireCount("valueCount");
            RequireNotNegative("step");
        }
    }
}
