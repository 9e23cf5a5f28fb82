using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>
/// One algorithm's formula, written once for every width and precision. The engine keeps the state: up to three vectors as long as the
/// parameters (<em>slots</em>), and scalars that grow by a factor at each update (<em>products</em>, such as β₁ᵗ), which start at 1.
/// </summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>0 to 3; a constant of the type, so that the loop over unused slots is compiled away.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Names of the slots, then of the products: what a saved state calls them.</summary>
    static abstract StateNames Names { get; }

    /// <summary>What a slot holds before the first update.</summary>
    double SlotStart(int slot);

    /// <summary>Whether <see cref="Observe"/> is called before each <see cref="Prepare"/>; a constant of the type.</summary>
    static virtual bool WantsInnerProducts => false;

    /// <summary>What an update tells about the vectors as wholes; the sums do not depend on threads or widths.</summary>
    /// <param name="gradientBySlot0">g · slot 0.</param>
    /// <param name="gradientByGradient">g · g.</param>
    void Observe(double gradientBySlot0, double gradientByGradient)
    {
    }

    /// <summary>
    /// Once per update: advances the products and computes, in double, every scalar that the formula needs, rounding each once to
    /// <typeparamref name="T"/>.
    /// </summary>
    /// <param name="learningRate">Rate of this update, at least 0.</param>
    /// <param name="update">Number of this update, from 1.</param>
    /// <param name="products">The running products, all 1 before the first update.</param>
    void Prepare(double learningRate, long update, Span<double> products);

    /// <summary>Once per pack: the formula and nothing else.</summary>
    void Update<V>(ref V parameter, V gradient, ref V slot0, ref V slot1, ref V slot2) where V : struct, ILanes<V, T>;
}

internal sealed record StateNames(string[] Slots, string[] Products)
{
    public static readonly StateNames None = new([], []);
}

/// <summary>
/// A setting that changes what the state is, as a type: a comparison with <see cref="On"/> is decided when the code is compiled.
/// </summary>
internal interface ISwitch;

internal readonly struct On : ISwitch;

internal readonly struct Off : ISwitch;
