using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>An optimizer with the settings it is compared with.</summary>
/// <param name="Optimizer">The optimizer with its rate.</param>
/// <param name="Decays">Whether the rate falls to 0 along half a cosine, which takes the noise of small batches out; otherwise it stays.</param>
/// <param name="Epochs">Passes over the data unless the user says otherwise.</param>
internal sealed record Contestant(IOptimizer Optimizer, bool Decays, int Epochs)
{
    public string Name => Optimizer.GetType().Name;

    public string ScheduleName => Decays ? "cosine" : "constant";

    public ISchedule Schedule => Decays ? CosineDecay.Over(Horizon.Fraction(1)) : new ConstantSchedule();

    /// <summary>The classic rules; the others of the library are variants of them.</summary>
    /// <remarks>
    /// Plain descent is stable up to a rate of 2/L, L the curvature its batches show; the velocity of momentum 0.9 sums up to ten gradients, so it
    /// gets a tenth. The adaptive rules measure the gradient's scale themselves and need no L. Tried on the data sets diabetes, iris, wine, breast
    /// cancer, digits, Norris and Longley: nothing diverged, and where columns are not nearly dependent all gaps were below 1e-3.
    /// </remarks>
    public static ImmutableArray<Contestant> All(Curvature curvature)
    {
        var adaGrad = new AdaGrad(0.5);
        double small = curvature.OfBatches(adaGrad.Batching.Size!.Value);
        return
        [
            new(new BatchGD(TwoDigits(1.5 / curvature.OfAll)), Decays: false, 10_000),
            new(new SGD(TwoDigits(1 / curvature.OfSteepestSample)), Decays: true, 1000),
            new(new MiniBatchSGD(TwoDigits(1 / small)), Decays: true, 1000),
            new(new Momentum(TwoDigits(0.1 / small)), Decays: true, 1000),
            new(new Nesterov(TwoDigits(0.1 / small)), Decays: true, 1000),
            new(adaGrad, Decays: true, 1000),
            new(new RMSProp(0.01), Decays: true, 1000),
            new(new Adam(0.01), Decays: true, 1000),
        ];
    }

    /// <summary>A rate that the table shows in full, so that it can be copied.</summary>
    private static double TwoDigits(double rate) =>
        double.Parse(rate.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
