namespace GradientDescent;

/// <summary>Creates objectives from functions.</summary>
/// <example><code>
/// var bowl = Objective.From(
///     p => p[0] * p[0] + 10 * p[1] * p[1],
///     (p, g) => (g[0], g[1]) = (2 * p[0], 20 * p[1]));
/// Console.WriteLine(new Trainer(new Momentum(0.02)).Minimize(bowl, [3, 1]).Reason);   // Converged
/// </code></example>
public static partial class Objective
{
    /// <summary>Creates an objective whose gradient comes from five-point differences, mostly with 4 or 6 values per parameter.</summary>
    /// <remarks>
    /// The first step suits functions that change over a distance of about max(|x|, 1) in each coordinate x. A quadratic function takes
    /// 4 evaluations per parameter, another one 6: two values close to x tell whether a short wave hides in a longer trend. Where the
    /// function changes much faster or slower, and near the end of the domain, where it returns NaN or infinity, more steps are tried,
    /// at most 10. For a smooth function 9 digits are correct, mostly 12, unless rounding in the function hides its change. No
    /// difference is exact at a corner, a jump or in noise, and a wave is not seen if it is not much larger than the rounding of the
    /// values or changes neither the five values nor these two: <see cref="GradientCheck"/> looks closer and estimates the error. An
    /// entry is NaN if no difference is finite.
    /// </remarks>
    /// <param name="value">The function.</param>
    public static IObjective From(ObjectiveValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new NumericObjective(value);
    }

    /// <summary>Creates an objective from a function and its gradient.</summary>
    /// <param name="value">The function.</param>
    /// <param name="gradient">Its gradient.</param>
    public static IObjective From(ObjectiveValue value, ObjectiveGradient gradient)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        return new FunctionObjective(value, gradient);
    }

    /// <summary>Creates an objective from a function that computes value and gradient together.</summary>
    /// <param name="valueAndGradient">The function, which returns the value and writes the gradient. The gradient is never empty.</param>
    public static IObjective From(ObjectiveValueAndGradient valueAndGradient)
    {
        ArgumentNullException.ThrowIfNull(valueAndGradient);
        return new JointObjective(valueAndGradient);
    }

    /// <summary>Creates a plain objective from a sum over samples: the mean over all samples times its scale, plus its penalty.</summary>
    /// <param name="objective">The sum over samples.</param>
    public static IObjective Full(IStochasticObjective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new FullObjective(objective, TermOf(objective), proximalStep: 1);
    }

    /// <summary>Adds a penalty or bounds to an objective. A trainer uses them; <see cref="IObjective.Evaluate"/> does not.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="penalty">The penalty, such as <see cref="BoxConstraint"/> or <see cref="L1Penalty"/>. It replaces an earlier
    /// one.</param>
    /// <example><code>
    /// IObjective line = Objective.From(p =&gt; 3 * p[0], (p, g) =&gt; g[0] = 3);
    /// Console.WriteLine(line.WithPenalty(new BoxConstraint(-2, 2)).Minimize([0]).Loss);   // -6
    /// </code></example>
    public static IObjective WithPenalty(this IObjective objective, IPenalty penalty)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(penalty);
        return new PenalizedObjective(objective, penalty);
    }

    /// <summary>Returns the penalty of a sum over samples as a function of its parameters.</summary>
    /// <exception cref="ArgumentException">The penalty has no such function.</exception>
    internal static PenaltyTerm? TermOf(IStochasticObjective objective) => TermOf(objective.Penalty, objective.Layout);

    /// <summary>Returns a penalty as a function of parameters.</summary>
    /// <exception cref="ArgumentException">The penalty has no such function.</exception>
    internal static PenaltyTerm? TermOf(IPenalty? penalty, ParameterLayout layout) => penalty is null
        ? null
        : penalty.Bind(layout, [], 1)
            ?? throw Guard.Invalid(nameof(penalty), $"The penalty {penalty} gives no function of these parameters.");

    /// <summary>Returns the objective without the nonsmooth part of its penalty, whose gradient is a gradient mapping.</summary>
    internal static IObjective SmoothPart(IObjective objective) =>
        objective is ICompositeObjective composite ? composite.SmoothPart : objective;

    private sealed class PenalizedObjective(IObjective objective, IPenalty penalty) : IObjective
    {
        public ParameterLayout? Layout => objective.Layout;

        public IPenalty Penalty => penalty;

        public ICollective? Collective => objective.Collective;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient) => objective.Evaluate(parameters, gradient);
    }

    private sealed class FunctionObjective(ObjectiveValue value, ObjectiveGradient gradientOf) : IObjective
    {
        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            if (!gradient.IsEmpty)
                gradientOf(parameters, gradient);
            return value(parameters);
        }
    }

    private sealed class NumericObjective(ObjectiveValue value) : IObjective
    {
        private double[] _point = [];

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            if (_point.Length != parameters.Length)
                _point = new double[parameters.Length];
            double result = value(parameters);
            if (!gradient.IsEmpty)
                FiniteDifferences.Gradient(value, result, parameters, _point, gradient);
            return result;
        }
    }

    private sealed class JointObjective(ObjectiveValueAndGradient valueAndGradient) : IObjective
    {
        private double[] _unused = [];

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            if (!gradient.IsEmpty)
                return valueAndGradient(parameters, gradient);
            if (_unused.Length != parameters.Length)
                _unused = new double[parameters.Length];
            return valueAndGradient(parameters, _unused);
        }
    }
}
