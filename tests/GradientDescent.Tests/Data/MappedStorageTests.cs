using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

/// <summary>Rows outside the managed heap have the numbers, and give the results, of the same rows in memory.</summary>
public sealed class MappedStorageTests
{
    private static readonly Gen<(Dataset Data, int[] Pieces)> _cases =
        from width in Gen.Choose(1, 70)
        from count in Gen.Choose(4, 300)
        from pieces in Gen.NonEmptyListOf(Gen.Choose(1, 120))
        from precision in Gen.Elements(NumericPrecision.Double, NumericPrecision.Single)
        from weighted in Gen.Elements(false, true)
        select (TableOf(count, width, weighted).WithPrecision(precision), pieces.ToArray());

    [Fact]
    public void Fingerprint_IsThatOfRowsInMemory() => Check((data, mapped) =>
        mapped.IsMapped && !data.IsMapped && mapped.Fingerprint() == data.Fingerprint()
        && Enumerable.Range(0, data.SampleCount).All(i => mapped.Features(i).SequenceEqual(data.Features(i)))
        && mapped.Select(3, 1, 3).Fingerprint() == data.Select(3, 1, 3).Fingerprint()
        && mapped.Split(0.5).First.Fingerprint() == data.Split(0.5).First.Fingerprint());

    [Theory]
    [InlineData(FeatureScaling.None)]
    [InlineData(FeatureScaling.Standardize)]
    public void Gradients_OfAnyBatch_HaveTheSameBits(FeatureScaling scaling) => Check((data, mapped) =>
    {
        int[] picked = [.. Enumerable.Range(0, data.SampleCount).Where(i => i % 3 != 1)];
        int[] repeated = [1, 1, 3, 2, .. Enumerable.Range(0, data.SampleCount)];
        for (int threads = 1; threads <= 2; threads++)
        {
            IStochasticObjective expected = RiskOf(data, threads), actual = RiskOf(mapped, threads);
            foreach (int[] samples in new[] { picked, repeated, [.. repeated.Order()], [.. repeated.Skip(5)] })
            {
                if (!Gradient(actual, samples).SequenceEqual(Gradient(expected, samples)))
                    return false;
            }
        }

        return true;

        IStochasticObjective RiskOf(Dataset samples, int threads)
        {
            if (scaling == FeatureScaling.Standardize)
            {
                var statistics = ColumnStatistics.OfFeatures(samples, centered: true);
                samples = samples.IsMapped
                    ? samples.WithStandardizedFeatures(statistics.Centers, statistics.Scales, null)
                    : samples.Map(samples.FeatureCount, (i, from, features, targets) =>
                    {
                        statistics.Standardize(from, features);
                        samples.Targets(i).CopyTo(targets);
                    });
            }

            return new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), samples)
            {
                MaxDegreeOfParallelism = threads,
                ParallelThreshold = 0,
            };
        }
    });

    [Fact]
    public void Fits_WithHeldOutRows_HaveTheSameBits() => Check((data, mapped) =>
    {
        var fit = new FitOptions { Validation = Validation.HoldOut(0.25), Penalty = new L2Penalty(0.01) };
        foreach (SampleOrder order in Enum.GetValues<SampleOrder>())
        {
            var options = new TrainingOptions { MaxEpochs = 2, Batching = Batching.Mini(7), Order = order, ShuffleWindow = 40 };
            TrainingResult expected = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), data, options: fit),
                actual = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), mapped, options: fit);
            if (ResultHash.Of(actual) != ResultHash.Of(expected))
                return false;
        }

        return true;
    });

    [Fact]
    public void Networks_OfMappedRows_HaveTheSameBits() => Check((data, mapped) =>
    {
        var options = new TrainingOptions { MaxEpochs = 2, Batching = Batching.Mini(16) };

        return ResultHash.Of(Train(mapped)) == ResultHash.Of(Train(data));

        TrainingResult Train(Dataset samples) =>
            new Trainer(new Adam(), options).Fit(
                new FeedForwardNetwork(ModelTask.Regression, new DenseLayer(5, Activation.Tanh), new DenseLayer(1)), samples);
    });

    [Fact]
    public void FitsInOneCall_OfMappedRows_HaveTheBitsOfMemory()
    {
        Dataset table = TableOf(20, 3, weighted: true);
        using var rows = new UnmanagedRows(table, 7);

        LinearFit mapped = LinearRegression.Fit(rows.Data), memory = LinearRegression.Fit(table);

        mapped.Weights.Should().Equal(memory.Weights);
        mapped.HasStatistics.Should().BeTrue();
        mapped.Statistics.RSquared.Should().Be(memory.Statistics.RSquared);
        LinearRegression.FitAccurately(rows.Data).Weights.Should().Equal(LinearRegression.FitAccurately(table).Weights);
    }

    // 2²⁷ numbers and one row more.
    [Theory]
    [InlineData(1 << 17, 1024, true)]
    [InlineData((1 << 17) + 1, 1024, false)]
    [InlineData(1 << 16, 2048, true)]
    public void DenseCopy_OfMappedRows_HasALimitOfNumbers(int samples, int features, bool fits) =>
        DenseCopy.Fits(samples, features, isSparse: false).Should().Be(fits);

    [Fact]
    public void Memory_OfAFit_DoesNotGrowWithTheRows()
    {
        using var rows = new UnmanagedRows(TableOf(20_000, 64, weighted: false), 1000);
        var options = new TrainingOptions { MaxEpochs = 2, Batching = Batching.Mini(100), Order = SampleOrder.BlockShuffled };

        long bytes = AllocatedBytes.Of(() => new Trainer(new MiniBatchSGD(0.01), options).Fit(new LinearRegression(), rows.Data));

        bytes.Should().BeLessThan(20_000 * 64 * sizeof(double) / 4); // targets take a sixty-fourth of the features
    }

    private static void Check(Func<Dataset, Dataset, bool> holds) => Prop.ForAll(_cases.ToArbitrary(), sample =>
    {
        using var rows = new UnmanagedRows(sample.Data, sample.Pieces);
        return holds(sample.Data, rows.Data);
    }).QuickCheckThrowOnFailure();

    private static double[] Gradient(IStochasticObjective objective, int[] samples)
    {
        double[] at = [.. Enumerable.Range(0, objective.ParameterCount).Select(j => Math.Cos(3 * j))], gradient = new double[at.Length];
        LossSum sum = objective.Add(at, new SampleBatch(samples), gradient);
        return [.. gradient, sum.Loss, sum.Weight];
    }

    private static Dataset TableOf(int count, int width, bool weighted) => Dataset.From(
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, width).Select(j => 3 + Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, count).Select(i => Math.Cos(i))],
        weighted ? [.. Enumerable.Range(0, count).Select(i => i % 4.0)] : null);
}
