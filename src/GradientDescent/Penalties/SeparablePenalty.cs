namespace GradientDescent;

/// <summary>The penalty Σ aⱼ|θⱼ| + ½Σ bⱼθⱼ², with two strengths aⱼ and bⱼ for each parameter.</summary>
internal sealed class SeparablePenalty : PenaltyTerm
{
    private readonly double[] _l1;
    private readonly double[] _l2;

    /// <param name="l1">The strengths a, one for each parameter, at least 0.</param>
    /// <param name="l2">The strengths b, one for each parameter, at least 0.</param>
    public SeparablePenalty(double[] l1, double[] l2)
    {
        (_l1, _l2) = (l1, l2);
        IsNonsmooth = l1.Any(strength => strength > 0);
    }

    public override bool IsNonsmooth { get; }

    /// <summary>The strengths a, one for each parameter.</summary>
    public ReadOnlySpan<double> L1Strengths => _l1;

    public override PenaltyTerm SmoothPart => IsNonsmooth ? new SeparablePenalty(new double[_l1.Length], _l2) : this;

    public override ReadOnlySpan<double> Curvatures => _l2;

    /// <summary>
    /// Creates the term with the same two strengths for all weights, and optionally biases, in the units of the optimised problem.
    /// </summary>
    /// <inheritdoc cref="IPenalty.Bind"/>
    public static SeparablePenalty? Bind(double l1, double l2, bool onIntercepts, ParameterLayout layout, ReadOnlySpan<double> scale,
        double lossFactor)
    {
        double[] absolute = new double[layout.Count], squared = new double[layout.Count];
        foreach (ParameterBlock block in layout.Blocks)
        {
            if (block.Role == ParameterRole.Bias && !onIntercepts)
                continue;
            for (int j = block.Start; j < block.Start + block.Length; j++)
            {
                double unit = scale.IsEmpty ? 1 : scale[j];
                if (double.IsNaN(unit))
                    return null;
                absolute[j] = l1 * unit / lossFactor;
                squared[j] = l2 * unit * unit / lossFactor;
            }
        }

        return new SeparablePenalty(absolute, squared);
    }

    public override double Value(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        for (int j = 0; j < parameters.Length; j++)
            sum += _l1[j] * Math.Abs(parameters[j]) + 0.5 * _l2[j] * (parameters[j] * parameters[j]);
        return sum;
    }

    public override void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] += _l2[j] * parameters[j];
    }

    /// <summary>Soft thresholding: moves each parameter towards 0 by at most τaⱼ.</summary>
    public override void ProximalStep(Span<double> parameters, double stepLength)
    {
        for (int j = 0; j < parameters.Length; j++)
        {
            double threshold = stepLength * _l1[j];
            parameters[j] = parameters[j] > threshold ? parameters[j] - threshold
                : parameters[j] < -threshold ? parameters[j] + threshold
                : threshold == 0 ? parameters[j] : 0;
        }
    }

    /// <summary>
    /// Writes g ± a if the proximal step does not reach 0, else θ/τ. This avoids the difference θ − prox, which cancels.
    /// </summary>
    public override void MapGradient(ReadOnlySpan<double> parameters, Span<double> gradient, double stepLength)
    {
        if (!IsNonsmooth)
            return;
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] = Mapped(parameters[j], gradient[j], _l1[j], stepLength);
    }

    /// <summary>The gradient mapping of one parameter.</summary>
    public static double Mapped(double parameter, double gradient, double strength, double stepLength)
    {
        double reached = parameter - stepLength * gradient, threshold = stepLength * strength;
        return reached > threshold ? gradient + strength
            : reached < -threshold ? gradient - strength
            : threshold == 0 ? gradient : parameter / stepLength;
    }

    /// <summary>
    /// Finds the orthant of the parameters. A parameter that is 0 may move to the side of −g if |gⱼ| exceeds aⱼ; otherwise it stays.
    /// Andrew and Gao, "Scalable Training of L1-Regularized Log-Linear Models", 2007, eq. (4) and (5).
    /// </summary>
    public override bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> lower, Span<double> upper, Span<double> slopes)
    {
        for (int j = 0; j < parameters.Length; j++)
        {
            double at = parameters[j], strength = _l1[j];
            int side = at != 0 ? Math.Sign(at) : gradient[j] > strength ? -1 : gradient[j] < -strength ? 1 : 0;
            bool isSmooth = strength == 0;
            lower[j] = isSmooth || side < 0 ? double.NegativeInfinity : 0;
            upper[j] = isSmooth || side > 0 ? double.PositiveInfinity : 0;
            slopes[j] = side == 0 ? -gradient[j] : side * strength;
        }

        return true;
    }
}
