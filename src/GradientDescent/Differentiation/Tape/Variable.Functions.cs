namespace GradientDescent;

// Functions of one number; each formula is in a struct that both kinds of numbers use.
public readonly partial struct Variable
{
    /// <summary>eˣ.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Exp(Variable x) => Apply<ExponentialFunctions.Exp>(x);

    /// <summary>2ˣ.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Exp2(Variable x) => Apply<ExponentialFunctions.Exp2>(x);

    /// <summary>10ˣ.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Exp10(Variable x) => Apply<ExponentialFunctions.Exp10>(x);

    /// <summary>eˣ − 1, also accurate for small x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable ExpM1(Variable x) => Apply<ExponentialFunctions.ExpM1>(x);

    /// <summary>ln x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Log(Variable x) => Apply<LogarithmicFunctions.Log>(x);

    /// <summary>The logarithm to base 2.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Log2(Variable x) => Apply<LogarithmicFunctions.Log2>(x);

    /// <summary>The logarithm to base 10.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Log10(Variable x) => Apply<LogarithmicFunctions.Log10>(x);

    /// <summary>ln(1 + x), also accurate for small x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable LogP1(Variable x) => Apply<LogarithmicFunctions.LogP1>(x);

    /// <summary>√x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Sqrt(Variable x) => Apply<PowerFunctions.Sqrt>(x);

    /// <summary>∛x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Cbrt(Variable x) => Apply<PowerFunctions.Cbrt>(x);

    /// <summary>The sine of an angle in radians.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Sin(Variable x) => Apply<TrigonometricFunctions.Sin>(x);

    /// <summary>The cosine of an angle in radians.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Cos(Variable x) => Apply<TrigonometricFunctions.Cos>(x);

    /// <summary>The tangent of an angle in radians.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Tan(Variable x) => Apply<TrigonometricFunctions.Tan>(x);

    /// <summary>The angle in radians whose sine is x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Asin(Variable x) => Apply<TrigonometricFunctions.Asin>(x);

    /// <summary>The angle in radians whose cosine is x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Acos(Variable x) => Apply<TrigonometricFunctions.Acos>(x);

    /// <summary>The angle in radians whose tangent is x.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Atan(Variable x) => Apply<TrigonometricFunctions.Atan>(x);

    /// <summary>sin(πx).</summary>
    /// <param name="x">The argument x.</param>
    public static Variable SinPi(Variable x) => Apply<TrigonometricFunctions.SinPi>(x);

    /// <summary>cos(πx).</summary>
    /// <param name="x">The argument x.</param>
    public static Variable CosPi(Variable x) => Apply<TrigonometricFunctions.CosPi>(x);

    /// <summary>tan(πx).</summary>
    /// <param name="x">The argument x.</param>
    public static Variable TanPi(Variable x) => Apply<TrigonometricFunctions.TanPi>(x);

    /// <summary>arcsin(x)/π.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable AsinPi(Variable x) => Apply<TrigonometricFunctions.AsinPi>(x);

    /// <summary>arccos(x)/π.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable AcosPi(Variable x) => Apply<TrigonometricFunctions.AcosPi>(x);

    /// <summary>arctan(x)/π.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable AtanPi(Variable x) => Apply<TrigonometricFunctions.AtanPi>(x);

    /// <summary>The hyperbolic sine.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Sinh(Variable x) => Apply<ExponentialFunctions.Sinh>(x);

    /// <summary>The hyperbolic cosine.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Cosh(Variable x) => Apply<ExponentialFunctions.Cosh>(x);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Tanh(Variable x) => Apply<ExponentialFunctions.Tanh>(x);

    /// <summary>The inverse of the hyperbolic sine.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Asinh(Variable x) => Apply<LogarithmicFunctions.Asinh>(x);

    /// <summary>The inverse of the hyperbolic cosine, for x ≥ 1.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Acosh(Variable x) => Apply<LogarithmicFunctions.Acosh>(x);

    /// <summary>The inverse of the hyperbolic tangent, for |x| ≤ 1.</summary>
    /// <param name="x">The argument x.</param>
    public static Variable Atanh(Variable x) => Apply<LogarithmicFunctions.Atanh>(x);

    /// <summary>Sine and cosine of an angle in radians.</summary>
    /// <param name="x">The angle.</param>
    public static (Variable Sin, Variable Cos) SinCos(Variable x) => (Sin(x), Cos(x));

    /// <summary>Sine and cosine of an angle in half turns.</summary>
    /// <param name="x">The angle.</param>
    public static (Variable SinPi, Variable CosPi) SinCosPi(Variable x) => (SinPi(x), CosPi(x));
}
