namespace GradientDescent;

public static partial class Conventions
{
    /// <summary>
    /// The optimizers of <c>torch.optim</c> with the defaults of PyTorch 2: ε is added to the root, the velocity is a sum of gradients that
    /// the rate of the step multiplies, and decay is a part of the gradient except in <c>AdamW</c>.
    /// </summary>
    public static class PyTorch
    {
        /// <summary><c>torch.optim.SGD</c>: b ← μb + (1 − τ)g, b = g in the first step; θ ← θ − ηb, or θ ← θ − η(g + μb).</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="momentum">The momentum μ; 0: plain descent.</param>
        /// <param name="dampening">The dampening τ; it has no effect without momentum.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <param name="nesterov">Whether to use Nesterov's momentum.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        /// <exception cref="ArgumentException">Nesterov's momentum is asked for without momentum or with dampening.</exception>
        public static IOptimizer SGD(
            double learningRate = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        {
            if (nesterov && (momentum == 0 || dampening != 0))
                throw Guard.Invalid(
                    nameof(nesterov),
                    $"nesterov is True: momentum must be greater than 0 and dampening 0; they are {momentum} and {dampening}.");
            return Coupled(Descent(learningRate, momentum, dampening, nesterov, rateInVelocity: false), weightDecay);
        }

        /// <summary><c>torch.optim.Adagrad</c>; for its <c>lr_decay</c> use <see cref="InverseTimeDecay"/> in steps.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <param name="initialAccumulatorValue">The value at which the sums start.</param>
        /// <param name="eps">The term ε, added to the root.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adagrad(
            double learningRate = 1e-2, double weightDecay = 0, double initialAccumulatorValue = 0, double eps = 1e-10) =>
            Coupled(new AdaGrad(learningRate, eps, initialAccumulatorValue), weightDecay);

        /// <summary><c>torch.optim.RMSprop</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="alpha">The decay factor of the means.</param>
        /// <param name="eps">The term ε, added to the root.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <param name="momentum">The momentum μ.</param>
        /// <param name="centered">Whether the square of the mean is subtracted; here the difference is kept from falling below 0.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer RMSprop(
            double learningRate = 1e-2, double alpha = 0.99, double eps = 1e-8, double weightDecay = 0, double momentum = 0,
            bool centered = false) =>
            Coupled(new RMSProp(learningRate, alpha, eps, momentum, centered, rateInVelocity: false), weightDecay);

        /// <summary><c>torch.optim.Adadelta</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="rho">The decay factor of the means.</param>
        /// <param name="eps">The term ε, inside both roots.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adadelta(double learningRate = 1, double rho = 0.9, double eps = 1e-6, double weightDecay = 0) =>
            Coupled(new AdaDelta(learningRate, rho, eps), weightDecay);

        /// <summary><c>torch.optim.Adam</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="beta1">The first of the <c>betas</c>.</param>
        /// <param name="beta2">The second of the <c>betas</c>.</param>
        /// <param name="eps">The term ε, added to the corrected root.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <param name="amsgrad">Whether to use AMSGrad, with the maximum before the correction.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adam(
            double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0,
            bool amsgrad = false) =>
            Coupled(new Adam(learningRate, beta1, beta2, eps, amsgrad), weightDecay);

        /// <summary><c>torch.optim.AdamW</c>, whose decay is decoupled: θ ← θ(1 − ηλ) first.</summary>
        /// <param name="weightDecay">The decay λ.</param>
        /// <inheritdoc cref="Adam"/>
        /// <param name="learningRate"/>
        /// <param name="beta1"/>
        /// <param name="beta2"/>
        /// <param name="eps"/>
        /// <param name="amsgrad"/>
        public static IOptimizer AdamW(
            double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 1e-2,
            bool amsgrad = false) =>
            new AdamW(learningRate, beta1, beta2, eps, weightDecay, amsgrad);

        /// <summary><c>torch.optim.Adamax</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="beta1">The first of the <c>betas</c>.</param>
        /// <param name="beta2">The second of the <c>betas</c>.</param>
        /// <param name="eps">The term ε, added to the newest gradient.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Adamax(
            double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0) =>
            Coupled(new AdaMax(learningRate, beta1, beta2, eps), weightDecay);

        /// <summary><c>torch.optim.NAdam</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="beta1">The first of the <c>betas</c>.</param>
        /// <param name="beta2">The second of the <c>betas</c>.</param>
        /// <param name="eps">The term ε, added to the corrected root.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ, or θ ← θ(1 − ηλ) first.</param>
        /// <param name="momentumDecay">The exponent ψ of the momentum schedule.</param>
        /// <param name="decoupledWeightDecay">Whether the decay is decoupled.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer NAdam(
            double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0,
            double momentumDecay = 4e-3, bool decoupledWeightDecay = false) =>
            Decayed(new NAdam(learningRate, beta1, beta2, eps, momentumDecay), weightDecay, coupled: !decoupledWeightDecay);

        /// <summary><c>torch.optim.RAdam</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>.</param>
        /// <param name="beta1">The first of the <c>betas</c>.</param>
        /// <param name="beta2">The second of the <c>betas</c>.</param>
        /// <param name="eps">The term ε, added to the root before its correction.</param>
        /// <param name="weightDecay">The decay λ: g ← g + λθ, or θ ← θ(1 − ηλ) first.</param>
        /// <param name="decoupledWeightDecay">Whether the decay is decoupled.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer RAdam(
            double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0,
            bool decoupledWeightDecay = false) =>
            Decayed(new RAdam(learningRate, beta1, beta2, eps), weightDecay, coupled: !decoupledWeightDecay);

        /// <summary><c>torch.optim.Rprop</c>.</summary>
        /// <param name="learningRate">PyTorch's <c>lr</c>, the first step of each coordinate.</param>
        /// <param name="etaMinus">The first of the <c>etas</c>.</param>
        /// <param name="etaPlus">The second of the <c>etas</c>.</param>
        /// <param name="minStep">The first of the <c>step_sizes</c>.</param>
        /// <param name="maxStep">The second of the <c>step_sizes</c>.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
        public static IOptimizer Rprop(
            double learningRate = 1e-2, double etaMinus = 0.5, double etaPlus = 1.2, double minStep = 1e-6, double maxStep = 50) =>
            new Rprop(learningRate, etaMinus, etaPlus, minStep, maxStep);
    }
}
