using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

public sealed class BatchSamplerTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 },
        { 10, 1 },
        { 10, 3 },
        { 10, 5 },
        { 10, 9 },
        { 64, 32 },
        { 65, 32 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Draw_Shuffled_HandsOutEachSampleOnceAnEpochInAscendingBatches(int count, int size)
    {
        BatchSampler sampler = Make(count, size, SampleOrder.Shuffled);

        for (int epoch = 0; epoch < 3; epoch++)
        {
            int[][] batches = Epoch(sampler, epoch);
            batches.SelectMany(batch => batch).Order().Should().Equal(Enumerable.Range(0, count));
            batches.Should().OnlyContain(batch => batch.SequenceEqual(batch.Order()));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Draw_Sequential_HandsOutTheSamplesAsStored(int count, int size)
    {
        BatchSampler sampler = Make(count, size, SampleOrder.Sequential);

        for (int epoch = 0; epoch < 2; epoch++)
            Epoch(sampler, epoch).SelectMany(batch => batch).Should().Equal(Enumerable.Range(0, count));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Draw_WithReplacement_StaysInRangeInAscendingBatches(int count, int size)
    {
        BatchSampler sampler = Make(count, size, SampleOrder.WithReplacement);

        int[][] batches = Epoch(sampler, 0);

        batches.Sum(batch => batch.Length).Should().Be(count);
        batches.SelectMany(batch => batch).Should().OnlyContain(sample => sample >= 0 && sample < count);
        batches.Should().OnlyContain(batch => batch.SequenceEqual(batch.Order()));
    }

    // 1000 draws of 10 samples, 100 epochs: each sample's count has mean 100 and standard deviation √(1000·0.1·0.9) = 9.5; five of these
    // are 47. Some epoch has a sample twice unless all 100 epochs are permutations: probability (10!/10¹⁰)¹⁰⁰, which is nil.
    [Fact]
    public void Draw_WithReplacement_DrawsSamplesAlikeAndIndependently()
    {
        BatchSampler sampler = Make(10, 1, SampleOrder.WithReplacement);
        int[][] epochs = [.. Enumerable.Range(0, 100).Select(epoch => Epoch(sampler, epoch).SelectMany(batch => batch).ToArray())];

        epochs.SelectMany(draws => draws).GroupBy(sample => sample)
            .Should().HaveCount(10).And.OnlyContain(group => Math.Abs(group.Count() - 100) < 47);
        epochs.Should().Contain(draws => draws.Distinct().Count() < 10);
    }

    [Theory]
    [InlineData(10, 3, false, new[] { 3, 3, 3, 1 })]
    [InlineData(10, 3, true, new[] { 3, 3, 3 })]
    [InlineData(9, 3, true, new[] { 3, 3, 3 })]
    [InlineData(4, 8, true, new[] { 4 })] // a batch of all samples is whole, not a short one
    public void BatchesPerEpoch_LastShortBatch_IsKeptOrDropped(int count, int size, bool dropLast, int[] expected)
    {
        foreach (SampleOrder order in Enum.GetValues<SampleOrder>())
        {
            var sampler = new BatchSampler(count, size, order, dropLast, seed: 1);

            Epoch(sampler, 0).Select(batch => batch.Length).Should().Equal(expected);
            Enumerable.Range(0, sampler.BatchesPerEpoch).Select(sampler.SizeOf).Should().Equal(expected);
        }
    }

    // With a short last batch dropped, another sample is left out each epoch: of 10 in threes, one in 30 epochs always the same has
    // probability 10⁻²⁹.
    [Fact]
    public void Draw_ShuffledWithLastBatchDropped_LeavesOutDifferentSamples()
    {
        var sampler = new BatchSampler(10, 3, SampleOrder.Shuffled, dropLast: true, seed: 1);

        IEnumerable<int> leftOut = Enumerable.Range(0, 30)
            .Select(epoch => Enumerable.Range(0, 10).Except(Epoch(sampler, epoch).SelectMany(batch => batch)).Single());

        leftOut.Distinct().Should().HaveCountGreaterThan(1);
    }

    [Theory]
    [InlineData(SampleOrder.Shuffled, 5)]
    [InlineData(SampleOrder.Shuffled, 900)]
    [InlineData(SampleOrder.Sequential, 5)]
    public void Draw_BatchOfAllSamplesOrMore_IsTheFullBatch(SampleOrder order, int size)
    {
        BatchSampler sampler = Make(5, size, order);

        sampler.IsFull.Should().BeTrue();
        sampler.BatchesPerEpoch.Should().Be(1);
        sampler.Draw(7, 0).ToArray().Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public void IsFull_AsManyDrawsWithReplacementAsSamples_IsFalse() => Make(5, 5, SampleOrder.WithReplacement).IsFull.Should().BeFalse();

    [Theory]
    [InlineData(SampleOrder.Shuffled)]
    [InlineData(SampleOrder.WithReplacement)]
    [InlineData(SampleOrder.Sequential)]
    [InlineData(SampleOrder.BlockShuffled)]
    public void Draw_SameSeedEpochAndBatch_GivesTheSameWhateverWasDrawnBefore(SampleOrder order)
    {
        BatchSampler busy = Make(40, 7, order);
        foreach ((int epoch, int batch) in ((int, int)[])[(0, 0), (3, 5), (1, 2), (3, 1), (0, 4), (2, 2), (2, 0), (3, 5)])
        {
            int[] fresh = Make(40, 7, order).Draw(epoch, batch).ToArray();

            busy.Draw(epoch, batch).ToArray().Should().Equal(fresh);
        }
    }

    [Theory]
    [InlineData(SampleOrder.Shuffled)]
    [InlineData(SampleOrder.WithReplacement)]
    [InlineData(SampleOrder.BlockShuffled)]
    public void Draw_OtherEpochOrSeed_GivesOtherOrders(SampleOrder order)
    {
        string[] orders = [.. from seed in Enumerable.Range(-2, 5) from epoch in Enumerable.Range(0, 20)
            select string.Join(",", Epoch(new BatchSampler(30, 1, order, false, seed), epoch).SelectMany(batch => batch))];

        orders.Should().OnlyHaveUniqueItems();
    }

    // Chi-square with 23 degrees of freedom over the orders of four samples: above 58.6 with probability 0.00006.
    [Fact]
    public void Draw_ShuffledManyEpochs_IsUniformOverAllOrders()
    {
        const int epochs = 24_000;
        BatchSampler sampler = Make(4, 1, SampleOrder.Shuffled);

        int[] counts = [.. Enumerable.Range(0, epochs).Select(epoch => string.Join(",", Epoch(sampler, epoch).SelectMany(batch => batch)))
            .GroupBy(order => order).Select(group => group.Count())];

        counts.Should().HaveCount(24);
        counts.Sum(count => Math.Pow(count - epochs / 24, 2) / (epochs / 24)).Should().BeLessThan(58.6);
    }

    private static BatchSampler Make(int count, int size, SampleOrder order) => new(count, size, order, dropLast: false, seed: 11);

    private static int[][] Epoch(BatchSampler sampler, long epoch) =>
        [.. Enumerable.Range(0, sampler.BatchesPerEpoch).Select(batch => sampler.Draw(epoch, batch).ToArray())];
}
