namespace GradientDescent.Tests.Transforms;

/// <summary>Clipping keeps the direction of any finite gradient.</summary>
public sealed class GradientClippingTests
{
    // (3, 4)·s has the norm 5s: clipped to max it is (0.6, 0.8)·max, wherever 5s and max/5s are numbers that a double cannot hold.
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(4e307, 1.0)] // norm 2e308
    [InlineData(4e307, 1e-10)]
    [InlineData(4e307, 1e300)]
    [InlineData(1e307, 1e-20)] // max/norm is subnormal
    [InlineData(1e20, 1e-300)]
    [InlineData(1e-300, 1e-305)]
    public void ByNorm_AnyLength_KeepsTheDirection(double scale, double max)
    {
        double[] gradient = [3 * scale, 4 * scale];

        GradientClipping.ByNorm(max).Apply(Contexts.Of(gradient));

        gradient.Should().Equal([0.6 * max, 0.8 * max], (a, e) => Math.Abs(a - e) <= 1e-15 * max);
    }

    [Fact]
    public void ByNorm_ManyLargeEntries_KeepsTheDirection()
    {
        double[] gradient = new double[1000];
        Array.Fill(gradient, -1.7e308);

        GradientClipping.ByNorm(10).Apply(Contexts.Of(gradient));

        gradient.Should().OnlyContain(entry => Math.Abs(entry + 10 / Math.Sqrt(1000)) < 1e-14);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-200)]
    [InlineData(0.2)] // the norm is 1
    public void ByNorm_NotLonger_ChangesNothing(double scale)
    {
        double[] gradient = [3 * scale, 4 * scale];

        GradientClipping.ByNorm(1).Apply(Contexts.Of(gradient));

        gradient.Should().Equal(3 * scale, 4 * scale);
    }

    [Fact]
    public void ByBlockNorm_ShortensEachBlockAlone()
    {
        var layout = new ParameterLayout(new ParameterBlock("large", 2), new ParameterBlock("small", 2));
        double[] gradient = [30, 40, 3, 4];

        GradientClipping.ByBlockNorm(10).Apply(new GradientContext(gradient, new double[4], layout));

        gradient.Should().Equal([6, 8, 3, 4], (a, e) => Math.Abs(a - e) <= 1e-15 * e); // a product and a quotient: 2 roundings of 2⁻⁵³
    }
}
