using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>SM3: AdaGrad whose sums of squares are bounded by one number for each row and column of a block.</summary>
/// <remarks>
/// For each block of the layout, an m × n matrix with row i and column j; r and c start at 0:
/// <code>
/// νᵢⱼ ← min(rᵢ, cⱼ) + gᵢⱼ²
/// rᵢ ← max over j of νᵢⱼ,   cⱼ ← max over i of νᵢⱼ
/// u ← g / √ν                         0 where g is 0
/// m ← β m + (1 − β) u                m = u without momentum
/// θ ← θ − η m
/// </code>
/// A block of one row or column keeps all ν: it is AdaGrad. ν below ε counts as ε. Anil, Gupta, Koren and Singer, "Memory-Efficient
/// Adaptive Optimization", NeurIPS 2019, Algorithm SM3-II. State: m + n numbers for a matrix, one vector for other blocks; with momentum
/// one vector more.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, 1, 1, 1];
/// IOptimizer sm3 = new SM3(learningRate: 0.5);
/// sm3.Bind(new ParameterLayout(new ParameterBlock("W", rows: 2, columns: 2)));
/// sm3.Update(parameters, [3, 0, 0, 4]);
/// sm3.Update(parameters, [0, 4, 0, 0]);   // bounds 9 of the row and 16 of the column: 4/√(9 + 16)
/// Console.WriteLine(string.Join(" ", parameters.Select(x => $"{x:F2}")));   // 0.50 0.60 1.00 0.50
/// </code></example>
public sealed class SM3 : BlockOptimizer
{
    private readonly double _momentum;
    private readonly double _epsilon;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="momentum">The decay factor β of the mean step, in [0, 1).</param>
    /// <param name="epsilon">The lower limit ε of ν, greater than 0; in the unit of the squared gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public SM3(double learningRate = 0.1, double momentum = 0, double epsilon = 1e-30)
        : base(learningRate)
    {
        _momentum = Guard.Fraction(momentum);
        _epsilon = Guard.Positive(epsilon);
    }

    private protected override FormattableString Settings => $"momentum {_momentum}, epsilon {_epsilon}";

    private protected override BlockRule CreateRule(ParameterBlock block) => new Rule(block, _momentum, _epsilon);

    private sealed class Rule : BlockRule
    {
        private readonly double _beta;
        private readonly double _epsilon;
        private readonly double[] _rows;
        private readonly double[] _columns;
        private readonly double[] _nextColumns;
        private readonly double[] _mean;

        public Rule(ParameterBlock block, double beta, double epsilon)
            : base(block)
        {
            (_beta, _epsilon) = (beta, Rounding.SquaredEpsilon<double>(epsilon));
            // The rows of a vector are its entries, each with a bound of its own.
            (int rows, int columns) = IsMatrix(block) ? (block.Rows, block.Columns) : (block.Length, 0);
            (_rows, _columns, _nextColumns) = (new double[rows], new double[columns], new double[columns]);
            _mean = beta == 0 ? [] : new double[block.Length];
            State =
            [
                ("rows", _rows),
                .. columns == 0 ? [] : new[] { ("columns", _columns) },
                .. beta == 0 ? [] : new[] { ("mean", _mean) },
            ];
        }

        public override IReadOnlyList<(string Name, double[] Values)> State { get; }

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            int width = Math.Max(_columns.Length, 1);
            Array.Clear(_nextColumns);
            for (int i = 0; i < _rows.Length; i++)
            {
                double row = _rows[i], nextRow = 0;
                for (int j = 0; j < width; j++)
                {
                    int k = i * width + j;
                    double g = gradient[k];
                    double bound = (_columns.Length == 0 ? row : Math.Min(row, _columns[j])) + g * g;
                    nextRow = Math.Max(nextRow, bound);
                    if (_columns.Length != 0)
                        _nextColumns[j] = Math.Max(_nextColumns[j], bound);
                    double step = g / Math.Sqrt(Math.Max(bound, _epsilon));
                    if (_beta != 0)
                        step = _mean[k] = _beta * _mean[k] + (1 - _beta) * step;
                    parameters[k] -= learningRate * step;
                }

                _rows[i] = nextRow;
            }

            _nextColumns.CopyTo(_columns, 0);
        }
    }
}
