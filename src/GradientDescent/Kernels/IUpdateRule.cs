using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>
/// One algorithm's formula, written once for every width and precision. The engine keeps the state: up to five vectors as long as the
/// parameters (<em>slots</em>), and scalars. Some scalars are multiplied by a factor at each step (<em>products</em>, such as β₁ᵗ): they
/// start at 1, are never negative, and become 0 below 1e-290. Products have twice the digits of a double, so that 1 − β₁ᵗ keeps all digits
/// where β₁ᵗ is nearly 1. Other scalars (<em>sums</em>) start at 0.
/// </summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of slots, 0 to 5. It is constant for each type, so the compiler removes the code of unused slots.</summary>
    static abstract int SlotCount { get; }

    /// <summary>The names of the slots and of the scalars in a saved state.</summary>
    static abstract StateNames Names { get; }

    /// <summary>The value of all elements of a slot before the first step.</summary>
    double SlotStart(int slot);

    /// <summary>Whether slots start at values that depend on the parameters; constant for each type.</summary>
    static virtual bool StartsAtParameters => false;

    /// <summary>
    /// The value of an element of a slot before the first step, if <see cref="StartsAtParameters"/>. It replaces
    /// <see cref="SlotStart(int)"/>.
    /// </summary>
    /// <param name="slot">The number of the slot, from 0.</param>
    /// <param name="parameter">The parameter before the first step.</param>
    double SlotStart(int slot, double parameter) => SlotStart(slot);

    /// <summary>Whether a slot has parameters, such as those of the start or their mean; constant for each type.</summary>
    static virtual bool KeepsPoints => false;

    /// <summary>Whether <see cref="Observe"/> is called before each <see cref="Prepare"/>; constant for each type.</summary>
    static virtual bool LooksAtWholeVectors => false;

    /// <summary>
    /// Whether a gradient of 0 changes neither the parameter nor a slot, at any rate; constant for each type. Then a sparse step is exact.
    /// </summary>
    static virtual bool IgnoresZeroGradients => false;

    /// <summary>
    /// Receives the whole vectors, once per step. Sums over them must be those of <see cref="Reductions"/>, whose bits depend neither on
    /// threads nor on vector widths.
    /// </summary>
    /// <param name="learningRate">The rate of this step, at least 0.</param>
    /// <param name="parameters">The parameters before the step.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="state">The slots and scalars before the step.</param>
    void Observe(double learningRate, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, IRuleState<T> state)
    {
    }

    /// <summary>
    /// Called once per step: advances the scalars, computes in double every scalar that the formula needs, and rounds each of them once to
    /// <typeparamref name="T"/>.
    /// </summary>
    /// <param name="learningRate">The rate of this step, at least 0.</param>
    /// <param name="update">The number of this step, from 1.</param>
    /// <param name="scalars">The products, all 1 before the first step, then the sums, all 0.</param>
    void Prepare(double learningRate, long update, Span<DoubleDouble> scalars);

    /// <summary>Called once per pack; contains the formula only.</summary>
    void Update<V>(ref V parameter, V gradient, ref V slot0, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>;
}

/// <param name="Slots">The names of the slots.</param>
/// <param name="Products">The names of the products.</param>
/// <param name="AreExact">Whether the products are whole numbers, which have no low part.</param>
internal sealed record StateNames(string[] Slots, string[] Products, bool AreExact = false)
{
    public static readonly StateNames None = new([], []);

    /// <summary>The names of the sums, which have no low part.</summary>
    public string[] Sums { get; init; } = [];

    /// <summary>The number of products and sums.</summary>
    public int ScalarCount => Products.Length + Sums.Length;

    /// <summary>The names of the scalars of a saved state: the products, the sums, then the low parts of the products.</summary>
    public string[] Scalars => [.. Products, .. Sums, .. AreExact ? [] : Products.Select(name => name + " (low part)")];
}

/// <summary>A setting that changes the state, as a type argument. A comparison with <see cref="On"/> is decided at compile time.</summary>
internal interface ISwitch;

internal readonly struct On : ISwitch;

internal readonly struct Off : ISwitch;
