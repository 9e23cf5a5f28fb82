namespace GradientDescent;

/// <summary>
/// The samples in the order of the probability of one class, against all other classes. Samples with equal probabilities are one entry, so
/// that every curve treats ties exactly, and the order of the samples does not matter. Samples of weight 0 are left out.
/// </summary>
internal sealed class RankedScores
{
    private RankedScores(double[] thresholds, double[] positives, double[] negatives, bool isWeighted)
    {
        (Thresholds, Positives, Negatives, IsWeighted) = (thresholds, positives, negatives, isWeighted);
        for (int g = 0; g < thresholds.Length; g++)
        {
            PositiveTotal += positives[g];
            NegativeTotal += negatives[g];
        }
    }

    /// <summary>The different probabilities, the largest first.</summary>
    public double[] Thresholds { get; }

    /// <summary>The weight of the samples of the class with each probability.</summary>
    public double[] Positives { get; }

    /// <summary>The weight of the samples of other classes with each probability.</summary>
    public double[] Negatives { get; }

    public double PositiveTotal { get; }

    public double NegativeTotal { get; }

    public bool IsWeighted { get; }

    public static RankedScores Of(JudgedSamples samples, int index)
    {
        double[] keys = new double[samples.SampleCount];
        int[] order = new int[samples.SampleCount];
        for (int i = 0; i < keys.Length; i++)
            (keys[i], order[i]) = (-samples.Probability(i, index), i);
        Array.Sort(keys, order);
        double[] thresholds = new double[keys.Length], positives = new double[keys.Length], negatives = new double[keys.Length];
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            double weight = samples.Weight(order[i]);
            if (weight == 0)
                continue;
            if (count == 0 || thresholds[count - 1] != -keys[i])
                thresholds[count++] = -keys[i] + 0.0; // −0 becomes 0
            if (samples.Classes[order[i]] == index)
                positives[count - 1] += weight;
            else
                negatives[count - 1] += weight;
        }

        return new(thresholds[..count], positives[..count], negatives[..count], samples.IsWeighted);
    }
}
