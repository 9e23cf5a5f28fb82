namespace GradientDescent.Tests.Collectives;

/// <summary>Ranks that are threads.</summary>
public sealed class LocalCollectiveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Sums_AreTheSameOnAllRanks(int size)
    {
        double[][] sums = LocalCollective.Run(size, ranks =>
        {
            double[] values = [ranks.Rank, 1, double.Epsilon];
            ranks.Sum(values);
            ranks.Sum(values); // a second operation does not see the numbers of the first
            return values;
        });

        double expected = size * (size * (size - 1) / 2.0);
        sums.Should().AllSatisfy(sum => sum.Should().Equal(expected, size * size, size * size * double.Epsilon));
    }

    [Fact]
    public void ABroadcast_CopiesEachBit()
    {
        double odd = BitConverter.Int64BitsToDouble(unchecked((long)0xFFF4_0000_0000_1234)); // a NaN with a payload
        double[][] received = LocalCollective.Run(3, ranks =>
        {
            double[] values = ranks.Rank == 2 ? [odd, -0.0] : [7, 7];
            ranks.Broadcast(values, root: 2);
            return values;
        });

        foreach (double[] values in received)
            values.Select(BitConverter.DoubleToInt64Bits).Should().Equal(unchecked((long)0xFFF4_0000_0000_1234), long.MinValue);
    }

    [Fact]
    public void AnException_EndsAllRanks()
    {
        var others = new List<Exception>();
        Action job = () => LocalCollective.Run<int>(3, ranks =>
        {
            if (ranks.Rank == 1)
                throw new InvalidDataException("Row 7 is empty.");
            try
            {
                ranks.Sum([1.0]);
            }
            catch (CollectiveAbortedException e)
            {
                lock (others)
                    others.Add(e);
                throw;
            }

            return 0;
        });

        job.Should().Throw<InvalidDataException>().WithMessage("Row 7 is empty.");
        others.Should().HaveCount(2).And.AllSatisfy(e => e.Message.Should().Be("Rank 1 has ended the job: Row 7 is empty."));
    }

    [Fact]
    public void Abort_WakesRanksThatWait()
    {
        Action job = () => LocalCollective.Run(2, ranks =>
        {
            if (ranks.Rank == 0)
                ranks.Abort(3, "The disk is full.");
            else
                ranks.Sum([1.0]);
            return 0;
        });

        job.Should().Throw<CollectiveAbortedException>().WithMessage("Rank 0 has ended the job: The disk is full.")
            .Which.Rank.Should().Be(0);
    }

    [Fact]
    public void RanksThatCallOtherOperations_AreTold()
    {
        Action otherLengths = () => LocalCollective.Run(2, ranks =>
        {
            ranks.Sum(new double[ranks.Rank + 1]);
            return 0;
        });
        Action earlyEnd = () => LocalCollective.Run(2, ranks =>
        {
            if (ranks.Rank == 0)
                ranks.Sum([1.0]);
            return 0;
        });

        otherLengths.Should().Throw<InvalidOperationException>().WithMessage(
            "Rank ? passes ? numbers and rank ? passes ?: all ranks must call the same operations in the same order.");
        earlyEnd.Should().Throw<Exception>().WithMessage("*all ranks must call the same operations.");
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        FluentActions.Invoking(() => LocalCollective.Run(0, _ => 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => LocalCollective.Run<int>(2, null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => LocalCollective.Run(2, ranks =>
        {
            ranks.Broadcast([1.0], 2);
            return 0;
        })).Should().Throw<ArgumentException>();
    }
}
