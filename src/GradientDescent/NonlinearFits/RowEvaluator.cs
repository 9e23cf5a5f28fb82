namespace GradientDescent;

/// <summary>Evaluates a formula and its derivatives at one point after another. An instance is used by one thread at a time.</summary>
internal abstract class RowEvaluator
{
    /// <summary>The value of the formula.</summary>
    public abstract double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row);

    /// <summary>The value of the formula, with the same bits, and its derivatives by the parameters.</summary>
    public abstract double Differentiate(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row, Span<double> derivatives);
}

/// <summary>Derivatives from a tape.</summary>
/// <param name="formula">The formula; the target that it is given is 0.</param>
internal sealed class TapeRowEvaluator<TFormula>(TFormula formula) : RowEvaluator where TFormula : struct, IVariableSampleFormula
{
    private readonly GradientTape _tape = new();

    public override double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row) =>
        _tape.Value(new SampleCall<TFormula>(formula, row, 0), parameters);

    public override double Differentiate(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row, Span<double> derivatives) =>
        _tape.Evaluate(new SampleCall<TFormula>(formula, row, 0), parameters, derivatives);
}

/// <summary>Derivatives from dual numbers, for up to <see cref="Dual.LaneCount"/> parameters.</summary>
internal sealed class DualRowEvaluator<TFormula>(TFormula formula) : RowEvaluator where TFormula : IRowFormula
{
    private readonly DualParameters _parameters = new();
    private readonly TapeRowEvaluator<VariableRow<TFormula>> _tape = new(new(formula));

    public override double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row) => _tape.Value(parameters, row);

    public override double Differentiate(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row, Span<double> derivatives)
    {
        Dual result = formula.Evaluate(_parameters.At(parameters), row);
        result.CopyPartials(derivatives);
        return result.Value;
    }
}

/// <summary>A curve as a tape calls it.</summary>
internal readonly struct VariableCurve(CurveFormula formula) : IVariableSampleFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target) =>
        formula(parameters, features[0]);
}

/// <summary>A function of several predictors as a tape calls it.</summary>
internal readonly struct DelegateRow(RowFormula formula) : IVariableSampleFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target) =>
        formula(parameters, features);
}

/// <summary>A generic function as a tape calls it.</summary>
internal readonly struct VariableRow<TFormula>(TFormula formula) : IVariableSampleFormula where TFormula : IRowFormula
{
    public Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target) =>
        formula.Evaluate(parameters, features);
}
