namespace GradientDescent.Tests.BlockRules;

/// <summary>The golden trajectories test full matrices; here are cases whose roots are known in closed form.</summary>
public class ShampooTests
{
    /// <summary>
    /// For G = g·xyᵀ with unit vectors x and y, L^(−1/4) G R^(−1/4) = G/√(ε + Σg²), as x and y are eigenvectors of L and R for that sum.
    /// </summary>
    [Fact]
    public void Update_WithGradientsOfOneDirection_IsAdaGradAlongIt()
    {
        double[] x = [0.6, -0.8], y = [2 / 3.0, -1 / 3.0, 2 / 3.0], parameters = new double[6];
        IOptimizer shampoo = new Shampoo();
        shampoo.Bind(new ParameterLayout(new ParameterBlock("W", 2, 3)));
        double sum = 1e-4, way = 0;
        foreach (double g in (double[])[3, -0.5, 0, 20, 1e-3])
        {
            shampoo.Update(parameters, [.. x.SelectMany(a => y.Select(b => g * a * b))], 0.25);
            sum += g * g;
            way -= 0.25 * g / Math.Sqrt(sum);
        }

        for (int i = 0; i < 6; i++)
            parameters[i].Should().BeApproximately(way * x[i / 3] * y[i % 3], 1e-13);
    }

    [Fact]
    public void Update_OfAVector_IsDiagonal()
    {
        double[] parameters = [0, 0];
        IOptimizer shampoo = new Shampoo(epsilon: 7);

        shampoo.Update(parameters, [3, -13], 0.5); // 7 + 9 and 7 + 169
        shampoo.Update(parameters, [3, 0], 0.5);

        parameters[0].Should().BeApproximately(-0.5 * (3 / 4.0 + 3 / 5.0), 1e-15);
        parameters[1].Should().BeApproximately(0.5 * 13 / Math.Sqrt(176), 1e-15);
    }

    /// <summary>With an interval of 2, the second step has the roots of the first, the third has new ones.</summary>
    [Fact]
    public void Update_BetweenRoots_KeepsThem()
    {
        double[] parameters = new double[4];
        IOptimizer shampoo = new Shampoo(epsilon: 1, rootInterval: 2);
        shampoo.Bind(new ParameterLayout(new ParameterBlock("W", 2, 2)));

        foreach (double g in (double[])[Math.Sqrt(3), Math.Sqrt(5), Math.Sqrt(7)])
            shampoo.Update(parameters, [g, 0, 0, 0], 1); // roots of 1 + 3, then of 1 + 3 + 5 + 7

        parameters[0].Should().BeApproximately(-(Math.Sqrt(3) / 2 + Math.Sqrt(5) / 2 + Math.Sqrt(7) / 4), 1e-14);
    }
}
