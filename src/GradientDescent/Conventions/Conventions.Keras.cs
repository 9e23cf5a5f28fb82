namespace GradientDescent;

public static partial class Conventions
{
    /// <summary>
    /// The optimizers of <c>keras.optimizers</c> with the defaults of Keras 3: ε is 1e-7 and is added inside the root, or to the root
    /// before its correction; the velocity contains the rate; and decay is decoupled in all of them: θ ← θ(1 − ηλ) before the step.
    /// </summary>
    public static class Keras
    {
        /// <summary><c>keras.optimizers.SGD</c>: v ← μv − ηg; θ ← θ + v, or θ ← θ + μv − ηg.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="momentum">The momentum μ; 0: plain descent, also with <paramref name="nesterov"/>.</param>
        /// <param name="nesterov">Whether to use Nesterov's momentum.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer SGD(double learningRate = 0.01, double momentum = 0, bool nesterov = false, double weightDecay = 0) =>
            Decoupled(Descent(learningRate, momentum, dampening: 0, nesterov, rateInVelocity: true), weightDecay);

        /// <summary><c>keras.optimizers.RMSprop</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="rho">The decay factor of the means.</param>
        /// <param name="momentum">The momentum μ.</param>
        /// <param name="epsilon">The term ε, inside the root.</param>
        /// <param name="centered">Whether the square of the mean is subtracted; here the difference is kept from falling below 0.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer RMSprop(
            double learningRate = 0.001, double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false,
            double weightDecay = 0) =>
            Decoupled(new RMSProp(learningRate, rho, epsilon, momentum, centered, epsilonInRoot: true), weightDecay);

        /// <summary><c>keras.optimizers.Adam</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="beta1">Keras's <c>beta_1</c>.</param>
        /// <param name="beta2">Keras's <c>beta_2</c>.</param>
        /// <param name="epsilon">The term ε̂, added to the root before its correction.</param>
        /// <param name="amsgrad">Whether to use AMSGrad, with the maximum before the correction.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adam(
            double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false,
            double weightDecay = 0) =>
            Decoupled(new Adam(learningRate, beta1, beta2, epsilon, amsgrad, epsilonHat: true), weightDecay);

        /// <summary><c>keras.optimizers.AdamW</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <param name="beta1">Keras's <c>beta_1</c>.</param>
        /// <param name="beta2">Keras's <c>beta_2</c>.</param>
        /// <param name="epsilon">The term ε̂, added to the root before its correction.</param>
        /// <param name="amsgrad">Whether to use AMSGrad, with the maximum before the correction.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer AdamW(
            double learningRate = 0.001, double weightDecay = 0.004, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7,
            bool amsgrad = false) =>
            new AdamW(learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, epsilonHat: true);

        /// <summary><c>keras.optimizers.Adagrad</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="initialAccumulatorValue">The value at which the sums start.</param>
        /// <param name="epsilon">The term ε, inside the root.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adagrad(
            double learningRate = 0.001, double initialAccumulatorValue = 0.1, double epsilon = 1e-7, double weightDecay = 0) =>
            Decoupled(new AdaGrad(learningRate, epsilon, initialAccumulatorValue, epsilonInRoot: true), weightDecay);

        /// <summary><c>keras.optimizers.Adadelta</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="rho">The decay factor of the means.</param>
        /// <param name="epsilon">The term ε, inside both roots.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adadelta(
            double learningRate = 0.001, double rho = 0.95, double epsilon = 1e-7, double weightDecay = 0) =>
            Decoupled(new AdaDelta(learningRate, rho, epsilon), weightDecay);

        /// <summary><c>keras.optimizers.Adamax</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="beta1">Keras's <c>beta_1</c>.</param>
        /// <param name="beta2">Keras's <c>beta_2</c>.</param>
        /// <param name="epsilon">The term ε, added to the maximum.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adamax(
            double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double weightDecay = 0) =>
            Decoupled(new AdaMax(learningRate, beta1, beta2, epsilon, epsilonInMaximum: false), weightDecay);

        /// <summary><c>keras.optimizers.Nadam</c>, whose momentum schedule has the exponent t.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="beta1">Keras's <c>beta_1</c>.</param>
        /// <param name="beta2">Keras's <c>beta_2</c>.</param>
        /// <param name="epsilon">The term ε, added to the corrected root.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Nadam(
            double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double weightDecay = 0) =>
            Decoupled(new NAdam(learningRate, beta1, beta2, epsilon, momentumDecay: 1), weightDecay);

        /// <summary><c>keras.optimizers.Lion</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="beta1">Keras's <c>beta_1</c>.</param>
        /// <param name="beta2">Keras's <c>beta_2</c>.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Lion(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0) =>
            new Lion(learningRate, beta1, beta2, weightDecay);

        /// <summary>
        /// <c>keras.optimizers.Lamb</c>. Its decay is that of all Keras's optimizers, before the step; the paper has it inside the trust
        /// ratio: <see cref="LAMB"/>.
        /// </summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="beta1">Keras's <c>beta_1</c>.</param>
        /// <param name="beta2">Keras's <c>beta_2</c>.</param>
        /// <param name="epsilon">The term ε, added to the corrected root.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Lamb(
            double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double weightDecay = 0) =>
            Decoupled(new LAMB(learningRate, beta1, beta2, epsilon), weightDecay);

        /// <summary><c>keras.optimizers.Adafactor</c>.</summary>
        /// <param name="learningRate">The rate η.</param>
        /// <param name="beta2Decay">Keras's <c>beta_2_decay</c>, the exponent of the decay factor.</param>
        /// <param name="epsilon1">Keras's <c>epsilon_1</c>, added to the squared gradient.</param>
        /// <param name="epsilon2">Keras's <c>epsilon_2</c>, the lower limit of the parameters' size.</param>
        /// <param name="clipThreshold">The largest root mean square of a step.</param>
        /// <param name="relativeStep">Whether the rate of step t is limited to 1/√t; Keras limits it always.</param>
        /// <param name="weightDecay">The decoupled decay λ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adafactor(
            double learningRate = 0.001, double beta2Decay = -0.8, double epsilon1 = 1e-30, double epsilon2 = 1e-3,
            double clipThreshold = 1, bool relativeStep = true, double weightDecay = 0) =>
            Decoupled(
                new Adafactor(learningRate, beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep: relativeStep), weightDecay);
    }
}
