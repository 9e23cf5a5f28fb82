namespace GradientDescent;

/// <summary>A function of the parameters with its gradient.</summary>
/// <example><code>
/// class Bowl : IObjective
/// {
///     public double Evaluate(ReadOnlySpan&lt;double&gt; parameters, Span&lt;double&gt; gradient)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; parameters.Length; i++)
///         {
///             sum += parameters[i] * parameters[i];
///             if (!gradient.IsEmpty) gradient[i] = 2 * parameters[i];
///         }
///
///         return sum;
///     }
/// }
/// </code></example>
public interface IObjective
{
    /// <summary>Returns the value and writes the gradient.</summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="gradient">
    /// The vector for the gradient, as long as <paramref name="parameters"/>; every entry is written. Empty: only the value is computed.
    /// </param>
    double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>
    /// The blocks of the parameter vector; <see langword="null"/>: one block. Parameter groups and rules for matrices use it.
    /// </summary>
    ParameterLayout? Layout => null;

    /// <summary>
    /// The regularization or constraint that a trainer adds to the value; <see langword="null"/>: none. It uses <see cref="Layout"/>. See
    /// <see cref="Objective.WithPenalty"/>.
    /// </summary>
    IPenalty? Penalty => null;

    /// <summary>
    /// The ranks of which each evaluates this function at the same parameters, and gets the same bits; <see langword="null"/>: this process
    /// works alone. A trainer then decides on all ranks together when a run ends, and writes checkpoints on rank 0.
    /// </summary>
    ICollective? Collective => null;
}
