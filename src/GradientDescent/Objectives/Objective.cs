using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A function of the parameters.</summary>
/// <param name="parameters">Where.</param>
public delegate double ObjectiveValue(ReadOnlySpan<double> parameters);

/// <summary>Writes the gradient of a function.</summary>
/// <param name="parameters">Where.</param>
/// <param name="gradient">As long as the parameters; every entry is to be written.</param>
public delegate void ObjectiveGradient(ReadOnlySpan<double> parameters, Span<double> gradient);

/// <summary>Returns the value of a function and writes its gradient.</summary>
/// <param name="parameters">Where.</param>
/// <param name="gradient">As long as the parameters; every entry is to be written.</param>
public delegate double ObjectiveValueAndGradient(ReadOnlySpan<double> parameters, Span<double> gradient);

/// <summary>Makes objectives from plain functions.</summary>
/// <example><code>
/// var bowl = Objective.From(
///     p => p[0] * p[0] + 10 * p[1] * p[1],
///     (p, g) => (g[0], g[1]) = (2 * p[0], 20 * p[1]));
/// Console.WriteLine(new Trainer(new Momentum(0.02)).Minimize(bowl, [3, 1]).Reason);   // Converged
/// </code></example>
public static class Objective
{
    /// <summary>An objective whose gradient is computed by five-point differences: 4 evaluations per parameter.</summary>
    /// <remarks>
    /// The points lie up to 1.5e-3·max(|x|, 1) from a coordinate x: there the function must be defined, and smooth on that scale. Then about 13 digits are
    /// correct. Measure parameters in units in which they are not much smaller than 1.
    /// </remarks>
    /// <param name="value">The function.</param>
    public static IObjective From(ObjectiveValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new NumericObjective(value);
    }

    /// <summary>An objective from a function and its gradient.</summary>
    /// <param name="value">The function.</param>
    /// <param name="gradient">Its gradient.</param>
    public static IObjective From(ObjectiveValue value, ObjectiveGradient gradient)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        return new FunctionObjective(value, gradient);
    }

    /// <summary>An objective from a function that computes value and gradient together.</summary>
    /// <param name="valueAndGradient">Returns the value and writes the gradient; it is always given a gradient to write.</param>
    public static IObjective From(ObjectiveValueAndGradient valueAndGradient)
    {
        ArgumentNullException.ThrowIfNull(valueAndGradient);
        return new JointObjective(valueAndGradient);
    }

    /// <summary>A stochastic objective as a plain one: the weighted mean over all samples.</summary>
    /// <param name="objective">The sum over samples.</param>
    public static IObjective Full(IStochasticObjective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new FullObjective(objective, TermOf(objective));
    }

    /// <summary>As <see cref="Full(IStochasticObjective)"/>, with a penalty of one's own in place of the objective's, or none.</summary>
    internal static IObjective Full(IStochasticObjective objective, PenaltyTerm? term) => new FullObjective(objective, term);

    /// <summary>The objective without its penalty's absolute values, whose gradient is a gradient mapping; itself where there are none.</summary>
    internal static IObjective SmoothPart(IObjective objective) => objective is FullObjective full ? full.Smooth : objective;

    /// <summary>What the objective asks to be added to its mean.</summary>
    internal static PenaltyTerm? TermOf(IStochasticObjective objective) => objective is EmpiricalRisk risk
        ? risk.Term
        : objective.Penalty is { } penalty ? PenaltyTerm.Of(penalty, objective.ParameterCount, objective.ParameterCount) : null;

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
            if (!gradient.IsEmpty)
                FiniteDifferences.Gradient(value, parameters, _point, gradient);
            return value(parameters);
        }
    }

    private sealed class JointObjective(ObjectiveValueAndGradient valueAndGradient) : IObjective
    {
        private double[] _unasked = [];

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            if (!gradient.IsEmpty)
                return valueAndGradient(parameters, gradient);
            if (_unasked.Length != parameters.Length)
                _unasked = new double[parameters.Length];
            return valueAndGradient(parameters, _unasked);
        }
    }

    private sealed class FullObjective(IStochasticObjective objective, PenaltyTerm? term) : IObjective
    {
        private readonly int[] _all = [.. Enumerable.Range(0, objective.SampleCount)];

        public FullObjective Smooth => term is { HasKinks: true } ? new(objective, term.Smooth) : this;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient) => objective.EvaluateMean(term, parameters, _all, gradient).Mean;
    }

    /// <summary>Writes the mean gradient over the samples, the penalty's part included, and returns the sums.</summary>
    /// <param name="objective">The sum over samples.</param>
    /// <param name="term">The penalty, if any.</param>
    /// <param name="parameters">Where.</param>
    /// <param name="samples">Which samples.</param>
    /// <param name="gradient">Written; empty asks for the value alone.</param>
    /// <param name="upcoming">Samples that will be asked for soon: a hint.</param>
    /// <param name="partSize">Samples evaluated at a time; the parts are added up.</param>
    /// <param name="longestStep">The penalty's proximal step is at most this.</param>
    internal static LossSum EvaluateMean(
        this IStochasticObjective objective,
        PenaltyTerm? term,
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<int> samples,
        Span<double> gradient,
        ReadOnlySpan<int> upcoming = default,
        int partSize = int.MaxValue,
        double longestStep = double.PositiveInfinity)
    {
        gradient.Clear();
        LossSum sum = samples.Length <= partSize
            ? objective is EmpiricalRisk risk ? risk.Add(parameters, samples, upcoming, gradient, isCleared: true) : objective.Add(parameters, samples, gradient)
            : objective is EmpiricalRisk inParts ? inParts.AddInParts(parameters, samples, gradient, partSize) : AddParts(objective, parameters, samples, gradient, partSize);
        if (sum.Weight is not (0 or 1))
            Reductions.Divide(gradient, sum.Weight);
        if (term is null)
            return sum;
        if (!gradient.IsEmpty)
            term.AddTo(gradient, parameters, longestStep);
        return sum with { Loss = sum.Loss + sum.Weight * term.Value(parameters) };
    }

    private static LossSum AddParts(IStochasticObjective objective, ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, Span<double> gradient, int partSize)
    {
        var sum = default(LossSum);
        for (int start = 0; start < samples.Length; start += partSize)
            sum += objective.Add(parameters, samples.Slice(start, Math.Min(partSize, samples.Length - start)), gradient);
        return sum;
    }
}
