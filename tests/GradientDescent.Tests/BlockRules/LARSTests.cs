namespace GradientDescent.Tests.BlockRules;

public class LARSTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Update_FollowsThePlainLoop(double decay) =>
        BlockTwin.ShouldFollow(new LARS(1, 0.8, 0.02, decay), (twin, p, g, rate) =>
        {
            double[,] b = twin["b"];
            (double length, double slope) = (BlockTwin.Norm(p), BlockTwin.Norm(g));
            double ratio = length > 0 && slope > 0 ? 0.02 * length / (slope + decay * length) : 1;
            twin.Each((i, j) => b[i, j] = 0.8 * b[i, j] + rate * ratio * (g[i, j] + decay * p[i, j]));
            twin.Each((i, j) => p[i, j] -= b[i, j]);
        });

    /// <summary>
    /// ‖θ‖ = 5, ‖g‖ = 5, λ = 1: the ratio is 0.1 · 5/(5 + 5). Without the decay in the denominator it would be twice as large.
    /// </summary>
    [Fact]
    public void Update_WithADecay_HasItInTheDenominator()
    {
        double[] parameters = [3, 4];

        ((IOptimizer)new LARS(1, 0, 0.1, weightDecay: 1)).Update(parameters, [4, -3], 1);

        parameters[0].Should().BeApproximately(3 - 0.05 * (4 + 3), 1e-15);
        parameters[1].Should().BeApproximately(4 - 0.05 * (-3 + 4), 1e-15);
    }

    [Fact]
    public void Update_AtParametersOfZero_TakesTheGradientItself()
    {
        double[] parameters = [0, 0];

        ((IOptimizer)new LARS(0.5)).Update(parameters, [2, -4], 0.5);

        parameters.Should().Equal(-1, 2);
    }
}
