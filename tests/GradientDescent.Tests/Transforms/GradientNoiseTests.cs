using GradientDescent.Kernels;

namespace GradientDescent.Tests.Transforms;

public sealed class GradientNoiseTests
{
    private const int Count = 100_000;

    [Theory]
    [InlineData(0, 0.09)] // η
    [InlineData(99, 0.0071455)] // η / 100^0.55 = 0.09 / 12.5893
    public void Apply_AddsNumbersWithTheVarianceOfTheStep(long step, double variance)
    {
        double[] noise = Noise(step, seed: 3);

        // The mean of n numbers has the deviation σ/√n, the mean square σ²·√(2/n). Five of them: one false alarm in a million.
        noise.Average().Should().BeApproximately(0, 5 * Math.Sqrt(variance / Count));
        noise.Average(number => number * number).Should().BeApproximately(variance, 5 * variance * Math.Sqrt(2.0 / Count) + 1e-7);
    }

    [Fact]
    public void Numbers_AreNormal()
    {
        var random = new CounterRandom(seed: 8, stream: 0);

        // The shares below −2, …, 2 of a normal number, from tables; a share p of n has the deviation √(p(1 − p)/n).
        (double Bound, double Share)[] shares = [(-2, 0.02275013), (-1, 0.15865525), (0, 0.5), (0.5, 0.69146246), (2, 0.97724987)];
        double[] numbers = [.. Enumerable.Range(0, Count).Select(i => random.Normal(i))];
        foreach ((double bound, double share) in shares)
            (numbers.Count(number => number < bound) / (double)Count).Should()
                .BeApproximately(share, 5 * Math.Sqrt(share * (1 - share) / Count));
    }

    [Fact]
    public void Apply_DependsOnSeedAndStepOnly()
    {
        Noise(5, seed: 1).Should().Equal(Noise(5, seed: 1)).And.NotEqual(Noise(5, seed: 2)).And.NotEqual(Noise(6, seed: 1));
        Noise(5, seed: 1)[..4].Should().NotIntersectWith(Noise(6, seed: 1)[..4]);
    }

    [Fact]
    public void Apply_LeavesFrozenBlocksOutOfTheNorm()
    {
        var layout = new ParameterLayout(new ParameterBlock("fixed", 2) { IsFrozen = true }, new ParameterBlock("free", 1));
        double[] gradient = [0, 0, 1];

        new GradientNoise().Apply(new GradientContext(gradient, new double[3], layout, step: 1));

        gradient[..2].Should().Equal(0, 0);
        gradient[2].Should().NotBe(1);
    }

    private static double[] Noise(long step, long seed)
    {
        double[] gradient = new double[Count];
        new GradientNoise(variance: 0.09).Apply(new GradientContext(gradient, new double[Count], ParameterLayout.Flat(Count), step, seed));
        return gradient;
    }
}
