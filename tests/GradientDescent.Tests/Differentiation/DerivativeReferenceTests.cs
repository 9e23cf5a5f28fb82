using System.Globalization;
using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.Differentiation;

/// <summary>Derivatives of single functions, compared with 50 digits of mpmath; references.py made them.</summary>
public sealed class DerivativeReferenceTests
{
    private static readonly Dictionary<string, (Func<Dual, Dual> Dual, VariableFormula Variable)> _functions = new()
    {
        ["Exp"] = (Dual.Exp, p => Variable.Exp(p[0])),
        ["Exp2"] = (Dual.Exp2, p => Variable.Exp2(p[0])),
        ["Exp10"] = (Dual.Exp10, p => Variable.Exp10(p[0])),
        ["ExpM1"] = (Dual.ExpM1, p => Variable.ExpM1(p[0])),
        ["Log"] = (Dual.Log, p => Variable.Log(p[0])),
        ["Log2"] = (Dual.Log2, p => Variable.Log2(p[0])),
        ["Log10"] = (Dual.Log10, p => Variable.Log10(p[0])),
        ["LogP1"] = (Dual.LogP1, p => Variable.LogP1(p[0])),
        ["Sqrt"] = (Dual.Sqrt, p => Variable.Sqrt(p[0])),
        ["Cbrt"] = (Dual.Cbrt, p => Variable.Cbrt(p[0])),
        ["Sin"] = (Dual.Sin, p => Variable.Sin(p[0])),
        ["Cos"] = (Dual.Cos, p => Variable.Cos(p[0])),
        ["Tan"] = (Dual.Tan, p => Variable.Tan(p[0])),
        ["Asin"] = (Dual.Asin, p => Variable.Asin(p[0])),
        ["Acos"] = (Dual.Acos, p => Variable.Acos(p[0])),
        ["Atan"] = (Dual.Atan, p => Variable.Atan(p[0])),
        ["SinPi"] = (Dual.SinPi, p => Variable.SinPi(p[0])),
        ["CosPi"] = (Dual.CosPi, p => Variable.CosPi(p[0])),
        ["TanPi"] = (Dual.TanPi, p => Variable.TanPi(p[0])),
        ["AsinPi"] = (Dual.AsinPi, p => Variable.AsinPi(p[0])),
        ["AcosPi"] = (Dual.AcosPi, p => Variable.AcosPi(p[0])),
        ["AtanPi"] = (Dual.AtanPi, p => Variable.AtanPi(p[0])),
        ["Sinh"] = (Dual.Sinh, p => Variable.Sinh(p[0])),
        ["Cosh"] = (Dual.Cosh, p => Variable.Cosh(p[0])),
        ["Tanh"] = (Dual.Tanh, p => Variable.Tanh(p[0])),
        ["Asinh"] = (Dual.Asinh, p => Variable.Asinh(p[0])),
        ["Acosh"] = (Dual.Acosh, p => Variable.Acosh(p[0])),
        ["Atanh"] = (Dual.Atanh, p => Variable.Atanh(p[0])),
        ["Logistic"] = (Formula.Logistic, p => Formula.Logistic(p[0])),
        ["LogOnePlusExp"] = (Formula.LogOnePlusExp, p => Formula.LogOnePlusExp(p[0])),
    };

    public static TheoryData<string> Functions => [.. _functions.Keys];

    // 4 units in the last place; the reference is rounded to a double, by at most half a unit, so the doubles differ by at most 3.
    private const long MaxDistance = 3;

    [Theory]
    [MemberData(nameof(Functions))]
    public void Derivative_OfAFunction_IsWithinFourUnitsInTheLastPlace(string name)
    {
        (Func<Dual, Dual> ofDual, VariableFormula ofVariable) = _functions[name];
        var tape = new GradientTape();
        double[] gradient = new double[1], product = new double[1];
        int count = 0;
        foreach ((double x, double value, double first, double second) in Rows(name))
        {
            count++;
            Dual dual = ofDual(Dual.Parameter(x, 5));
            double taped = tape.Evaluate(ofVariable, [x], gradient);
            tape.MultiplyHessian([1], product);

            Distance(dual.Partial(5), first).Should().BeLessThanOrEqualTo(MaxDistance, $"{name}'({x}) is {first}, not {dual.Partial(5)}");
            Distance(dual.Value, value).Should().BeLessThanOrEqualTo(MaxDistance, $"{name}({x}) is {value}, not {dual.Value}");
            gradient[0].Should().Be(dual.Partial(5), $"both modes use the same formula at {x}");
            taped.Should().Be(dual.Value);
            // The second derivative is a product of rounded numbers: the first one times at most three more, with 4 units each.
            Math.Abs(product[0] - second).Should().BeLessThanOrEqualTo(
                16 * double.ScaleB(Math.Abs(second), -52) + 1e-320, $"{name}''({x}) is {second}, not {product[0]}");
        }

        count.Should().BeGreaterThan(30);
    }

    private static IEnumerable<(double X, double Value, double First, double Second)> Rows(string name)
    {
        foreach (JsonNode? row in GoldenFile.Load("derivatives.json")["rows"]!.AsArray())
        {
            if ((string)row![0]! == name)
                yield return (Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]));
        }

        static double Number(JsonNode? node) => double.Parse((string)node!, CultureInfo.InvariantCulture);
    }

    private static long Distance(double a, double b) => Math.Abs(Ordered(a) - Ordered(b));

    private static long Ordered(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits < 0 ? long.MinValue - bits : bits;
    }
}
