namespace GradientDescent;

/// <summary>Shorter calls on <see cref="IOptimizer"/>.</summary>
public static class OptimizerExtensions
{
    /// <summary>Moves the parameters by one update at the optimizer's own <see cref="IOptimizer.LearningRate"/>.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ, as long as θ.</param>
    /// <example><code>
    /// double[] parameters = [1.0, -2.0];
    /// var optimizer = new Adam(learningRate: 0.1);
    /// optimizer.Update(parameters, [0.5, -40.0]);
    /// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.900000 -1.900000
    /// </code></example>
    public static void Update(this IOptimizer optimizer, Span<double> parameters, ReadOnlySpan<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(parameters, gradient, optimizer.LearningRate);
    }

    /// <inheritdoc cref="Update(IOptimizer, Span{double}, ReadOnlySpan{double})"/>
    public static void Update(this IOptimizer optimizer, Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(parameters, gradient, optimizer.LearningRate);
    }
}
