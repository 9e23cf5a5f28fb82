namespace GradientDescent;

/// <summary>
/// Overloads of <see cref="IOptimizer.Update(Span{double}, ReadOnlySpan{double}, double)"/> that use the optimizer's rate.
/// </summary>
public static class OptimizerExtensions
{
    /// <summary>Moves the parameters by one step at the optimizer's <see cref="IOptimizer.LearningRate"/>.</summary>
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
    public static void Update(this Optimizer optimizer, Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(parameters, gradient, optimizer.LearningRate);
    }

    /// <summary>Moves named arrays of parameters by one step at the optimizer's <see cref="IOptimizer.LearningRate"/>.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">The gradients, with the same layout as the parameters.</param>
    /// <exception cref="ArgumentException">The two have different layouts.</exception>
    public static void Update(this IOptimizer optimizer, ParameterSet parameters, ParameterSet gradients)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradients);
        if (!parameters.Layout.Blocks.SequenceEqual(gradients.Layout.Blocks))
            throw Guard.Invalid(nameof(gradients), $"gradients has the blocks {gradients.Layout}: parameters has {parameters.Layout}.");
        optimizer.Update(parameters.Values, gradients.Values, optimizer.LearningRate);
    }
}
