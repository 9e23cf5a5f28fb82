using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Bounds on the coefficients: lower ≤ θⱼ ≤ upper. As a penalty it is 0 inside the bounds and infinite outside.</summary>
/// <remarks>
/// Its proximal step is the projection, so <see cref="BarzilaiBorwein"/> and <see cref="BacktrackingGradientDescent"/> become projected
/// methods, and <see cref="LBFGS"/> keeps the coefficients at a bound fixed while the gradient pushes them out. A trainer moves a start to
/// the nearest point inside the bounds, and projects after each step of any optimizer. Parikh and Boyd, "Proximal Algorithms", 2014,
/// section 1.2.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 2 * p[1]));
/// TrainingResult result = bowl.WithPenalty(new BoxConstraint(1, 2)).Minimize([1.5, 2]);
/// Console.WriteLine($"{result.Reason} at {result.Parameters[0]} {result.Parameters[1]}");   // Converged at 1 1
/// </code></example>
public sealed class BoxConstraint : IPenalty
{
    private readonly ImmutableArray<double> _lower;
    private readonly ImmutableArray<double> _upper;
    private readonly bool _isForEach;

    /// <summary>Creates the same bounds for all coefficients.</summary>
    /// <param name="lower">The lower bound; −∞ for none.</param>
    /// <param name="upper">The upper bound, at least <paramref name="lower"/>; +∞ for none.</param>
    /// <param name="onIntercepts">Whether the bounds hold for intercepts too.</param>
    /// <exception cref="ArgumentException">A bound is NaN, or the lower one is above the upper one, +∞, or the upper one is −∞.</exception>
    public BoxConstraint(double lower, double upper, bool onIntercepts = false)
        : this([lower], [upper], isForEach: false) => OnIntercepts = onIntercepts;

    /// <summary>Creates bounds for each parameter, including intercepts.</summary>
    /// <param name="lower">The lower bounds; −∞ for none.</param>
    /// <param name="upper">The upper bounds, at least the lower ones; +∞ for none.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of bounds differ, a bound is NaN, or a lower one is above the upper one, +∞, or an upper one is −∞.
    /// </exception>
    public BoxConstraint(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
        : this([.. lower], [.. upper], isForEach: true) => OnIntercepts = true;

    private BoxConstraint(ImmutableArray<double> lower, ImmutableArray<double> upper, bool isForEach)
    {
        if (lower.Length != upper.Length)
            throw Guard.Invalid(nameof(upper),
                $"There are {lower.Length} lower and {upper.Length} upper bounds: the numbers must be equal.");
        for (int j = 0; j < lower.Length; j++)
        {
            if (!(lower[j] <= upper[j]) || double.IsPositiveInfinity(lower[j]) || double.IsNegativeInfinity(upper[j]))
                throw Guard.Invalid(nameof(lower),
                    $"The bounds {j} are {lower[j]} and {upper[j]}: a number must lie between them.");
        }

        (_lower, _upper, _isForEach) = (lower, upper, isForEach);
    }

    /// <summary>The bounds 0 and +∞ for all coefficients but intercepts.</summary>
    public static BoxConstraint NonNegative { get; } = new(0, double.PositiveInfinity);

    /// <summary>Whether the bounds hold for intercepts too.</summary>
    public bool OnIntercepts { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are bounds for each parameter, but their number is not that of the parameters.</exception>
    public PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (_isForEach && _lower.Length != layout.Count)
            throw Guard.Invalid(nameof(layout),
                $"The constraint has bounds for {Format.Count(_lower.Length, "parameter")}: there are {layout.Count}.");
        double[] lower = new double[layout.Count], upper = new double[layout.Count];
        lower.AsSpan().Fill(double.NegativeInfinity);
        upper.AsSpan().Fill(double.PositiveInfinity);
        foreach (ParameterBlock block in layout.Blocks.Where(block => OnIntercepts || block.Role != ParameterRole.Bias))
        {
            for (int j = block.Start; j < block.Start + block.Length; j++)
            {
                double from = _lower[_isForEach ? j : 0], to = _upper[_isForEach ? j : 0], unit = scale.IsEmpty ? 1 : scale[j];
                bool isFree = double.IsInfinity(from) && double.IsInfinity(to);
                if (isFree || (unit == 0 && from <= 0 && to >= 0)) // a coefficient of 0 times the parameter is 0
                    continue;
                if (!(unit > 0))
                    return null;
                (lower[j], upper[j]) = (from / unit, to / unit);
            }
        }

        return new BoxTerm(lower, upper);
    }

    /// <summary>Returns the bounds as text.</summary>
    public override string ToString() => _isForEach
        ? Format.Text($"BoxConstraint({_lower.Length} bounds)")
        : Format.Text($"BoxConstraint({_lower[0]}, {_upper[0]}{(OnIntercepts ? ", on intercepts" : "")})");
}
