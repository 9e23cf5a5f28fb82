namespace GradientDescent.Tests.BlockRules;

public class LAMBTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Update_FollowsThePlainLoop(double decay) =>
        BlockTwin.ShouldFollow(new LAMB(0.01, 0.8, 0.95, 1e-4, decay), (twin, p, g, rate) =>
        {
            double[,] m = twin["m"], v = twin["v"], u = new double[twin.Block.Rows, twin.Block.Columns];
            twin.Each((i, j) =>
            {
                m[i, j] = 0.8 * m[i, j] + (1 - 0.8) * g[i, j];
                v[i, j] = 0.95 * v[i, j] + (1 - 0.95) * g[i, j] * g[i, j];
                u[i, j] = m[i, j] / (1 - Math.Pow(0.8, twin.T)) / (Math.Sqrt(v[i, j] / (1 - Math.Pow(0.95, twin.T))) + 1e-4)
                    + decay * p[i, j];
            });
            (double length, double step) = (BlockTwin.Norm(p), BlockTwin.Norm(u));
            double ratio = length > 0 && step > 0 ? length / step : 1;
            twin.Each((i, j) => p[i, j] -= rate * ratio * u[i, j]);
        });

    /// <summary>A port has the decay outside: its step is then longer than η‖θ‖.</summary>
    [Fact]
    public void Update_WithADecay_IsAsLongAsTheRateSays()
    {
        double[] parameters = [3, -4];

        ((IOptimizer)new LAMB(0.1, weightDecay: 0.5)).Update(parameters, [2, 5], 0.1);

        double[] step = [3 - parameters[0], -4 - parameters[1]];
        Math.Sqrt(step[0] * step[0] + step[1] * step[1]).Should().BeApproximately(0.1 * 5, 1e-14);
    }

    [Fact]
    public void Update_AtParametersOfZero_TakesAdamsStep()
    {
        double[] parameters = [0, 0], expected = [0, 0];

        ((IOptimizer)new LAMB(0.1)).Update(parameters, [2, -5], 0.1);
        new Adam(0.1, epsilon: 1e-6).Update(expected, [2, -5]);

        parameters[0].Should().BeApproximately(expected[0], 1e-16);
        parameters[1].Should().BeApproximately(expected[1], 1e-16);
    }
}
