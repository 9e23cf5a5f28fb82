using static GradientDescent.Tests.Contracts.AllBlockOptimizers;

namespace GradientDescent.Tests.BlockRules;

public class MuonTests
{
    [Theory]
    [InlineData(true, 5, 0)]
    [InlineData(false, 3, 0.3)]
    public void Update_FollowsThePlainLoop(bool nesterov, int steps, double decay)
    {
        const double Mu = 0.8;
        BlockTwin.ShouldFollow(new Muon(0.02, Mu, nesterov, steps, decay, new SGD(0.01)), (twin, p, g, rate) =>
        {
            if (!twin.IsMatrix)
            {
                twin.Each((i, j) => p[i, j] -= 0.01 * (rate / 0.02) * g[i, j]);
                return;
            }

            double[,] m = twin["m"], x = new double[twin.Block.Rows, twin.Block.Columns];
            twin.Each((i, j) => m[i, j] = Mu * m[i, j] + (1 - Mu) * g[i, j]);
            twin.Each((i, j) => x[i, j] = nesterov ? Mu * m[i, j] + (1 - Mu) * g[i, j] : m[i, j]);
            double norm = BlockTwin.Norm(x);
            twin.Each((i, j) => x[i, j] /= norm);
            for (int step = 0; step < steps; step++)
            {
                double[,] cube = Product(x, Product(Transposed(x), x)), fifth = Product(cube, Product(Transposed(x), x));
                twin.Each((i, j) => x[i, j] = 3.4445 * x[i, j] - 4.7750 * cube[i, j] + 2.0315 * fifth[i, j]);
            }

            double scale = Math.Sqrt(Math.Max(1, (double)twin.Block.Rows / twin.Block.Columns));
            twin.Each((i, j) => p[i, j] = p[i, j] * (1 - rate * decay) - rate * scale * x[i, j]);
        });
    }

    /// <summary>
    /// More outputs than inputs: √(rows/columns); more inputs: 1. Ports have the ratio upside down, or √(larger/smaller). For a matrix of
    /// one singular value the polynomial acts on the number 1 alone.
    /// </summary>
    [Theory]
    [InlineData(8, 2, 2)]
    [InlineData(2, 8, 1)]
    [InlineData(4, 4, 1)]
    public void Update_ScalesByOutputsOverInputs(int rows, int columns, double scale)
    {
        double[] parameters = new double[rows * columns], gradient = new double[rows * columns];
        gradient[0] = 7;
        double value = 1;
        for (int step = 0; step < 5; step++)
            value = 3.4445 * value - 4.7750 * Math.Pow(value, 3) + 2.0315 * Math.Pow(value, 5);
        IOptimizer muon = new Muon();
        muon.Bind(new ParameterLayout(new ParameterBlock("W", rows, columns)));

        muon.Update(parameters, gradient, 0.5);

        parameters[0].Should().BeApproximately(-0.5 * scale * value, 1e-14);
        parameters[1..].Should().OnlyContain(x => x == 0);
    }

    [Fact]
    public void Update_WithoutALayout_SaysWhatIsMissing() => new Muon().Invoking(muon => muon.Update(new double[4], new double[4], 0.1))
        .Should().Throw<InvalidOperationException>().WithMessage("Muon does not know the blocks: call Bind(layout)*");

    [Fact]
    public void Bind_WithoutAMatrix_NamesTheBlocksAndTheOtherOptimizer() =>
        new Muon().Invoking(muon => muon.Bind(new ParameterLayout(new("w", 4), new("b", 1, 4)))).Should().Throw<ArgumentException>()
            .WithMessage("Muon needs a block of at least two rows and two columns*w*b*AdamW*");

    [Fact]
    public void Constructor_WithAnInnerOptimizerOfFullBatches_Throws() =>
        FluentActions.Invoking(() => new Muon(inner: new Rprop())).Should().Throw<ArgumentException>().WithMessage("*Rprop*");

    [Fact]
    public void Update_OfOtherBlocks_IsTheInnerOptimizersOwn()
    {
        BlockOptimizer muon = new Muon(inner: new Adam(0.04));
        muon.Bind(Layout);
        var adam = new Adam(0.04);
        double[] whole = Start(), bias = Layout["bias"].Of(Start()).ToArray();
        for (int t = 0; t < 5; t++)
        {
            muon.Update(whole, Gradient(t), 0.01);
            adam.Update(bias, Layout["bias"].Of(Gradient(t)), 0.02); // half of Muon's rate 0.02
        }

        Layout["bias"].Of(whole).ToArray().Should().Equal(bias);
    }

    internal static double[,] Transposed(double[,] x)
    {
        double[,] result = new double[x.GetLength(1), x.GetLength(0)];
        for (int i = 0; i < x.GetLength(0); i++)
        {
            for (int j = 0; j < x.GetLength(1); j++)
                result[j, i] = x[i, j];
        }

        return result;
    }

    internal static double[,] Product(double[,] x, double[,] y)
    {
        double[,] result = new double[x.GetLength(0), y.GetLength(1)];
        for (int i = 0; i < x.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(1); j++)
            {
                for (int k = 0; k < y.GetLength(0); k++)
                    result[i, j] += x[i, k] * y[k, j];
            }
        }

        return result;
    }
}
