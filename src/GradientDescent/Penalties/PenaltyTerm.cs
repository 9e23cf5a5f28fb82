namespace GradientDescent;

/// <summary>A penalty in the coordinates that are optimised: Σ aⱼ|θⱼ| + ½Σ bⱼθⱼ², each coordinate with strengths of its own.</summary>
internal sealed class PenaltyTerm
{
    private readonly double[] _absolute;
    private readonly double[] _squared;
    private readonly bool _hasKinks;

    /// <param name="absolute">a, one for each parameter, at least 0.</param>
    /// <param name="squared">b, one for each parameter, at least 0.</param>
    public PenaltyTerm(double[] absolute, double[] squared)
    {
        (_absolute, _squared) = (absolute, squared);
        _hasKinks = absolute.Any(strength => strength > 0);
    }

    /// <summary>τ of the gradient mapping and of the proximal step; greater than 0.</summary>
    public double ProximalStep { get; private init; } = 1;

    /// <summary>The same penalty for a run of its own.</summary>
    public PenaltyTerm WithStep(double proximalStep) => new(_absolute, _squared) { ProximalStep = proximalStep };

    /// <summary>The same strengths for the first parameters, and for the intercepts behind them if asked for.</summary>
    /// <param name="penalty">The strengths.</param>
    /// <param name="parameterCount">Of all parameters.</param>
    /// <param name="weightCount">Of those that are no intercepts.</param>
    public static PenaltyTerm Of(IPenalty penalty, int parameterCount, int weightCount)
    {
        Guard.FiniteNonNegative(penalty.L1Strength, nameof(IPenalty.L1Strength));
        Guard.FiniteNonNegative(penalty.L2Strength, nameof(IPenalty.L2Strength));
        int penalised = penalty.OnIntercepts ? parameterCount : weightCount;
        return new(Strengths(penalty.L1Strength), Strengths(penalty.L2Strength));

        double[] Strengths(double strength)
        {
            double[] strengths = new double[parameterCount];
            strengths.AsSpan(0, penalised).Fill(strength);
            return strengths;
        }
    }

    public double Value(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        for (int j = 0; j < parameters.Length; j++)
            sum += _absolute[j] * Math.Abs(parameters[j]) + 0.5 * _squared[j] * (parameters[j] * parameters[j]);
        return sum;
    }

    /// <summary>
    /// Adds the penalty's part to a gradient g: bθ where it is smooth, and where it has kinks what makes the gradient mapping (θ − prox(θ − τg))/τ: g ± a where the step ends beside 0, θ/τ where it
    /// ends at 0. The two cases are computed without the difference, which would cancel.
    /// </summary>
    /// <param name="gradient">g, changed in place.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="longestStep">τ is this where it is less than <see cref="ProximalStep"/>, and greater than 0.</param>
    public void AddTo(Span<double> gradient, ReadOnlySpan<double> parameters, double longestStep = double.PositiveInfinity)
    {
        double step = longestStep > 0 ? Math.Min(longestStep, ProximalStep) : ProximalStep;
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] += _squared[j] * parameters[j];
        if (!_hasKinks)
            return;
        for (int j = 0; j < gradient.Length; j++)
        {
            double reached = parameters[j] - step * gradient[j], threshold = step * _absolute[j];
            gradient[j] = reached > threshold ? gradient[j] + _absolute[j]
                : reached < -threshold ? gradient[j] - _absolute[j]
                : threshold == 0 ? gradient[j] : parameters[j] / step;
        }
    }

    /// <summary>One proximal step, θ ← θ − τG, from which zeros are exact; nothing where there are no kinks.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="mapping">The gradient mapping G there, of all samples.</param>
    public void Land(Span<double> parameters, ReadOnlySpan<double> mapping)
    {
        if (!_hasKinks)
            return;
        for (int j = 0; j < parameters.Length; j++)
            parameters[j] = _absolute[j] > 0 && mapping[j] == parameters[j] / ProximalStep ? 0 : parameters[j] - ProximalStep * mapping[j];
    }

    /// <summary>Whether some coordinate has a kink at 0.</summary>
    public bool HasKinks => _hasKinks;

    /// <summary>b: the curvature of the smooth part in each coordinate.</summary>
    public ReadOnlySpan<double> Squared => _squared;

    /// <summary>The part without kinks.</summary>
    public PenaltyTerm Smooth => new(new double[_absolute.Length], _squared);
}
