namespace GradientDescent;

/// <summary>The formula of a sample as a tape calls it, whatever form the user gave it.</summary>
internal interface IVariableSampleFormula
{
    Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target);
}

/// <summary>A formula that is a delegate.</summary>
internal readonly struct DelegateSampleFormula(SampleFormula formula) : IVariableSampleFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target) =>
        formula(parameters, features, target);
}

/// <summary>A formula that is generic.</summary>
internal readonly struct GenericSampleFormula<TFormula>(TFormula formula) : IVariableSampleFormula where TFormula : ISampleFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target) =>
        formula.Evaluate(parameters, features, target);
}

/// <summary>The formula of one sample.</summary>
internal readonly ref struct SampleCall<TFormula>(TFormula formula, ReadOnlySpan<double> features, double target) : IVariableFormula
    where TFormula : struct, IVariableSampleFormula
{
    private readonly ReadOnlySpan<double> _features = features;

    public Variable Evaluate(ReadOnlySpan<Variable> parameters) => formula.Evaluate(parameters, _features, target);
}
