using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace GradientDescent;

/// <summary>Converts the objective functions of MathNet.Numerics to objectives, as in <c>function.ToObjective()</c>.</summary>
/// <example><code>
/// using MathNet.Numerics.Optimization;
///
/// IObjective bowl = ObjectiveFunction.Gradient(p =&gt; p * p, p =&gt; 2 * p).ToObjective();
/// Console.WriteLine(new Trainer(new Momentum(0.1)).Minimize(bowl, [3, 1]).Reason);   // Converged
/// </code></example>
public static class MathNetObjectives
{
    /// <summary>Creates an objective from a function of MathNet.Numerics. If the function has no gradient, the gradient is computed by
    /// five-point differences, as <c>Objective.From</c> does for a plain function.</summary>
    /// <param name="function">The function to evaluate. A copy is evaluated, so its current point does not change.</param>
    public static IObjective ToObjective(this IObjectiveFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        IObjectiveFunction own = function.CreateNew();
        return function.IsGradientSupported ? new DifferentiableObjective(own) : Objective.From(point => ValueAt(own, point));
    }

    private static double ValueAt(IObjectiveFunction function, ReadOnlySpan<double> point)
    {
        function.EvaluateAt(Vector<double>.Build.Dense(point.ToArray())); // a new vector each time, because the function may keep it
        return function.Value;
    }

    private sealed class DifferentiableObjective(IObjectiveFunction function) : IObjective
    {
        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            double value = ValueAt(function, parameters);
            if (gradient.IsEmpty)
                return value;
            Vector<double> written = function.Gradient;
            if (written.Count != gradient.Length)
            {
                throw new InvalidOperationException(
                    Format.Text($"The function's gradient has {written.Count} entries: its point has {gradient.Length}."));
            }

            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = written[i];
            return value;
        }
    }
}
