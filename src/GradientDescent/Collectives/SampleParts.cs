namespace GradientDescent;

/// <summary>
/// The parts into which a sum over all samples is cut: at most 64. They depend only on the number of samples, so the sum has the same bits
/// on any number of threads and ranks.
/// </summary>
/// <param name="SampleCount">The number of samples, at least 1.</param>
internal readonly record struct SampleParts(int SampleCount)
{
    public const int MaxCount = 64;

    // With shorter parts, adding the gradients would take longer than evaluating the samples.
    private const int MinLength = 64;

    /// <summary>The number of samples in a part; the last part has the rest.</summary>
    public int Length => Math.Max(MinLength, Quotient(MaxCount));

    /// <summary>The number of parts.</summary>
    public int Count => Quotient(Length);

    /// <summary>Returns the first sample of a part, or the number of samples for the end of the last part.</summary>
    public int StartOf(int part) => (int)Math.Min((long)part * Length, SampleCount);

    /// <summary>The number of samples divided by another number, rounded up.</summary>
    private int Quotient(int divisor) => (int)(((long)SampleCount + divisor - 1) / divisor);
}
