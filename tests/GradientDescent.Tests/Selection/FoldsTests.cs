using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Selection;

public class FoldsTests
{
    [Fact]
    public void KFold_OfAnySizes_IsAPartitionIntoSizesThatDifferByAtMostOne() => ForAllSizes((samples, count, seed) =>
    {
        ImmutableArray<Fold> folds = Folds.KFold(samples, count, seed, repeats: 2);

        ShouldPartition(folds, samples, count, repeats: 2);
        int smaller = samples / count, larger = (samples + count - 1) / count;
        folds.Select(fold => fold.Test.Length).Should().OnlyContain(size => size == smaller || size == larger);
    });

    [Fact]
    public void Stratified_OfAnyLabels_SpreadsEachClassToWithinOneSample() => ForAllSizes((samples, count, seed) =>
    {
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => (i * 7 + (int)(seed % 5)) % 11 % 4)];
        ImmutableArray<Fold> folds = Folds.Stratified(labels, count, seed, repeats: 2);

        ShouldPartition(folds, samples, count, repeats: 2);
        Spread(folds[..count].Select(fold => fold.Test.Length)).Should().BeLessThanOrEqualTo(1);
        foreach (int label in labels.Distinct())
            Spread(folds[..count].Select(fold => fold.Test.Count(sample => labels[sample] == label))).Should().BeLessThanOrEqualTo(1);
    });

    [Fact]
    public void Grouped_OfAnyGroups_NeverDividesAGroupAndBalancesSizes() => ForAllSizes((samples, count, seed) =>
    {
        int[] groups = [.. Enumerable.Range(0, samples).Select(i => i < count ? i : (int)Math.Sqrt(i * (1 + seed % 3)))];
        ImmutableArray<Fold> folds = Folds.Grouped(groups, count, seed);

        ShouldPartition(folds, samples, count, repeats: 1);
        folds.Should().OnlyContain(fold => !fold.Test.Select(i => groups[i]).Intersect(fold.Training.Select(i => groups[i])).Any());
        Spread(folds.Select(fold => fold.Test.Length)).Should().BeLessThanOrEqualTo(groups.CountBy(group => group).Max(pair => pair.Value));
    });

    [Fact]
    public void TimeOrdered_OfAnySizes_TrainsBeforeTheGapAndTestsAfterIt() => ForAllSizes((samples, count, seed) =>
    {
        int gap = (int)(seed % 3), longest = 1 + (int)(seed % 7);
        if (samples - count * (samples / (count + 1)) - gap < 1 || count >= samples)
            return;
        ImmutableArray<Fold> folds = Folds.TimeOrdered(samples, count, gap: gap, maxTrainingLength: longest);

        folds.Should().OnlyContain(fold => fold.Training.Max() + gap + 1 == fold.Test.Min() && fold.Training.Length <= longest);
        folds.SelectMany(fold => fold.Test).Should().Equal(Enumerable.Range(folds[0].Test[0], samples - folds[0].Test[0]));
    });

    [Fact]
    public void TimeOrdered_WithoutSettings_EqualsTimeSeriesSplitOfScikitLearn()
    {
        // TimeSeriesSplit(3) on 11 samples: test length 11 // 4 = 2
        ImmutableArray<Fold> folds = Folds.TimeOrdered(11, count: 3);

        folds.Select(fold => fold.Training[^1]).Should().Equal(4, 6, 8);
        folds.Select(fold => string.Join(" ", fold.Test)).Should().Equal("5 6", "7 8", "9 10");
    }

    [Fact]
    public void KFold_NotShuffled_TestsAdjacentSamplesInTheirOrder() =>
        Folds.KFold(6, 3, shuffle: false).Select(fold => string.Join(" ", fold.Test)).Should().Equal("0 1", "2 3", "4 5");

    [Fact]
    public void KFold_SameSeed_IsTheSameAndAnotherSeedOrRepetitionIsNot()
    {
        static string text(ImmutableArray<Fold> folds) => string.Join("|", folds.Select(fold => string.Join(" ", fold.Test)));

        text(Folds.KFold(50, 5, seed: 3)).Should().Be(text(Folds.KFold(50, 5, seed: 3)));
        text(Folds.KFold(50, 5, seed: 3)).Should().NotBe(text(Folds.KFold(50, 5, seed: 4)));
        ImmutableArray<Fold> twice = Folds.KFold(50, 5, seed: 3, repeats: 2);
        text(twice[..5]).Should().NotBe(text(twice[5..]));
    }

    [Fact]
    public void Arguments_OutOfRange_AreNamedWithWhatIsAllowed()
    {
        Refused(() => Folds.KFold(3, 4), "count is 4: it must be from 2 to 3.");
        Refused(() => Folds.KFold(1), "sampleCount is 1: it must be at least 2.");
        Refused(() => Folds.KFold(10, 5, repeats: 0), "repeats is 0: it must be at least 1.");
        Refused(() => Folds.Grouped([1, 1, 2, 2], 3), "count is 3: there are 2 groups, and each fold needs one.");
        Refused(() => Folds.TimeOrdered(10, 4, testLength: 2, gap: 2), "4 folds of 2 test samples and a gap of 2 leave no*");
        Refused(() => new Fold([0, 1], [1]), "Sample 1 is in both parts: a test sample must not be a training sample.*");
        Refused(() => new Fold([], [1]), "There are no training samples: a fold needs at least one.*");
    }

    private static void Refused(Func<object> act, string message) => act.Should().Throw<ArgumentException>().WithMessage(message + "*");

    private static int Spread(IEnumerable<int> counts) => counts.Max() - counts.Min();

    private static void ForAllSizes(Action<int, int, long> body) => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(2, 60).SelectMany(samples => Gen.Choose(2, samples), (samples, count) => (samples, count))
            .SelectMany(_ => Gen.Choose(0, 1000), (sizes, seed) => (sizes.samples, sizes.count, seed)).ToArbitrary(),
        drawn => body(drawn.samples, drawn.count, drawn.seed)));

    private static void ShouldPartition(ImmutableArray<Fold> folds, int samples, int count, int repeats)
    {
        folds.Should().HaveCount(count * repeats);
        for (int repeat = 0; repeat < repeats; repeat++)
            folds.Skip(repeat * count).Take(count).SelectMany(fold => fold.Test).Order().Should().Equal(Enumerable.Range(0, samples));
        foreach (Fold fold in folds)
        {
            fold.Training.Should().BeInAscendingOrder();
            fold.Test.Should().BeInAscendingOrder();
            fold.Training.Concat(fold.Test).Order().Should().Equal(Enumerable.Range(0, samples));
        }
    }
}
