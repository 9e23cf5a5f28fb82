using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>NovoGrad: momentum of gradients that are divided by a mean of their norm, one number for each block.</summary>
/// <remarks>
/// For each block of the layout:
/// <code>
/// v ← β₂ v + (1 − β₂) ‖g‖²                 ‖g‖² in the first step
/// m ← β₁ m + g / (√v + ε) + λ θ            without β₁ m in the first step
/// θ ← θ − η m
/// </code>
/// Ginsburg, Castonguay, Hrinchuk et al., "Stochastic Gradient Methods with Layer-wise Adaptive Moments for Training of Deep Networks",
/// 2019, Algorithm 1. m is a sum, not a mean: with a constant gradient it grows to 1/(1 − β₁) times a single step. The decay applies to
/// every block. State: one vector, and one number for each block.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, 1];
/// IOptimizer novoGrad = new NovoGrad(learningRate: 0.5);
/// novoGrad.Update(parameters, [30, -40]);   // of length 50, so the step is 0.5 * (0.6, -0.8)
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 0.7000 1.4000
/// </code></example>
public sealed class NovoGrad : BlockOptimizer
{
    private readonly AdamSettings _settings;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The share β₁ of the sum m that is kept, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared norm, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value below 1.5e-154 is raised to it.
    /// </param>
    /// <param name="weightDecay">The weight decay λ, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public NovoGrad(double learningRate = 0.001, double beta1 = 0.95, double beta2 = 0.98, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate)
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
    }

    private protected override FormattableString Settings => $"{_settings}, weightDecay {_weightDecay}";

    private protected override BlockRule CreateRule(ParameterBlock block) => new Rule(block, _settings, _weightDecay);

    private sealed class Rule(ParameterBlock block, AdamSettings settings, double weightDecay) : BlockRule(block)
    {
        private readonly double _epsilon = Rounding.Epsilon<double>(settings.Epsilon);
        private readonly double[] _momentum = new double[block.Length];
        private readonly double[] _squaredNorm = new double[1];

        public override IReadOnlyList<(string Name, double[] Values)> State =>
            [("momentum", _momentum), ("mean squared norm", _squaredNorm)];

        protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate, long update)
        {
            double square = Reductions.Dot(gradient, gradient);
            ref double mean = ref _squaredNorm[0];
            mean = update == 1 ? square : settings.Beta2 * mean + (1 - settings.Beta2) * square;
            Reductions.Multiply(_momentum, settings.Beta1); // 0 before the first step
            Reductions.AddScaled(_momentum, 1 / (Math.Sqrt(mean) + _epsilon), gradient);
            if (weightDecay != 0)
                Reductions.AddScaled<double>(_momentum, weightDecay, parameters);
            Reductions.AddScaled<double>(parameters, -learningRate, _momentum);
        }
    }
}
