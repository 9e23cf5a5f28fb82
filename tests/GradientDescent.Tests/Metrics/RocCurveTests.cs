namespace GradientDescent.Tests.Metrics;

public class RocCurveTests
{
    [Fact]
    public void StandardError_OfFourSamples_IsThatOfTheFormula()
    {
        // Positives 0.35 and 0.8 are above ½ and 1 of the negatives 0.1 and 0.4, which are below 1 and ½ of the positives: the mean is
        // 0.75, both variances are 2·0.25²/(2 − 1) = 0.125, and the error is √(0.125/2 + 0.125/2).
        RocCurve roc = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).Roc;

        roc.Area.Should().Be(0.75);
        roc.StandardError.Should().BeApproximately(Math.Sqrt(0.125), 1e-15);
        roc.Interval(0.9).Lower.Should().BeApproximately(0.75 - 1.6448536269514722 * Math.Sqrt(0.125), 1e-14);
        roc.Interval(0.9).Upper.Should().Be(1, "the interval is cut there");
        roc.Note.Should().BeNull();
    }

    [Theory]
    [InlineData(40, 1000)]
    [InlineData(101, 10)]
    [InlineData(64, 3)]
    public void StandardError_OfManySamples_IsThatOfAllPairs(int count, int differentScores)
    {
        var random = new Random(count);
        double[] scores = [.. Enumerable.Range(0, count).Select(_ => random.Next(differentScores) / (double)differentScores)];
        bool[] outcomes = [.. scores.Select((score, i) => i % 5 == 0 || random.NextDouble() < score)];

        RocCurve roc = ClassificationReport.From(scores, outcomes).Roc;

        (double area, double error) = DeLong(
            [.. scores.Where((_, i) => outcomes[i])], [.. scores.Where((_, i) => !outcomes[i])]);
        roc.Area.Should().BeApproximately(area, 1e-14);
        roc.StandardError.Should().BeApproximately(error, 1e-14);
    }

    [Fact]
    public void Area_OfAMillionSamples_IsThatOfTheirRanks()
    {
        // Scores i/n, positive where i is a multiple of 3: the ranks of the positives are 0, 3, 6, …, and the area is
        // (Σ ranks − m(m − 1)/2) / (m·(n − m)).
        const int n = 1_000_000, m = (n + 2) / 3;
        double[] scores = [.. Enumerable.Range(0, n).Select(i => (double)i / n)];
        bool[] outcomes = [.. Enumerable.Range(0, n).Select(i => i % 3 == 0)];

        double area = ClassificationReport.From(scores, outcomes).Roc.Area;

        double ranks = 3.0 * ((long)m * (m - 1) / 2);
        area.Should().Be((ranks - (long)m * (m - 1) / 2) / ((double)m * (n - m)));
    }

    [Theory]
    [InlineData(1, 1, 0.4)] // wrong at ∞: 5, 0.9: 4, 0.8: 3, 0.7: 4, 0.6: 3, 0.55: 2, 0.4: 1, 0.3: 2
    [InlineData(10, 1, 0.8)] // at 0.8: three false negatives; below, a false positive
    [InlineData(1, 10, 0.4)]
    [InlineData(0, 1, 0.4)]
    [InlineData(1e300, 1e290, 0.8)]
    [InlineData(3, 1, 0.8)] // 3 at 0.8 and at 0.4: the larger threshold
    public void BestThreshold_WithCosts_HasTheSmallestSum(double falsePositive, double falseNegative, double expected)
    {
        double[] scores = [0.9, 0.8, 0.7, 0.6, 0.55, 0.4, 0.3];
        bool[] outcomes = [true, true, false, true, true, true, false];

        double threshold = ClassificationReport.From(scores, outcomes).BestThreshold(falsePositive, falseNegative);

        threshold.Should().Be(expected);
    }

    [Fact]
    public void BestThreshold_WhereFalsePositivesAlwaysCostMore_TakesNoSample()
    {
        ClassificationReport report = ClassificationReport.From([0.9, 0.2], [false, true]);

        double threshold = report.BestThreshold(costOfFalsePositive: 10, costOfFalseNegative: 1);

        threshold.Should().Be(double.PositiveInfinity);
        report.AtThreshold(threshold).Classes[1].Predicted.Should().Be(0);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 0)]
    public void BestThreshold_WithoutCosts_IsRefused(double falsePositive, double falseNegative)
    {
        ClassificationReport report = ClassificationReport.From([0.9, 0.2], [false, true]);

        report.Invoking(one => one.BestThreshold(falsePositive, falseNegative)).Should()
            .Throw<ArgumentException>().WithMessage("*cost*must be*");
    }

    [Fact]
    public void Interval_WithWeights_IsNoneAndSaysWhy()
    {
        RocCurve roc = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true], weights: [1, 2, 1, 1]).Roc;

        // The positive 0.35 is above 0.1, and 0.8 above 0.1 and 0.4: weights 1 + 1 + 2 of 2·3 pairs.
        roc.Area.Should().BeApproximately(4.0 / 6, 1e-15);
        roc.StandardError.Should().Be(double.NaN);
        roc.Interval().Should().Be((double.NaN, double.NaN));
        roc.Note.Should().Contain("weights");
    }

    [Theory]
    [InlineData(new[] { 0.2, 0.7 }, new[] { true, true }, double.NaN, "needs positive and negative")]
    [InlineData(new[] { 0.2, 0.7 }, new[] { false, true }, 1, "two positive and two negative")]
    [InlineData(new[] { 0.2, 0.3, 0.7, 0.8 }, new[] { false, false, true, true }, 1, "variance is 0")]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, new[] { false, false, true, true }, 0.5, "variance is 0")]
    [InlineData(new[] { 0.5 }, new[] { true }, double.NaN, "needs positive and negative")]
    public void Interval_WhereItDoesNotExist_IsNoneAndSaysWhy(double[] scores, bool[] outcomes, double area, string reason)
    {
        RocCurve roc = ClassificationReport.From(scores, outcomes).Roc;

        roc.Area.Should().Be(area);
        roc.StandardError.Should().Be(double.NaN);
        roc.Interval().Should().Be((double.NaN, double.NaN));
        roc.Note.Should().Contain(reason);
    }

    /// <summary>DeLong, DeLong and Clarke-Pearson 1988, as printed: all pairs.</summary>
    private static (double Area, double Error) DeLong(double[] positives, double[] negatives)
    {
        double[] ofPositives = [.. positives.Select(x => negatives.Average(y => x > y ? 1 : x == y ? 0.5 : 0))];
        double[] ofNegatives = [.. negatives.Select(y => positives.Average(x => x > y ? 1 : x == y ? 0.5 : 0))];
        return (ofPositives.Average(), Math.Sqrt(Variance(ofPositives) / positives.Length + Variance(ofNegatives) / negatives.Length));

        static double Variance(double[] shares)
        {
            double mean = shares.Average();
            return shares.Sum(share => (share - mean) * (share - mean)) / (shares.Length - 1);
        }
    }
}
