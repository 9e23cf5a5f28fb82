namespace GradientDescent.Tests.Differentiation;

/// <summary>Derivatives where a function has a corner or ends: by hand, the same in both modes.</summary>
public sealed class DerivativeEdgeTests
{
    private const double Infinity = double.PositiveInfinity, NaN = double.NaN;

    /// <summary>Name, x, y, value, derivatives by x and y.</summary>
    public static TheoryData<string, double, double, double, double, double> Cases => new()
    {
        { "sqrt", 0, 0, 0, Infinity, 0 },
        { "sqrt", -0.0, 0, -0.0, Infinity, 0 },
        { "sqrt", -1, 0, NaN, NaN, 0 },
        { "sqrt", Infinity, 0, Infinity, 0, 0 },
        { "cbrt", 0, 0, 0, Infinity, 0 },
        { "cbrt", -8, 0, -2, 1.0 / 12, 0 },
        { "log", 0, 0, -Infinity, Infinity, 0 },
        { "log", -0.0, 0, -Infinity, Infinity, 0 },
        { "log", -2, 0, NaN, NaN, 0 },
        { "log", Infinity, 0, Infinity, 0, 0 },
        { "log1p", -1, 0, -Infinity, Infinity, 0 },
        { "log1p", 1e-300, 0, 1e-300, 1, 0 },
        { "expm1", 1e-300, 0, 1e-300, 1, 0 },
        { "expm1", -800, 0, -1, 0, 0 },
        { "exp", 800, 0, Infinity, Infinity, 0 },
        { "exp", -800, 0, 0, 0, 0 },
        { "abs", 0, 0, 0, 0, 0 },
        { "abs", -3, 0, 3, -1, 0 },
        { "abs", NaN, 0, NaN, NaN, 0 },
        { "max", 2, 2, 2, 0.5, 0.5 },
        { "max", 3, 2, 3, 1, 0 },
        { "max", 1, NaN, NaN, NaN, NaN },
        { "min", 2, 2, 2, 0.5, 0.5 },
        { "min", 3, 2, 2, 0, 1 },
        { "relu", 0, 0, 0, 0.5, 0 }, // max with a constant
        { "floor", 2.5, 0, 2, 0, 0 },
        { "div", 1, 0, Infinity, Infinity, -Infinity },
        { "div", 0, 0, NaN, Infinity, NaN },
        { "div", 3, 4, 0.75, 0.25, -0.1875 },
        { "pow2", 0, 0, 0, 0, 0 },
        { "pow2", -3, 0, 9, -6, 0 },
        { "pow1", 0, 0, 0, 1, 0 },
        { "pow0", 0, 0, 1, 0, 0 },
        { "pow3", -2, 0, -8, 12, 0 },
        { "pow3", 0, 0, 0, 0, 0 },
        { "pow-2", -2, 0, 0.25, 0.25, 0 }, // −2·x⁻³ = −2/−8
        { "pow-1", 0, 0, Infinity, -Infinity, 0 },
        { "pow0.5", 0, 0, 0, Infinity, 0 },
        { "pow1.5", 0, 0, 0, 0, 0 },
        { "pow0.5", -1, 0, NaN, NaN, 0 },
        { "pow", 0, 2, 0, 0, 0 }, // the exponent is a parameter too
        { "pow", 2, 3, 8, 12, 5.545177444479562 }, // 8 ln 2
        { "pow", 0, 0, 1, 0, -Infinity }, // 0^h is 0 for h > 0
        { "2pow", 0, 3, 8, 0, 5.545177444479562 },
        { "0pow", 0, 3, 0, 0, 0 },
        { "root4", 16, 0, 2, 1.0 / 32, 0 },
        { "root3", 0, 0, 0, Infinity, 0 },
        { "hypot", 0, 0, 0, 0, 0 },
        { "hypot", 3, 4, 5, 0.6, 0.8 },
        { "hypot", 3e200, 4e200, 5e200, 0.6, 0.8 },
        { "norm", 0, 0, 0, 0, 0 },
        { "norm", 3, 4, 5, 0.6, 0.8 },
        { "sqrt of squares", 0, 0, 0, NaN, NaN }, // ∞·0, as in arithmetic
        { "atan2", 1, 0, Math.PI / 2, 0, -1 },
        { "atan2", 0, -2, Math.PI, -0.5, 0 },
        { "atan2", 3e200, 4e200, 0.6435011087932844, 1.6e-201, -1.2e-201 },
        { "atan2", 0, 0, 0, NaN, NaN },
        { "asin", 1, 0, Math.PI / 2, Infinity, 0 },
        { "acosh", 1, 0, 0, Infinity, 0 },
        { "atanh", 1, 0, Infinity, Infinity, 0 },
        { "atan", 1e200, 0, Math.PI / 2, 0, 0 },
        { "tanh", 1000, 0, 1, 0, 0 },
        { "logistic", 1000, 0, 1, 0, 0 },
        { "logistic", -1000, 0, 0, 0, 0 },
        { "softplus", 1000, 0, 1000, 1, 0 },
        { "softplus", -1000, 0, 0, 0, 0 },
        { "lse", 1000, 1000, 1000.6931471805599, 0.5, 0.5 },
        { "lse", -1000, 0, 0, 0, 1 },
        { "lse", Infinity, 0, Infinity, NaN, 0 },
        { "mod", 7, 3, 1, 1, -2 },
        { "mod", -7, 3, -1, 1, 2 },
        { "unused log", 0, 5, 10, 0, 2 }, // ∞ does not enter the result
        { "independent", 3, 0, Infinity, Infinity, Infinity }, // x·e^(800 + y): the ∞ of one factor does not reach the other
        { "zero times", 0, 0, NaN, NaN, 0 }, // 0·ln 0
    };

    private static T Evaluate<T>(string name, ReadOnlySpan<T> p) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T x = p[0], y = p[1];
        switch (name)
        {
            case "unused log":
                T unused = T.Log(x);
                return T.IsNegative(unused) ? T.CreateChecked(2) * y : unused;
            case "independent":
                return x * T.Exp(T.CreateChecked(800) + y);
            case "zero times":
                return T.Zero * T.Log(x);
            case "sqrt of squares":
                return T.Sqrt(x * x + y * y);
            case "norm":
                return Formula.Norm(p);
            case "lse":
                return Formula.LogSumExp(p);
        }

        if (name.StartsWith("pow", StringComparison.Ordinal) && name != "pow")
            return T.Pow(x, T.CreateChecked(double.Parse(name[3..], System.Globalization.CultureInfo.InvariantCulture)));
        return name switch
        {
            "sqrt" => T.Sqrt(x),
            "cbrt" => T.Cbrt(x),
            "log" => T.Log(x),
            "log1p" => T.LogP1(x),
            "expm1" => T.ExpM1(x),
            "exp" => T.Exp(x),
            "abs" => T.Abs(x),
            "max" => T.Max(x, y),
            "min" => T.Min(x, y),
            "relu" => T.Max(x, T.Zero),
            "floor" => T.Floor(x),
            "div" => x / y,
            "pow" => T.Pow(x, y),
            "2pow" => T.Pow(T.CreateChecked(2), y),
            "0pow" => T.Pow(T.Zero, y),
            "root4" => T.RootN(x, 4),
            "root3" => T.RootN(x, 3),
            "hypot" => T.Hypot(x, y),
            "atan2" => T.Atan2(x, y),
            "asin" => T.Asin(x),
            "acosh" => T.Acosh(x),
            "atanh" => T.Atanh(x),
            "atan" => T.Atan(x),
            "tanh" => T.Tanh(x),
            "logistic" => Formula.Logistic(x),
            "softplus" => Formula.LogOnePlusExp(x),
            "mod" => x % y,
            _ => throw new ArgumentException(name),
        };
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivative_AtAnEdge_IsAsByHand(string name, double x, double y, double value, double byX, double byY)
    {
        double[] gradient = new double[2];
        double taped = new GradientTape().Evaluate(p => Evaluate(name, p), [x, y], gradient);
        Dual dual = Evaluate<Dual>(name, [Dual.Parameter(x, 0), Dual.Parameter(y, 1)]);

        AssertNear(taped, value);
        AssertNear(gradient[0], byX);
        AssertNear(gradient[1], byY);
        dual.Value.Should().Be(taped);
        AssertNear(dual.Partial(0), byX);
        AssertNear(dual.Partial(1), byY);

        // The numbers above have 16 digits or are exact.
        static void AssertNear(double actual, double expected)
        {
            if (double.IsFinite(expected))
                Math.Abs(actual - expected).Should().BeLessThanOrEqualTo(4.5e-16 * Math.Abs(expected), $"{expected}, not {actual}");
            else
                actual.Should().Be(expected);
        }
    }

    [Fact]
    public void MaximumAndAbsoluteValue_AtTheirCorners_Agree()
    {
        // max(x, y) = (x + y + |x − y|)/2
        double[] byMax = new double[2], byAbs = new double[2];
        var tape = new GradientTape();

        tape.Evaluate(p => Variable.Max(p[0], p[1]), [2, 2], byMax);
        tape.Evaluate(p => (p[0] + p[1] + Variable.Abs(p[0] - p[1])) / 2, [2, 2], byAbs);

        byMax.Should().Equal(byAbs);
    }
}
