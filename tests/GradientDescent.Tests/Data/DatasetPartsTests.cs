namespace GradientDescent.Tests.Data;

public sealed class DatasetPartsTests
{
    /// <summary>Sample i has the feature i, the target 10i and the weight i + 1.</summary>
    private static Dataset Counted(int count) => Dataset.From(
        Enumerable.Range(0, count), i => [i], i => 10 * i, i => i + 1, ["number"]);

    private static double[] Numbers(Dataset data) => [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i)[0])];

    [Theory]
    [InlineData(10, 0.8, 8)]
    [InlineData(10, 0.25, 3)] // 2.5 rounds away from zero
    [InlineData(3, 0.5, 2)]
    [InlineData(2, 0.5, 1)]
    [InlineData(1000, 0.001, 1)]
    public void Split_AnyShare_PutsEachSampleIntoOnePartAndKeepsTheirOrder(int count, double fraction, int expected)
    {
        (Dataset first, Dataset second) = Counted(count).Split(fraction, seed: 5);

        first.SampleCount.Should().Be(expected);
        Numbers(first).Should().BeInAscendingOrder();
        Numbers(second).Should().BeInAscendingOrder();
        Numbers(first).Concat(Numbers(second)).Order().Should().Equal(Enumerable.Range(0, count).Select(i => (double)i));
    }

    [Fact]
    public void WithTargets_OfAnyStorage_KeepsAllButTheTargets()
    {
        Dataset dense = Counted(3), sparse = Dataset.FromSparse([0, 1, 1, 2], [0, 1], [5, 7], 2, [1, 2, 3], [1, 0, 2]);
        foreach (Dataset data in (Dataset[])[dense, sparse, dense.WithPrecision(NumericPrecision.Single)])
        {
            Dataset other = data.WithTargets([4, -1, 9], "class");

            other.TargetNames.Should().Equal("class");
            other.FeatureNames.Should().Equal(data.FeatureNames);
            (other.IsSparse, other.FeaturePrecision).Should().Be((data.IsSparse, data.FeaturePrecision));
            for (int i = 0; i < 3; i++)
            {
                other.Features(i).ToArray().Should().Equal(data.Features(i).ToArray());
                (other.Targets(i)[0], other.Weight(i)).Should().Be((new[] { 4.0, -1, 9 }[i], data.Weight(i)));
            }
        }
    }

    [Fact]
    public void WithTargets_OfBadNumbers_NamesThem()
    {
        FluentActions.Invoking(() => Counted(3).WithTargets([1, 2], "y")).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 targets for 3 samples: each sample needs one.*");
        FluentActions.Invoking(() => Counted(3).WithTargets([1, double.NaN, 2], "y")).Should().Throw<ArgumentException>()
            .WithMessage("targets[1] is NaN: it must be finite.*");
    }

    [Fact]
    public void Split_Samples_KeepTargetsWeightsAndNames()
    {
        (Dataset first, Dataset second) = Counted(20).Split(0.5);

        foreach (Dataset part in (Dataset[])[first, second])
        {
            part.FeatureNames.Should().Equal("number");
            for (int i = 0; i < part.SampleCount; i++)
                (part.Targets(i)[0], part.Weight(i)).Should().Be((10 * part.Features(i)[0], part.Features(i)[0] + 1));
        }
    }

    [Fact]
    public void Split_SameSeed_GivesTheSamePartsAndOthersDiffer()
    {
        string[] parts = [.. Enumerable.Range(-5, 20).Select(seed => string.Join(",", Numbers(Counted(100).Split(0.5, seed).First)))];

        parts.Should().OnlyHaveUniqueItems();
        parts[5].Should().Be(string.Join(",", Numbers(Counted(100).Split(0.5, 0).First)));
    }

    // Each sample is in the first part with probability 0.3. Over 2000 seeds its count has the standard deviation √(2000·0.3·0.7) = 20.5:
    // five of these for each of 20 samples are exceeded once in 87,000 times.
    [Fact]
    public void Split_ManySeeds_TreatsSamplesAlike()
    {
        int[] counts = new int[20];
        for (int seed = 0; seed < 2000; seed++)
        {
            foreach (double number in Numbers(Counted(20).Split(0.3, seed).First))
                counts[(int)number]++;
        }

        counts.Should().OnlyContain(count => Math.Abs(count - 600) < 103);
    }

    [Fact]
    public void Select_AnyIndices_ReturnsThemInTheGivenOrder()
    {
        Dataset selection = Counted(5).Select(4, 0, 0, 2);

        Numbers(selection).Should().Equal(4, 0, 0, 2);
        Enumerable.Range(0, 4).Select(i => selection.Targets(i)[0]).Should().Equal(40, 0, 0, 20);
        Enumerable.Range(0, 4).Select(selection.Weight).Should().Equal(5, 1, 1, 3);
    }
}
