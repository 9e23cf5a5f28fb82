namespace GradientDescent;

/// <summary>The indicator function of a box: 0 inside, infinite outside.</summary>
/// <param name="lower">The lower bounds, one for each parameter.</param>
/// <param name="upper">The upper bounds, at least the lower ones.</param>
internal sealed class BoxTerm(double[] lower, double[] upper) : PenaltyTerm
{
    public override bool IsNonsmooth => true;

    public override bool IsConstraint => true;

    public override double Value(ReadOnlySpan<double> parameters)
    {
        for (int j = 0; j < parameters.Length; j++)
        {
            if (!(parameters[j] >= lower[j] && parameters[j] <= upper[j]))
                return double.PositiveInfinity;
        }

        return 0;
    }

    public override void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
    }

    public override void ProximalStep(Span<double> parameters, double stepLength) => Project(parameters);

    /// <summary>Writes g if the step stays inside, else the distance to the bound divided by τ.</summary>
    public override void MapGradient(ReadOnlySpan<double> parameters, Span<double> gradient, double stepLength)
    {
        for (int j = 0; j < gradient.Length; j++)
        {
            double reached = parameters[j] - stepLength * gradient[j];
            if (reached < lower[j])
                gradient[j] = (parameters[j] - lower[j]) / stepLength;
            else if (reached > upper[j])
                gradient[j] = (parameters[j] - upper[j]) / stepLength;
        }
    }

    public override bool FindFace(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> from, Span<double> to, Span<double> slopes)
    {
        lower.CopyTo(from);
        upper.CopyTo(to);
        slopes.Clear();
        return true;
    }

    public override void Project(Span<double> parameters)
    {
        for (int j = 0; j < parameters.Length; j++)
            parameters[j] = Math.Clamp(parameters[j], lower[j], upper[j]);
    }
}
