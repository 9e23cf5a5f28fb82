namespace GradientDescent.Kernels;

/// <summary>
/// Random numbers as a pure function of (seed, stream, index). There is no state, so a run can be resumed at any point and the numbers can
/// be read in any order. The mixing function is that of SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014.
/// </summary>
internal readonly struct CounterRandom(long seed, long stream)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private readonly ulong _key = Mix(Mix((ulong)seed + GoldenGamma) + (ulong)stream * GoldenGamma);

    public ulong Bits(long index) => Mix(_key + ((ulong)index + 1) * GoldenGamma);

    /// <summary>A whole number in [0, bound); the bias is below bound/2⁶⁴.</summary>
    public int Below(int bound, long index) => (int)Math.BigMul(Bits(index), (ulong)bound, out _);

    /// <summary>Uniform in [−1, 1), a multiple of 2⁻⁵².</summary>
    public double Symmetric(long index) => (Bits(index) >> 11) * (1.0 / (1L << 52)) - 1;

    /// <summary>A normal number with mean 0 and variance 1, by the transform of Box and Muller; at most 8.6 in size.</summary>
    public double Normal(long index)
    {
        double radius = ((Bits(2 * index) >> 11) + 0.5) * (1.0 / (1L << 53)), angle = Symmetric(2 * index + 1);
        return Math.Sqrt(-2 * Elementary.Log(radius)) * Elementary.CosPi(angle);
    }

    /// <summary>Writes a uniformly random order of 0, 1, …, n − 1 (Fisher and Yates).</summary>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int j = Below(i + 1, i);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
