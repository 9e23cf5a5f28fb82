namespace GradientDescent.Tests.BlockRules;

public class NovoGradTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Update_FollowsThePlainLoop(double decay) =>
        BlockTwin.ShouldFollow(new NovoGrad(0.01, 0.8, 0.95, 1e-4, decay), (twin, p, g, rate) =>
        {
            double[,] m = twin["m"], v = twin["v", 1, 1];
            double square = BlockTwin.Norm(g) * BlockTwin.Norm(g);
            v[0, 0] = twin.T == 1 ? square : 0.95 * v[0, 0] + (1 - 0.95) * square;
            twin.Each((i, j) => m[i, j] = (twin.T == 1 ? 0 : 0.8 * m[i, j]) + g[i, j] / (Math.Sqrt(v[0, 0]) + 1e-4) + decay * p[i, j]);
            twin.Each((i, j) => p[i, j] -= rate * m[i, j]);
        });
}
