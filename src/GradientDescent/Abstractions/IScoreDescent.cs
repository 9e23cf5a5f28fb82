namespace GradientDescent;

/// <summary>A sum over samples whose losses may have a gradient flow in closed form.</summary>
internal interface IScoreDescent
{
    /// <summary>
    /// How far the only score of a sample falls along dp/dτ = −ℓ′(p), for the loss at weight 1; NaN if there is no closed form.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="score">The score at the start.</param>
    /// <param name="time">τ at the end, at least 0.</param>
    double Descent(int sample, double score, double time);
}
