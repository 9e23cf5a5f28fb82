namespace GradientDescent;

// Functions of one number; each formula is in a struct that both kinds of numbers use.
public readonly partial struct Dual
{
    /// <summary>eˣ.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Exp(Dual x) => Apply<ExponentialFunctions.Exp>(x);

    /// <summary>2ˣ.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Exp2(Dual x) => Apply<ExponentialFunctions.Exp2>(x);

    /// <summary>10ˣ.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Exp10(Dual x) => Apply<ExponentialFunctions.Exp10>(x);

    /// <summary>eˣ − 1, also accurate for small x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual ExpM1(Dual x) => Apply<ExponentialFunctions.ExpM1>(x);

    /// <summary>ln x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Log(Dual x) => Apply<LogarithmicFunctions.Log>(x);

    /// <summary>The logarithm to base 2.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Log2(Dual x) => Apply<LogarithmicFunctions.Log2>(x);

    /// <summary>The logarithm to base 10.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Log10(Dual x) => Apply<LogarithmicFunctions.Log10>(x);

    /// <summary>ln(1 + x), also accurate for small x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual LogP1(Dual x) => Apply<LogarithmicFunctions.LogP1>(x);

    /// <summary>√x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Sqrt(Dual x) => Apply<PowerFunctions.Sqrt>(x);

    /// <summary>∛x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Cbrt(Dual x) => Apply<PowerFunctions.Cbrt>(x);

    /// <summary>The sine of an angle in radians.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Sin(Dual x) => Apply<TrigonometricFunctions.Sin>(x);

    /// <summary>The cosine of an angle in radians.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Cos(Dual x) => Apply<TrigonometricFunctions.Cos>(x);

    /// <summary>The tangent of an angle in radians.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Tan(Dual x) => Apply<TrigonometricFunctions.Tan>(x);

    /// <summary>The angle in radians whose sine is x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Asin(Dual x) => Apply<TrigonometricFunctions.Asin>(x);

    /// <summary>The angle in radians whose cosine is x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Acos(Dual x) => Apply<TrigonometricFunctions.Acos>(x);

    /// <summary>The angle in radians whose tangent is x.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Atan(Dual x) => Apply<TrigonometricFunctions.Atan>(x);

    /// <summary>sin(πx).</summary>
    /// <param name="x">The argument x.</param>
    public static Dual SinPi(Dual x) => Apply<TrigonometricFunctions.SinPi>(x);

    /// <summary>cos(πx).</summary>
    /// <param name="x">The argument x.</param>
    public static Dual CosPi(Dual x) => Apply<TrigonometricFunctions.CosPi>(x);

    /// <summary>tan(πx).</summary>
    /// <param name="x">The argument x.</param>
    public static Dual TanPi(Dual x) => Apply<TrigonometricFunctions.TanPi>(x);

    /// <summary>arcsin(x)/π.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual AsinPi(Dual x) => Apply<TrigonometricFunctions.AsinPi>(x);

    /// <summary>arccos(x)/π.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual AcosPi(Dual x) => Apply<TrigonometricFunctions.AcosPi>(x);

    /// <summary>arctan(x)/π.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual AtanPi(Dual x) => Apply<TrigonometricFunctions.AtanPi>(x);

    /// <summary>The hyperbolic sine.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Sinh(Dual x) => Apply<ExponentialFunctions.Sinh>(x);

    /// <summary>The hyperbolic cosine.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Cosh(Dual x) => Apply<ExponentialFunctions.Cosh>(x);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Tanh(Dual x) => Apply<ExponentialFunctions.Tanh>(x);

    /// <summary>The inverse of the hyperbolic sine.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Asinh(Dual x) => Apply<LogarithmicFunctions.Asinh>(x);

    /// <summary>The inverse of the hyperbolic cosine, for x ≥ 1.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Acosh(Dual x) => Apply<LogarithmicFunctions.Acosh>(x);

    /// <summary>The inverse of the hyperbolic tangent, for |x| ≤ 1.</summary>
    /// <param name="x">The argument x.</param>
    public static Dual Atanh(Dual x) => Apply<LogarithmicFunctions.Atanh>(x);

    /// <summary>Sine and cosine of an angle in radians.</summary>
    /// <param name="x">The angle.</param>
    public static (Dual Sin, Dual Cos) SinCos(Dual x) => (Sin(x), Cos(x));

    /// <summary>Sine and cosine of an angle in half turns.</summary>
    /// <param name="x">The angle.</param>
    public static (Dual SinPi, Dual CosPi) SinCosPi(Dual x) => (SinPi(x), CosPi(x));
}
