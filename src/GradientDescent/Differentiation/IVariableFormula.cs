namespace GradientDescent;

/// <summary>A formula as a tape calls it, whatever form the user gave it.</summary>
internal interface IVariableFormula
{
    Variable Evaluate(ReadOnlySpan<Variable> parameters);
}

/// <summary>A formula that is a delegate.</summary>
internal readonly struct DelegateFormula(VariableFormula formula) : IVariableFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters) => formula(parameters);
}

/// <summary>A formula that is generic.</summary>
internal readonly struct GenericFormula<TFormula>(TFormula formula) : IVariableFormula where TFormula : IFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters) => formula.Evaluate(parameters);
}
