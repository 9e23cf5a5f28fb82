namespace GradientDescent;

/// <summary>A formula over variables for the loss of one sample.</summary>
/// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
/// <param name="features">The features of the sample.</param>
/// <param name="target">The target of the sample.</param>
public delegate Variable SampleFormula(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target);
