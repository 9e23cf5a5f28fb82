using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>From probabilities to predicted classes.</summary>
internal static class Decisions
{
    /// <summary>Returns class 1 of two where its probability reaches the threshold; of more classes, the one with the largest.</summary>
    public static int[] Of(JudgedSamples samples, double threshold)
    {
        int k = samples.ClassCount;
        int[] predicted = new int[samples.SampleCount];
        for (int i = 0; i < predicted.Length; i++)
        {
            predicted[i] = k > 2 ? Reductions.IndexOfMax(samples.Probabilities.AsSpan(i * k, k))
                : samples.Probability(i, 1) >= threshold ? 1 : 0;
        }

        return predicted;
    }
}
