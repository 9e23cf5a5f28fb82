namespace GradientDescent.Tests.Support;

/// <summary>|ŷ − y|³/6, whose second derivative |ŷ − y| has no bound.</summary>
internal sealed class CubicError : ILoss
{
    public double? MaxCurvature { get; init; }

    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights,
        Span<double> derivatives)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i], error = predictions[i] - targets[i];
            sum += weight * Math.Abs(error * error * error) / 6;
            if (!derivatives.IsEmpty)
                derivatives[i] = weight * error * Math.Abs(error) / 2;
        }

        return sum;
    }
}
