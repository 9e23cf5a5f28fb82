using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>LARS: momentum whose rate in each block is a share of ‖θ‖/‖g‖. For very large batches.</summary>
/// <remarks>
/// For each block of the layout:
/// <code>
/// r ← c ‖θ‖ / (‖g‖ + λ ‖θ‖)         1 if ‖θ‖ or ‖g‖ is 0
/// b ← μ b + η r (g + λ θ)
/// θ ← θ − b
/// </code>
/// The decay is in the gradient and in the denominator, as printed. You, Gitman and Ginsburg, "Large Batch Training of Convolutional
/// Networks", 2017, Algorithm 1. The decay applies to every block. State: one vector.
/// </remarks>
/// <example><code>
/// double[] parameters = [3, -4];   // of length 5
/// IOptimizer lars = new LARS(learningRate: 1, trustCoefficient: 0.1);
/// lars.Update(parameters, [0, 200]);   // a step of length 0.1 * 5 along the gradient, whatever its length
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 3.0000 -4.5000
/// </code></example>
public sealed class LARS : BlockOptimizer
{
    private readonly double _momentum;
    private readonly double _trustCoefficient;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; a number without a unit.</param>
    /// <param name="momentum">The share μ of the last step that is kept, in [0, 1).</param>
    /// <param name="trustCoefficient">
    /// The trust coefficient c, finite and greater than 0: at rate 1, the length of a step without momentum as a share of the block's
    /// length.
    /// </param>
    /// <param name="weightDecay">The weight decay λ, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public LARS(double learningRate = 0.1, double momentum = 0.9, double trustCoefficient = 0.001, double weightDecay = 0)
        : base(learningRate)
    {
        _momentum = Guard.Fraction(momentum);
        _trustCoefficient = Guard.Positive(trustCoefficient);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
    }

    private protected override FormattableString Settings =>
        $"momentum {_momentum}, trustCoefficient {_trustCoefficient}, weightDecay {_weightDecay}";

    private protected override BlockRule CreateRule(ParameterBlock block) => new Rule(block, this);

    private sealed class Rule(ParameterBlock block, LARS settings) : BlockRule(block)
    {
        private readonly double[] _step = new double[block.Length];

        public override IReadOnlyList<(string Name, double[] Values)> State => [("step", _step)];

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            double decay = settings._weightDecay, length = Reductions.Norm(parameters), slope = Reductions.Norm(gradient);
            double ratio = length == 0 || slope == 0 ? 1
                : TrustRatio(settings._trustCoefficient * length, slope + decay * length);
            Reductions.Multiply(_step, settings._momentum);
            Reductions.AddScaled(_step, learningRate * ratio, gradient);
            if (decay != 0)
                Reductions.AddScaled<double>(_step, learningRate * ratio * decay, parameters);
            Reductions.AddScaled<double>(parameters, -1, _step);
        }
    }
}
