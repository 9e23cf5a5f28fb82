using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Mean log loss and Brier score of probabilities.</summary>
internal static class ProbabilityScores
{
    public static double LogLoss(JudgedSamples samples)
    {
        DoubleDouble sum = 0.0;
        for (int i = 0; i < samples.SampleCount; i++)
        {
            double weight = samples.Weight(i), probability = samples.Probability(i, samples.Classes[i]);
            if (weight == 0)
                continue;
            if (probability == 0)
                return double.PositiveInfinity;
            sum += weight * -Elementary.Log(probability);
        }

        return sum.High / samples.TotalWeight;
    }

    public static double Brier(JudgedSamples samples)
    {
        int k = samples.ClassCount;
        DoubleDouble sum = 0.0;
        for (int i = 0; i < samples.SampleCount; i++)
        {
            double ofSample = 0;
            for (int j = k == 2 ? 1 : 0; j < k; j++)
            {
                double error = samples.Probability(i, j) - (samples.Classes[i] == j ? 1 : 0);
                ofSample += error * error;
            }

            sum += samples.Weight(i) * ofSample;
        }

        return sum.High / samples.TotalWeight;
    }
}
