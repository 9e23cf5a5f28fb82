namespace GradientDescent;

/// <summary>A formula over variables, of which the gradient is wanted.</summary>
/// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
public delegate Variable VariableFormula(ReadOnlySpan<Variable> parameters);
