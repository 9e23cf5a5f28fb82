namespace GradientDescent;

/// <summary>Minimizes objectives without a learning rate.</summary>
public static class ObjectiveExtensions
{
    /// <summary>Minimizes an objective with <see cref="LBFGS"/>.</summary>
    /// <remarks>
    /// The run converges where the norm of the gradient is at most 1e-8, unless <see cref="TrainingOptions.GradientTolerance"/> says
    /// otherwise.
    /// </remarks>
    /// <param name="objective">The objective to minimize.</param>
    /// <param name="start">The initial parameters: at least one number, all finite. They are not changed.</param>
    /// <param name="options">The options of the run; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">The token that ends the run after the current step; the best result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// The start is empty, has a wrong length or is not finite, or an option is set that needs a learning rate.
    /// </exception>
    /// <example><code>
    /// IObjective valley = Objective.From(p =&gt; Math.Pow(1 - p[0], 2) + 100 * Math.Pow(p[1] - p[0] * p[0], 2));
    /// TrainingResult result = valley.Minimize([-1.2, 1]);
    /// Console.WriteLine($"{result.Reason} at {result.Parameters[0]:F6} {result.Parameters[1]:F6}");   // Converged at 1.000000 1.000000
    /// </code></example>
    public static TrainingResult Minimize(
        this IObjective objective,
        ReadOnlySpan<double> start,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default) => new Trainer(options).Minimize(objective, start, cancellationToken);
}
