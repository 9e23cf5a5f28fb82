namespace GradientDescent;

/// <summary>Rates from the largest curvature L of a linear model's risk.</summary>
/// <param name="risk">The risk that is optimised.</param>
internal sealed class CurvatureRate(EmpiricalRisk risk)
{
    private CurvatureBound? _curvature;

    private CurvatureBound Curvature => _curvature ??= CurvatureBound.From(risk, wantsSmallest: false);

    /// <summary>
    /// 1/L of the smooth part: no proximal step of this length raises the loss. <see langword="null"/> if it is not needed or L is not
    /// known.
    /// </summary>
    public double? ProximalStep() =>
        risk.Term is { IsNonsmooth: true } && risk.Model.IsLinear && 1 / Curvature.Bound is { } step && double.IsFinite(step) && step > 0
            ? step
            : null;

    /// <summary>1/L, a stable rate at all parameters, and the source of L; no rate if all columns are 0.</summary>
    /// <exception cref="ArgumentException">The model is not linear, or L is not known or has no inverse.</exception>
    public (double? Rate, string Note) LearningRate()
    {
        const string Option = nameof(FitOptions.RateFromCurvature);
        if (!risk.Model.IsLinear)
            throw Guard.Invalid(Option,
                $"{Option} is set: {risk.Model.GetType().Name} is not linear, so that its curvature differs from point to point.");
        double curvature = Curvature.Bound
            ?? throw Guard.Invalid(Option,
                $"{Option} is set: {risk.Loss.GetType().Name} gives no MaxCurvature, so that no rate is safe everywhere; " +
                $"see FitAnalysis, and choose one.");
        if (curvature == 0)
            return (null, "All columns are 0: any rate serves.");
        double rate = 1 / curvature;
        return double.IsFinite(rate) && rate > 0
            ? (rate, Format.Text($"Rate {rate:G4} is 1/L. L is {Curvature.Source.Describe()}."))
            : throw Guard.Invalid(Option,
                $"{Option} is set: the largest curvature is {curvature}, which no rate serves; measure the features in other units.");
    }
}
