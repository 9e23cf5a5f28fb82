namespace GradientDescent.Tests.Abstractions;

/// <summary>The samples of an evaluation, as a list or a range.</summary>
public class SampleBatchTests
{
    [Fact]
    public void Batch_OfIndices_EnumeratesThem()
    {
        var batch = new SampleBatch([2, 3, 9], upcoming: [11, 12], epoch: 4, number: 5);

        Enumerated(batch).Should().Equal(2, 3, 9);
        (batch.Count, batch.IsRange, batch[1], batch.Epoch, batch.Number).Should().Be((3, false, 3, 4L, 5));
        batch.Upcoming.ToArray().Should().Equal(11, 12);
        int[] copy = new int[4];
        batch.CopyTo(copy);
        copy.Should().Equal(2, 3, 9, 0);
    }

    [Fact]
    public void Batch_OfARange_EnumeratesItWithoutAList()
    {
        SampleBatch batch = SampleBatch.FromRange(5, 3, epoch: 4, number: 5);

        Enumerated(batch).Should().Equal(5, 6, 7);
        (batch.Count, batch.IsRange, batch[2], batch.Indices.Length, batch.Epoch, batch.Number).Should().Be((3, true, 7, 0, 4L, 5));
        int[] copy = new int[3];
        batch.CopyTo(copy);
        copy.Should().Equal(5, 6, 7);
        Enumerated(default).Should().BeEmpty();
        Enumerated(SampleBatch.FromRange(5, 0)).Should().BeEmpty();
    }

    [Fact]
    public void Slice_OfIndices_TakesWhatFollowsAsUpcoming()
    {
        var batch = new SampleBatch([2, 3, 9, 10], upcoming: [11], epoch: 4, number: 5);

        SampleBatch first = batch.Slice(0, 2), last = batch.Slice(2, 2);

        Enumerated(first).Should().Equal(2, 3);
        first.Upcoming.ToArray().Should().Equal(9, 10);
        Enumerated(last).Should().Equal(9, 10);
        last.Upcoming.ToArray().Should().Equal(11);
        (last.Epoch, last.Number).Should().Be((4L, 5));
        Enumerated(SampleBatch.FromRange(5, 4).Slice(1, 2)).Should().Equal(6, 7);
    }

    [Fact]
    public void Arguments_ThatAreNotAllowed_AreNamed()
    {
        FluentActions.Invoking(() => { _ = SampleBatch.FromRange(-1, 2); })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("start is -1: it must be at least 0.*");
        FluentActions.Invoking(() => { _ = SampleBatch.FromRange(1, -2); })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("count is -2: *");
        FluentActions.Invoking(() => { _ = SampleBatch.FromRange(int.MaxValue - 1, 2); }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("count is 2: it must be at most 1 with the start 2147483646.*");
        FluentActions.Invoking(() => { _ = SampleBatch.FromRange(1, 1, epoch: -1); })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("epoch is -1: *");
        FluentActions.Invoking(() => { _ = new SampleBatch([1], number: -1); })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("number is -1: *");
        foreach (bool isRange in (bool[])[true, false])
        {
            FluentActions.Invoking(() => Of(isRange)[3])
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("position is 3: it must be from 0 to 2.*");
            FluentActions.Invoking(() => { _ = Of(isRange).Slice(4, 0); })
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("start is 4: it must be from 0 to 3.*");
            FluentActions.Invoking(() => { _ = Of(isRange).Slice(1, 3); })
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("length is 3: it must be from 0 to 2.*");
            FluentActions.Invoking(() => { _ = Of(isRange).Slice(-1, 1); })
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("start is -1: *");
            FluentActions.Invoking(() => Of(isRange).CopyTo(new int[2]))
                .Should().Throw<ArgumentException>().WithMessage("indices has 2 entries: the batch has 3 samples.*");
        }

        static SampleBatch Of(bool isRange) => isRange ? SampleBatch.FromRange(4, 3) : new SampleBatch([4, 5, 6]);
    }

    private static List<int> Enumerated(SampleBatch batch)
    {
        var indices = new List<int>();
        foreach (int index in batch)
            indices.Add(index);
        return indices;
    }
}
