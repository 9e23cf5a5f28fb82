namespace GradientDescent;

/// <summary>
/// Whether hyperplanes separate classes. Cross-entropy has no minimum then: along the hyperplane's normal it falls for ever. What is found here is proven by the hyperplane at hand; where only a
/// combination of several features separates, with samples on the hyperplane itself, nothing is found.
/// </summary>
internal static class Separation
{
    private const double Margin = 1e-6; // log-odds below this may be what rounding left of zero

    private static readonly double _lossOfATie = Kernels.Elementary.Log(2);

    /// <summary>
    /// A mean loss below which the classes are separated: a sample that is not on its class's side has probability ½ or less, so a loss of ln 2 or more, and one such sample alone
    /// makes the mean larger than this.
    /// </summary>
    public static double LossThatProvesIt(Dataset data)
    {
        double total = 0, least = double.PositiveInfinity;
        for (int i = 0; i < data.SampleCount; i++)
        {
            double weight = data.Weight(i);
            total += weight;
            if (weight > 0)
                least = Math.Min(least, weight);
        }

        return 0.5 * _lossOfATie * (least / total);
    }

    /// <summary>What is separated from what, in words; <see langword="null"/> if nothing is known to be.</summary>
    /// <param name="model">A fitted classifier.</param>
    /// <param name="data">What it was fitted to.</param>
    /// <param name="nameOf">What a class is called.</param>
    public static string? Describe(LinearModel model, Dataset data, Func<int, string> nameOf)
    {
        int outputs = model.OutputCount, classes = Math.Max(2, outputs);
        double[] scores = new double[data.SampleCount * outputs];
        ModelEvaluation.Score(model, model.Parameters.AsSpan(), data, scores);
        bool areAllSeparated = true;
        bool[] isSeparated = new bool[classes];
        Array.Fill(isSeparated, true);
        for (int i = 0; i < data.SampleCount; i++)
        {
            if (data.Weight(i) == 0)
                continue;
            int own = (int)data.Targets(i)[0];
            double score = scores[i * outputs];
            ReadOnlySpan<double> ofClasses = outputs == 1 ? [-score, score] : scores.AsSpan(i * outputs, outputs);
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                areAllSeparated &= k == own || ofClasses[own] - ofClasses[k] > Margin;
                sum += ofClasses[k];
            }

            for (int k = 0; k < classes; k++)
            {
                double beyondTheOthers = ofClasses[k] - (sum - ofClasses[k]) / (classes - 1);
                isSeparated[k] &= (k == own ? beyondTheOthers : -beyondTheOthers) > Margin;
            }
        }

        if (areAllSeparated)
            return "hyperplanes separate all classes";
        int found = Array.IndexOf(isSeparated, true);
        return found >= 0 ? $"a hyperplane separates class {nameOf(found)} from the others" : BySingleFeature(data, classes, nameOf);
    }

    /// <summary>A feature that is nowhere in a class below (or above) its values elsewhere; such as an indicator that is 1 in one class only.</summary>
    private static string? BySingleFeature(Dataset data, int classes, Func<int, string> nameOf)
    {
        int d = data.FeatureCount;
        double[] low = new double[classes * d], high = new double[classes * d];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        Dataset.RowReader featuresOf = data.FeatureReader();
        for (int i = 0; i < data.SampleCount; i++)
        {
            if (data.Weight(i) == 0)
                continue;
            int start = (int)data.Targets(i)[0] * d;
            ReadOnlySpan<double> row = featuresOf(i);
            for (int j = 0; j < d; j++)
            {
                low[start + j] = Math.Min(low[start + j], row[j]);
                high[start + j] = Math.Max(high[start + j], row[j]);
            }
        }

        for (int j = 0; j < d; j++)
        {
            for (int k = 0; k < classes; k++)
            {
                double othersLow = double.PositiveInfinity, othersHigh = double.NegativeInfinity;
                for (int other = 0; other < classes; other++)
                {
                    if (other == k)
                        continue;
                    othersLow = Math.Min(othersLow, low[other * d + j]);
                    othersHigh = Math.Max(othersHigh, high[other * d + j]);
                }

                bool varies = Math.Min(othersLow, low[k * d + j]) < Math.Max(othersHigh, high[k * d + j]);
                if (varies && (low[k * d + j] >= othersHigh || high[k * d + j] <= othersLow))
                    return $"feature {data.FeatureNames[j]} alone separates class {nameOf(k)} from the others";
            }
        }

        return null;
    }
}
