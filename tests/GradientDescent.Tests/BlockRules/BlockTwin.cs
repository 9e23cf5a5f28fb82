using static GradientDescent.Tests.Contracts.AllBlockOptimizers;

namespace GradientDescent.Tests.BlockRules;

/// <summary>
/// A rule for one block as plain loops, one after the other. It may use the arrays of its block by name, which start at 0.
/// </summary>
internal sealed class BlockTwin
{
    // Each of the 30 steps adds a relative error of some 2⁻⁵³ per operation; sums have at most 15 terms and no cancellation worth a factor
    // of 100 in the data of the test: 30 · 100 · 1.1e-16 is 3e-13.
    private const double Tolerance = 3e-13;

    private readonly Dictionary<string, double[,]> _arrays = [];

    public required ParameterBlock Block { get; init; }

    public int T { get; private set; }

    public bool IsMatrix => Block is { Rows: > 1, Columns: > 1 };

    public double[,] this[string name, int rows, int columns, double start = 0]
    {
        get
        {
            if (_arrays.TryGetValue(name, out double[,]? array))
                return array;
            array = new double[rows, columns];
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                    array[i, j] = start;
            }

            return _arrays[name] = array;
        }
    }

    /// <summary>An array of the block's shape.</summary>
    public double[,] this[string name] => this[name, Block.Rows, Block.Columns];

    public static double Norm(double[,] x) => Math.Sqrt(x.Cast<double>().Sum(value => value * value));

    /// <summary>Feeds both the same gradients and compares their parameters after each step.</summary>
    public static void ShouldFollow(BlockOptimizer optimizer, Action<BlockTwin, double[,], double[,], double> rule)
    {
        optimizer.Bind(Layout);
        double[] actual = Start(), expected = Start();
        BlockTwin[] twins = [.. Layout.Blocks.Select(block => new BlockTwin { Block = block })];
        for (int t = 0; t < 30; t++)
        {
            optimizer.Update(actual, Gradient(t), RateAt(t));
            foreach (BlockTwin twin in twins)
            {
                twin.T++;
                double[,] parameters = twin.Matrix(expected);
                rule(twin, parameters, twin.Matrix(Gradient(t)), RateAt(t));
                parameters.Cast<double>().ToArray().CopyTo(expected, twin.Block.Start);
            }

            for (int i = 0; i < Length; i++)
                actual[i].Should().BeApproximately(expected[i], Tolerance * Math.Max(1, Math.Abs(expected[i])), "step {0}, {1}", t + 1, i);
        }
    }

    /// <summary>Does something for each entry.</summary>
    public void Each(Action<int, int> action)
    {
        for (int i = 0; i < Block.Rows; i++)
        {
            for (int j = 0; j < Block.Columns; j++)
                action(i, j);
        }
    }

    private double[,] Matrix(double[] vector)
    {
        double[,] matrix = new double[Block.Rows, Block.Columns];
        Each((i, j) => matrix[i, j] = vector[Block.Start + i * Block.Columns + j]);
        return matrix;
    }
}
