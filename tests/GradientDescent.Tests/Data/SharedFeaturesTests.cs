namespace GradientDescent.Tests.Data;

/// <summary>A data set that reads the caller's array has the numbers, and gives the results, of one that copies it.</summary>
public sealed class SharedFeaturesTests
{
    private const int Samples = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)] // whole cache lines
    [InlineData(13)]
    public void From_WithoutACopy_HasTheSameNumbersAndFingerprint(int featureCount)
    {
        (Dataset copy, Dataset shared) = Both(featureCount);

        shared.Fingerprint().Should().Be(copy.Fingerprint());
        for (int i = 0; i < Samples; i++)
            shared.Features(i).ToArray().Should().Equal(copy.Features(i).ToArray());
        shared.Select([7, 3]).Fingerprint().Should().Be(copy.Select([7, 3]).Fingerprint());
        shared.WithPrecision(NumericPrecision.Single).Fingerprint().Should()
            .Be(copy.WithPrecision(NumericPrecision.Single).Fingerprint());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(13, 1)]
    [InlineData(13, 7)]
    [InlineData(16, 32)]
    public void Fit_WithoutACopy_HasTheSameBits(int featureCount, int batchSize)
    {
        (Dataset copy, Dataset shared) = Both(featureCount);
        foreach (FeatureScaling scaling in Enum.GetValues<FeatureScaling>())
        {
            ParametersOf(shared, scaling).Should().Equal(ParametersOf(copy, scaling));
        }

        double[] ParametersOf(Dataset data, FeatureScaling scaling)
        {
            var options = new TrainingOptions { MaxEpochs = 3, Batching = Batching.Mini(batchSize) };
            return [.. new Trainer(new Adam(), options)
                .Fit(new LinearRegression(), data, options: new FitOptions { Scaling = scaling }).Parameters];
        }
    }

    [Fact]
    public void OneCallFits_WithoutACopy_HaveTheSameBits()
    {
        (Dataset copy, Dataset shared) = Both(5);

        LinearRegression.Fit(shared).Result.Parameters.Should().Equal(LinearRegression.Fit(copy).Result.Parameters);
        LinearRegression.Fit(shared).Statistics.ToString().Should().Be(LinearRegression.Fit(copy).Statistics.ToString());
        LinearRegression.FitAccurately(shared).Result.Parameters.Should().Equal(LinearRegression.FitAccurately(copy).Result.Parameters);
    }

    [Fact]
    public void From_WithoutACopy_TakesNoMemoryForFeatures()
    {
        double[] features = new double[1 << 20], targets = new double[1 << 10];
        Dataset.From(features, 1 << 10, targets, copy: false); // compiled by now

        long before = GC.GetAllocatedBytesForCurrentThread();
        var shared = Dataset.From(features, 1 << 10, targets, copy: false);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(features.Length * sizeof(double) / 10);
        features[5] = 2;
        shared.Features(0)[5].Should().Be(2);
    }

    [Fact]
    public void From_WithoutACopyOfBadNumbers_NamesThem()
    {
        FluentActions.Invoking(() => Dataset.From([1, 2, double.NaN, 4], 2, [1, 2], copy: false)).Should().Throw<ArgumentException>()
            .WithMessage("Row 1, column 0 ('x1') of features is NaN*");
        FluentActions.Invoking(() => Dataset.From([1, 2, 3], 2, [1, 2], copy: false)).Should().Throw<ArgumentException>()
            .WithMessage("features has 3 numbers, which is not a whole number of rows of 2*");
        FluentActions.Invoking(() => Dataset.From([], 2, [], copy: false)).Should().Throw<ArgumentException>();
    }

    private static (Dataset Copy, Dataset Shared) Both(int featureCount)
    {
        double[] features = [.. Enumerable.Range(0, Samples * featureCount).Select(i => Math.Sin(i * i))];
        double[] targets = [.. Enumerable.Range(0, Samples).Select(i => Math.Cos(i) + features[i * featureCount])];
        double[] weights = [.. Enumerable.Range(0, Samples).Select(i => i % 3)];
        return (
            Dataset.From(features, featureCount, targets, weights),
            Dataset.From(features, featureCount, targets, weights, copy: false));
    }
}
