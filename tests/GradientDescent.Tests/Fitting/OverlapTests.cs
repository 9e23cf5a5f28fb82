namespace GradientDescent.Tests.Fitting;

public class OverlapTests
{
    [Fact]
    public void OnALine_ClassesThatASteadyThresholdSeparates_AreNeverProvenToOverlap_AndMostOthersAre()
    {
        var random = new Random(11);
        int separable = 0, overlapping = 0, proven = 0;
        for (int table = 0; table < 400; table++)
        {
            int count = random.Next(20, 80), noise = random.Next(3) * random.Next(4);
            double[] x = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(9))];
            double[] labels = [.. x.Select(value => value == 4 ? random.Next(2) : value > 4 ? 1.0 : 0)];
            for (int flips = 0; flips < noise; flips++)
                labels[random.Next(count)] = random.Next(2);
            if (labels.Distinct().Count() < 2 || x.Distinct().Count() < 2)
                continue;

            bool isProven = IsProven(Risk([.. x.Select(value => new[] { value })], labels, new LogisticRegression()), steps: 5 + table);

            double[][] sides = [.. labels.Distinct().Order().Select(label => x.Where((_, i) => labels[i] == label).ToArray())];
            bool isSeparable = sides[0].Max() <= sides[1].Min() || sides[1].Max() <= sides[0].Min();
            (separable, overlapping) = isSeparable ? (separable + 1, overlapping) : (separable, overlapping + 1);
            proven += isProven ? 1 : 0;
            (isProven && isSeparable).Should().BeFalse("x = {0}, labels = {1}", string.Join(' ', x), string.Join(' ', labels));
        }

        separable.Should().BeGreaterThan(50);
        proven.Should().BeGreaterThan(overlapping / 2);
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("abx", false)]
    public void OfThreeClasses_NoneMayBeSeparate(string kind, bool expected)
    {
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())];
        double[] labels = [.. x.Select(value => kind == "abx" && value > 0.7 ? 2.0 : random.Next(kind == "abx" ? 2 : 3))];

        IsProven(Risk([.. x.Select(value => new[] { value })], labels, new SoftmaxRegression(3)), steps: 200).Should().Be(expected);
    }

    [Fact]
    public void WithALargeGradient_OrFewSamples_NothingIsProven()
    {
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => new double[] { i % 7 })];
        double[] labels = [.. rows.Select((_, i) => (double)(i % 2))];
        EmpiricalRisk many = Risk(rows, labels, new LogisticRegression()), few = Risk(rows[..15], labels[..15], new LogisticRegression());

        Overlap.IsProvenBy(many, [0, 0], 0).Should().BeTrue();
        Overlap.IsProvenBy(many, [0, 0], 0.1).Should().BeFalse();
        Overlap.IsProvenBy(few, [0, 0], 0).Should().BeFalse("four samples for each product of two columns are needed");
        Overlap.IsProvenBy(many, [0, -20], 0).Should().BeFalse("all candidates have a factor below 1e-6");
    }

    private static EmpiricalRisk Risk(double[][] rows, double[] labels, LinearModel model)
    {
        Dataset data = Dataset.From(rows, labels);
        ColumnStatistics columns = ColumnStatistics.OfFeatures(data, centered: true);
        double[][] standardized = [.. rows.Select(row => row.Select((x, j) => (x - columns.Centers[j]) / columns.Scales[j]).ToArray())];
        ILoss loss = model.OutputCount == 1 ? new BinaryCrossEntropy() : new CategoricalCrossEntropy();
        return new(model, loss, Dataset.From(standardized, labels));
    }

    private static bool IsProven(EmpiricalRisk risk, int steps)
    {
        var options = new TrainingOptions { MaxSteps = steps, GradientTolerance = 1e-13 };
        TrainingResult result = new Trainer(new LBFGS(), options).Minimize(risk, new double[risk.ParameterCount]);
        return Overlap.IsProvenBy(risk, result.Parameters.AsSpan(), result.GradientNorm);
    }
}
