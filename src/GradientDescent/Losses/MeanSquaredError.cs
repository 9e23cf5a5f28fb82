using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Squared error ℓ = (ŷ − y)², without ½; its derivative is 2(ŷ − y).</summary>
/// <remarks>
/// Over a data set the mean is taken over the samples and, where a sample has several targets, over these too. Legendre, 1805.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// new Trainer(new Adam(0.1)).Fit(new LinearRegression(), data, new MeanSquaredError());   // also the default
/// Console.WriteLine(new MeanSquaredError().Evaluate(predictions: [5], targets: [2], weights: [], derivatives: []));   // 9
/// </code></example>
public sealed record MeanSquaredError : PointwiseLoss
{
    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) => (this, scale * scale);

    /// <summary>2, everywhere.</summary>
    public override double? MaxCurvature => 2;

    /// <summary>2, everywhere.</summary>
    public override double MinCurvature => 2;

    /// <summary>The error falls as e^−2τ.</summary>
    internal override double Descent(double score, double target, double time) => (target - score) * Elementary.Expm1(-2 * time);

    // A plain loop: each addition waits for the previous one, so packs are not faster, and for batches of one sample they are slower.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double Sum(in LossBlock block)
    {
        ReadOnlySpan<double> predictions = block.Predictions, targets = block.Targets, weights = block.Weights;
        Span<double> derivatives = block.Derivatives;
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
}
