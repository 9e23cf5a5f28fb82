using System.Globalization;
using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Kernels;

/// <summary>
/// Errors in units in the last place against 260-bit arithmetic. Each bound is the next half above what was measured: Exp 0.79, Log 0.75,
/// Log1p 0.74, Sigmoid 2.11, Softplus 1.32, CosPi 1.56.
/// </summary>
public sealed class ElementaryTests(ITestOutputHelper output)
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
        Worst(Elementary.Log, Dyadic.Log, [.. AllMagnitudes(), .. Uniform(0.5, 2), .. NearOne(), .. Uniform(5e-324, 1e-310)]).Should()
            .BeLessThan(1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.Epsilon, -744.44007192138122)] // −1074 ln 2
    [InlineData(double.MaxValue, 709.78271289338397)] // 1024 ln 2 − 2⁻⁵³
    public void Log_AtTheEdges_IsTheNearestDouble(double x, double expected) => Elementary.Log(x).Should().Be(expected);

    // Not in the theories above: the analyzer of xunit takes -0.0 and 0 for duplicates.
    [Fact]
    public void ExpAndLog_OfNegativeZero_AreThoseOfZero()
    {
        Elementary.Exp(-0.0).Should().Be(1);
        Elementary.Log(-0.0).Should().Be(double.NegativeInfinity);
    }

    [Fact]
    public void Log1p_AllMagnitudes_IsWithinTheBound() =>
        Worst(Elementary.Of<LogarithmOfOnePlus>, x =>
            Dyadic.Log(Dyadic.Of(1) + x), [.. Uniform(-0.999, 3), .. Uniform(-0.26, 0.26), .. Small(), .. AllMagnitudes()])
            .Should().BeLessThan(1);

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(-1.5, double.NaN)]
    [InlineData(double.Epsilon, double.Epsilon)]
    [InlineData(double.MaxValue, 709.78271289338397)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Log1p_AtTheEdges_IsTheNearestDouble(double x, double expected) =>
        Elementary.Of<LogarithmOfOnePlus>(x).Should().Be(expected);

    [Fact]
    public void CubeRoot_AllMagnitudes_IsWithinTheBound() =>
        // e^(⅓ ln x): the only other way to a cube root here
        Worst(Elementary.Of<CubeRoot>, x => Dyadic.Exp(Dyadic.Log(x) / Dyadic.Of(3)), [.. AllMagnitudes(), .. Uniform(0.1, 10)])
            .Should().BeLessThan(1.5);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(27, 3)]
    [InlineData(double.Epsilon, 1.7031839360032603e-108)] // 2^(−1074/3) = 2⁻³⁵⁸
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void CubeRoot_AtTheEdges_IsTheNearestDouble(double x, double expected) => Elementary.Of<CubeRoot>(x).Should().Be(expected);

    [Fact]
    public void Sigmoid_BothEnds_IsWithinTheBound() =>
        Worst(Elementary.Sigmoid, x =>
            Dyadic.Of(1) / (Dyadic.Of(1) + Dyadic.Exp(Dyadic.Of(0) - x)), [.. Uniform(-700, 40), .. Uniform(-3, 3), .. Small()])
            .Should().BeLessThan(2.5);

    [Fact]
    public void Softplus_BothEnds_IsWithinTheBound() =>
        Worst(Elementary.Of<Softplus>, x =>
            Dyadic.Log(Dyadic.Of(1) + Dyadic.Exp(x)), [.. Uniform(-200, 750), .. Uniform(-3, 3), .. Small()]).Should().BeLessThan(1.5);

    // Two units from Exp, and one for each of the division, the sum and the difference, which loses a bit at ½.
    [Fact]
    public void Tanh_BothEnds_IsWithinTheBound() =>
        Worst(Elementary.Of<HyperbolicTangent>, Tanh, [.. Uniform(-30, 30), .. Uniform(-1, 1), .. Uniform(0.49, 0.51), .. Small()])
            .Should().BeLessThan(4);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(800, 1)]
    [InlineData(-800, -1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.NaN, double.NaN)]
    public void Tanh_AtTheEdges_NeitherOverflowsNorTurnsNaN(double x, double expected) =>
        Elementary.Of<HyperbolicTangent>(x).Should().Be(expected);

    [Fact]
    public void Tanh_InPacks_HasTheBitsOfSingleNumbers() => ShouldNotDependOnThePack<HyperbolicTangent>();

    private static Dyadic Tanh(Dyadic x)
    {
        if (Math.Abs(x.Approximate()) < 1e-20)
            return x; // to 130 bits; below, the difference would cancel
        Dyadic e = Dyadic.Exp(Dyadic.Of(-2) * x);
        return (Dyadic.Of(1) - e) / (Dyadic.Of(1) + e);
    }

    [Theory]
    [InlineData(800, 1, 800)]
    [InlineData(-800, 0, 0)]
    [InlineData(0, 0.5, 0.69314718055994529)]
    [InlineData(double.PositiveInfinity, 1, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0, 0)]
    [InlineData(double.NaN, double.NaN, double.NaN)]
    public void SigmoidAndSoftplus_AtTheEdges_NeitherOverflowNorTurnNaN(double x, double sigmoid, double softplus) =>
        (Elementary.Sigmoid(x), Elementary.Of<Softplus>(x)).Should().Be((sigmoid, softplus));

    [Fact]
    public void CosPi_AnyPeriod_IsWithinTheBound() =>
        Worst(Elementary.CosPi, x =>
            Dyadic.CosPi(x.Approximate()), [.. Uniform(0, 1), .. Uniform(-1000, 1000), .. NearOne().Select(x => x / 2)]).Should()
            .BeLessThan(2);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0)]
    [InlineData(1, -1)]
    [InlineData(-1.5, 0)]
    [InlineData(1e15, 1)]
    [InlineData(1e300, 1)]
    public void CosPi_MultiplesOfAHalf_AreExact(double x, double expected) => Elementary.CosPi(x).Should().Be(expected);

    // Every way of multiplying n factors together passes at most n − 1 roundings of 2⁻⁵³ on to the result (a square passes its own on
    // twice, as the product of two would): below n units in the last place.
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

    // y·ln x has a relative error of 1.5 units of 2⁻⁵², which the exponential multiplies by |y ln x|; its own error is below one unit in
    // the last place.
    [Fact]
    public void Pow_OtherExponents_AreWithinTheExponentialsConditionNumber()
    {
        foreach ((double x, double y) in Uniform(0.01, 1).Zip(Uniform(-30, 30)))
        {
            Dyadic exponent = Dyadic.Of(y) * Dyadic.Log(Dyadic.Of(x));
            Dyadic.Exp(exponent).UlpsFrom(Elementary.Pow(x, y)).Should()
                .BeLessThanOrEqualTo(1 + 2 * 1.5 * Math.Abs(exponent.Approximate()));
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

    // The accuracy of packs is that of single numbers, since their bits are.
    [Fact]
    public void Exponential_InPacks_HasTheBitsOfSingleNumbers() => ShouldNotDependOnThePack<Exponential>();

    [Fact]
    public void Logarithm_InPacks_HasTheBitsOfSingleNumbers() => ShouldNotDependOnThePack<Logarithm>();

    [Fact]
    public void LogarithmOfOnePlus_InPacks_HasTheBitsOfSingleNumbers() => ShouldNotDependOnThePack<LogarithmOfOnePlus>();

    [Fact]
    public void Sigmoid_InPacks_HasTheBitsOfSingleNumbers() => ShouldNotDependOnThePack<Sigmoid>();

    [Fact]
    public void Softplus_InPacks_HasTheBitsOfSingleNumbers() => ShouldNotDependOnThePack<Softplus>();

    private static void ShouldNotDependOnThePack<F>() where F : struct, IElementaryFunction
    {
        // An odd distance between special values, so that each stands in every lane beside ordinary ones.
        double[] ordinary = [.. Uniform(-746, 711), .. Uniform(-3, 3), .. Small(), .. AllMagnitudes(), .. AllMagnitudes()
            .Select(x => -x), .. NearOne()];
        double[] x = [.. Enumerable.Range(0, 9).SelectMany(_ => Special()), .. ordinary];
        string[] single = [.. x.Select(value => Bits(Elementary.Of<F>(value)))];

        Packs<F, Lanes512<double>>(x).Should().Equal(single);
        Packs<F, Lanes256<double>>(x).Should().Equal(single);
        Packs<F, Lanes128<double>>(x).Should().Equal(single);
        Packs<F, ScalarLane<double>>(x).Should().Equal(single);
    }

    private static string[] Packs<F, V>(double[] x)
        where F : struct, IElementaryFunction
        where V : struct, ILanes<V, double>
    {
        double[] padded = [.. x, .. new double[-x.Length & V.Count - 1]];
        for (int i = 0; i < padded.Length; i += V.Count)
            V.Store(F.Of(V.Load(in padded[i], 0)), ref padded[i], 0);
        return [.. padded.Take(x.Length).Select(Bits)];
    }

    /// <summary>What a NaN carries depends on the machine and is nobody's business.</summary>
    private static string Bits(double value) =>
        double.IsNaN(value) ? "NaN" : BitConverter.DoubleToInt64Bits(value).ToString("X16", CultureInfo.InvariantCulture);

    /// <summary>25 of them: an odd number.</summary>
    private static double[] Special() =>
    [
        0, -0.0, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, -2.2250738585072014e-308, 1, -1, -1.5,
            2, 0.5,
        double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e308, -1e308,
        709.782712893384, 709.7827128933841, 710, -745.13321910194111, -745.13321910194122, -746,
    ];

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

    private static IEnumerable<double> Small() =>
        Enumerable.Range(1, 1070).SelectMany(k => new[] { Math.ScaleB(1.3, -k), -Math.ScaleB(1.7, -k) });

    private static IEnumerable<double> AllMagnitudes() =>
        Enumerable.Range(-1074, 2098).Zip(Uniform(1, 2), (k, m) => Math.ScaleB(m, k)).Where(x => x > 0);

    private static IEnumerable<double> NearOne() =>
        Enumerable.Range(1, 52).SelectMany(k => new[] { 1 + Math.ScaleB(1, -k), 1 - Math.ScaleB(1, -k - 1) });
}
