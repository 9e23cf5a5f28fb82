namespace GradientDescent.Tests.BlockRules;

public class SM3Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    public void Update_FollowsThePlainLoop(double momentum) =>
        BlockTwin.ShouldFollow(new SM3(0.1, momentum), (twin, p, g, rate) =>
        {
            double[,] m = twin["m"], sums = twin["sums"], bounds = new double[twin.Block.Rows, twin.Block.Columns];
            double[,] rows = twin["rows", twin.Block.Rows, 1], columns = twin["columns", 1, twin.Block.Columns];
            twin.Each((i, j) =>
            {
                // A vector is AdaGrad: each entry has a sum of its own.
                bounds[i, j] = (twin.IsMatrix ? Math.Min(rows[i, 0], columns[0, j]) : sums[i, j]) + g[i, j] * g[i, j];
                double step = g[i, j] == 0 ? 0 : g[i, j] / Math.Sqrt(bounds[i, j]);
                m[i, j] = momentum * m[i, j] + (1 - momentum) * step;
                p[i, j] -= rate * m[i, j];
                sums[i, j] += g[i, j] * g[i, j];
            });
            for (int i = 0; i < twin.Block.Rows; i++)
                rows[i, 0] = Enumerable.Range(0, twin.Block.Columns).Max(j => bounds[i, j]);
            for (int j = 0; j < twin.Block.Columns; j++)
                columns[0, j] = Enumerable.Range(0, twin.Block.Rows).Max(i => bounds[i, j]);
        });

    /// <summary>Section 3 of the paper: ν is never below AdaGrad's sum of squares, so no step is longer than AdaGrad's.</summary>
    [Fact]
    public void Update_OfAMatrix_IsNeverLongerThanAdaGrads()
    {
        double[] parameters = new double[12], adaGrad = new double[12];
        IOptimizer sm3 = new SM3(1);
        sm3.Bind(new ParameterLayout(new ParameterBlock("W", 3, 4)));
        var exact = new AdaGrad(1, 1e-300);
        for (int t = 0; t < 20; t++)
        {
            double[] gradient = [.. Contracts.AllBlockOptimizers.Gradient(t).Take(12)];
            (double[] before, double[] beforeExact) = ([.. parameters], [.. adaGrad]);
            sm3.Update(parameters, gradient, 1);
            exact.Update(adaGrad, gradient);
            for (int i = 0; i < 12; i++)
                Math.Abs(parameters[i] - before[i]).Should().BeLessThanOrEqualTo(Math.Abs(adaGrad[i] - beforeExact[i]) + 1e-14);
        }
    }
}
