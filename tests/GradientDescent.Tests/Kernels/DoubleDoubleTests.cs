using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Kernels;

/// <summary>
/// Double-double arithmetic, compared with exact arithmetic: within the proven bounds of each algorithm, in units of u² = 2⁻¹⁰⁶. See the
/// remarks of <see cref="DoubleDouble"/>.
/// </summary>
public sealed class DoubleDoubleTests
{
    private const int Cases = 20_000;

    public static TheoryData<string> Difficulties => [.. _draw.Keys];

    private static readonly Dictionary<string, Func<Random, double>> _draw = new()
    {
        ["of one size"] = random => Signed(random, 0),
        ["of any size"] = random => Signed(random, random.Next(-200, 200)),
        ["few bits"] = random => Math.ScaleB(random.Next(-9, 10), random.Next(-3, 4)),
        ["powers of two but for an ulp"] = random => Math.ScaleB(1 + random.Next(-2, 3) * Math.ScaleB(1, -52), random.Next(-60, 60)),
    };

    [Theory]
    [MemberData(nameof(Difficulties))]
    public void SumAndProduct_OfDoubles_AreExact(string difficulty) => ForAll(difficulty, (x, y) =>
    {
        Same(DoubleDouble.Sum(x.High, y.High), Dyadic.Of(x.High) + Dyadic.Of(y.High));
        Same(DoubleDouble.Product(x.High, y.High), Dyadic.Of(x.High) * Dyadic.Of(y.High));
    });

    [Theory]
    [MemberData(nameof(Difficulties))]
    public void Operators_AnyPair_AreWithinTheirBounds(string difficulty) => ForAll(difficulty, (x, y) =>
    {
        // 3u²/(1 − 4u) is less than 4u².
        Within(4, x + y, Exact(x) + Exact(y));
        Within(4, x - y, Exact(x) - Exact(y));
        Within(2, x + y.High, Exact(x) + Dyadic.Of(y.High));
        Within(2, x - y.High, Exact(x) - Dyadic.Of(y.High));
        Within(5, x * y, Exact(x) * Exact(y));
        Within(2, x * y.High, Exact(x) * Dyadic.Of(y.High));
        if (y.High != 0)
            Near(16, x / y, quotient => quotient * Exact(y), Exact(x));
    });

    [Fact]
    public void Difference_OfNumbersAlmostEqual_LosesNothing()
    {
        // 1 + 2⁻¹⁰⁰ − 1, and then − 2⁻¹⁰⁰. In double the first difference would already be 0.
        DoubleDouble x = DoubleDouble.Sum(1, Math.ScaleB(1, -100));

        (x - 1.0).High.Should().Be(Math.ScaleB(1, -100));
        (x - 1.0 - Math.ScaleB(1, -100)).High.Should().Be(0);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Operators_NotFinite_AreNotFinite(double value)
    {
        double.IsFinite(((DoubleDouble)value + (DoubleDouble)1.0).High).Should().BeFalse();
        double.IsFinite(((DoubleDouble)value * (DoubleDouble)1.0).High).Should().BeFalse();
    }

    [Fact]
    public void Scaled_ByAPowerOfTwo_IsExact()
    {
        var x = DoubleDouble.Product(0.1, 0.7);

        Same(x.Scaled(-100).Scaled(300), Exact(x).Scaled(200));
    }

    /// <summary>Tests random pairs; in every third pair the second number nearly cancels the first.</summary>
    private static void ForAll(string difficulty, Action<DoubleDouble, DoubleDouble> test)
    {
        var random = new Random(1);
        for (int i = 0; i < Cases; i++)
        {
            DoubleDouble x = Draw(), y = Draw();
            if (i % 3 == 0)
                y = DoubleDouble.Sum(-x.High, -x.Low * random.Next(-1, 3)) + Math.ScaleB(x.High, -random.Next(20, 110));
            test(x, y);
        }

        DoubleDouble Draw()
        {
            double high = _draw[difficulty](random);
            return DoubleDouble.Sum(high, random.Next(4) == 0 ? 0 : Math.ScaleB(high, -53 - random.Next(0, 60)) * random.NextDouble());
        }
    }

    private static double Signed(Random random, int exponent) => Math.ScaleB(2 * random.NextDouble() - 1, exponent);

    private static Dyadic Exact(DoubleDouble x) => Dyadic.Of(x.High) + Dyadic.Of(x.Low);

    private static void Same(DoubleDouble actual, Dyadic exact) => (Exact(actual) - exact).Mantissa.IsZero.Should().BeTrue();

    private static void Within(int bound, DoubleDouble actual, Dyadic exact) => Near(bound, actual, value => value, exact);

    private static void Near(int bound, DoubleDouble actual, Func<Dyadic, Dyadic> of, Dyadic exact)
    {
        (actual.High + actual.Low).Should().Be(actual.High, "the parts must not overlap");
        ((of(Exact(actual)) - exact).Abs() <= exact.Abs() * Dyadic.Of(bound).Scaled(-106)).Should().BeTrue();
    }
}
