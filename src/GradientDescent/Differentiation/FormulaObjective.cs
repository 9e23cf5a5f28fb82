using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>A generic formula: its gradient comes from dual numbers for few parameters, from a tape for many.</summary>
/// <param name="formula">The formula.</param>
/// <param name="layout">The blocks of the parameter vector, if they are known.</param>
internal sealed class FormulaObjective<TFormula>(TFormula formula, ParameterLayout? layout) : IHessianObjective
    where TFormula : IFormula
{
    private readonly TapeObjective<GenericFormula<TFormula>> _onTape = new(new GenericFormula<TFormula>(formula), layout);
    private readonly DualParameters _parameters = new();

    public ParameterLayout? Layout => layout;

    [SkipLocalsInit] // the dual number is written whole
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        if (gradient.IsEmpty || parameters.Length > Dual.LaneCount)
            return _onTape.Evaluate(parameters, gradient);
        layout.Require(parameters);
        Guard.SameLength(parameters, gradient);
        Dual result = formula.Evaluate(_parameters.At(parameters));
        result.CopyPartials(gradient);
        return result.Value;
    }

    public void MultiplyHessian(ReadOnlySpan<double> parameters, ReadOnlySpan<double> direction, Span<double> product) =>
        _onTape.MultiplyHessian(parameters, direction, product);
}
