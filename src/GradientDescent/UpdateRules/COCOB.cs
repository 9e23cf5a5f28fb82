using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>COCOB: every coordinate bets a fraction of what it has won so far, in place of a rate.</summary>
/// <remarks>
/// <code>
/// L ← max(L, |g|)
/// G ← G + |g|
/// R ← max(R − g (θ − θ₀), 0)
/// C ← C − g
/// θ ← θ₀ + C (L + R) / (L max(G + L, α L))           θ₀: the parameters before the first step;  no move while L = 0
/// </code>
/// Orabona and Tommasi, "Training Deep Networks without Learning Rates Through Coin Betting", NeurIPS 2017, Algorithm 2. The first steps
/// are about 1/α long. With a rate η other than 1, a step goes the share η of the way to the new θ. State: five vectors.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new COCOB();
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F2} {parameters[1]:F2}");   // 0.99 -1.99
/// </code></example>
public sealed class COCOB : Optimizer
{
    private readonly double _alpha;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">
    /// The share η of the way to the new point that a step takes, finite and greater than 0; 1 is the method itself.
    /// </param>
    /// <param name="alpha">The number α that keeps the first steps short, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public COCOB(double learningRate = 1, double alpha = 100)
        : base(learningRate, Batching.Mini(32))
    {
        _alpha = Guard.Positive(alpha);
    }

    private protected override FormattableString Settings => $"alpha {_alpha}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, COCOBRule<T>>(new(_alpha), length);
}

internal struct COCOBRule<T>(double alpha) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _alpha = Rounding.To<T>(alpha);
    private T _share;

    public static int SlotCount => 5;

    public static StateNames Names { get; } =
        new(["largest gradient", "sum of magnitudes", "reward", "sum of negative gradients", "start"], []);

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public static bool KeepsPoints => true;

    public readonly double SlotStart(int slot, double parameter) => slot == 4 ? parameter : 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) => _share = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V largest, ref V magnitudes, ref V reward, ref V against, ref V start)
        where V : struct, ILanes<V, T>
    {
        V zero = V.Fill(T.Zero), size = V.Abs(gradient);
        largest = V.WhereGreater(size, largest, size, largest);
        magnitudes += size;
        V won = reward - gradient * (parameter - start);
        reward = V.WhereGreater(won, zero, won, zero);
        against -= gradient;
        V sum = magnitudes + largest, least = _alpha * largest;
        // in two quotients: the product of the divisors could underflow
        V target = start + against / largest * ((largest + reward) / V.WhereGreater(sum, least, sum, least));
        parameter = V.WhereGreater(largest, zero, parameter + _share * (target - parameter), parameter);
    }
}
