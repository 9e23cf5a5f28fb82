using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

public sealed class WindowOrderTests
{
    private static readonly Gen<(int Rows, int Window, int Batch, long Seed)> _cases =
        from rows in Gen.Choose(1, 500)
        from window in Gen.Choose(1, 600)
        from batch in Gen.Choose(1, 90)
        from seed in Gen.Choose(0, 1000)
        select (rows, window, batch, (long)seed);

    [Fact]
    public void Epochs_HaveEachRowOnce() => Prop.ForAll(_cases.ToArbitrary(), sample =>
    {
        var order = new WindowOrder(sample.Rows, sample.Window, sample.Seed);
        return Enumerable.Range(0, 3).All(epoch =>
        {
            int[] rows = new int[sample.Rows];
            order.CopyTo(epoch, 0, rows);
            return rows.Order().SequenceEqual(Enumerable.Range(0, sample.Rows));
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_AtAnyPlace_AreThoseOfTheWholeEpoch() => Prop.ForAll(_cases.ToArbitrary(), sample =>
    {
        WindowOrder whole = New(), busy = New();
        int[] rows = new int[sample.Rows], batch = new int[Math.Min(sample.Batch, sample.Rows)];
        whole.CopyTo(5, 0, rows);
        for (int start = sample.Rows - batch.Length; start >= 0; start -= batch.Length)
        {
            busy.CopyTo(4, start, batch); // another epoch between
            busy.CopyTo(5, start, batch);
            if (!batch.AsSpan().SequenceEqual(rows.AsSpan(start, batch.Length)))
                return false;
        }

        return true;

        WindowOrder New() => new(sample.Rows, sample.Window, sample.Seed);
    }).QuickCheckThrowOnFailure();

    // 16 blocks of 4 rows in a window of 64: a window reads at most 16 pieces of the file.
    [Fact]
    public void Windows_HaveFewBlocks()
    {
        var order = new WindowOrder(rowCount: 1_000, windowRows: 64, seed: 3);
        int[] rows = new int[1_000];
        order.CopyTo(0, 0, rows);

        foreach (int[] window in rows.Chunk(64))
            window.Select(row => row / 4).Distinct().Should().HaveCountLessThanOrEqualTo(17);
        rows[..64].Should().NotBeInAscendingOrder();
    }

    [Fact]
    public void Memory_IsThatOfAWindow()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var order = new WindowOrder(rowCount: int.MaxValue, windowRows: 1 << 16, seed: 1);
        order.CopyTo(0, int.MaxValue - 100, new int[100]);

        // 2³¹/4096 blocks and 65,536 rows of 4 bytes are 2.4 MB.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(3_000_000);
    }

    [Fact]
    public void BatchSampler_WithWindows_HandsOutEachSampleOnceInAscendingBatches() => Prop.ForAll(_cases.ToArbitrary(), sample =>
    {
        var sampler = new BatchSampler(
            sample.Rows, sample.Batch, SampleOrder.BlockShuffled, dropLast: false, sample.Seed, windowRows: sample.Window);
        int[][] batches = [.. Enumerable.Range(0, sampler.BatchesPerEpoch).Select(batch => sampler.Draw(2, batch).ToArray())];
        return batches.All(batch => batch.SequenceEqual(batch.Order()))
            && batches.SelectMany(batch => batch).Order().SequenceEqual(Enumerable.Range(0, sample.Rows));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void DrawOne_IsTheBatchOfOne()
    {
        var sampler = new BatchSampler(100, 1, SampleOrder.BlockShuffled, dropLast: false, seed: 1, windowRows: 32);

        for (int batch = 0; batch < 100; batch++)
            sampler.DrawOne(3, batch).Sample.Should().Be(sampler.Draw(3, batch)[0]);
    }
}
