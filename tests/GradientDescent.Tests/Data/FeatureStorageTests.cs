using System.Security.Cryptography;
using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

/// <summary>Rows in memory: they come out as they went in, in every format and by every way of reading.</summary>
public sealed class FeatureStorageTests
{
    public static TheoryData<NumericPrecision, int> Formats
    {
        get
        {
            var formats = new TheoryData<NumericPrecision, int>();
            foreach (NumericPrecision precision in Enum.GetValues<NumericPrecision>())
            {
                foreach (int featureCount in (int[])[1, 3, 8, 9, 16, 17, 100])
                    formats.Add(precision, featureCount);
            }

            return formats;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_RowsWrittenInAnyOrder_AreTheRows(NumericPrecision precision, int featureCount)
    {
        FeatureStorage storage = Make(precision, 5, featureCount);
        double[][] rows = Whole(5, featureCount);
        foreach (int i in (int[])[3, 0, 4, 1, 2])
            storage.Write(i, rows[i]).Should().Be(-1);

        double[] buffer = storage.NewRowBuffer();

        for (int i = 0; i < 5; i++)
            storage.Read(i, buffer).ToArray().Should().Equal(rows[i]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Rows_OfSomeSamples_AreThoseThatReadReturns(NumericPrecision precision, int featureCount)
    {
        FeatureStorage storage = Make(precision, 5, featureCount);
        double[][] rows = Whole(5, featureCount);
        for (int i = 0; i < 5; i++)
            storage.Write(i, rows[i]);
        int[] samples = [4, 0, 0, 2];

        FeatureRows seen = storage.View(samples, [1, 3], isReadOnce: false, new RowBuffer(4, featureCount));

        (seen.Count, seen.ColumnCount).Should().Be((4, featureCount));
        for (int i = 0; i < samples.Length; i++)
            seen[i].ToArray().Should().Equal(rows[samples[i]]);
    }

    [Fact]
    public void Write_NumberBeyondFloat_ReturnsItsColumn()
    {
        new SingleStorage(1, 3).Write(0, [1, -4e38, 4e38]).Should().Be(1);
        new DoubleStorage(1, 3).Write(0, [1, -4e38, 4e38]).Should().Be(-1);
    }

    [Fact]
    public void Create_MoreNumbersThanAnArrayHolds_SaysHowManyFit() => FluentActions.Invoking(() => new DoubleStorage(int.MaxValue / 8, 9))

            .Should().Throw<ArgumentException>()
            .WithMessage($"268435455 samples of 9 features need 4294967280 numbers: at most {Array.MaxLength - 8} fit.*");

    [Theory]
    [InlineData(NumericPrecision.Double, 0)]
    [InlineData(NumericPrecision.Single, 24 + 16 * 8)] // the copy in double: an array's header and sixteen numbers
    public void Features_OfOneSample_AllocatesOnlyTheCopyOfFloats(NumericPrecision precision, long expected)
    {
        Dataset data = Dataset.From(Whole(4, 16), new double[4]).WithPrecision(precision);
        double sum = data.Features(1)[2];

        AllocatedBytes.Of(() => sum += data.Features(3)[0]).Should().Be(expected);
    }

    [Theory]
    [InlineData(NumericPrecision.Double, 0)]
    [InlineData(NumericPrecision.Single, 24 + 16 * 8)]
    public void Weighted_OverAllSamples_AllocatesOneRowAtMost(NumericPrecision precision, long expected)
    {
        Dataset data = Dataset.From(Whole(50, 16), new double[50]).WithPrecision(precision);
        double sum = 0;

        AllocatedBytes.Of(() =>
        {
            foreach (Dataset.WeightedSample sample in data.Weighted)
                sum += sample.Weight * sample.Features[0];
        }).Should().Be(expected);
    }

    [Theory]
    [InlineData(NumericPrecision.Double)]
    [InlineData(NumericPrecision.Single)]
    public void Weighted_SamplesSomeOfWeightZero_SkipsThose(NumericPrecision precision)
    {
        double[][] features = [[1, 2], [3, 4], [5, 6], [7, 8]], targets = [[1, 10], [2, 20], [3, 30], [4, 40]];
        Dataset data = Dataset.From(features, targets, [0, 2, 0, 0.5]).WithPrecision(precision);
        var seen = new List<(int Index, double Weight, double Feature, double Target)>();

        foreach (Dataset.WeightedSample sample in data.Weighted)
            seen.Add((sample.Index, sample.Weight, sample.Features[1], sample.Targets[1]));

        seen.Should().Equal((1, 2, 4, 20), (3, 0.5, 8, 40));
    }

    [Fact]
    public void Weighted_SamplesWithoutWeights_AreAllOfThemWithWeightOne()
    {
        var seen = new List<(int Index, double Weight)>();

        foreach (Dataset.WeightedSample sample in Dataset.From([5.0, 6, 7], new double[3]).Weighted)
            seen.Add((sample.Index, sample.Weight));

        seen.Should().Equal((0, 1), (1, 1), (2, 1));
    }

    // SHA-256 of five 32-bit integers (1 sample, 2 features, 1 target, precision 0, no weights), then the doubles 1, 2 and the target 3, as
    // bytes in memory.
    [Fact]
    public void Fingerprint_OfOneSample_IsTheHashOfItsNumbers()
    {
        int[] counts = [1, 2, 1, 0, 0];
        double[] numbers = [1, 2, 3];
        byte[] bytes = [.. counts.SelectMany(BitConverter.GetBytes), .. numbers.SelectMany(BitConverter.GetBytes)];

        Dataset.From([[1.0, 2]], [3.0]).Fingerprint()
            .Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(4, 5, true)]
    [InlineData(5, 5, false)]
    [InlineData(-1, 5, false)]
    [InlineData(0.5, 5, false)]
    [InlineData(double.NaN, 5, false)]
    [InlineData(double.PositiveInfinity, 5, false)]
    public void ClassLabel_IsAWholeNumberBelowTheCount(double target, int classCount, bool expected) =>
        ClassLabel.IsClass(target, classCount).Should().Be(expected);

    private static FeatureStorage Make(NumericPrecision precision, int sampleCount, int featureCount) =>
        precision == NumericPrecision.Double
        ? new DoubleStorage(sampleCount, featureCount)
        : new SingleStorage(sampleCount, featureCount);

    /// <summary>Whole numbers, which float holds exactly.</summary>
    private static double[][] Whole(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, length).Select(j => (double)(1000 * i + j)).ToArray())];
}
