using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Shampoo: AdaGrad for matrices, with a preconditioner for the rows and one for the columns.</summary>
/// <remarks>
/// For each block of the layout, an m × n matrix:
/// <code>
/// L ← L + G Gᵀ,   R ← R + Gᵀ G         from L = εI and R = εI
/// θ ← θ − η L^(−1/4) G R^(−1/4)
/// </code>
/// A block of one row or column has a diagonal preconditioner: s ← s + g² from s = ε, θ ← θ − ηg/√s. The roots come from the
/// eigenvalues of L and R; an eigenvalue below ε, by rounding, counts as ε. Gupta, Koren and Singer, "Shampoo: Preconditioned Stochastic
/// Tensor Optimization", ICML 2018, Algorithm 1. State: m² + n² numbers for a matrix (twice as many if roots are kept for several steps),
/// one vector for other blocks. The eigenvalues take a time of about m³ + n³ multiplications, times a hundred: for layers of up to some
/// hundred rows and columns.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, 1, 1, 1];
/// IOptimizer shampoo = new Shampoo(learningRate: 0.5);
/// shampoo.Bind(new ParameterLayout(new ParameterBlock("W", rows: 2, columns: 2)));
/// shampoo.Update(parameters, [3, 0, 0, 40]);   // L = R = diag(9, 1600) and ε: the step is the identity, as AdaGrad's
/// Console.WriteLine(string.Join(" ", parameters.Select(x => $"{x:F4}")));   // 0.5000 1.0000 1.0000 0.5000
/// </code></example>
public sealed class Shampoo : BlockOptimizer
{
    private readonly double _epsilon;
    private readonly int _rootInterval;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="epsilon">The start ε of the preconditioners, greater than 0; in the unit of the squared gradient.</param>
    /// <param name="rootInterval">The number of steps for which the roots are kept, at least 1; 1 is the paper's algorithm.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Shampoo(double learningRate = 0.1, double epsilon = 1e-4, int rootInterval = 1)
        : base(learningRate)
    {
        _epsilon = Guard.Positive(epsilon);
        _rootInterval = Guard.AtLeast(rootInterval, 1);
    }

    private protected override FormattableString Settings => $"epsilon {_epsilon}, rootInterval {_rootInterval}";

    private protected override BlockRule CreateRule(ParameterBlock block) =>
        BlockRule.IsMatrix(block) ? new MatrixRule(block, _epsilon, _rootInterval) : new VectorRule(block, _epsilon);

    private sealed class MatrixRule : BlockRule
    {
        private readonly DenseProducts _products = new();
        private readonly int _interval;
        private readonly Side _left;
        private readonly Side _right;
        private readonly double[] _transposed;
        private readonly double[] _step;

        public MatrixRule(ParameterBlock block, double epsilon, int interval)
            : base(block)
        {
            _interval = interval;
            (_left, _right) = (new Side(block.Rows, epsilon, _products), new Side(block.Columns, epsilon, _products));
            (_transposed, _step) = (new double[block.Length], new double[block.Length]);
            State =
            [
                ("left", _left.Sum), ("right", _right.Sum),
                .. interval == 1 ? [] : new[] { ("left root", _left.Root), ("right root", _right.Root) },
            ];
        }

        public override IReadOnlyList<(string Name, double[] Values)> State { get; }

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            DenseProducts.Transpose(gradient, _transposed, Block.Columns);
            _left.Add(gradient);
            _right.Add(_transposed);
            if ((update - 1) % _interval == 0)
            {
                _left.TakeRoot();
                _right.TakeRoot();
            }

            _products.Times(gradient, _right.Root, _transposed, Block.Columns);
            _products.Times(_left.Root, _transposed, _step, Block.Rows);
            Reductions.AddScaled<double>(parameters, -learningRate, _step);
        }
    }

    /// <summary>The preconditioner of one side.</summary>
    private sealed class Side
    {
        private readonly int _size;
        private readonly double _epsilon;
        private readonly DenseProducts _products;
        private readonly SymmetricEigen _eigen;
        private readonly double[] _scratch;
        private readonly double[] _scaled;

        public Side(int size, double epsilon, DenseProducts products)
        {
            (_size, _epsilon, _products, _eigen) = (size, epsilon, products, new SymmetricEigen(size));
            (Sum, Root) = (new double[size * size], new double[size * size]);
            (_scratch, _scaled) = (new double[size * size], new double[size * size]);
            for (int i = 0; i < size; i++)
                Sum[i * size + i] = epsilon;
        }

        public double[] Sum { get; }

        public double[] Root { get; }

        /// <summary>Adds XXᵀ for a matrix X with as many rows as the side.</summary>
        public void Add(ReadOnlySpan<double> x)
        {
            _products.TimesTransposed(x, x, _scratch, x.Length / _size);
            Reductions.AddScaled<double>(Sum, 1, _scratch);
        }

        /// <summary>Root ← Σ λ^(−1/4) vvᵀ over the eigenvalues λ and eigenvectors v.</summary>
        public void TakeRoot()
        {
            _eigen.Decompose(Sum, _epsilon);
            for (int i = 0; i < _size; i++)
            {
                double root = 1 / Math.Sqrt(Math.Sqrt(Math.Max(_eigen.Value(i), _epsilon)));
                Reductions.Scale(_scaled.AsSpan(i * _size, _size), root, _eigen.Vectors.Slice(i * _size, _size));
            }

            DenseProducts.Transpose(_eigen.Vectors, _scratch, _size);
            _products.Times(_scratch, _scaled, Root, _size);
        }
    }

    private sealed class VectorRule : BlockRule
    {
        private readonly double[] _sum;

        public VectorRule(ParameterBlock block, double epsilon)
            : base(block)
        {
            _sum = new double[block.Length];
            Array.Fill(_sum, epsilon);
        }

        public override IReadOnlyList<(string Name, double[] Values)> State => [("sum of squares", _sum)];

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                _sum[i] += gradient[i] * gradient[i];
                parameters[i] -= learningRate * (gradient[i] / Math.Sqrt(_sum[i]));
            }
        }
    }
}
