namespace GradientDescent;

/// <summary>Reports of models on data.</summary>
internal static class ModelReports
{
    /// <param name="model">The fitted model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The log loss as a function of scores, which has more digits than that of probabilities near 0 and 1.</param>
    /// <param name="probabilities">The probability of each class, sample after sample.</param>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <param name="labels">The label of each class, or <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">A target is not a class, or the count of labels differs.</exception>
    public static ClassificationReport Of(
        LinearModel model, Dataset data, ILoss loss, double[] probabilities, int[] predicted, IReadOnlyList<string>? labels)
    {
        double logLoss = ModelEvaluation.Classification(model, data, loss).LogLoss; // refuses targets that are no classes
        int[] classes = new int[data.SampleCount];
        double[] weights = new double[data.SampleCount];
        for (int i = 0; i < classes.Length; i++)
            (classes[i], weights[i]) = (data.ClassOf(i, nameof(data)), data.Weight(i));
        return new(JudgedSamples.OfModel(probabilities, classes, weights), predicted, labels, knownLogLoss: logLoss);
    }
}
