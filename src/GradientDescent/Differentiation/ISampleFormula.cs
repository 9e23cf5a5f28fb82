using System.Numerics;

namespace GradientDescent;

/// <summary>
/// The loss of one sample, written once for double, <see cref="Dual"/> and <see cref="Variable"/>; see <see cref="IFormula"/>.
/// </summary>
/// <remarks>A struct is compiled for each type of number. Several threads may call the formula at a time.</remarks>
/// <example><code>
/// using System.Numerics;
///
/// double[] time = [0, 1, 2, 3, 4], left = [100, 61, 37, 22, 13.5];
/// IStochasticObjective error = Objective.Differentiable(Dataset.From(time, left), parameterCount: 2, new Decay());
/// TrainingResult result = new Trainer(new Adam(0.1), new() { MaxSteps = 20_000, Batching = Batching.Full }).Minimize(error, [90, 0.4]);
/// Console.WriteLine($"{result.Parameters[0]:F1} {result.Parameters[1]:F2}");   // 100.1 0.50
///
/// readonly struct Decay : ISampleFormula
/// {
///     public T Evaluate&lt;T&gt;(ReadOnlySpan&lt;T&gt; p, ReadOnlySpan&lt;double&gt; x, double y) where T : unmanaged, IFloatingPointIeee754&lt;T&gt;
///     {
///         T error = p[0] * T.Exp(-p[1] * T.CreateChecked(x[0])) - T.CreateChecked(y);
///         return error * error;
///     }
/// }
/// </code></example>
public interface ISampleFormula
{
    /// <summary>Evaluates the loss of one sample.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
    /// <param name="features">The features of the sample.</param>
    /// <param name="target">The target of the sample.</param>
    T Evaluate<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> features, double target) where T : unmanaged, IFloatingPointIeee754<T>;
}
