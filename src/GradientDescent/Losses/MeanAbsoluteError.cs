using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Absolute error ℓ = |ŷ − y|; its derivative is the sign of ŷ − y. A constant prediction that minimises it is a median.</summary>
/// <remarks>
/// At ŷ = y the derivative is 0, the shortest of the subgradients [−1, 1]. Near the optimum the slope is as steep as
/// far from it: with a constant rate the parameters oscillate around the optimum, so use a schedule that lowers the rate. Over a data set
/// the mean is taken over the samples and, if a sample has several targets, over these too. Boscovich, 1757.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5], y = [2, 4, 6, 8, 100];   // twice x, and an outlier
/// var model = new LinearRegression();
/// var options = new TrainingOptions { Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// new Trainer(new BatchGD(0.1), options).Fit(model, Dataset.From(x, y), new MeanAbsoluteError());
/// Console.WriteLine($"{model.Predict(6):F1}");   // 12.0
/// </code></example>
public sealed record MeanAbsoluteError : PointwiseLoss
{
    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) => (this, scale);

    private protected override double Sum(in LossBlock block) => block.Sum(new MeanAbsoluteErrorFormula());
}

internal readonly struct MeanAbsoluteErrorFormula : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target, size = V.Abs(error);
        derivative = LaneFunctions.Signed(V.WhereGreater(size, V.Fill(0), V.Fill(1), V.Fill(0)), error);
        return size;
    }
}
