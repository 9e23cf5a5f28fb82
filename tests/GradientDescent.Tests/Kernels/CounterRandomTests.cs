using GradientDescent.Kernels;

namespace GradientDescent.Tests.Kernels;

public sealed class CounterRandomTests
{
    // SplitMix64 as published (Steele, Lea and Flood; Vigna's splitmix64.c): each call adds the golden gamma to the state and mixes it.
    private sealed class SplitMix64(ulong state)
    {
        private ulong _state = state;

        public ulong Draw()
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    [Fact]
    public void SplitMix64_SeedZero_GivesThePublishedNumbers() // so that the reference below is the published one
    {
        var reference = new SplitMix64(0);

        new[] { reference.Draw(), reference.Draw(), reference.Draw() }.Should()
            .Equal(0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    public void Bits_StreamZero_IsSplitMix64SeededByItsOwnFirstNumberMixed(long seed)
    {
        ulong key = new SplitMix64(new SplitMix64((ulong)seed).Draw() - 0x9E3779B97F4A7C15).Draw();
        var reference = new SplitMix64(key);
        ulong[] expected = [.. Enumerable.Range(0, 10).Select(_ => reference.Draw())];

        ulong[] bits = [.. Enumerable.Range(0, 10).Select(i => new CounterRandom(seed, 0).Bits(i))];

        bits.Should().Equal(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Permutation_AnyLength_HoldsEachIndexOnce(int length)
    {
        int[] order = Permutation(3, 4, length);

        order.Order().Should().Equal(Enumerable.Range(0, length));
    }

    [Fact]
    public void Permutation_SameSeedAndStream_DoesNotDependOnWhatTheSpanHeld()
    {
        int[] order = [.. Enumerable.Repeat(77, 50)];

        new CounterRandom(3, 4).Permutation(order);

        order.Should().Equal(Permutation(3, 4, 50));
    }

    [Fact]
    public void Permutation_OtherSeedOrStream_Differs()
    {
        int[][] orders = [.. from seed in Enumerable.Range(-3, 7) from stream in Enumerable.Range(-3, 7) select Permutation(seed, stream,
            50)];

        orders.Select(order => string.Join(",", order)).Should().OnlyHaveUniqueItems();
    }

    // Chi-square with 23 degrees of freedom over the 24 orders of four: above 58.6 with probability 0.00006 for a fair shuffle. Seeds and
    // streams that follow one another, as epochs do, are what is tested.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Permutation_ManyStreamsOrSeeds_AreUniformOverAllOrders(bool streams)
    {
        const int draws = 24_000;
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < draws; i++)
        {
            string order = string.Join(",", streams ? Permutation(1, i, 4) : Permutation(i, 1, 4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Should().HaveCount(24);
        counts.Values.Sum(count => Math.Pow(count - draws / 24, 2) / (draws / 24)).Should().BeLessThan(58.6);
    }

    // Chi-square with 99 degrees of freedom: above 161 with probability 0.0001.
    [Fact]
    public void Below_ManyIndices_IsInRangeAndUniform()
    {
        const int draws = 100_000;
        int[] counts = new int[100];
        var random = new CounterRandom(8, 9);
        for (int i = 0; i < draws; i++)
            counts[random.Below(100, i)]++; // out of range would throw

        counts.Sum(count => Math.Pow(count - draws / 100, 2) / (draws / 100)).Should().BeLessThan(161);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Below_ExtremeBounds_StaysInRange(int bound) =>
        Enumerable.Range(0, 1000).Select(i => new CounterRandom(1, 2).Below(bound, i)).Should()
            .OnlyContain(value => value >= 0 && value < bound);

    // The mean of n uniform numbers on [−1, 1) has the standard deviation 1/√(3n); five of them are exceeded once in two million times.
    // Likewise the mean of squares: expectation 1/3, deviation √(4/45/n).
    [Fact]
    public void Symmetric_ManyIndices_HasMeanZeroAndMeanSquareAThird()
    {
        const int n = 100_000;
        double[] values = [.. Enumerable.Range(0, n).Select(i => new CounterRandom(5, -2).Symmetric(i))];

        values.Should().OnlyContain(value => value >= -1 && value < 1);
        values.Average().Should().BeApproximately(0, 5 / Math.Sqrt(3.0 * n));
        values.Average(value => value * value).Should().BeApproximately(1.0 / 3, 5 * Math.Sqrt(4.0 / 45 / n));
    }

    private static int[] Permutation(long seed, long stream, int length)
    {
        int[] order = new int[length];
        new CounterRandom(seed, stream).Permutation(order);
        return order;
    }
}
