namespace GradientDescent;

public static partial class Conventions
{
    /// <summary>
    /// The optimizers of <c>optax</c> with the defaults of its version 0.2: ε is added to the corrected root, or inside the root of AdaGrad
    /// and RMSProp, and AMSGrad takes the maximum after the correction. As in optax, the rate has no default.
    /// </summary>
    public static class Optax
    {
        // From here on 0.96^(tψ) is 0, so the momentum is β₁ in all steps.
        private const double ConstantMomentum = 1e6;

        /// <summary><c>optax.sgd</c>: b ← μb + g; θ ← θ − ηb, or θ ← θ − η(g + μb).</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="momentum">The momentum μ; 0: plain descent, also with <paramref name="nesterov"/>.</param>
        /// <param name="nesterov">Whether to use Nesterov's momentum.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer SGD(double learningRate, double momentum = 0, bool nesterov = false) =>
            Descent(learningRate, momentum, dampening: 0, nesterov, rateInVelocity: false);

        /// <summary><c>optax.adagrad</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="initialAccumulatorValue">The value at which the sums start.</param>
        /// <param name="eps">The term ε, inside the root.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer AdaGrad(double learningRate, double initialAccumulatorValue = 0.1, double eps = 1e-7) =>
            new AdaGrad(learningRate, eps, initialAccumulatorValue, epsilonInRoot: true);

        /// <summary><c>optax.rmsprop</c>, without its Nesterov momentum and its bias correction.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="decay">The decay factor of the means.</param>
        /// <param name="eps">The term ε.</param>
        /// <param name="initialScale">The value at which the mean square starts.</param>
        /// <param name="epsInSqrt">Whether ε is inside the root.</param>
        /// <param name="centered">Whether the square of the mean is subtracted; here the difference is kept from falling below 0.</param>
        /// <param name="momentum">The momentum μ, of a velocity that contains the rate.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer RMSProp(
            double learningRate, double decay = 0.9, double eps = 1e-8, double initialScale = 0, bool epsInSqrt = true,
            bool centered = false, double momentum = 0) =>
            new RMSProp(learningRate, decay, eps, momentum, centered, initialScale, epsInSqrt);

        /// <summary><c>optax.adadelta</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="rho">The decay factor of the means.</param>
        /// <param name="eps">The term ε, inside both roots.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer AdaDelta(double learningRate, double rho = 0.9, double eps = 1e-6, double weightDecay = 0) =>
            Coupled(new AdaDelta(learningRate, rho, eps), weightDecay);

        /// <summary><c>optax.adam</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="b1">The decay factor of the mean gradient.</param>
        /// <param name="b2">The decay factor of the mean squared gradient.</param>
        /// <param name="eps">The term ε, added to the corrected root.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adam(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8) =>
            new Adam(learningRate, b1, b2, eps);

        /// <summary><c>optax.adamw</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="b1">The decay factor of the mean gradient.</param>
        /// <param name="b2">The decay factor of the mean squared gradient.</param>
        /// <param name="eps">The term ε, added to the corrected root.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer AdamW(
            double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8, double weightDecay = 1e-4) =>
            new AdamW(learningRate, b1, b2, eps, weightDecay);

        /// <summary><c>optax.amsgrad</c>, with the maximum after the correction.</summary>
        /// <inheritdoc cref="Adam"/>
        public static IOptimizer AMSGrad(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8) =>
            new Adam(learningRate, b1, b2, eps, amsGrad: true, correctsBeforeMaximum: true);

        /// <summary><c>optax.adamax</c>, with ε inside the maximum.</summary>
        /// <inheritdoc cref="Adam"/>
        public static IOptimizer AdaMax(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8) =>
            new AdaMax(learningRate, b1, b2, eps);

        /// <summary><c>optax.nadam</c>, which is Dozat's with a constant momentum.</summary>
        /// <inheritdoc cref="Adam"/>
        public static IOptimizer NAdam(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8) =>
            new NAdam(learningRate, b1, b2, eps, ConstantMomentum);

        /// <summary><c>optax.nadamw</c>.</summary>
        /// <inheritdoc cref="AdamW"/>
        public static IOptimizer NAdamW(
            double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8, double weightDecay = 1e-4) =>
            Decoupled(new NAdam(learningRate, b1, b2, eps, ConstantMomentum), weightDecay);

        /// <summary><c>optax.radam</c> with its threshold of 5.</summary>
        /// <inheritdoc cref="Adam"/>
        public static IOptimizer RAdam(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8) =>
            new RAdam(learningRate, b1, b2, eps, epsilonHat: false);

        /// <summary><c>optax.yogi</c>, whose means both start at 1e-6.</summary>
        /// <inheritdoc cref="Adam"/>
        public static IOptimizer Yogi(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-3) =>
            new Yogi(learningRate, b1, b2, eps, meanStartsAtAccumulator: true);

        /// <summary><c>optax.adabelief</c> with its <c>eps_root</c> equal to its <c>eps</c>, as they are by default.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="b1">The decay factor of the mean gradient.</param>
        /// <param name="b2">The decay factor of the mean squared deviation.</param>
        /// <param name="eps">The term ε, added to the corrected root and to the state.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer AdaBelief(double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-16) =>
            new AdaBelief(learningRate, b1, b2, eps);

        /// <summary><c>optax.lion</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="b1">The weight of the mean gradient in the step.</param>
        /// <param name="b2">The decay factor of the mean gradient.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Lion(double learningRate, double b1 = 0.9, double b2 = 0.99, double weightDecay = 1e-3) =>
            new Lion(learningRate, b1, b2, weightDecay);

        /// <summary><c>optax.lamb</c>, whose decay is inside the trust ratio as in the paper.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="b1">The decay factor of the mean gradient.</param>
        /// <param name="b2">The decay factor of the mean squared gradient.</param>
        /// <param name="eps">The term ε, added to the corrected root.</param>
        /// <param name="weightDecay">The decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Lamb(
            double learningRate, double b1 = 0.9, double b2 = 0.999, double eps = 1e-6, double weightDecay = 0) =>
            new LAMB(learningRate, b1, b2, eps, weightDecay);

        /// <summary>
        /// <c>optax.lars</c>, whose trust ratio has ‖g + λθ‖ as its denominator; the paper has ‖g‖ + λ‖θ‖: <see cref="LARS"/>.
        /// </summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <param name="trustCoefficient">The trust coefficient c.</param>
        /// <param name="momentum">The momentum μ, of a velocity that contains the rate.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Lars(
            double learningRate, double weightDecay = 0, double trustCoefficient = 0.001, double momentum = 0.9) =>
            Coupled(new LARS(learningRate, momentum, trustCoefficient), weightDecay);

        /// <summary><c>optax.novograd</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="b1">The share of the sum of gradients that is kept.</param>
        /// <param name="b2">The decay factor of the mean squared norm.</param>
        /// <param name="eps">The term ε, added to the root.</param>
        /// <param name="weightDecay">The decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer NovoGrad(
            double learningRate, double b1 = 0.9, double b2 = 0.25, double eps = 1e-6, double weightDecay = 0) =>
            new NovoGrad(learningRate, b1, b2, eps, weightDecay);
    }
}
