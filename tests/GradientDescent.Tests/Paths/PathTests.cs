using static GradientDescent.Tests.Selection.SelectionData;

namespace GradientDescent.Tests.Paths;

public class PathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0.05)]
    public void Linear_AtEachStrength_MeetsTheOptimalityConditions(double l1Ratio)
    {
        double[][] columns = Standardized(Diabetes);
        double[] targets = Targets(Diabetes);
        var options = new PathOptions { L1Ratio = l1Ratio, GapTolerance = 1e-14 };

        foreach (PathPoint<LinearRegression> point in RegularizationPath.Linear(Diabetes, options).Points)
        {
            double[] residual = [.. targets.Zip(point.Model.PredictAll(Diabetes), (y, predicted) => y - predicted)];
            ShouldMeetConditions(StandardizedWeights(point.Model, Diabetes), columns, [.. residual.Select(r => 2 * r / residual.Length)],
                point.Strength * l1Ratio, point.Strength * (1 - l1Ratio), 1e-4);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.2)]
    public void Linear_MoreFeaturesThanSamples_MeetsTheOptimalityConditions(double l1Ratio)
    {
        Dataset data = Named("breast_cancer", 20);
        double[][] columns = Standardized(data);
        double[] targets = Targets(data);
        var options = new PathOptions { L1Ratio = l1Ratio, GapTolerance = 1e-13, Count = 12 };
        RegularizationPath<LinearRegression> path = RegularizationPath.Linear(data, options);

        path.IsConverged.Should().BeTrue();
        foreach (PathPoint<LinearRegression> point in path.Points)
        {
            double[] slopes = [.. targets.Zip(point.Model.PredictAll(data), (y, predicted) => 2 * (y - predicted) / targets.Length)];
            ShouldMeetConditions(StandardizedWeights(point.Model, data), columns, slopes,
                point.Strength * l1Ratio, point.Strength * (1 - l1Ratio), 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    public void Logistic_AtEachStrength_MeetsTheOptimalityConditions(double l1Ratio)
    {
        double[][] columns = Standardized(BreastCancer);
        double[] targets = Targets(BreastCancer);
        var options = new PathOptions { L1Ratio = l1Ratio, GapTolerance = 1e-14, Count = 20, SmallestRatio = 1e-3 };

        foreach (PathPoint<LogisticRegression> point in RegularizationPath.Logistic(BreastCancer, options).Points)
        {
            double[] residual = [.. targets.Zip(point.Model.PredictProbabilities(BreastCancer), (y, p) => (y - p) / targets.Length)];
            residual.Sum().Should().BeApproximately(0, 1e-12, "the intercept is optimal");
            ShouldMeetConditions(StandardizedWeights(point.Model, BreastCancer), columns, residual,
                point.Strength * l1Ratio, point.Strength * (1 - l1Ratio), 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void DualityGap_OfALooseFit_IsThatOfTheDefinitionAndBoundsTheError(double l1Ratio)
    {
        PathOptions loose = new() { L1Ratio = l1Ratio, GapTolerance = 1e-2, Count = 10 };
        RegularizationPath<LinearRegression> tight = RegularizationPath.Linear(Diabetes, loose with { GapTolerance = 1e-14 });
        double[][] columns = Standardized(Diabetes);
        double[] targets = Targets(Diabetes);
        int n = targets.Length;
        double mean = targets.Average();

        foreach ((PathPoint<LinearRegression> point, PathPoint<LinearRegression> best) in
            RegularizationPath.Linear(Diabetes, loose).Points.Zip(tight.Points))
        {
            (double a, double b) = (point.Strength * l1Ratio, point.Strength * (1 - l1Ratio));
            double[] weights = StandardizedWeights(point.Model, Diabetes), predicted = [.. point.Model.PredictAll(Diabetes)];
            double[] residual = [.. targets.Zip(predicted, (y, f) => y - f)];
            double primal = Dot(residual, residual) / n + a * weights.Sum(Math.Abs) + b / 2 * Dot(weights, weights);
            point.Objective.Should().BeApproximately(primal, 1e-11 * primal);

            // mean of r² + penalty ≥ D(θ) for any θ: (2/n)(y − ȳ)·θ − (1/n)‖θ‖² − Σ (|(2/n)xⱼ·θ| − a)₊²/(2b), or 0 ≥ |…| − a where b = 0
            double dual = double.NegativeInfinity;
            double[] slopes = [.. columns.Select(x => 2 * Dot(x, residual) / n)];
            double[] centred = [.. targets.Select(y => y - mean)];
            if (b > 0)
                dual = DualAt(1) - slopes.Sum(c => Math.Pow(Math.Max(0, Math.Abs(c) - a), 2)) / (2 * b);
            // The L2 term as further samples: residual −√b·w, target 0.
            double s = Math.Min(1, a / slopes.Zip(weights, (c, w) => Math.Abs(c - b * w)).Max());
            dual = Math.Max(dual, DualAt(s) - s * s * b * Dot(weights, weights) / 2);
            point.DualityGap.Should().BeApproximately(primal - dual, 1e-10 * primal);
            (point.Objective - best.Objective).Should().BeLessThanOrEqualTo(point.DualityGap + 1e-12 * primal);

            double DualAt(double scale) => 2 * scale * Dot(centred, residual) / n - scale * scale * Dot(residual, residual) / n;
        }
    }

    [Fact]
    public void DualityGap_OfALooseLogisticFit_IsThatOfTheDefinitionAndBoundsTheError()
    {
        PathOptions loose = new() { GapTolerance = 3e-2, Count = 8, SmallestRatio = 1e-2 };
        RegularizationPath<LogisticRegression> tight = RegularizationPath.Logistic(BreastCancer, loose with { GapTolerance = 1e-13 });
        double[][] columns = Standardized(BreastCancer);
        double[] targets = Targets(BreastCancer);

        foreach ((PathPoint<LogisticRegression> point, PathPoint<LogisticRegression> best) in
            RegularizationPath.Logistic(BreastCancer, loose).Points.Zip(tight.Points))
        {
            double[] p = [.. point.Model.PredictProbabilities(BreastCancer)], residual = [.. targets.Zip(p, (y, q) => y - q)];
            double primal = targets.Zip(p, (y, q) => -Math.Log(y == 1 ? q : 1 - q)).Average()
                + point.Strength * StandardizedWeights(point.Model, BreastCancer).Sum(Math.Abs);
            double s = Math.Min(1, point.Strength / columns.Max(x => Math.Abs(Dot(x, residual)) / p.Length));
            double dual = targets.Zip(residual, (y, r) => Entropy(y - s * r)).Average();

            point.Objective.Should().BeApproximately(primal, 1e-11);
            point.DualityGap.Should().BeApproximately(primal - dual, 1e-10);
            (point.Objective - best.Objective).Should().BeLessThanOrEqualTo(point.DualityGap + 1e-13);
        }

        static double Entropy(double q) => q is <= 0 or >= 1 ? 0 : -q * Math.Log(q) - (1 - q) * Math.Log(1 - q);
    }

    [Fact]
    public void LargestStrength_IsTheSmallestAtWhichAllWeightsAreZero()
    {
        double largest = RegularizationPath.Linear(Diabetes).Points[0].Strength;

        RegularizationPath<LinearRegression> path = RegularizationPath.Linear(Diabetes, new() { Strengths = [largest, largest * 0.999] });

        path.Points.Select(point => point.NonzeroCount).Should().Equal(0, 1);
        path.Points[0].DevianceExplained.Should().BeApproximately(0, 1e-15);
    }

    [Fact]
    public void Weights_OfSamples_CountAsCopies()
    {
        int[] copies = [.. Enumerable.Range(0, Diabetes.SampleCount).Select(i => i % 4)];
        Dataset repeated = Diabetes.Select([.. copies.SelectMany((count, i) => Enumerable.Repeat(i, count))]);
        Dataset weighted = Dataset.From(
            [.. copies.Select((_, i) => Diabetes.Features(i).ToArray())], Targets(Diabetes),
            weights: [.. copies.Select(count => (double)count)]);
        var options = new PathOptions { Count = 12, GapTolerance = 1e-14 };

        foreach ((PathPoint<LinearRegression> first, PathPoint<LinearRegression> second) in
            RegularizationPath.Linear(repeated, options).Points.Zip(RegularizationPath.Linear(weighted, options).Points))
        {
            second.Strength.Should().BeApproximately(first.Strength, 1e-10 * first.Strength);
            second.Model.Weights.Should().Equal(first.Model.Weights, (x, y) => Math.Abs(x - y) <= 1e-6 * (1 + Math.Abs(y)));
        }
    }

    [Fact]
    public void FeatureInAnotherUnit_WithStandardizedPenalty_HasTheSamePredictions()
    {
        double[][] rows = [.. Enumerable.Range(0, Diabetes.SampleCount).Select(i => Diabetes.Features(i).ToArray())];
        double[][] scaled = [.. rows.Select(row => row.Select((x, j) => j == 2 ? 1e6 * x + 5 : x).ToArray())];
        var options = new PathOptions { Count = 8, GapTolerance = 1e-13 };
        RegularizationPath<LinearRegression> expected = RegularizationPath.Linear(Dataset.From(rows, Targets(Diabetes)), options);
        RegularizationPath<LinearRegression> path = RegularizationPath.Linear(Dataset.From(scaled, Targets(Diabetes)), options);

        foreach ((PathPoint<LinearRegression> plain, PathPoint<LinearRegression> other) in expected.Points.Zip(path.Points))
        {
            other.Model.Predict(scaled[7]).Should().BeApproximately(plain.Model.Predict(rows[7]), 1e-4);
            other.NonzeroCount.Should().Be(plain.NonzeroCount);
        }
    }

    [Fact]
    public void ConstantFeature_HasWeightZero()
    {
        Dataset data = Dataset.From([[1.0, 5], [2, 5], [3, 5], [5, 5]], [1.0, 2, 2, 4]);

        RegularizationPath.Linear(data).Points.Should().OnlyContain(point => point.Model.Weights[1] == 0 && point.IsConverged);
    }

    [Fact]
    public void WithoutIntercept_EqualFeature_IsSoftThresholding()
    {
        // One feature without intercept: x = 1, 2, 3, rms √(14/3); mean of (y − wx)² + λ|w·rms|: w·rms = S(2·mean(xy)/rms, λ)/2
        double root = Math.Sqrt(14 / 3.0), strength = 1.5;
        PathPoint<LinearRegression> point = RegularizationPath.Linear(
            Dataset.From([1, 2, 3], [2, 3, 7]), new() { Intercept = false, Strengths = [strength] }).Points[0];

        point.Model.Weights[0].Should().BeApproximately((2 * (29 / 3.0) / root - strength) / 2 / root, 1e-12);
        point.Model.HasIntercept.Should().BeFalse();
    }

    [Fact]
    public void BadInput_IsNamedWithWhatIsAllowed()
    {
        Refused(() => new PathOptions { L1Ratio = 1.5 }, "L1Ratio is 1.5: it must be from 0 to 1.");
        Refused(() => new PathOptions { Strengths = [1, 2] }, "Strengths[1] is 2: it must be less than the one before, 1.");
        Refused(() => new PathOptions { Strengths = [] }, "There are no strengths: at least one is needed.");
        Refused(() => new PathOptions { Strengths = [1, 0] }, "Strengths[1] is 0: it must be a finite number greater than 0.");
        Refused(() => RegularizationPath.Linear(Dataset.From([1, 2, 3], [4, 4, 4])), "No feature is correlated with the target");
        Refused(() => RegularizationPath.Logistic(Dataset.From([1, 2, 3], [4, 4, 4])), "Row 0, target 'y' is 4");
    }

    private static void Refused(Func<object> act, string message) =>
        act.Should().Throw<ArgumentException>().Which.Message.Should().StartWith(message);

    /// <summary>xⱼ·r = a·sign(wⱼ) + b·wⱼ where wⱼ ≠ 0, and |xⱼ·r| ≤ a where wⱼ = 0.</summary>
    private static void ShouldMeetConditions(double[] weights, double[][] columns, double[] residual, double a, double b, double tolerance)
    {
        for (int j = 0; j < weights.Length; j++)
        {
            double slope = Dot(columns[j], residual);
            if (weights[j] == 0)
                Math.Abs(slope).Should().BeLessThanOrEqualTo(a + tolerance);
            else
                slope.Should().BeApproximately(a * Math.Sign(weights[j]) + b * weights[j], tolerance);
        }
    }
}
