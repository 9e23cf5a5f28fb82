using System.Numerics;

namespace GradientDescent.Tests.Collectives;

/// <summary>The tree in which parts are added, against its definition by recursion.</summary>
public class PartedSumTests
{
    private const int Length = 3;

    public static TheoryData<int> Counts => [1, 2, 3, 5, 8, 21, 37, 50, 63, 64];

    [Theory]
    [MemberData(nameof(Counts))]
    public void TheSum_IsThatOfTheTree_OnAnyNumberOfRanks(int count)
    {
        var parts = new SampleParts(count * 64);
        double[][] numbers = NumbersOf(count);
        int whole = (int)BitOperations.RoundUpToPowerOf2((uint)count);
        double[] expected = [.. Enumerable.Range(0, Length + 2).Select(j => Sum(numbers, j, 0, whole))];

        parts.Count.Should().Be(count);
        SumOf(new PartedSum(parts, null), numbers).Should().Equal(expected);
        foreach (int size in (int[])[2, 3, 4, 7])
        {
            foreach (double[] sum in LocalCollective.Run(size, ranks => SumOf(new(parts, new(ranks, count * 64, false, false)), numbers)))
                sum.Should().Equal(expected, $"{size} ranks add as one process does");
        }
    }

    [Fact]
    public void AnEvaluationThatThrows_LeavesNothingBehind()
    {
        double[][] numbers = NumbersOf(13);
        var sum = new PartedSum(new SampleParts(13 * 64), null);
        double[] expected = SumOf(sum, numbers);
        Action failing = () => SumOf(sum, [.. numbers[..11], null!, null!]);

        failing.Should().Throw<ArgumentOutOfRangeException>();

        SumOf(sum, numbers).Should().Equal(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_003)]
    [InlineData(int.MaxValue)]
    public void Parts_CoverAllSamplesOnce(int samples)
    {
        var parts = new SampleParts(samples);

        parts.Count.Should().BeInRange(1, 64);
        parts.StartOf(0).Should().Be(0);
        parts.StartOf(parts.Count).Should().Be(samples);
        Enumerable.Range(0, parts.Count).Should().OnlyContain(part => parts.StartOf(part) < parts.StartOf(part + 1));
    }

    [Fact]
    public void TooLongAMessage_IsRefused()
    {
        Action begin = () => new SumMessage().Begin(64, 1 << 25);

        begin.Should().Throw<InvalidOperationException>().WithMessage("*64 vectors of 33554432: shard the data with fastSums: true.");
    }

    /// <summary>The sum of the parts in a full binary tree, of which the parts behind the last one are left out.</summary>
    private static double Sum(double[][] numbers, int entry, int first, int size)
    {
        if (size == 1)
            return numbers[first][entry];
        int half = size / 2;
        double left = Sum(numbers, entry, first, half);
        return first + half < numbers.Length ? left + Sum(numbers, entry, first + half, half) : left;
    }

    private static double[][] NumbersOf(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, Length + 2).Select(_ => random.NextDouble() - 0.5).ToArray())];
    }

    private static double[] SumOf(PartedSum sum, double[][] numbers)
    {
        double[] vector = new double[Length];
        var source = new Rows(numbers);
        LossSum losses = sum.Of(ref source, vector);
        return [.. vector, losses.Loss, losses.Weight];
    }

    private readonly struct Rows(double[][] numbers) : IPartSource
    {
        public void Push(SumNode node, SumTree tree)
        {
            for (int part = node.First; part < node.End; part++)
                tree.Push(0, numbers[part].AsSpan(0, Length), new LossSum(numbers[part][Length], numbers[part][Length + 1]));
        }
    }
}
