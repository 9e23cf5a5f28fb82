using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Adafactor: a mean square that is kept as means of rows and columns, and steps whose size is a share of the parameters'.
/// </summary>
/// <remarks>
/// For each block of the layout, an m × n matrix, with t counting from 1:
/// <code>
/// β ← 1 − tᵖ                          p: the decay exponent
/// R ← β R + (1 − β) (means of the rows of g² + ε₁)
/// C ← β C + (1 − β) (means of the columns of g² + ε₁)
/// u ← g / √V                          Vᵢⱼ = Rᵢ Cⱼ / mean(R)
/// θ ← θ − η max(ε₂, RMS(θ)) u / max(1, RMS(u) / d)
/// </code>
/// RMS is the root of the mean of the squares. A block of one row or column keeps V itself, a mean of g² + ε₁. Without
/// <c>scaleParameter</c> the factor max(ε₂, RMS(θ)) is left out. The rate is η alone, unless <c>relativeStep</c> is
/// set: then it is min(η, 1/√t), as in Algorithm 6. Shazeer and Stern, "Adafactor: Adaptive Learning Rates with Sublinear
/// Memory Cost", ICML 2018, Algorithms 4 to 6. State: m + n numbers for a matrix, one vector for other blocks.
/// </remarks>
/// <example><code>
/// double[] parameters = [3, -3];   // RMS 3
/// IOptimizer adafactor = new Adafactor(learningRate: 0.1);
/// adafactor.Update(parameters, [0.5, -40]);   // u is (1, -1) in the first step
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 2.7000 -2.7000
/// </code></example>
public sealed class Adafactor : BlockOptimizer
{
    private readonly double _decayExponent;
    private readonly double _epsilon1;
    private readonly double _epsilon2;
    private readonly double _clippingThreshold;
    private readonly bool _scaleParameter;
    private readonly bool _relativeStep;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">
    /// The rate η, finite and greater than 0: a share of the parameters' size, or in their unit without <paramref name="scaleParameter"/>.
    /// </param>
    /// <param name="decayExponent">The exponent p of the decay factor 1 − tᵖ, in (−1, 0).</param>
    /// <param name="epsilon1">The term ε₁ that is added to the squared gradient; in its unit; greater than 0.</param>
    /// <param name="epsilon2">The lower limit ε₂ of the parameters' size, greater than 0; in the parameters' unit.</param>
    /// <param name="clippingThreshold">The largest root mean square d of u, greater than 0.</param>
    /// <param name="scaleParameter">Whether a step is scaled by the size of the block's parameters.</param>
    /// <param name="relativeStep">Whether the rate of step t is limited to 1/√t.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Adafactor(
        double learningRate = 0.01, double decayExponent = -0.8, double epsilon1 = 1e-30, double epsilon2 = 0.001,
            double clippingThreshold = 1, bool scaleParameter = true, bool relativeStep = false)
        : base(learningRate)
    {
        _decayExponent = Guard.Between(decayExponent, -1, 0);
        _epsilon1 = Guard.Positive(epsilon1);
        _epsilon2 = Guard.Positive(epsilon2);
        _clippingThreshold = Guard.Positive(clippingThreshold);
        _scaleParameter = scaleParameter;
        _relativeStep = relativeStep;
    }

    private protected override FormattableString Settings =>
        $"{MeanSettings}, clippingThreshold {_clippingThreshold}, scaleParameter {_scaleParameter}, relativeStep {_relativeStep}";

    private string MeanSettings => Format.Text($"decayExponent {_decayExponent}, epsilon1 {_epsilon1}, epsilon2 {_epsilon2}");

    private protected override BlockRule CreateRule(ParameterBlock block) => new Rule(block, this);

    private sealed class Rule : BlockRule
    {
        private readonly Adafactor _settings;
        private readonly double _epsilon;
        private readonly double[] _rows;
        private readonly double[] _columns;
        private readonly double[] _columnSums;
        private readonly double[] _step;

        public Rule(ParameterBlock block, Adafactor settings)
            : base(block)
        {
            (_settings, _epsilon) = (settings, Rounding.SquaredEpsilon<double>(settings._epsilon1));
            // The rows of a vector are its entries: V is R.
            (int rows, int columns) = IsMatrix(block) ? (block.Rows, block.Columns) : (block.Length, 0);
            (_rows, _columns, _columnSums) = (new double[rows], new double[columns], new double[columns]);
            _step = new double[block.Length];
            State = columns == 0 ? [("mean square", _rows)] : [("row means", _rows), ("column means", _columns)];
        }

        public override IReadOnlyList<(string Name, double[] Values)> State { get; }

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            double gain = Elementary.Exp(_settings._decayExponent * Elementary.Log(update)); // 1 − β; 1 in the first step
            UpdateMeans(gradient, gain);
            Divide(gradient);
            double scale = _settings._scaleParameter ? Math.Max(_settings._epsilon2, RootMeanSquare(parameters)) : 1;
            double excess = Math.Max(1, RootMeanSquare(_step) / _settings._clippingThreshold);
            double rate = _settings._relativeStep ? Math.Min(learningRate, 1 / Math.Sqrt(update)) : learningRate;
            Reductions.AddScaled<double>(parameters, -(rate * scale / excess), _step);
        }

        private void UpdateMeans(ReadOnlySpan<double> gradient, double gain)
        {
            int width = gradient.Length / _rows.Length;
            Array.Clear(_columnSums);
            for (int i = 0; i < _rows.Length; i++)
            {
                double sum = 0;
                for (int j = 0; j < width; j++)
                {
                    double g = gradient[i * width + j], square = g * g + _epsilon;
                    sum += square;
                    if (_columns.Length != 0)
                        _columnSums[j] += square;
                }

                _rows[i] += gain * (sum / width - _rows[i]);
            }

            for (int j = 0; j < _columns.Length; j++)
                _columns[j] += gain * (_columnSums[j] / _rows.Length - _columns[j]);
        }

        /// <summary>u ← g/√V.</summary>
        private void Divide(ReadOnlySpan<double> gradient)
        {
            if (_columns.Length == 0)
            {
                for (int i = 0; i < _step.Length; i++)
                    _step[i] = gradient[i] / Math.Sqrt(_rows[i]);
                return;
            }

            double mean = Reductions.Sum(_rows) / _rows.Length;
            for (int i = 0; i < _rows.Length; i++)
            {
                double share = _rows[i] / mean;
                for (int j = 0; j < _columns.Length; j++)
                {
                    int k = i * _columns.Length + j;
                    _step[k] = gradient[k] / Math.Sqrt(share * _columns[j]);
                }
            }
        }
    }
}
