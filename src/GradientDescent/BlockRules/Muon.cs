using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Muon: momentum for matrices, whose step is made nearly orthogonal. Other blocks have an inner optimizer.</summary>
/// <remarks>
/// For each block G of the gradient that is a matrix, rows being outputs (fan-out) and columns inputs, as in <see cref="ParameterBlock"/>
/// and as PyTorch stores them:
/// <code>
/// M ← μ M + (1 − μ) G
/// X ← U / ‖U‖                         U = (1 − μ) G + μ M with Nesterov's momentum, M without; the Frobenius norm
/// X ← a X + b X XᵀX + c X (XᵀX)²      repeated: a = 3.4445, b = −4.7750, c = 2.0315
/// W ← W (1 − η λ) − η √max(1, rows / columns) X
/// </code>
/// The polynomial moves singular values to about 0.7 to 1.2. If a block stores inputs as rows, the ratio is the wrong one: transpose it.
/// A block of one row or column is no matrix: the inner optimizer moves it, with its own rate, which follows the schedule. Jordan, Jin,
/// Boza et al., "Muon: An optimizer for hidden layers in neural networks", 2024. State: one vector for each matrix, and that of the inner
/// optimizer. A repetition for an m × n matrix with m ≤ n takes m²(2n + m) multiplications, on one thread.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, 1, 1, 1, 0.5];
/// IOptimizer muon = new Muon(learningRate: 0.1);
/// muon.Bind(new ParameterLayout(
///     new ParameterBlock("W", rows: 2, columns: 2), new ParameterBlock("b", rows: 1, role: ParameterRole.Bias)));
/// muon.Update(parameters, [3, 0, 0, 3, 1]);   // singular values 3 and 3 become 0.7 to 1.2; b is AdamW's, rate 0.0003
/// Console.WriteLine($"{parameters[0] == parameters[3]} {parameters[1]} {parameters[4]:F4}");   // True 1 0.4997
/// </code></example>
public sealed class Muon : BlockOptimizer
{
    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly int _steps;
    private readonly double _weightDecay;
    private readonly IOptimizer _inner;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0: about the size of a step's singular values.</param>
    /// <param name="momentum">The decay factor μ of the mean gradient, in [0, 1).</param>
    /// <param name="nesterov">Whether the direction is that of Nesterov's momentum.</param>
    /// <param name="newtonSchulzSteps">The number of repetitions of the polynomial, at least 1.</param>
    /// <param name="weightDecay">The weight decay λ of the matrices, finite and at least 0.</param>
    /// <param name="inner">
    /// The optimizer of the other blocks, one that needs only the gradient; <see langword="null"/>:
    /// <c>new AdamW(0.0003, 0.9, 0.95, 1e-10, weightDecay: 0)</c>. It is copied.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its interval.</exception>
    /// <exception cref="ArgumentException">The inner optimizer takes full batches only.</exception>
    public Muon(
        double learningRate = 0.02, double momentum = 0.95, bool nesterov = true, int newtonSchulzSteps = 5, double weightDecay = 0,
            IOptimizer? inner = null)
        : base(learningRate)
    {
        _momentum = Guard.Fraction(momentum);
        _nesterov = nesterov;
        _steps = Guard.AtLeast(newtonSchulzSteps, 1);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
        _inner = inner?.CreateNew() ?? new AdamW(0.0003, 0.9, 0.95, 1e-10, weightDecay: 0);
        if (_inner.Batching.IsFull)
            throw Guard.Invalid(nameof(inner), $"{_inner.GetType().Name} uses full batches only: Muon takes mini-batches.");
    }

    private protected override FormattableString Settings =>
        $"momentum {_momentum}, nesterov {_nesterov}, newtonSchulzSteps {_steps}, weightDecay {_weightDecay}, inner {_inner}";

    private protected override void Require(ParameterLayout layout, string argument)
    {
        if (!layout.Blocks.Any(BlockRule.IsMatrix))
            throw Guard.Invalid(argument,
                $"Muon needs a block of at least two rows and two columns: the blocks are {layout}. Use {_inner.GetType().Name} for " +
                $"these.");
    }

    private protected override ParameterLayout? LayoutOf(int length) => length == 0 ? null : throw new InvalidOperationException(
        "Muon does not know the blocks: call Bind(layout) before the first step, with a block of at least two rows and two columns.");

    private protected override BlockRule CreateRule(ParameterBlock block) => new MatrixRule(block, this);

    private protected override IEnumerable<BlockRule> CreateRules(IEnumerable<ParameterBlock> blocks)
    {
        ILookup<bool, ParameterBlock> parts = blocks.ToLookup(BlockRule.IsMatrix);
        IEnumerable<BlockRule> rules = base.CreateRules(parts[true]);
        return parts[false].Any() ? rules.Append(new InnerRule([.. parts[false]], _inner.CreateNew(), LearningRate)) : rules;
    }

    private sealed class MatrixRule : BlockRule
    {
        private readonly Muon _settings;
        private readonly NewtonSchulz _polynomial;
        private readonly double[] _mean;
        private readonly double[] _direction;
        private readonly double _scale;

        public MatrixRule(ParameterBlock block, Muon settings)
            : base(block)
        {
            _settings = settings;
            _polynomial = new NewtonSchulz(block.Rows, block.Columns);
            (_mean, _direction) = (new double[block.Length], new double[block.Length]);
            _scale = Math.Sqrt(Math.Max(1, (double)block.Rows / block.Columns));
        }

        public override IReadOnlyList<(string Name, double[] Values)> State => [("mean", _mean)];

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            double gain = 1 - _settings._momentum;
            Reductions.MoveTowards(_mean, gain, gradient);
            _mean.CopyTo(_direction, 0);
            if (_settings._nesterov)
                Reductions.MoveTowards(_direction, gain, gradient);
            Decay(parameters, learningRate, _settings._weightDecay);
            if (_polynomial.Orthogonalize(_direction, _settings._steps))
                Reductions.AddScaled<double>(parameters, -(learningRate * _scale), _direction);
        }
    }

    private sealed class InnerRule(ParameterBlock[] blocks, IOptimizer inner, double baseRate) : BlockRule(blocks[0])
    {
        private readonly VectorPart _part = new(blocks);
        private readonly double[] _parameters = new double[blocks.Sum(block => block.Length)];
        private readonly double[] _gradient = new double[blocks.Sum(block => block.Length)];
        private readonly IOptimizer _inner = BoundTo(inner, blocks);

        public override string Name => "other blocks";

        public override int Length => _part.Length;

        public override IOptimizer Inner => _inner;

        public override void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            _part.Take(parameters, _parameters);
            _part.Take(gradient, _gradient);
            Move(_parameters, _gradient, learningRate, update);
            _part.Put(_parameters, parameters);
        }

        public override bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution)
        {
            _part.Take(parameters, _parameters);
            bool isAnother = _inner.CopySolution(_parameters, _gradient);
            _part.Put(_gradient, solution);
            return isAnother;
        }

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update) =>
            _inner.Update(parameters, gradient, _inner.LearningRate * (learningRate / baseRate));

        private static IOptimizer BoundTo(IOptimizer inner, ParameterBlock[] blocks)
        {
            inner.Bind(new ParameterLayout([.. blocks]));
            return inner;
        }
    }
}
