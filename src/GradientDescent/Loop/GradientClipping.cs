using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A bound on the gradient that an optimizer receives. Convergence tests use the gradient before clipping.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { Clipping = GradientClipping.ByNorm(1), MaxEpochs = 50 };
/// TrainingResult result = new Trainer(new MiniBatchSGD(0.1), options).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);   // MaxEpochs
/// </code></example>
public sealed record GradientClipping
{
    private const double SmallestFactor = 1e-290; // above the subnormal numbers, which have fewer digits

    private readonly double _max;
    private readonly bool _byNorm;

    private GradientClipping(double max, bool byNorm) => (_max, _byNorm) = (max, byNorm);

    /// <summary>
    /// g ← g·max/‖g‖ if ‖g‖ is larger than max; the direction does not change. Pascanu, Mikolov and Bengio, "On the difficulty of training
    /// recurrent neural networks", 2013.
    /// </summary>
    /// <param name="max">The largest Euclidean norm, of the problem as optimised; finite and greater than 0.</param>
    public static GradientClipping ByNorm(double max) => new(Guard.Positive(max), byNorm: true);

    /// <summary>gᵢ ← min(max(gᵢ, −max), max) for each entry.</summary>
    /// <param name="max">The largest magnitude of an entry, of the problem as optimised; finite and greater than 0.</param>
    public static GradientClipping ByValue(double max) => new(Guard.Positive(max), byNorm: false);

    internal void Apply(Span<double> gradient)
    {
        if (_byNorm)
        {
            double norm = Reductions.Norm(gradient);
            if (norm > _max && _max / norm >= SmallestFactor)
                Reductions.Multiply(gradient, _max / norm);
            else if (norm > _max)
                ShortenByParts(gradient);
        }
        else
        {
            Reductions.Clamp(gradient, _max);
        }
    }

    /// <summary>Scales where the norm, or max/norm, is beyond the range of a double.</summary>
    private void ShortenByParts(Span<double> gradient)
    {
        Reductions.Multiply(gradient, 1.0 / (1L << 40)); // more entries than memory holds cannot overflow then
        Reductions.Divide(gradient, Reductions.Norm(gradient));
        Reductions.Multiply(gradient, _max);
    }

    /// <summary>The kind and the bound.</summary>
    public override string ToString() => Format.Text($"by {(_byNorm ? "norm" : "value")} {_max}");
}
