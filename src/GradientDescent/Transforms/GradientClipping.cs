using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A bound on the gradient that an optimizer receives. Convergence tests use the gradient before clipping.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { GradientTransforms = [GradientClipping.ByNorm(1)], MaxEpochs = 50 };
/// TrainingResult result = new Trainer(new MiniBatchSGD(0.1), options).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);   // MaxEpochs
/// </code></example>
public sealed record GradientClipping : IGradientTransform
{
    private const double SmallestFactor = 1e-290; // above the subnormal numbers, which have fewer digits

    private readonly double _max;
    private readonly Kind _kind;

    private GradientClipping(double max, Kind kind) => (_max, _kind) = (max, kind);

    private enum Kind
    {
        Norm,
        BlockNorm,
        Value,
    }

    /// <summary>
    /// g ← g·max/‖g‖ if ‖g‖ is larger than max; the direction does not change. Pascanu, Mikolov and Bengio, "On the difficulty of training
    /// recurrent neural networks", 2013.
    /// </summary>
    /// <param name="max">The largest Euclidean norm, of the problem as optimised; finite and greater than 0.</param>
    public static GradientClipping ByNorm(double max) => new(Guard.Positive(max), Kind.Norm);

    /// <summary>
    /// The same as <see cref="ByNorm"/> for each block of the parameters: a block with a large gradient does not shorten the others. The
    /// blocks of a model are its weights and its intercepts, layer by layer in a network; an objective without a layout is one block.
    /// </summary>
    /// <param name="max">The largest Euclidean norm of a block, of the problem as optimised; finite and greater than 0.</param>
    public static GradientClipping ByBlockNorm(double max) => new(Guard.Positive(max), Kind.BlockNorm);

    /// <summary>gᵢ ← min(max(gᵢ, −max), max) for each entry.</summary>
    /// <param name="max">The largest magnitude of an entry, of the problem as optimised; finite and greater than 0.</param>
    public static GradientClipping ByValue(double max) => new(Guard.Positive(max), Kind.Value);

    /// <summary>Whether entries that are 0 can be left out.</summary>
    internal bool TakesSparseGradients => _kind != Kind.BlockNorm;

    /// <inheritdoc/>
    public void Apply(in GradientContext context)
    {
        if (_kind != Kind.BlockNorm)
        {
            Apply(context.Gradient);
            return;
        }

        foreach (ParameterBlock block in context.Layout.Blocks)
            Shorten(block.Of(context.Gradient), _max);
    }

    /// <summary>Clips a gradient, or its entries that are not 0.</summary>
    internal void Apply(Span<double> gradient)
    {
        if (_kind == Kind.Norm)
            Shorten(gradient, _max);
        else
            Reductions.Clamp(gradient, _max);
    }

    /// <summary>Shortens a vector to a largest norm.</summary>
    internal static void Shorten(Span<double> vector, double max)
    {
        double norm = Reductions.Norm(vector);
        if (norm > max && max / norm >= SmallestFactor)
            Reductions.Multiply(vector, max / norm);
        else if (norm > max)
            ShortenByParts(vector, max);
    }

    /// <summary>Scales where the norm, or max/norm, is beyond the range of a double.</summary>
    private static void ShortenByParts(Span<double> vector, double max)
    {
        Reductions.Multiply(vector, 1.0 / (1L << 40)); // more entries than memory holds cannot overflow then
        Reductions.Divide(vector, Reductions.Norm(vector));
        Reductions.Multiply(vector, max);
    }

    /// <summary>The kind and the bound.</summary>
    public override string ToString() =>
        Format.Text($"clipping by {_kind switch { Kind.Norm => "norm", Kind.BlockNorm => "block norm", _ => "value" }} {_max}");
}
