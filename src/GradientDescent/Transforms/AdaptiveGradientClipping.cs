using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Adaptive clipping: the gradient of each unit of a layer is bounded by a share of the norm of the unit's own weights.
/// </summary>
/// <remarks>
/// For each row i of a block with several rows and columns (a row holds the weights into one unit), and for each other block as a whole:
/// <code>
/// gᵢ ← gᵢ · λ max(‖θᵢ‖, ε) / ‖gᵢ‖        if ‖gᵢ‖ &gt; λ max(‖θᵢ‖, ε)
/// </code>
/// Brock, De, Smith and Simonyan, "High-Performance Large-Scale Image Recognition Without Normalization", ICML 2021, eq. (3). The bound
/// does not depend on the number of units or of layers, so one λ serves the whole network. The authors leave the last layer out; here
/// every block takes part.
/// </remarks>
/// <example><code>
/// double[] weights = [3, 4], gradient = [0, 10];   // norms 5 and 10
/// var context = new GradientContext(gradient, weights, ParameterLayout.Flat(2));
/// new AdaptiveGradientClipping(ratio: 0.1).Apply(in context);
/// Console.WriteLine(gradient[1]);   // 0.5
/// </code></example>
public sealed record AdaptiveGradientClipping : IGradientTransform
{
    private readonly double _ratio;
    private readonly double _minNorm;

    /// <summary>Creates the transform.</summary>
    /// <param name="ratio">The largest norm λ of a gradient as a share of that of the weights, finite and greater than 0.</param>
    /// <param name="minNorm">The smallest norm ε that weights count with, so that zeros can be trained; finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public AdaptiveGradientClipping(double ratio = 0.01, double minNorm = 1e-3) =>
        (_ratio, _minNorm) = (Guard.Positive(ratio), Guard.Positive(minNorm));

    /// <inheritdoc/>
    public void Apply(in GradientContext context)
    {
        foreach (ParameterBlock block in context.Layout.Blocks)
        {
            int length = block is { Rows: > 1, Columns: > 1 } ? block.Columns : block.Length;
            for (int start = block.Start; start < block.Start + block.Length; start += length)
            {
                double size = Math.Max(Reductions.Norm(context.Parameters.Slice(start, length)), _minNorm);
                GradientClipping.Shorten(context.Gradient.Slice(start, length), _ratio * size);
            }
        }
    }

    /// <summary>Returns the settings as text.</summary>
    public override string ToString() => Format.Text($"adaptive clipping, ratio {_ratio}, minNorm {_minNorm}");
}
