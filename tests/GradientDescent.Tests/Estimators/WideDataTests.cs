namespace GradientDescent.Tests.Estimators;

/// <summary>Few samples and many features: no fit needs memory of the order of features², which would be far more than the data.</summary>
public sealed class WideDataTests
{
    // A number of features d for which one matrix of d·d doubles would be larger than the bound below, which is a multiple of the data.
    private const int Features = 5000;
    private const long BytesOfASquare = (long)Features * Features * sizeof(double);

    private static Dataset Wide(int samples, Func<int, double> target)
    {
        var random = new Random(7);
        double[] Row() => [.. Enumerable.Range(0, Features).Select(_ => random.NextDouble())];
        double[][] rows = [.. Enumerable.Range(0, samples).Select(_ => Row())];
        return Dataset.From(rows, [.. Enumerable.Range(0, samples).Select(target)]);
    }

    [Fact]
    public void TextOfAFitWithManyFeatures_HasTheFirstTerms()
    {
        string text = Equation.Of("y", 1, [.. Enumerable.Range(1, 262_144).Select(j => (double)j)], j => $"w{j}");

        text.Should().StartWith("y = 1 + 1·w0 + 2·w1 + ").And.EndWith(" + 20·w19 + … (262124 more terms)");
        Equation.Of("y", null, [.. Enumerable.Repeat(2.0, 20)], j => $"w{j}").Should().EndWith(" + 2·w18 + 2·w19");
    }

    public static TheoryData<string> Fits => ["Fit", "FitAccurately", "logistic", "softmax", "analysis", "trainer"];

    [Theory]
    [MemberData(nameof(Fits))]
    public void WideData_NeedsLessThanHalfOfASquare(string fit)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        switch (fit)
        {
            case "Fit":
                LinearFit plain = LinearRegression.Fit(Wide(10, i => i * i));
                plain.Metrics.RSquared.Should().BeApproximately(1, 1e-9, "there is a hyperplane through all samples");
                plain.Statistics.Coefficients.Should().HaveCount(Features + 1).And.OnlyContain(c => double.IsNaN(c.StandardError));
                break;
            case "FitAccurately":
                LinearFit accurate = LinearRegression.FitAccurately(Wide(10, i => i * i));
                accurate.Metrics.RSquared.Should().BeApproximately(1, 1e-9);
                accurate.Statistics.Note.Should().Contain("more coefficients (5001) than samples (10)");
                break;
            case "logistic":
                LogisticRegression.Fit(Wide(10, i => i % 2)).Result.Reason.Should().Be(StopReason.Separable);
                break;
            case "softmax":
                SoftmaxRegression.Fit(Wide(9, i => i % 3), ["a", "b", "c"]).Result.Reason.Should().Be(StopReason.Separable);
                break;
            case "analysis":
                FitAnalysis.From(new LinearRegression(), Wide(10, i => i)).LargestCurvature.Should().BePositive();
                break;
            default:
                new Trainer(new BatchGD(1e-4), new() { MaxSteps = 5 }).Fit(new LinearRegression(), Wide(10, i => i)).Steps.Should().Be(5);
                break;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(BytesOfASquare / 2);
    }
}
