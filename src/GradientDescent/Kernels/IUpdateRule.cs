using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>
/// One algorithm's formula, written once for every width and precision. The engine keeps the state: up to three vectors as long as the
/// parameters (<em>slots</em>), and scalars that are multiplied by a factor at each step (<em>products</em>, such as β₁ᵗ), which start at
/// 1, are never negative, and become 0 below 1e-290. Products have twice the digits of a double, so that 1 − β₁ᵗ keeps all digits where
/// β₁ᵗ is nearly 1.
/// </summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of slots, 0 to 3. It is constant for each type, so the compiler removes the code of unused slots.</summary>
    static abstract int SlotCount { get; }

    /// <summary>The names of the slots and of the products in a saved state.</summary>
    static abstract StateNames Names { get; }

    /// <summary>The value of all elements of a slot before the first step.</summary>
    double SlotStart(int slot);

    /// <summary>Whether <see cref="Observe"/> is called before each <see cref="Prepare"/>; constant for each type.</summary>
    static virtual bool WantsInnerProducts => false;

    /// <summary>
    /// Receives inner products of the whole vectors, once per step. Their bits depend neither on threads nor on vector widths.
    /// </summary>
    /// <param name="gradientBySlot0">The inner product of the gradient and slot 0.</param>
    /// <param name="gradientByGradient">The inner product of the gradient with itself.</param>
    void Observe(double gradientBySlot0, double gradientByGradient)
    {
    }

    /// <summary>
    /// Called once per step: advances the products, computes in double every scalar that the formula needs, and rounds each of them once to
    /// <typeparamref name="T"/>.
    /// </summary>
    /// <param name="learningRate">The rate of this step, at least 0.</param>
    /// <param name="update">The number of this step, from 1.</param>
    /// <param name="products">The running products, all 1 before the first step.</param>
    void Prepare(double learningRate, long update, Span<DoubleDouble> products);

    /// <summary>Called once per pack; contains the formula only.</summary>
    void Update<V>(ref V parameter, V gradient, ref V slot0, ref V slot1, ref V slot2) where V : struct, ILanes<V, T>;
}

/// <param name="Slots">The names of the slots.</param>
/// <param name="Products">The names of the products.</param>
/// <param name="AreExact">Whether the products are whole numbers, which have no low part.</param>
internal sealed record StateNames(string[] Slots, string[] Products, bool AreExact = false)
{
    public static readonly StateNames None = new([], []);

    /// <summary>The names of the scalars of a saved state: the products, then their low parts.</summary>
    public string[] Scalars => AreExact ? Products : [.. Products, .. Products.Select(name => name + " (low part)")];
}

/// <summary>A setting that changes the state, as a type argument. A comparison with <see cref="On"/> is decided at compile time.</summary>
internal interface ISwitch;

internal readonly struct On : ISwitch;

internal readonly struct Off : ISwitch;
