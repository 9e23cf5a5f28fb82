namespace GradientDescent;

/// <summary>A change of the gradient between its computation and the optimizer, such as clipping.</summary>
/// <remarks>
/// A run applies its <see cref="TrainingOptions.GradientTransforms"/> to the gradient of each step, in their order: to the mean over the
/// batch, or over all parts of an accumulated batch, with the smooth part of the penalty. Tests of convergence use the gradient before
/// them. A transform must have no state: its result may depend only on the context, so that a batch that is evaluated twice has the same
/// gradient and a continued run has the same bits. It does not have to care about frozen blocks: their gradient is 0 before and after it.
/// </remarks>
/// <example><code>
/// class SignsOnly : IGradientTransform
/// {
///     public void Apply(in GradientContext context)
///     {
///         foreach (ref double entry in context.Gradient) entry = Math.Sign(entry);
///     }
/// }
/// </code></example>
public interface IGradientTransform
{
    /// <summary>Changes the gradient in place.</summary>
    /// <param name="context">The gradient, and what it belongs to.</param>
    void Apply(in GradientContext context);
}
