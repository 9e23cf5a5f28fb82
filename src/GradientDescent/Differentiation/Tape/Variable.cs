using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>A number in a formula that is recorded on a <see cref="GradientTape"/>: automatic differentiation in reverse mode.</summary>
/// <remarks>
/// <para>
/// Operations and functions compute the value and record the derivatives by their operands. A double becomes a constant. There is no
/// conversion to double, because it would lose the derivatives: use <see cref="Value"/> where this is intended. Comparisons compare
/// values, and a formula may branch, because each evaluation is recorded anew. A variable is valid in the evaluation that it belongs to,
/// and is used by one thread: a formula must not compute with variables in parallel.
/// </para>
/// <para>
/// Where there is no derivative, the result is: 0 for |x| at 0; the mean of both for min and max of equal numbers; 0 for √(x² + y²) and
/// the norm at the origin; 0 for rounded numbers; ∞ for √x and ln x at 0. Infinity and NaN are carried on as in arithmetic, so √(x²) has
/// NaN at 0.
/// </para>
/// </remarks>
/// <example><code>
/// IObjective wave = Objective.Differentiable(p => Variable.Exp(-p[0]) * Variable.Sin(p[1]));
/// double[] gradient = new double[2];
/// wave.Evaluate([0, 0], gradient);
/// Console.WriteLine($"{gradient[0]} {gradient[1]}");   // 0 1
/// </code></example>
public readonly partial struct Variable : IDifferentiable<Variable>
{
    private readonly double _value;

    // The evaluation in the upper half, the number of the node in the lower half; 0 for constants; see Tape. One field, because two of half
    // its size would be stored one after the other and then loaded together, which processors delay.
    private readonly long _id;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Variable(double value, long id)
    {
        _value = value;
        _id = id;
    }

    /// <summary>The number without its derivatives. What is computed from it is constant for the gradient.</summary>
    public double Value => _value;

    internal long Id => _id;

    private bool IsConstant => _id == 0;

    static Variable IDifferentiable<Variable>.Constant(double value) => new(value, 0);

    static Variable IDifferentiable<Variable>.Chain(Variable x, double value, double first, double second) =>
        Chain(x, value, first, second);

    static Variable IDifferentiable<Variable>.Chain(Variable x, Variable y, double value, in PartialDerivatives partials) =>
        Chain(x, y, value, partials);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Variable Chain(Variable x, double value, double first, double second) =>
        x._id == 0 ? new(value, 0) : new(value, Tape.For(x._id).Add((int)x._id, TapeNode.Unary, first, second));

    private static Variable Chain(Variable x, Variable y, double value, in PartialDerivatives partials)
    {
        if (y._id == 0)
            return Chain(x, value, partials.X, partials.XX);
        if (x._id == 0)
            return Chain(y, value, partials.Y, partials.YY);
        return new(value, Tape.For(x._id, y._id).Add((int)x._id, (int)y._id, partials));
    }

    internal static Variable Apply<TFunction>(Variable x) where TFunction : struct, IFunction
    {
        double value = TFunction.Value(x._value);
        if (x._id == 0)
            return new(value, 0);
        TFunction.Derive(x._value, value, out double first, out double second);
        return Chain(x, value, first, second);
    }
}
