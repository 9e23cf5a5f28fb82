namespace GradientDescent.Benchmarks.Compare;

/// <summary>The mean loss of a linear model of any library on all rows.</summary>
internal static class Losses
{
    public static double Squared(double[] features, double[] targets, double[] weights, double intercept) =>
        Mean(features, targets, weights, intercept, (score, target) => (score - target) * (score - target));

    /// <summary>The cross-entropy of targets that are 0 or 1.</summary>
    public static double Logistic(double[] features, double[] targets, double[] weights, double intercept) =>
        Mean(features, targets, weights, intercept, (score, target) => Math.Log(1 + Math.Exp(target == 1 ? -score : score)));

    private static double Mean(
        double[] features, double[] targets, double[] weights, double intercept, Func<double, double, double> loss)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double score = intercept;
            for (int j = 0; j < weights.Length; j++)
                score += weights[j] * features[i * weights.Length + j];
            sum += loss(score, targets[i]);
        }

        return sum / targets.Length;
    }
}
