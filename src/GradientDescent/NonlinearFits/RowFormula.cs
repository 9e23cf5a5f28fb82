namespace GradientDescent;

/// <summary>A function of several predictors, as a formula over variables whose derivatives are wanted.</summary>
/// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
/// <param name="row">The predictors of a point.</param>
public delegate Variable RowFormula(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> row);
