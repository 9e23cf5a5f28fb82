using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The parts of a parameter vector that <see cref="WeightDecay"/> shortens, and the decay λ.</summary>
/// <param name="weightDecay">The decay λ.</param>
/// <param name="length">The number of all parameters.</param>
/// <param name="blocks">The parts.</param>
internal sealed class DecayedBlocks(double weightDecay, int length, (int Start, int Length)[] blocks)
{
    /// <summary>The number of all parameters.</summary>
    public int Length => length;

    /// <summary>θ ← (1 − ηλ) θ.</summary>
    public void Shrink(Span<double> parameters, double learningRate)
    {
        foreach ((int start, int count) in blocks)
            Reductions.Multiply(parameters.Slice(start, count), 1 - learningRate * weightDecay);
    }

    /// <summary>Adds λθ to a gradient.</summary>
    public void AddGradient(ReadOnlySpan<double> at, Span<double> gradient)
    {
        foreach ((int start, int count) in blocks)
            Reductions.AddScaled(gradient.Slice(start, count), weightDecay, at.Slice(start, count));
    }

    /// <summary>Returns (λ/2)‖θ‖².</summary>
    public double Value(ReadOnlySpan<double> at)
    {
        double sum = 0;
        foreach ((int start, int count) in blocks)
            sum += Reductions.Dot(at.Slice(start, count), at.Slice(start, count));
        return 0.5 * weightDecay * sum;
    }
}
