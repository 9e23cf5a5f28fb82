using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Limited-memory BFGS: a quasi-Newton method that learns the curvature from the last steps. It needs no rate, and for smooth functions it
/// usually needs the fewest gradients.
/// </summary>
/// <remarks>
/// <code>
/// d = −H∇f(θ)           H: the inverse Hessian that the last m pairs s = θₖ₊₁ − θₖ, y = ∇fₖ₊₁ − ∇fₖ imply, by the two-loop recursion
/// θ ← θ + td            t: from a line search with the strong Wolfe conditions, c₁ = 1e-4, c₂ = 0.9
/// </code>
/// Nocedal, "Updating Quasi-Newton Matrices with Limited Storage", 1980; Nocedal and Wright, "Numerical Optimization", 2006, algorithms 7.4
/// and 7.5. A nonsmooth penalty must be piecewise linear, as bounds and the L1 norm are. The steps then are projected on the box in which
/// it is linear, and parameters at a bound to which the gradient pushes stay there: Bertsekas, "Projected Newton Methods for Optimization
/// Problems with Simple Constraints", 1982; for L1 this is the method of Andrew and Gao, "Scalable Training of L1-Regularized Log-Linear
/// Models", 2007. No trial is outside the bounds. State: 2m vectors and their number.
/// </remarks>
/// <example><code>
/// var valley = Objective.From(
///     p => Math.Pow(1 - p[0], 2) + 100 * Math.Pow(p[1] - p[0] * p[0], 2),
///     (p, g) => (g[0], g[1]) = (-2 * (1 - p[0]) - 400 * p[0] * (p[1] - p[0] * p[0]), 200 * (p[1] - p[0] * p[0])));
/// TrainingResult result = new Trainer(new LBFGS()).Minimize(valley, [-1.2, 1]);
/// Console.WriteLine($"{result.Reason} at {result.Parameters[0]:F6} {result.Parameters[1]:F6}");   // Converged at 1.000000 1.000000
/// </code></example>
public sealed class LBFGS : RateFreeSolver
{
    private readonly int _memory;

    /// <summary>Creates the solver.</summary>
    /// <param name="memory">The number m of steps whose curvature is kept, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory is less than 1.</exception>
    public LBFGS(int memory = 10) => _memory = Guard.AtLeast(memory, 1);

    private protected override FormattableString? Settings => $"memory {_memory}";

    private protected override SolverEngine CreateEngine(int length) => new Engine(length, _memory);

    private sealed class Engine : SolverEngine
    {
        private const double Decrease = 1e-4, Flatness = 0.9;
        private const string CountName = "pairCount";

        private readonly StrongBox<double> _count;
        private readonly CurvaturePairs _pairs;
        private readonly LineSearch _search;
        private readonly Face _face;
        private readonly double[] _gradient;
        private readonly double[] _direction;
        private readonly bool[] _isFixed;

        public Engine(int length, int memory)
            : base(length)
        {
            _count = Scalar(CountName);
            _pairs = new CurvaturePairs(Vector("steps", memory * length), Vector("changes", memory * length), _count, memory);
            _search = new LineSearch(length, Decrease, Flatness);
            _face = new Face(length);
            (_gradient, _direction, _isFixed) = (new double[length], new double[length], new bool[length]);
        }

        protected override void Step(ref UpdateContext context)
        {
            if (!_face.Find(in context))
                throw new NotSupportedException(
                    $"{nameof(LBFGS)} needs a penalty that is smooth or piecewise linear: use BarzilaiBorwein.");
            _face.AddTo(context.Gradient, _gradient);
            bool[]? isFixed = _face.Fix(context.Parameters, _gradient, _isFixed) ? _isFixed : null;
            double slope = Descend(isFixed);
            bool isFirst = _pairs.Count == 0;
            PromisedDecrease = -slope / 2;
            if (!_search.Search(in context, _direction, slope, isFirst ? FirstStep(_gradient) : 1, _face)
                && (isFirst || !Restart(in context)))
            {
                context.Stop(End(in context, _search.Failure()));
                return;
            }

            _pairs.Add(context.Parameters, context.Gradient, _search.Point, _search.Gradient);
            Accept(ref context, _search.Point, _search.Gradient, _search.Found.Value);
            if (_search.IsUnbounded)
                context.Stop(_search.Unbounded());
        }

        /// <summary>Forgets the curvature and searches along the gradient.</summary>
        private bool Restart(in UpdateContext context)
        {
            _pairs.Clear();
            double slope = Descend(isFixed: null);
            return _search.Search(in context, _direction, slope, FirstStep(_gradient), _face);
        }

        /// <summary>Computes the direction; returns its slope.</summary>
        private double Descend(bool[]? isFixed)
        {
            _pairs.Multiply(_gradient, _direction, isFixed);
            Reductions.Multiply(_direction, -1);
            double slope = Reductions.Dot<double, double>(_direction, _gradient);
            if (slope < 0 && double.IsFinite(slope))
                return slope;
            _pairs.Clear();
            _gradient.CopyTo(_direction, 0);
            Reductions.Multiply(_direction, -1);
            return -Reductions.Dot<double, double>(_gradient, _gradient);
        }

        protected override void Check() => RequireCount(CountName);
    }
}
