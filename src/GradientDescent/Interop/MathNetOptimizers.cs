using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent;

/// <summary>Makes steps of an optimizer on dense MathNet.Numerics vectors, in place and without copying.</summary>
/// <example><code>
/// using MathNet.Numerics.LinearAlgebra;
///
/// Vector&lt;double&gt; parameters = Vector&lt;double&gt;.Build.Dense([1, -2]), gradient = Vector&lt;double&gt;.Build.Dense([0.5, -4]);
/// new SGD(learningRate: 0.1).Update(parameters, gradient);
/// Console.WriteLine($"{parameters[0]:F2} {parameters[1]:F2}");   // 0.95 -1.60
/// </code></example>
public static class MathNetOptimizers
{
    /// <summary>Makes one step at the optimizer's <see cref="IOptimizer.LearningRate"/>.</summary>
    /// <inheritdoc cref="Update(IOptimizer, Vector{double}, Vector{double}, double)"/>
    public static void Update(this IOptimizer optimizer, Vector<double> parameters, Vector<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(parameters, gradient, optimizer.LearningRate);
    }

    /// <summary>Makes one step.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">The vector θ, dense; changed in place.</param>
    /// <param name="gradient">The gradient at θ, dense and as long as θ.</param>
    /// <param name="learningRate">The rate of this step, finite and at least 0.</param>
    /// <exception cref="ArgumentException">A vector is not dense, or the lengths differ; nothing is changed.</exception>
    public static void Update(this IOptimizer optimizer, Vector<double> parameters, Vector<double> gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(DenseNumbers.Of(parameters).AsSpan(), DenseNumbers.Of(gradient), learningRate);
    }

    /// <summary>Makes one step at the optimizer's <see cref="IOptimizer.LearningRate"/>.</summary>
    /// <inheritdoc cref="Update(Optimizer, Vector{float}, Vector{float}, double)"/>
    public static void Update(this Optimizer optimizer, Vector<float> parameters, Vector<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(parameters, gradient, optimizer.LearningRate);
    }

    /// <inheritdoc cref="Update(IOptimizer, Vector{double}, Vector{double}, double)"/>
    /// <exception cref="NotSupportedException">The optimizer has no single-precision version.</exception>
    public static void Update(this Optimizer optimizer, Vector<float> parameters, Vector<float> gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Update(DenseNumbers.Of(parameters).AsSpan(), DenseNumbers.Of(gradient), learningRate);
    }
}
