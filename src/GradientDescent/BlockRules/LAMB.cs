using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>LAMB: Adam's direction, scaled in each block to the length of the block's parameters. For very large batches.</summary>
/// <remarks>
/// For each block of the layout, with t counting from 1:
/// <code>
/// u ← m̂ / (√v̂ + ε) + λ θ            m̂ and v̂ as in <see cref="Adam"/>
/// θ ← θ − η (‖θ‖ / ‖u‖) u           the ratio is 1 if a norm is 0
/// </code>
/// The decay is inside the trust ratio, as printed. You, Li, Reddi et al., "Large Batch Optimization for Deep Learning: Training BERT in 76
/// minutes", ICLR 2020, Algorithm 2 with φ(z) = z. The decay applies to every block. State: two vectors, and four scalars for each block.
/// </remarks>
/// <example><code>
/// double[] parameters = [3, -4];   // of length 5
/// IOptimizer lamb = new LAMB(learningRate: 0.1);
/// lamb.Update(parameters, [0.5, -40]);   // a step of length 0.1 * 5, in Adam's direction (1, -1)
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 2.6464 -3.6464
/// </code></example>
public sealed class LAMB : BlockOptimizer
{
    private readonly AdamSettings _settings;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0: the length of a step as a share of the block's length.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">The term ε that prevents a division by zero; in the gradient's unit; greater than 0.</param>
    /// <param name="weightDecay">The weight decay λ, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public LAMB(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0)
        : base(learningRate)
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
    }

    private protected override FormattableString Settings => $"{_settings}, weightDecay {_weightDecay}";

    private protected override BlockRule CreateRule(ParameterBlock block) => new Rule(block, _settings, _weightDecay);

    private sealed class Rule(ParameterBlock block, AdamSettings settings, double weightDecay) : BlockRule(block)
    {
        private readonly Adam _adam = new(1, settings.Beta1, settings.Beta2, settings.Epsilon);
        private readonly double[] _step = new double[block.Length];

        public override IOptimizer Inner => _adam;

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            Array.Clear(_step);
            _adam.Update(_step, gradient, 1); // Adam's step from 0 at rate 1 is −m̂/(√v̂ + ε)
            if (weightDecay != 0)
                Reductions.AddScaled<double>(_step, -weightDecay, parameters);
            double ratio = TrustRatio(Reductions.Norm(parameters), Reductions.Norm(_step));
            Reductions.AddScaled<double>(parameters, learningRate * ratio, _step);
        }
    }
}
