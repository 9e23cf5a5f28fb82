using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace GradientDescent;

/// <summary>
/// A MathNet.Numerics minimizer that runs any optimizer of this library. The end of a run does not throw, also not at a limit or after a
/// divergence: the exit condition gives the reason.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term><see cref="StopReason.Converged"/></term><description><see cref="ExitCondition.AbsoluteGradient"/>, or
/// <see cref="ExitCondition.RelativeGradient"/> if only <see cref="TrainingOptions.RelativeGradientTolerance"/> was
/// met</description></item>
/// <item><term>ParametersSettled</term><description><see cref="ExitCondition.RelativePoints"/></description></item>
/// <item><term>LossSettled, NoImprovement</term><description><see cref="ExitCondition.LackOfProgress"/></description></item>
/// <item><term>MaxSteps, MaxEpochs, MaxSamples</term><description><see cref="ExitCondition.ExceedIterations"/></description></item>
/// <item><term>TargetReached, MaxTime, Cancelled</term><description><see cref="ExitCondition.ManuallyStopped"/></description></item>
/// <item><term>Diverged</term><description><see cref="ExitCondition.InvalidValues"/></description></item>
/// </list>
/// </remarks>
/// <example><code>
/// using MathNet.Numerics.LinearAlgebra;
/// using MathNet.Numerics.Optimization;
///
/// IUnconstrainedMinimizer minimizer = new MathNetMinimizer(new Momentum(0.1));
/// IObjectiveFunction bowl = ObjectiveFunction.Gradient(p =&gt; p * p, p =&gt; 2 * p);
/// MinimizationResult result = minimizer.FindMinimum(bowl, Vector&lt;double&gt;.Build.Dense([3, 1]));
/// Console.WriteLine(result.ReasonForExit);   // AbsoluteGradient
/// </code></example>
public sealed class MathNetMinimizer : IUnconstrainedMinimizer
{
    private readonly Trainer _trainer;
    private readonly TrainingOptions? _options;
    private readonly CancellationToken _cancellation;

    /// <summary>Creates a minimizer that runs an optimizer.</summary>
    /// <param name="optimizer">The optimizer to run. Its state is neither used nor changed.</param>
    /// <param name="options">
    /// The settings of the run; <see langword="null"/>: the defaults, at most 10,000 steps, a gradient norm of 1e-6.
    /// </param>
    /// <param name="cancellationToken">A token that ends a run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">The optimizer and the options are not compatible.</exception>
    public MathNetMinimizer(IOptimizer optimizer, TrainingOptions? options = null, CancellationToken cancellationToken = default)
    {
        _trainer = new Trainer(optimizer, options);
        (_options, _cancellation) = (options, cancellationToken);
    }

    /// <summary>Returns the optimizer and its options.</summary>
    public override string ToString() => $"{nameof(MathNetMinimizer)} of {_trainer}";

    /// <summary>Searches for a minimum of a function.</summary>
    /// <param name="objective">The function to minimize; if it has no gradient, five-point differences are used. Its exceptions
    /// reach the caller.</param>
    /// <param name="initialGuess">The point to start at: dense, at least one number, all finite; not changed.</param>
    /// <returns>The best point found, and the reason for which the run ended.</returns>
    /// <exception cref="ArgumentException">The initial guess is empty, not dense or not finite.</exception>
    public MinimizationResult FindMinimum(IObjectiveFunction objective, Vector<double> initialGuess)
    {
        ArgumentNullException.ThrowIfNull(objective);
        double[] start = DenseNumbers.Of(initialGuess);
        Guard.AtLeast(start.Length, 1, "initialGuess.Count");
        Guard.Finite(start, nameof(initialGuess));
        TrainingResult result = _trainer.Minimize(objective.ToObjective(), start, _cancellation);
        IObjectiveFunction found = objective.CreateNew();
        found.EvaluateAt(Vector<double>.Build.DenseOfEnumerable(result.Parameters));
        return new MinimizationResult(found, (int)Math.Min(result.Steps, int.MaxValue), ExitConditionOf(result.Stop));
    }

    private ExitCondition ExitConditionOf(StopDetails stop) => stop.Reason switch
    {
        StopReason.Converged => _options?.RelativeGradientTolerance is null || stop.Measured <= _options.GradientTolerance
            ? ExitCondition.AbsoluteGradient
            : ExitCondition.RelativeGradient,
        StopReason.ParametersSettled => ExitCondition.RelativePoints,
        StopReason.LossSettled or StopReason.NoImprovement => ExitCondition.LackOfProgress,
        StopReason.MaxSteps or StopReason.MaxEpochs or StopReason.MaxSamples => ExitCondition.ExceedIterations,
        StopReason.TargetReached or StopReason.MaxTime or StopReason.Cancelled => ExitCondition.ManuallyStopped,
        StopReason.Diverged => ExitCondition.InvalidValues,
        _ => ExitCondition.None,
    };
}
