namespace GradientDescent;

/// <summary>The numbers of successive halving: how many go on, and how many rounds it takes.</summary>
internal static class HalvingCounts
{
    /// <summary>Returns ⌈count/η⌉, the number of candidates that go on.</summary>
    public static int Kept(int count, int factor) => (count + factor - 1) / factor;

    /// <summary>Returns after how many rounds one candidate is left.</summary>
    public static int RoundsDownToOne(int count, int factor)
    {
        int rounds = 0;
        for (; count > 1; count = Kept(count, factor))
            rounds++;
        return rounds;
    }

    /// <summary>
    /// Returns η to a power of at most <see cref="RoundsDownToOne"/>; it is below 2⁶², as η to one less is below the count.
    /// </summary>
    public static long Power(int factor, int exponent)
    {
        long power = 1;
        for (; exponent > 0; exponent--)
            power *= factor;
        return power;
    }
}
