namespace GradientDescent;

/// <summary>Computes learning rates from the largest curvature L of a linear model's risk.</summary>
/// <param name="risk">The risk that is optimised.</param>
internal sealed class CurvatureRate(EmpiricalRisk risk)
{
    private CurvatureBound? _curvature;

    private CurvatureBound Curvature => _curvature ??= CurvatureBound.From(risk, wantsSmallest: false);

    /// <summary>
    /// Returns 1/L of the smooth part: no proximal step of this length increases the loss. Returns <see langword="null"/> if the penalty is
    /// smooth, the model is not linear, or L is not known.
    /// </summary>
    public double? ProximalStep() =>
        risk.Term is { IsNonsmooth: true } && risk.Model.IsLinear && 1 / Curvature.Bound is { } step && double.IsFinite(step) && step > 0
            ? step
            : null;

    /// <summary>Returns 1/L, which is stable at all parameters, and a note on the source of L; no rate if all columns are 0.</summary>
    /// <exception cref="ArgumentException">The model is not linear, or L is not known or has no inverse.</exception>
    public (double? Rate, string Note) LearningRate()
    {
        const string Option = nameof(FitOptions.RateFromCurvature);
        if (!risk.Model.IsLinear)
            throw Guard.Invalid(Option,
                $"{Option} is set: {risk.Model.GetType().Name} is not linear, so its curvature is not the same at all parameters.");
        double curvature = Curvature.Bound
            ?? throw Guard.Invalid(Option,
                $"{Option} is set: {risk.Loss.GetType().Name} gives no MaxCurvature, so no rate is known to be safe at " +
                $"all parameters; choose a rate with FitAnalysis.");
        if (curvature == 0)
            return (null, "All columns are 0: any rate works.");
        double rate = 1 / curvature;
        return double.IsFinite(rate) && rate > 0
            ? (rate, Format.Text($"Rate {rate:G4} is 1/L. L is {Curvature.Source.Describe()}."))
            : throw Guard.Invalid(Option,
                $"{Option} is set: the largest curvature is {curvature}, so no rate works; measure the features in other units.");
    }
}
