using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>An optimizer with its settings in the comparison.</summary>
/// <param name="Optimizer">The optimizer with its learning rate.</param>
/// <param name="Decays">
/// Whether the learning rate decreases to 0 along half a cosine, which removes the noise of small batches. Otherwise, it is constant.
/// </param>
/// <param name="Epochs">The number of passes over the data if the user gives no other number.</param>
internal sealed record ComparedOptimizer(IOptimizer Optimizer, bool Decays, int Epochs)
{
    public string Name => Optimizer.GetType().Name;

    public string ScheduleName => Decays ? "cosine" : "constant";

    public ISchedule Schedule => Decays ? new CosineDecay(Horizon.Fraction(1)) : new ConstantSchedule();

    /// <summary>Returns the eight classic optimizers that are compared.</summary>
    /// <remarks>
    /// Gradient descent is stable up to a learning rate of 2/L, where L is the curvature of its batches. With momentum 0.9, the velocity
    /// grows to ten times the gradient, so the learning rate is a tenth. The adaptive rules measure the scale of the gradient and do not
    /// need L. On the data sets diabetes, iris, wine, breast cancer, digits, Norris and Longley, no run diverged, and all gaps were below
    /// 1e-3 except for data with nearly dependent columns.
    /// </remarks>
    public static ImmutableArray<ComparedOptimizer> All(CurvatureBounds curvature)
    {
        var adaGrad = new AdaGrad(0.5);
        double small = curvature.OfBatches(adaGrad.Batching.Size!.Value);
        return
        [
            new(new BatchGD(TwoDigits(1.5 / curvature.OfAll)), Decays: false, 10_000),
            new(new SGD(TwoDigits(1 / curvature.OfOneSample)), Decays: true, 1000),
            new(new MiniBatchSGD(TwoDigits(1 / small)), Decays: true, 1000),
            new(new Momentum(TwoDigits(0.1 / small)), Decays: true, 1000),
            new(new Nesterov(TwoDigits(0.1 / small)), Decays: true, 1000),
            new(adaGrad, Decays: true, 1000),
            new(new RMSProp(0.01), Decays: true, 1000),
            new(new Adam(0.01), Decays: true, 1000),
        ];
    }

    /// <summary>Rounds a learning rate to two digits, so that the table shows the exact value.</summary>
    private static double TwoDigits(double rate) =>
        double.Parse(rate.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
