using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>Squared error ℓ = (ŷ − y)², without ½; its derivative is 2(ŷ − y).</summary>
/// <remarks>Over a data set the mean is taken over the samples and, where a sample has several targets, over these too. Legendre, 1805.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// new Trainer(new Adam(0.1)).Fit(new LinearRegression(), data, new MeanSquaredError());   // also the default
/// Console.WriteLine(new MeanSquaredError().Evaluate(predictions: [5], targets: [2], weights: [], derivatives: []));   // 9
/// </code></example>
public sealed record MeanSquaredError : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            double error = predictions[i] - targets[i];
            sum += weight * (error * error);
            if (!derivatives.IsEmpty)
                derivatives[i] = weight * (2 * error);
        }

        return sum;
    }

    /// <inheritdoc/>
    public string? ValidateShape(int scoresPerTarget) => PointLoss.ValidateShape(this, scoresPerTarget);

    /// <inheritdoc/>
    public (ILoss Loss, double Factor)? Rescaled(double scale) => (this, scale * scale);

    /// <summary>2, everywhere.</summary>
    public double? MaxCurvature => 2;

    /// <summary>2, everywhere.</summary>
    public double MinCurvature => 2;

    /// <summary>The loss.</summary>
    public override string ToString() => "MeanSquaredError";
}
