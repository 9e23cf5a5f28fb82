namespace GradientDescent.Tests.BlockRules;

public class AdafactorTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 0.25)]
    public void Update_FollowsThePlainLoop(bool scaled, double clip) =>
        BlockTwin.ShouldFollow(new Adafactor(0.01, -0.7, 1e-8, 0.01, clip, scaled), (twin, p, g, rate) =>
        {
            (int m, int n) = (twin.Block.Rows, twin.Block.Columns);
            double[,] rows = twin["rows", m, 1], columns = twin["columns", 1, n], v = twin["v"], u = new double[m, n];
            double kept = 1 - Math.Pow(twin.T, -0.7);
            for (int i = 0; i < m; i++)
                rows[i, 0] = kept * rows[i, 0] + (1 - kept) * Enumerable.Range(0, n).Average(j => g[i, j] * g[i, j] + 1e-8);
            for (int j = 0; j < n; j++)
                columns[0, j] = kept * columns[0, j] + (1 - kept) * Enumerable.Range(0, m).Average(i => g[i, j] * g[i, j] + 1e-8);
            double mean = rows.Cast<double>().Average();
            twin.Each((i, j) =>
            {
                v[i, j] = twin.IsMatrix ? rows[i, 0] * columns[0, j] / mean : kept * v[i, j] + (1 - kept) * (g[i, j] * g[i, j] + 1e-8);
                u[i, j] = g[i, j] / Math.Sqrt(v[i, j]);
            });
            double size = Math.Sqrt(p.Length);
            double factor = (scaled ? Math.Max(0.01, BlockTwin.Norm(p) / size) : 1) / Math.Max(1, BlockTwin.Norm(u) / size / clip);
            twin.Each((i, j) => p[i, j] -= rate * factor * u[i, j]);
        });

    /// <summary>A port caps the rate at 1/√t. Here a constant gradient of ones moves each parameter by the rate in every step.</summary>
    [Fact]
    public void Update_AfterManySteps_StillHasTheRateItIsGiven()
    {
        double[] parameters = [0, 0];
        IOptimizer optimizer = new Adafactor(0.5, scaleParameter: false);
        for (int t = 0; t < 100; t++)
            optimizer.Update(parameters, [1, 1], 0.5);

        parameters[0].Should().BeApproximately(-50, 1e-10);
    }

    [Fact]
    public void State_OfAMatrix_HasRowsAndColumnsOnly()
    {
        IOptimizer optimizer = new Adafactor();
        optimizer.Bind(new ParameterLayout(new ParameterBlock("W", 20, 30)));
        optimizer.Update(new double[600], new double[600], 0.1);

        optimizer.GetState().Vectors.Values.Sum(vector => vector.Length).Should().Be(50);
    }
}
