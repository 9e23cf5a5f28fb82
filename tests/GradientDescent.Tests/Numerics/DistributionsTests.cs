using GradientDescent.Numerics;

namespace GradientDescent.Tests.Numerics;

/// <summary>The distributions, compared with closed forms for one and two degrees of freedom and with the normal distribution.</summary>
public sealed class DistributionsTests
{
    public static TheoryData<double> Arguments => [0.001, 0.3, 1, 2.5, 12.706, 1e3, 1e8];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void StudentTwoSided_OneDegree_IsCauchys(double t) =>
        Distributions.StudentTwoSided(-t, 1).Should().BeApproximately(2 / Math.PI * Math.Atan2(1, t), 1e-12 / Math.Max(1, t));

    [Theory]
    [MemberData(nameof(Arguments))]
    public void StudentTwoSided_TwoDegrees_IsItsClosedForm(double t)
    {
        // 1 − t/√(2 + t²) = 2/((2 + t²)·(1 + t/√(2 + t²))), which does not cancel.
        double exact = 2 / ((2 + t * t) * (1 + t / Math.Sqrt(2 + t * t)));

        Distributions.StudentTwoSided(t, 2).Should().BeApproximately(exact, 1e-12 * exact);
    }

    [Theory]
    [InlineData(5, 100, 2.4501734135038004e-6)]
    [InlineData(8.319, 95, 6.3757957099240093e-13)]
    [InlineData(10.44, 154, 1.2537589315912353e-19)]
    [InlineData(10, 10_000, 1.9632807428663829e-23)]
    [InlineData(20, 1_000, 4.0622884995247713e-75)]
    public void StudentTwoSided_ManyDegreesAndSmall_KeepsItsDigits(double t, int degreesOfFreedom, double exact) =>
        // Expected values: the incomplete beta function in arithmetic of 30 digits. The tolerance allows for the rounding of x, which the
        // power x^(ν/2) magnifies, and for MathNet's Γ, which has 13 digits.
        Distributions.StudentTwoSided(t, degreesOfFreedom).Should().BeApproximately(exact, 1e-10 * exact);

    [Fact]
    public void StudentTwoSided_ManyDegrees_IsNormal() =>
        // 2(1 − Φ(1.959963984540054)) = 0.05; the t distribution differs by about 1/ν.
        Distributions.StudentTwoSided(1.959963984540054, 100_000_000).Should().BeApproximately(0.05, 1e-8);

    [Theory]
    [MemberData(nameof(Arguments))]
    public void FisherUpper_TwoInTheNumerator_IsItsClosedForm(double f)
    {
        // (1 + 2f/d)^(−d/2) with d = 6.
        double exact = Math.Pow(1 + f / 3, -3);

        Distributions.FisherUpper(f, 2, 6).Should().BeApproximately(exact, 1e-12 * exact);
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void FisherUpper_OneInTheNumerator_IsStudents(double t)
    {
        double exact = Distributions.StudentTwoSided(t, 7);

        Distributions.FisherUpper(t * t, 1, 7).Should().BeApproximately(exact, 1e-12 * exact);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    [InlineData(0.0001)]
    [InlineData(1e-12)]
    public void StudentQuantile_OneDegree_IsCauchys(double probability)
    {
        double exact = 1 / Math.Tan(Math.PI * probability / 2);

        Distributions.StudentQuantile(probability, 1).Should().BeApproximately(exact, 1e-11 * exact);
    }

    [Fact]
    public void All_NotDetermined_AreNaN()
    {
        Distributions.StudentTwoSided(double.NaN, 3).Should().Be(double.NaN);
        Distributions.StudentTwoSided(1, 0).Should().Be(double.NaN);
        Distributions.StudentQuantile(0.05, 0).Should().Be(double.NaN);
        Distributions.FisherUpper(1, 0, 3).Should().Be(double.NaN);
    }

    [Fact]
    public void All_Infinite_AreZero()
    {
        Distributions.StudentTwoSided(double.NegativeInfinity, 3).Should().Be(0);
        Distributions.FisherUpper(double.PositiveInfinity, 2, 3).Should().Be(0);
    }
}
