using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Stochastic variance reduced gradient: steps on batches whose error falls to 0 at the optimum, so a constant rate converges there.
/// </summary>
/// <remarks>
/// <code>
/// θ̃ ← θ, μ ← ∇f(θ̃)                            once in snapshotEvery epochs, over all samples
/// θ ← prox_ηh(θ − η(s(∇f_B(θ) − ∇f_B(θ̃)) + μ))  s: the mean weight of the batch over that of all samples
/// </code>
/// f has the smooth part of the penalty, h is the nonsmooth part. Johnson and Zhang, "Accelerating Stochastic Gradient Descent using
/// Predictive Variance Reduction", 2013, Figure 1, with θ̃ the last of the inner steps (option I); the proximal step: Xiao and Zhang, "A
/// Proximal Stochastic Gradient Method with Progressive Variance Reduction", 2014. Without weights s is 1; with weights it makes the
/// expected step that of all samples (it multiplies the gradient of the loss only, not that of the penalty).
/// <para>
/// With <c>barzilaiBorwein</c>, from the second snapshot on η = ‖Δθ̃‖²/(m Δθ̃ᵀΔμ) times the schedule's factor, where m is the number of
/// steps between the two snapshots; Tan, Ma, Dai and Qian, "Barzilai-Borwein Step Size for Stochastic Gradient Descent", 2016, Algorithm
/// 1. Its steps are short enough only if m is larger than the condition number. η stays as it is where the curvature is not positive, and
/// where ‖Δθ̃‖ is below 10⁻¹⁰‖θ̃‖, because rounding then decides.
/// </para>
/// <para>
/// A step evaluates the batch twice. With clipping both gradients of the batch are clipped, each before the difference, and μ is not;
/// the optimum stays the point where the steps end. As a rule of <see cref="ParameterGroups"/> the batch's gradient at θ̃ has the other
/// groups' parameters of the step, μ those of the snapshot; the two agree again where the run converges. State: θ̃ and μ.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 30 };
/// TrainingResult result = new Trainer(new SVRG(0.05), options).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);   // MaxEpochs
/// </code></example>
public sealed class SVRG : SampleOptimizer
{
    private readonly int _snapshotEvery;
    private readonly bool _barzilaiBorwein;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">
    /// The rate η, finite and greater than 0; in units of parameter² per loss. With <paramref name="barzilaiBorwein"/>, that of the steps
    /// up to the second snapshot.
    /// </param>
    /// <param name="batchSize">The number of samples per step, at least 1.</param>
    /// <param name="snapshotEvery">The number of epochs between two snapshots, at least 1.</param>
    /// <param name="barzilaiBorwein">Whether each snapshot computes the rate from the last two.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its interval.</exception>
    public SVRG(double learningRate = 0.01, int batchSize = 32, int snapshotEvery = 2, bool barzilaiBorwein = false)
        : base(learningRate, batchSize)
    {
        _snapshotEvery = Guard.AtLeast(snapshotEvery, 1);
        _barzilaiBorwein = barzilaiBorwein;
    }

    private protected override FormattableString? Settings =>
        $"snapshotEvery {_snapshotEvery}{(_barzilaiBorwein ? ", barzilaiBorwein" : "")}";

    private protected override SampleRule CreateRule(int length, int tableLength) => new Rule(length, _snapshotEvery, _barzilaiBorwein);

    private sealed class Rule : SampleRule
    {
        private const double SmallestChange = 1e-10; // relative; the change of the gradient then still has a few digits

        private readonly int _snapshotEvery;
        private readonly bool _barzilaiBorwein;
        private readonly double[] _snapshot;
        private readonly double[] _mean;
        private readonly StrongBox<double> _epoch;
        private readonly StrongBox<double> _steps;
        private readonly StrongBox<double> _rate;
        private readonly double[] _gradient;
        private readonly double[] _penalties;

        public Rule(int length, int snapshotEvery, bool barzilaiBorwein)
            : base(length, tableLength: 0)
        {
            (_snapshotEvery, _barzilaiBorwein) = (snapshotEvery, barzilaiBorwein);
            (_snapshot, _mean) = (State.Vector("snapshot", length), State.Vector("meanGradient", length));
            (_epoch, _steps, _rate) = (State.Scalar("snapshotEpoch"), State.Scalar("stepsSince"), State.Scalar("rate"));
            (_gradient, _penalties) = (new double[length], new double[length]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Step(ref UpdateContext context, bool isFirst)
        {
            TrainingClock clock = context.Clock;
            double epoch = clock.StepsPerEpoch == 0 ? clock.Step : clock.Epoch; // in a user's own loop only the step is known
            Span<double> parameters = context.Parameters;
            bool isAtSnapshot = isFirst || !(epoch >= _epoch.Value && epoch < _epoch.Value + _snapshotEvery);
            if (isAtSnapshot)
                TakeSnapshot(in context, epoch, isFirst);
            double rate = _rate.Value > 0 ? _rate.Value * context.RateFactor : context.LearningRate;
            if (isAtSnapshot)
                Reductions.AddScaled<double>(parameters, -rate, _mean); // both gradients of the batch are the same
            else
                Move(in context, parameters, rate);
            if (rate > 0)
                context.ProximalStep(parameters, rate);
            _steps.Value++;
        }

        public override void Check()
        {
            State.RequireCount("snapshotEpoch");
            State.RequireCount("stepsSince");
            State.RequireNotNegative("rate");
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Move(in UpdateContext context, Span<double> parameters, double rate)
        {
            context.Evaluate(_snapshot, _gradient, transformed: true);
            ReadOnlySpan<double> gradient = context.Gradient;
            double share = context.BatchShare(parameters);
            if (share == 1)
            {
                for (int j = 0; j < parameters.Length; j++)
                    parameters[j] -= rate * (gradient[j] - _gradient[j] + _mean[j]);
                return;
            }

            // The share belongs to the loss: the rest of the penalty's part is added again.
            for (int j = 0; j < _gradient.Length; j++)
                _gradient[j] = share * (gradient[j] - _gradient[j]) + _mean[j];
            AddPenalty(in context, parameters, 1 - share);
            AddPenalty(in context, _snapshot, share - 1);
            Reductions.AddScaled<double>(parameters, -rate, _gradient);
        }

        private void AddPenalty(in UpdateContext context, ReadOnlySpan<double> at, double factor)
        {
            _penalties.AsSpan().Clear();
            context.AddPenaltyGradient(at, _penalties);
            Reductions.AddScaled<double>(_gradient, factor, _penalties);
        }

        private void TakeSnapshot(in UpdateContext context, double epoch, bool isFirst)
        {
            context.EvaluateAll(context.Parameters, _gradient);
            if (_barzilaiBorwein && !isFirst)
                FindRate(context.Parameters);
            context.Parameters.CopyTo(_snapshot);
            _gradient.CopyTo(_mean, 0);
            (_epoch.Value, _steps.Value) = (epoch, 0);
        }

        private void FindRate(ReadOnlySpan<double> parameters)
        {
            double square = 0, curvature = 0, size = 0;
            for (int j = 0; j < parameters.Length; j++)
            {
                double change = parameters[j] - _snapshot[j];
                square += change * change;
                curvature += change * (_gradient[j] - _mean[j]);
                size += parameters[j] * parameters[j];
            }

            double rate = square / (_steps.Value * curvature);
            if (rate > 0 && double.IsFinite(rate) && square > SmallestChange * SmallestChange * size)
                _rate.Value = rate;
        }
    }
}
