namespace GradientDescent;

/// <summary>Records a formula and computes its gradient, and products with its Hessian, in reverse mode.</summary>
/// <remarks>
/// <para>
/// Each operation becomes a node with the derivatives by its operands. A sweep from the last node to the first then gives all derivatives
/// of the result (Griewank and Walther, "Evaluating Derivatives", 2008, section 3.2), at a cost that does not depend on the number of
/// parameters. They are exact up to rounding. A second sweep along a direction and back gives the product of the Hessian with that
/// direction (section 5.2); it does not evaluate the formula again.
/// </para>
/// <para>
/// Memory: 24 bytes a node, and 8 for each kind of sweep; it is kept for the next evaluation, which then allocates nothing. When a formula
/// needs more nodes than before, it is evaluated a second time, so it should have no side effects. A tape is used by one thread at a time;
/// a formula may evaluate other tapes.
/// </para>
/// </remarks>
/// <example><code>
/// var tape = new GradientTape();
/// double[] gradient = new double[2], product = new double[2];
/// double value = tape.Evaluate(p => p[0] * p[0] * p[1], [3, 2], gradient);
/// tape.MultiplyHessian([1, 0], product);
/// Console.WriteLine($"{value}, gradient {gradient[0]} {gradient[1]}, Hessian column {product[0]} {product[1]}");
/// // 18, gradient 12 9, Hessian column 4 6
/// </code></example>
public sealed class GradientTape
{
    private readonly Tape _tape = new();
    private Variable[] _variables = [];
    private Variable _result;
    private bool _isEvaluating;
    private bool _isRecorded;

    /// <summary>The number of parameters of the last evaluation.</summary>
    public int ParameterCount => _tape.ParameterCount;

    /// <summary>The number of operations that the last evaluation recorded.</summary>
    public int NodeCount => Math.Max(0, _tape.Count - ParameterCount - 1);

    /// <summary>The value of the last evaluation.</summary>
    internal double LastValue => _result.Value;

    /// <summary>Evaluates a formula and its gradient.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="gradient">
    /// The vector for the gradient, as long as the parameters; every entry is written. Empty: only the value is computed, nothing is
    /// recorded.
    /// </param>
    /// <returns>The value of the formula.</returns>
    /// <exception cref="ArgumentException">The gradient has another length than the parameters.</exception>
    /// <exception cref="InvalidOperationException">
    /// The formula uses a variable of another evaluation, or evaluates this tape itself.
    /// </exception>
    public double Evaluate(VariableFormula formula, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return Evaluate(new DelegateFormula(formula), parameters, gradient);
    }

    /// <summary>Writes the product of the Hessian, at the parameters of the last evaluation with a gradient, and a vector.</summary>
    /// <remarks>It takes two to three times as long as the gradient.</remarks>
    /// <param name="direction">The vector, as long as the parameters.</param>
    /// <param name="product">The vector for the product, of the same length; every entry is written.</param>
    /// <exception cref="ArgumentException">A vector has another length than the parameters.</exception>
    /// <exception cref="InvalidOperationException">No formula has been evaluated with its gradient.</exception>
    public void MultiplyHessian(ReadOnlySpan<double> direction, Span<double> product)
    {
        if (!_isRecorded)
            throw new InvalidOperationException("No formula is recorded: call Evaluate with a gradient first.");
        RequireLength(direction.Length, nameof(direction));
        RequireLength(product.Length, nameof(product));
        _tape.MultiplyHessian((int)_result.Id, direction, product);
    }

    /// <summary>Returns the numbers of parameters and operations of the last evaluation.</summary>
    public override string ToString() =>
        $"{Format.Count(NodeCount, "operation")} of {Format.Count(ParameterCount, "parameter")}";

    internal double Evaluate<TFormula>(TFormula formula, ReadOnlySpan<double> parameters, Span<double> gradient)
        where TFormula : struct, IVariableFormula, allows ref struct
    {
        if (gradient.IsEmpty)
            return Value(formula, parameters);
        Guard.SameLength(parameters, gradient);
        Record(formula, parameters);
        ClearAdjoints(parameters.Length);
        Sweep(1);
        _tape.ReadGradient(gradient);
        return _result.Value;
    }

    /// <summary>Evaluates a formula without recording it: its parameters are constants.</summary>
    internal double Value<TFormula>(TFormula formula, ReadOnlySpan<double> parameters)
        where TFormula : struct, IVariableFormula, allows ref struct
    {
        Prepare(parameters.Length);
        _tape.BeginConstant(parameters.Length);
        for (int i = 0; i < parameters.Length; i++)
            _variables[i] = parameters[i];
        _isEvaluating = true;
        try
        {
            _result = formula.Evaluate(_variables);
        }
        finally
        {
            _isEvaluating = false;
        }

        _tape.Require(_result.Id);
        return _result.Value;
    }

    /// <summary>Evaluates and records a formula.</summary>
    internal void Record<TFormula>(TFormula formula, ReadOnlySpan<double> parameters)
        where TFormula : struct, IVariableFormula, allows ref struct
    {
        Prepare(parameters.Length);
        do
        {
            long id = _tape.Begin(parameters.Length);
            _isEvaluating = true;
            try
            {
                for (int i = 0; i < parameters.Length; i++)
                    _variables[i] = new Variable(parameters[i], id + i);
                _result = formula.Evaluate(_variables);
                _tape.Require(_result.Id);
            }
            finally
            {
                _isEvaluating = false;
                _tape.End();
            }
        }
        while (_tape.HasGrown());
        _isRecorded = true;
    }

    /// <summary>Whether the last evaluation was recorded, at these very parameters.</summary>
    internal bool IsRecordedAt(ReadOnlySpan<double> parameters)
    {
        bool isSame = _isRecorded && parameters.Length == ParameterCount;
        for (int i = 0; isSame && i < parameters.Length; i++)
            isSame = BitConverter.DoubleToInt64Bits(parameters[i]) == BitConverter.DoubleToInt64Bits(_variables[i].Value);
        return isSame;
    }

    /// <summary>Prepares for gradients that are added up by <see cref="Sweep"/>.</summary>
    internal void ClearAdjoints(int parameterCount) => _tape.ClearAdjoints(parameterCount);

    /// <summary>Adds the gradient of the recorded formula times a weight.</summary>
    internal void Sweep(double weight) => _tape.Sweep((int)_result.Id, weight);

    /// <summary>Adds the gradients that were added up to another one.</summary>
    internal void AddGradient(Span<double> gradient) => _tape.AddGradient(gradient);

    private void Prepare(int parameterCount)
    {
        if (_isEvaluating)
        {
            throw new InvalidOperationException(
                "A formula evaluates the objective or tape that evaluates it, or two threads use one at a time: give each its own.");
        }

        _isRecorded = false;
        if (_variables.Length != parameterCount)
            _variables = new Variable[parameterCount];
    }

    private void RequireLength(int length, string name)
    {
        if (length != ParameterCount)
            throw Guard.Invalid(name, $"{name} has {length} entries: the formula has {Format.Count(ParameterCount, "parameter")}.");
    }
}
