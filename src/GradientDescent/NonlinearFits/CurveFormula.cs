namespace GradientDescent;

/// <summary>A curve over one predictor, as a formula over variables whose derivatives are wanted.</summary>
/// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
/// <param name="x">The predictor.</param>
public delegate Variable CurveFormula(ReadOnlySpan<Variable> parameters, double x);
