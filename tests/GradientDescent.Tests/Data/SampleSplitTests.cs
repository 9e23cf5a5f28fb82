namespace GradientDescent.Tests.Data;

/// <summary>The sizes of parts: in all, of each class, and of the samples that have weight.</summary>
public sealed class SampleSplitTests
{
    private static double[] Classes(params int[] sizes) => [.. sizes.SelectMany((size, label) => Enumerable.Repeat((double)label, size))];

    private static Dataset Numbered(double[] targets, double[]? weights = null) =>
        Dataset.From(Enumerable.Range(0, targets.Length), i => [i], i => targets[i], i => weights?[i] ?? 1);

    private static int[] CountsOf(Dataset data, int classes) =>
        [.. Enumerable.Range(0, classes).Select(k => Enumerable.Range(0, data.SampleCount).Count(i => data.Targets(i)[0] == k))];

    // The first part has round(fraction·n) samples, .5 away from zero, and each class its quota to within one.
    [Theory]
    [InlineData(0.5, 5, 3, 3, 3)]
    [InlineData(0.5, 11, 3, 4, 3, 4, 3, 5)]
    [InlineData(0.1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)]
    [InlineData(0.1, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4)]
    [InlineData(0.2, 30, 50, 50, 50)]
    [InlineData(0.29, 58, 100, 100)] // 0.29·100 is 28.999999999999996
    [InlineData(0.25, 3, 1, 9)]
    public void SplitByClass_AnyClasses_GivesExactSizes(double fraction, int expected, params int[] sizes)
    {
        Dataset data = Numbered(Classes(sizes));
        for (int seed = 0; seed < 50; seed++)
        {
            (Dataset first, Dataset second) = data.SplitByClass(fraction, seed);

            first.SampleCount.Should().Be(expected);
            (first.SampleCount + second.SampleCount).Should().Be(data.SampleCount);
            int[] counts = CountsOf(first, sizes.Length);
            for (int k = 0; k < sizes.Length; k++)
            {
                // one class of one sample gives it to the second part, and its quota to another class
                Math.Abs(counts[k] - fraction * sizes[k]).Should().BeLessThan(1.3);
                counts[k].Should().BeLessThan(sizes[k], "the second part keeps each class");
            }
        }
    }

    [Fact]
    public void SplitByClass_ThirtySmallClasses_GivesATenth()
    {
        Dataset data = Numbered(Classes([.. Enumerable.Range(0, 30).Select(k => k % 2 == 0 ? 3 : 4)])); // 105 samples

        data.SplitByClass(0.1).First.SampleCount.Should().Be(11);
    }

    // Which class gets the odd sample is a matter of the seed: a third of 300 seeds each, standard deviation √(300·2/9) = 8.2.
    [Fact]
    public void SplitByClass_EqualRemainders_TreatsClassesAlike()
    {
        Dataset data = Numbered(Classes(3, 3, 3));
        int[] lower = new int[3];
        for (int seed = 0; seed < 300; seed++)
            lower[Array.IndexOf(CountsOf(data.SplitByClass(0.5, seed).First, 3), 1)]++;

        lower.Should().OnlyContain(count => Math.Abs(count - 100) < 42);
    }

    // Only so many can leave as keep one sample of each class.
    [Fact]
    public void SplitByClass_LargeFraction_KeepsEachClassInTheSecondPart()
    {
        (Dataset first, Dataset second) = Numbered(Classes(4, 2, 1)).SplitByClass(0.9);

        CountsOf(first, 3).Should().Equal(3, 1, 0);
        CountsOf(second, 3).Should().Equal(1, 1, 1);
    }

    public static TheoryData<double[], double> Weights => new()
    {
        { [1, 1, 0, 0], 0.5 },
        { [1, 1, 0, 0, 0, 0, 0, 0], 0.5 },
        { [0, 0, 0, 0, 0, 0, 0, 2, 3], 0.1 },
        { [0, 1, 1], 0.8 },
        { [1, 1, 1, 1, 0], 0.2 },
    };

    [Theory]
    [MemberData(nameof(Weights))]
    public void Split_WithWeightsOfZero_GivesBothPartsWeight(double[] weights, double fraction)
    {
        Dataset data = Numbered([.. weights.Select((_, i) => (double)i)], weights);
        for (int seed = 0; seed < 50; seed++)
        {
            (Dataset first, Dataset second) = data.Split(fraction, seed);

            first.SampleCount.Should().Be((int)Math.Round(fraction * weights.Length, MidpointRounding.AwayFromZero));
            foreach (Dataset part in (Dataset[])[first, second])
                Enumerable.Range(0, part.SampleCount).Sum(part.Weight).Should().BePositive();
        }
    }

    [Fact]
    public void SplitByClass_WithWeightsOfZero_KeepsWeightOfEachClassInTheSecondPart()
    {
        Dataset data = Numbered(Classes(5, 5), [1, 1, 0, 0, 0, 0, 0, 0, 1, 1]);
        for (int seed = 0; seed < 50; seed++)
        {
            (Dataset first, Dataset second) = data.SplitByClass(0.5, seed);

            first.SampleCount.Should().Be(5);
            Enumerable.Range(0, first.SampleCount).Sum(first.Weight).Should().BePositive();
            for (int k = 0; k < 2; k++)
                Enumerable.Range(0, second.SampleCount).Where(i => second.Targets(i)[0] == k).Sum(second.Weight).Should().BePositive();
        }
    }

    // The weights divide the classes further, and each class still has its quota to within one.
    [Theory]
    [InlineData("0011122", "1011001", 0.25)]
    [InlineData("000111222", "110100011", 0.4)]
    [InlineData("0000011111", "1010101010", 0.3)]
    [InlineData("0011223344", "1110101010", 0.5)]
    [InlineData("000000111222", "100110010110", 0.35)]
    public void SplitByClass_WithWeightsOfZero_GivesEachClassItsQuota(string labels, string weights, double fraction)
    {
        double[] targets = [.. labels.Select(c => (double)(c - '0'))];
        Dataset data = Numbered(targets, [.. weights.Select(c => (double)(c - '0'))]);
        int classes = targets.Distinct().Count();
        for (int seed = 0; seed < 100; seed++)
        {
            int[] counts = CountsOf(data.SplitByClass(fraction, seed).First, classes);

            counts.Sum().Should().Be((int)Math.Round(fraction * targets.Length, MidpointRounding.AwayFromZero));
            for (int k = 0; k < classes; k++)
                Math.Abs(counts[k] - fraction * targets.Count(target => target == k)).Should().BeLessThan(1, $"class {k}, seed {seed}");
        }
    }

    [Fact]
    public void Fit_HoldOutWithWeightsOfZero_NeverThrowsForASeed()
    {
        var data = Dataset.From([1.0, 2, 3, 4], [2, 4, 6, 8], [1.0, 1, 0, 0]);
        for (int seed = 0; seed < 20; seed++)
        {
            var trainer = new Trainer(new BatchGD(0.05), new() { Seed = seed, MaxEpochs = 3 });
            trainer.Invoking(t => t.Fit(new LinearRegression(), data, options: new() { Validation = Validation.HoldOut(0.5) }))
                .Should().NotThrow();
        }
    }

    [Fact]
    public void Fit_HoldOutOfTheOnlyWeight_NamesTheShare()
    {
        var data = Dataset.From([1.0, 2, 3, 4], [2, 4, 6, 8], [0.0, 1, 0, 0]);

        FluentActions.Invoking(() => new Trainer(new BatchGD()).Fit(new LinearRegression(), data,
            options: new() { Validation = Validation.HoldOut(0.5) })).Should().Throw<ArgumentException>().WithParameterName("share")
            .WithMessage("0.5 of 4 samples: 1 of them has a weight above 0, and both parts need one.*");
    }
}
