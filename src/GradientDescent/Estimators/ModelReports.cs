using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Reports of models on data.</summary>
internal static class ModelReports
{
    /// <summary>Judges the probabilities of a fitted classifier: one score for two classes, or one for each class.</summary>
    /// <exception cref="ArgumentException">The data does not fit, a target is not a class, or the count of labels differs.</exception>
    public static ClassificationReport Of(ParametricModel model, Dataset data, IReadOnlyList<string>? labels)
    {
        ILoss loss = model.OutputCount == 1 ? new BinaryCrossEntropy() : new CategoricalCrossEntropy();
        // The log loss of scores has more digits than that of probabilities near 0 and 1. It refuses targets that are no classes.
        double logLoss = ModelEvaluation.Classification(model, data, loss).LogLoss;
        double[] scores = ModelEvaluation.Scores(model, data);
        double[] probabilities = model.OutputCount == 1 ? new double[2 * scores.Length] : scores;
        int[] classes = new int[data.SampleCount], predicted = new int[data.SampleCount];
        double[] weights = new double[data.SampleCount];
        for (int i = 0; i < classes.Length; i++)
        {
            Span<double> own = scores.AsSpan(i * model.OutputCount, model.OutputCount);
            predicted[i] = ModelEvaluation.ClassOf(own);
            if (model.OutputCount > 1)
                SoftmaxRegression.ToProbabilities(own);
            else
                (probabilities[2 * i], probabilities[2 * i + 1]) = (Elementary.Sigmoid(-own[0]), Elementary.Sigmoid(own[0]));
            (classes[i], weights[i]) = (data.ClassOf(i, nameof(data)), data.Weight(i));
        }

        return new(JudgedSamples.OfModel(probabilities, classes, weights), predicted, labels, knownLogLoss: logLoss);
    }
}
