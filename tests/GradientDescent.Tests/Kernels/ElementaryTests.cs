using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Kernels;

/// <summary>Errors in units in the last place against 260-bit arithmetic. Each bound is the next round number above what was measured.</summary>
public sealed class ElementaryTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Count = 4000;

    [Fact]
    public void Exp_NormalResults_AreWithinTheBound() =>
        Worst(Elementary.Exp, Dyadic.Exp, [.. Uniform(-708, 709.78), .. Uniform(-1, 1), .. Small()]).Should().BeLessThan(1);

    [Fact]
    public void Exp_SubnormalResults_AreWithinTheBound() =>
        Worst(Elementary.Exp, Dyadic.Exp, [.. Uniform(-745.13, -708)]).Should().BeLessThan(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(double.Epsilon, 1)]
    [InlineData(709.782712893384, 1.7976931348622732e308)] // the last double below ln(largest double): mpmath
    [InlineData(709.7827128933841, double.PositiveInfinity)]
    [InlineData(1e308, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-745.13321910194111, double.Epsilon)] // just above ln(half the smallest double)
    [InlineData(-745.13321910194122, 0)]
    [InlineData(-800, 0)]
    [InlineData(-1e308, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_AtTheEdges_IsTheNearestDouble(double x, double expected) => Elementary.Exp(x).Should().Be(expected);

    [Fact]
    public void Log_AllMagnitudes_IsWithinTheBound() =>
        Worst(Elementary.Log, Dyadic.Log, [.. AllMagnitudes(), .. Uniform(0.5, 2), .. NearOne(), .. Uniform(5e-324, 1e-310)]).Should().BeLessThan(1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-0.0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.Epsilon, -744.44007192138122)] // −1074 ln 2
    [InlineData(double.MaxValue, 709.78271289338397)] // 1024 ln 2 − 2⁻⁵³
    public void Log_AtTheEdges_IsTheNearestDouble(double x, double expected) => Elementary.Log(x).Should().Be(expected);

    [Fact]
    public void Log1p_AllMagnitudes_IsWithinTheBound() =>
        Worst(Elementary.Log1p, x => Dyadic.Log(Dyadic.Of(1) + x), [.. Uniform(-0.999, 3), .. Uniform(-0.26, 0.26), .. Small(), .. AllMagnitudes()]).Should().BeLessThan(2);

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(-1.5, double.NaN)]
    [InlineData(double.Epsilon, double.Epsilon)]
    [InlineData(double.MaxValue, 709.78271289338397)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Log1p_AtTheEdges_IsTheNearestDouble(double x, double expected) => Elementary.Log1p(x).Should().Be(expected);

    [Fact]
    public void Sigmoid_BothEnds_IsWithinTheBound() =>
        Worst(Elementary.Sigmoid, x => Dyadic.Of(1) / (Dyadic.Of(1) + Dyadic.Exp(Dyadic.Of(0) - x)), [.. Uniform(-700, 40), .. Uniform(-3, 3), .. Small()]).Should().BeLessThan(2.5);

    [Fact]
    public void Softplus_BothEnds_IsWithinTheBound() =>
        Worst(Elementary.Softplus, x => Dyadic.Log(Dyadic.Of(1) + Dyadic.Exp(x)), [.. Uniform(-200, 750), .. Uniform(-3, 3), .. Small()]).Should().BeLessThan(2);

    [Theory]
    [InlineData(800, 1, 800)]
    [InlineData(-800, 0, 0)]
    [InlineData(0, 0.5, 0.69314718055994529)]
    [InlineData(double.PositiveInfinity, 1, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0, 0)]
    [InlineData(double.NaN, double.NaN, double.NaN)]
    public void SigmoidAndSoftplus_AtTheEdges_NeitherOverflowNorTurnNaN(double x, double sigmoid, double softplus) =>
        (Elementary.Sigmoid(x), Elementary.Softplus(x)).Should().Be((sigmoid, softplus));

    [Fact]
    public void CosPi_AnyPeriod_IsWithinTheBound() =>
        Worst(Elementary.CosPi, x => Dyadic.CosPi(x.Approximate()), [.. Uniform(0, 1), .. Uniform(-1000, 1000), .. NearOne().Select(x => x / 2)]).Should().BeLessThan(2);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0)]
    [InlineData(1, -1)]
    [InlineData(-1.5, 0)]
    [InlineData(1e15, 1)]
    [InlineData(1e300, 1)]
    public void CosPi_MultiplesOfAHalf_AreExact(double x, double expected) => Elementary.CosPi(x).Should().Be(expected);

    // n − 1 factors of a product and of its squares: below 2·log₂(n) products each rounded once, the early ones raised to a power: at most n units of 2⁻⁵³ of the
    // value, that is n units in the last place.
    [Fact]
    public void Pow_WholeExponents_AreWithinTheExponentInUlps()
    {
        foreach (double x in Uniform(0.01, 1).Take(200))
        {
            Dyadic exact = Dyadic.Of(1);
            for (int n = 1; n <= 60; n++)
            {
                exact *= Dyadic.Of(x);
                exact.UlpsFrom(Elementary.Pow(x, n)).Should().BeLessThanOrEqualTo(n, "of {0} to the power {1}", x, n);
            }
        }
    }

    // y·ln x has a relative error of 1.5 units of 2⁻⁵², which the exponential multiplies by |y ln x|; its own error is below one unit in the last place.
    [Fact]
    public void Pow_OtherExponents_AreWithinTheExponentialsConditionNumber()
    {
        foreach ((double x, double y) in Uniform(0.01, 1).Zip(Uniform(-30, 30)))
        {
            Dyadic exponent = Dyadic.Of(y) * Dyadic.Log(Dyadic.Of(x));
            Dyadic.Exp(exponent).UlpsFrom(Elementary.Pow(x, y)).Should().BeLessThanOrEqualTo(1 + 2 * 1.5 * Math.Abs(exponent.Approximate()));
        }
    }

    [Theory]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 1074, double.Epsilon)]
    [InlineData(0.5, 1e9, 0)]
    [InlineData(0.5, 1e300, 0)]
    [InlineData(0.5, -3, 8)]
    [InlineData(0, 0.5, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 12.5, 1)]
    [InlineData(0.5, double.PositiveInfinity, 0)]
    [InlineData(0.5, double.NaN, double.NaN)]
    public void Pow_AtTheEdges_IsExact(double x, double y, double expected) => Elementary.Pow(x, y).Should().Be(expected);

    private double Worst(Func<double, double> function, Func<Dyadic, Dyadic> exact, double[] arguments)
    {
        (double error, double at) = arguments.Select(x => (exact(Dyadic.Of(x)).UlpsFrom(function(x)), x)).Max();
        output.WriteLine(FormattableString.Invariant($"{error:F3} ulp at {at:R}"));
        return error;
    }

    private static IEnumerable<double> Uniform(double low, double high)
    {
        var random = new Random(1);
        return Enumerable.Range(0, Count).Select(_ => low + (high - low) * random.NextDouble());
    }

    private static IEnumerable<double> Small() => Enumerable.Range(1, 1070).SelectMany(k => new[] { Math.ScaleB(1.3, -k), -Math.ScaleB(1.7, -k) });

    private static IEnumerable<double> AllMagnitudes() => Enumerable.Range(-1074, 2098).Zip(Uniform(1, 2), (k, m) => Math.ScaleB(m, k)).Where(x => x > 0);

    private static IEnumerable<double> NearOne() =>
        Enumerable.Range(1, 52).SelectMany(k => new[] { 1 + Math.ScaleB(1, -k), 1 - Math.ScaleB(1, -k - 1) });
}
