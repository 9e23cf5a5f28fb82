namespace GradientDescent;

/// <summary>
/// 1/(1 + k·t/s): the sum of the rates is infinite and the sum of their squares finite, so stochastic gradient descent converges to a
/// point.
/// </summary>
/// <remarks>
/// Robbins and Monro, "A Stochastic Approximation Method", 1951. Keras' <c>InverseTimeDecay</c>; with s of one step the <c>lr_decay</c> of
/// PyTorch's Adagrad. With a staircase ⌊t/s⌋ replaces t/s.
/// </remarks>
/// <example><code>
/// var schedule = new InverseTimeDecay(Horizon.Steps(100), decay: 1);
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 300 }));   // 0.25
/// </code></example>
public sealed record InverseTimeDecay : ISchedule
{
    private readonly Horizon _every;
    private readonly double _decay;
    private readonly bool _staircase;

    /// <summary>Creates the schedule.</summary>
    /// <param name="every">The length s in which t is counted.</param>
    /// <param name="decay">The decay k, finite and greater than 0; at k = 1 the factor is ½ after s.</param>
    /// <param name="staircase">Whether the factor falls at each multiple of s only.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public InverseTimeDecay(Horizon every, double decay = 1, bool staircase = false) =>
        (_every, _decay, _staircase) = (every.Required(), Guard.Positive(decay), staircase);

    /// <summary>
    /// The rate 1/(α(t₀ + t)) that is optimal for a loss of curvature α, such as one with the penalty (α/2)‖w‖²: as a factor on the base
    /// rate η₀ = 1/(αt₀) it is 1/(1 + αη₀t), with t in steps.
    /// </summary>
    /// <remarks>
    /// Bottou, "Stochastic Gradient Descent Tricks", 2012, section 5.2. scikit-learn's <c>learning_rate='optimal'</c>, whose base rate is
    /// α^(−¼).
    /// </remarks>
    /// <param name="curvature">The curvature α, finite and greater than 0.</param>
    /// <param name="baseRate">The learning rate η₀ of the optimizer, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public static InverseTimeDecay Optimal(double curvature, double baseRate) =>
        new(Horizon.Steps(1), Guard.Positive(curvature) * Guard.Positive(baseRate));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) =>
        1 / (1 + _decay * (_staircase ? Math.Floor(_every.Passed(clock)) : clock.Step / _every.InSteps(clock)));

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"InverseTimeDecay({_every}, {_decay}{(_staircase ? ", staircase" : "")})");
}
