namespace GradientDescent;

/// <summary>Accuracy, Cohen's kappa and Matthews' correlation of a confusion matrix.</summary>
internal static class Agreement
{
    public static (double Accuracy, double Kappa, double Matthews) Of(ConfusionMatrix confusion)
    {
        double right = 0, chance = 0, actualSquares = 0, predictedSquares = 0;
        for (int k = 0; k < confusion.Labels.Length; k++)
        {
            // Shares, because squares of large weights could overflow.
            double actual = confusion.Actual(k) / confusion.Total, predicted = confusion.Predicted(k) / confusion.Total;
            right += confusion[k, k];
            chance += actual * predicted;
            actualSquares += actual * actual;
            predictedSquares += predicted * predicted;
        }

        double accuracy = right / confusion.Total;
        double spread = Math.Sqrt((1 - actualSquares) * (1 - predictedSquares));
        return (accuracy, (accuracy - chance) / (1 - chance), spread == 0 ? double.NaN : (accuracy - chance) / spread);
    }
}
