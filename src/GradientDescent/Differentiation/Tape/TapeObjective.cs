namespace GradientDescent;

/// <summary>A formula with the gradient and the Hessian products of a tape.</summary>
/// <param name="formula">The formula.</param>
/// <param name="layout">The blocks of the parameter vector, if they are known.</param>
internal sealed class TapeObjective<TFormula>(TFormula formula, ParameterLayout? layout) : IHessianObjective
    where TFormula : struct, IVariableFormula
{
    private readonly GradientTape _tape = new();

    public ParameterLayout? Layout => layout;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        layout.Require(parameters);
        return _tape.Evaluate(formula, parameters, gradient);
    }

    public void MultiplyHessian(ReadOnlySpan<double> parameters, ReadOnlySpan<double> direction, Span<double> product)
    {
        layout.Require(parameters);
        if (!_tape.IsRecordedAt(parameters))
            _tape.Record(formula, parameters);
        _tape.MultiplyHessian(direction, product);
    }
}

/// <summary>The check of parameters that a layout describes.</summary>
internal static class LayoutCheck
{
    public static void Require(this ParameterLayout? layout, ReadOnlySpan<double> parameters)
    {
        if (layout is not null && layout.Count != parameters.Length)
            throw NoFit(layout.Count, parameters.Length);
    }

    private static ArgumentException NoFit(int expected, int parameters) =>
        Guard.Invalid(nameof(parameters), $"There are {parameters} parameters: the layout has {expected}.");
}
