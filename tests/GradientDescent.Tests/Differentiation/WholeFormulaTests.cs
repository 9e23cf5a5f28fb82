using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using GradientDescent.Tests.Golden;

namespace GradientDescent.Tests.Differentiation;

/// <summary>
/// Gradients of whole formulas, compared with 50 digits of mpmath. formulas.py made them and says what the sum of absolute values is.
/// </summary>
public sealed class WholeFormulaTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16; // u = 2⁻⁵³

    private readonly struct Named(string name) : IFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p) where T : unmanaged, IFloatingPointIeee754<T>
        {
            switch (name)
            {
                case "rosenbrock":
                    T sum = T.Zero;
                    for (int i = 0; i + 1 < p.Length; i++)
                    {
                        T a = p[i + 1] - p[i] * p[i], b = T.One - p[i];
                        sum = sum + Number<T>(100) * (a * a) + b * b;
                    }

                    return sum;
                case "peak":
                    T z = (Number<T>(0.75) - p[1]) / p[2];
                    return p[0] * T.Exp(-(z * z) * Number<T>(0.5));
                case "logistic":
                    return Formula.LogOnePlusExp(-Formula.Dot(p, (ReadOnlySpan<double>)[0.5, -1.25, 2]));
                case "network":
                    T half = Number<T>(0.5);
                    return p[4] * T.Tanh(p[0] * half + p[1]) + p[5] * T.Tanh(p[2] * half + p[3]);
                case "wave":
                    return p[0] * T.Sin(p[1] * Number<T>(3) + p[2]);
                case "ratio":
                    return p[0] * Number<T>(1.5) / (p[1] + Number<T>(1.5));
                default:
                    T x = p[0] - Number<T>(0.5), y = p[1] + Number<T>(0.25);
                    return T.Sqrt(x * x + y * y + T.One) * T.Log(p[0] * p[0] + Number<T>(2));
            }
        }

        private static T Number<T>(double value) where T : INumberBase<T> => T.CreateChecked(value);
    }

    public static TheoryData<string> Names => ["rosenbrock", "peak", "logistic", "network", "wave", "ratio", "distance"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfAWholeFormula_IsWithin16RoundingsOfTheSumOfItsTerms(string name)
    {
        var tape = new GradientTape();
        int count = 0;
        foreach (JsonNode? row in GoldenFile.Load("formulas.json")["rows"]!.AsArray())
        {
            if ((string)row![0]! != name)
                continue;
            count++;
            double[] at = Numbers(row[1]), expected = Numbers(row[3]), absolute = Numbers(row[4]), reverse = new double[at.Length],
                forward = new double[at.Length];
            tape.Evaluate(new Named(name).Evaluate<Variable>, at, reverse);
            Objective.Differentiable(new Named(name)).Evaluate(at, forward);
            for (int i = 0; i < at.Length; i++)
            {
                Math.Abs(reverse[i] - expected[i]).Should().BeLessThanOrEqualTo(16 * UnitRoundoff * absolute[i], $"entry {i} at {row[1]}");
                Math.Abs(forward[i] - expected[i]).Should().BeLessThanOrEqualTo(16 * UnitRoundoff * absolute[i], $"entry {i} at {row[1]}");
            }
        }

        count.Should().Be(30);
    }

    private static double[] Numbers(JsonNode? node) =>
        [.. node!.AsArray().Select(number => double.Parse((string)number!, CultureInfo.InvariantCulture))];
}
