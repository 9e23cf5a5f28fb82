namespace GradientDescent;

// Functions of two numbers, and choices between them.
public readonly partial struct Variable
{
    /// <summary>|x|. At 0 the derivative is taken as 0.</summary>
    /// <param name="value">The argument x.</param>
    public static Variable Abs(Variable value)
    {
        double x = value.Value;
        return Chain(value, Math.Abs(x), double.IsNaN(x) ? x : Math.Sign(x), 0);
    }

    /// <summary>The larger number. If both are equal, the derivative is the mean of both. NaN if one is NaN.</summary>
    /// <param name="x">The first number.</param>
    /// <param name="y">The second number.</param>
    public static Variable Max(Variable x, Variable y) => IDifferentiable<Variable>.Selected(x, y, Math.Max(x.Value, y.Value));

    /// <summary>The smaller number. If both are equal, the derivative is the mean of both. NaN if one is NaN.</summary>
    /// <param name="x">The first number.</param>
    /// <param name="y">The second number.</param>
    public static Variable Min(Variable x, Variable y) => IDifferentiable<Variable>.Selected(x, y, Math.Min(x.Value, y.Value));

    /// <summary>xʸ. For a whole constant y it has derivatives at x ≤ 0 too. At x = 0 and y &gt; 0 the derivative by y is 0.</summary>
    /// <param name="x">The base.</param>
    /// <param name="y">The exponent.</param>
    public static Variable Pow(Variable x, Variable y)
    {
        double value = double.Pow(x.Value, y.Value);
        if (y.IsConstant)
        {
            PowerFunctions.DerivePower(x.Value, y.Value, value, out double first, out double second);
            return Chain(x, value, first, second);
        }

        if (x.IsConstant)
        {
            PowerFunctions.DeriveExponent(x.Value, y.Value, value, out double first, out double second);
            return Chain(y, value, first, second);
        }

        return Chain(x, y, value, PowerFunctions.DerivePower(x.Value, y.Value, value));
    }

    /// <summary>The n-th root of x.</summary>
    /// <param name="x">The argument x.</param>
    /// <param name="n">The degree of the root.</param>
    public static Variable RootN(Variable x, int n)
    {
        double value = double.RootN(x.Value, n);
        PowerFunctions.DeriveRoot(x.Value, n, value, out double first, out double second);
        return Chain(x, value, first, second);
    }

    /// <summary>√(x² + y²), without overflow of the squares. At the origin the derivatives are taken as 0.</summary>
    /// <param name="x">The first number.</param>
    /// <param name="y">The second number.</param>
    public static Variable Hypot(Variable x, Variable y)
    {
        double value = double.Hypot(x.Value, y.Value);
        return Chain(x, y, value, PowerFunctions.DeriveHypot(x.Value, y.Value, value));
    }

    /// <summary>The angle of the point (x, y) in radians, from −π to π. At the origin the derivatives are NaN.</summary>
    /// <param name="y">The ordinate.</param>
    /// <param name="x">The abscissa.</param>
    public static Variable Atan2(Variable y, Variable x) =>
        Chain(y, x, double.Atan2(y.Value, x.Value), PowerFunctions.DeriveAngle(y.Value, x.Value));

    /// <summary>The angle of the point (x, y) in half turns, from −1 to 1. At the origin the derivatives are NaN.</summary>
    /// <param name="y">The ordinate.</param>
    /// <param name="x">The abscissa.</param>
    public static Variable Atan2Pi(Variable y, Variable x)
    {
        PartialDerivatives angle = PowerFunctions.DeriveAngle(y.Value, x.Value);
        return Chain(y, x, double.Atan2Pi(y.Value, x.Value), angle.Over(double.Pi));
    }

    /// <summary>The logarithm to a base.</summary>
    /// <param name="x">The argument x.</param>
    /// <param name="newBase">The base.</param>
    public static Variable Log(Variable x, Variable newBase)
    {
        double value = double.Log(x.Value, newBase.Value);
        return Chain(x, newBase, value, PowerFunctions.DeriveLogarithm(x.Value, newBase.Value, value));
    }

    /// <summary>The remainder of a division, with the sign of the dividend. At its jumps the derivative is that of a neighbour.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    public static Variable operator %(Variable left, Variable right) => Chain(
        left, right, left.Value % right.Value, new() { X = 1, Y = -Math.Truncate(left.Value / right.Value) });
}
