using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>An optimizer with its settings in the comparison.</summary>
/// <param name="Optimizer">The optimizer with its learning rate.</param>
/// <param name="Decays">
/// Whether the rate falls to 0 as half a cosine, which removes the noise of small batches; otherwise it is constant.
/// </param>
/// <param name="Epochs">Passes over the data, unless the user gives another number.</param>
internal sealed record ComparedOptimizer(IOptimizer Optimizer, bool Decays, int Epochs)
{
    public string Name => Optimizer.GetType().Name;

    public string ScheduleName => Decays ? "cosine" : "constant";

    public ISchedule Schedule => Decays ? new CosineDecay(Horizon.Fraction(1)) : new ConstantSchedule();

    /// <summary>The eight classic optimizers; the others in the library are variants of them.</summary>
    /// <remarks>
    /// Gradient descent is stable up to a learning rate of 2/L, where L is the curvature of its batches. With momentum 0.9 the velocity
    /// sums up to ten gradients, so its rate is a tenth. The adaptive rules measure the scale of the gradient and need no L. On the data
    /// sets diabetes, iris, wine, breast cancer, digits, Norris and Longley nothing diverged, and all gaps were below 1e-3 unless columns
    /// are nearly dependent.
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

    /// <summary>Rounds a rate to two digits, so that the table shows it exactly.</summary>
    private static double TwoDigits(double rate) =>
        double.Parse(rate.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
