using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Fitting;

/// <summary>Classes that hyperplanes separate, with and without samples on them; and classes that are nearly separated.</summary>
public sealed class SeparationTests
{
    // The line x1 + x2 = 3 separates. Both labels occur on it, at (0, 3), (1, 2), (2, 1) and (3, 0), and neither coordinate separates
    // alone.
    private static readonly double[][] _rows =
        [[0, 3], [1, 2], [2, 1], [3, 0], [0, 3], [3, 0], [2, 2], [1, 3], [3, 3], [0, 0], [1, 0], [2, 0]];

    private static readonly bool[] _labels = [true, false, true, false, false, true, true, true, true, false, false, false];

    [Fact]
    public void ClassesThatCanBeSeparated_EndAsSeparableWithFiniteNumbers()
    {
        LogisticFit fit = LogisticRegression.Fit([[1], [2], [3], [4]], [false, false, true, true]);

        fit.Result.Reason.Should().Be(StopReason.Separable);
        fit.Result.ToString().Should().Contain(
            "hyperplanes separate all classes, so the loss has no minimum and the weights grow without bound");
        fit.ToString().Should().StartWith("Not converged. Separable after ");
        fit.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
        fit.PredictAll([[1], [2], [3], [4]]).Should().Equal(false, false, true, true);
        fit.Result.Loss.Should().BeLessThan(Math.Log(2) / 4, "one sample on the wrong side alone makes that much");
    }

    [Fact]
    public void AClassThatCanBeSeparated_IsNamed()
    {
        // In the iris data setosa is separated, and the other two classes overlap.
        Dataset iris = Dataset.FromCsv(TestData.PathOf("iris.csv"), "target");
        string[] names = ["setosa", "versicolor", "virginica"];

        ClassifierFit<string> fit = SoftmaxRegression.Fit(
            [.. Enumerable.Range(0, 150).Select(i => iris.Features(i).ToArray())],
            [.. Enumerable.Range(0, 150).Select(i => names[(int)iris.Targets(i)[0]])]);

        fit.Result.Reason.Should().Be(StopReason.Separable);
        fit.Result.Stop.ToString().Should().StartWith("a hyperplane separates class 'setosa' from the others");
        fit.Metrics.Accuracy.Should().BeGreaterThan(0.98);
        fit.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
    }

    [Fact]
    public void AnIndicatorOfOneClass_IsNamed()
    {
        // All samples with x2 = 1 are true; those with x2 = 0 have both labels. So the weight of x2 has no optimum, although no hyperplane
        // puts every sample on its side.
        LogisticFit fit = LogisticRegression.Fit(Dataset.From([[1.0, 0], [2, 0], [3, 0], [4, 0], [2, 1], [3, 1]], [1.0, 0, 1, 0, 1, 1]));

        fit.Result.Reason.Should().Be(StopReason.Separable);
        fit.Result.Stop.ToString().Should().StartWith(
            "feature x2 alone separates the classes, but for 4 samples on the boundary, so the loss has no minimum");
    }

    public static TheoryData<string, double[][]> SamplesOnALine => new()
    {
        { "whole numbers", _rows },
        { "decimals, which are not on a line once they are doubles", [.. _rows.Select(row => new[] { row[0] / 10, row[1] / 10 })] },
        { "standardised by the user", Standardized(_rows) },
        { "far from 0", [.. _rows.Select(row => new[] { row[0] + 2000, row[1] - 1e6 })] },
        { "wild scales", [.. _rows.Select(row => new[] { row[0] * 1e150, row[1] * 1e-150 })] },
    };

    [Theory]
    [MemberData(nameof(SamplesOnALine))]
    public void SamplesOnALineThatSeparatesTheOthers_AreSeparable(string form, double[][] rows)
    {
        LogisticFit fit = LogisticRegression.Fit(rows, _labels);

        fit.Result.Reason.Should().Be(StopReason.Separable, form);
        fit.Result.Stop.ToString().Should().StartWith(
            "features x1, x2 together separate the classes, but for 6 samples on the boundary, so the loss has no minimum");
        fit.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
        fit.PredictAll(rows[6..]).Should().Equal(_labels[6..]);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e-3)]
    public void TwoSamplesJustBeyondTheLine_LeaveAMinimum(double distance)
    {
        double[][] rows = [.. _rows, [1.5, 1.5 + distance], [1.5, 1.5 - distance]];
        bool[] labels = [.. _labels, false, true];

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        // At the minimum the gradient Σ (p − y)·x is 0. In standardised coordinates the norm of its mean is at most 1e-10; 14 samples with
        // coordinates up to 3 and scales of about 1 turn that into about 1e-9.
        fit.Result.Reason.Should().Be(StopReason.Converged);
        double[] scores = [.. rows.Select(row => fit.Intercept + row[0] * fit.Weights[0] + row[1] * fit.Weights[1])];
        double[] residuals = [.. scores.Select((score, i) => 1 / (1 + Math.Exp(-score)) - (labels[i] ? 1 : 0))];
        residuals.Sum().Should().BeApproximately(0, 1e-8);
        residuals.Zip(rows, (residual, row) => residual * row[0]).Sum().Should().BeApproximately(0, 1e-8);
        residuals.Zip(rows, (residual, row) => residual * row[1]).Sum().Should().BeApproximately(0, 1e-8);
    }

    [Fact]
    public void TwoSamplesVerySlightlyBeyondTheLine_AreNotCalledSeparable() =>
        LogisticRegression.Fit([.. _rows, [1.5, 1.5 + 1e-9], [1.5, 1.5 - 1e-9]], [.. _labels, false, true])
            .Result.Reason.Should().Be(StopReason.Converged);

    [Fact]
    public void AnySmallTable_IsSeparableExactlyWhereWholeNumbersSaySo()
    {
        var random = new Random(7);
        int separable = 0, tables = 0;
        while (tables < 150)
        {
            int count = random.Next(6, 14), size = random.Next(2, 6);
            int a = random.Next(-2, 3), b = random.Next(-2, 3), c = random.Next(-2, 5);
            long[][] rows = [.. Enumerable.Range(0, count).Select(_ => new long[] { random.Next(size), random.Next(size) })];
            bool[] labels = [.. rows.Select(row => LabelOf(a * row[0] + b * row[1] - c))];
            if (labels.Distinct().Count() < 2 || IsSeparable(rows, labels) is not { } expected)
                continue;

            LogisticFit fit = LogisticRegression.Fit([.. rows.Select(row => new double[] { row[0], row[1] })], labels);

            string table = string.Join(" ", rows.Zip(labels, (row, label) => $"{row[0]},{row[1]}:{label}"));
            fit.Result.Reason.Should().Be(expected ? StopReason.Separable : StopReason.Converged, "of {0}", table);
            fit.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
            tables++;
            separable += expected ? 1 : 0;
        }

        separable.Should().BeInRange(20, 130);

        // By the side of the line; at random on the line and, once in 12 times, elsewhere.
        bool LabelOf(long side) => side == 0 || random.Next(12) == 0 ? random.Next(2) == 0 : side > 0;
    }

    /// <summary>
    /// The exact answer: the cone of coefficients with no margin below 0 contains only 0, or it has an edge, on which two margins are 0.
    /// <see langword="null"/> if the samples are on one line, so that the cone has no edge.
    /// </summary>
    private static bool? IsSeparable(long[][] rows, bool[] labels)
    {
        long[][] forms = [.. rows.Select((row, i) => labels[i] ? new[] { row[0], row[1], 1 } : [-row[0], -row[1], -1])];
        bool? separable = null;
        foreach (long[] u in forms)
        {
            foreach (long[] v in forms)
            {
                long[] edge = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
                long[] margins = [.. forms.Select(form => form[0] * edge[0] + form[1] * edge[1] + form[2] * edge[2])];
                if (margins.Any(margin => margin != 0))
                    separable = separable == true || margins.All(margin => margin >= 0);
            }
        }

        return separable;
    }

    private static (double[][] Rows, int[] Sides) FiveFeatures()
    {
        // A label is the side of the plane x1 − 2x2 + x3 + 3x4 − x5 = 0; samples on the plane occur twice.
        var random = new Random(1);
        double[][] all = [.. Enumerable.Range(0, 300).Select(_ => Row())];
        double[][] rows = [.. all.SelectMany(row => Enumerable.Repeat(row, Side(row) == 0 ? 2 : 1))];
        return (rows, [.. rows.Select(Side)]);

        double[] Row() => [.. Enumerable.Range(0, 5).Select(_ => (double)random.Next(-4, 5))];

        static int Side(double[] x) => Math.Sign(x[0] - 2 * x[1] + x[2] + 3 * x[3] - x[4]);
    }

    /// <summary>True on the positive side; on the plane the second of two equal samples is true.</summary>
    private static bool[] LabelsOf(double[][] rows, int[] sides) =>
        [.. sides.Select((side, i) => side == 0 ? i > 0 && rows[i] == rows[i - 1] : side > 0)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FiveFeaturesTogether_AreFoundToSeparate(bool intercept)
    {
        (double[][] rows, int[] sides) = FiveFeatures();
        bool[] labels = LabelsOf(rows, sides);

        LogisticFit fit = LogisticRegression.Fit(rows, labels, intercept);

        fit.Result.Reason.Should().Be(StopReason.Separable);
        int onBoundary = sides.Count(side => side == 0);
        fit.Result.Stop.ToString().Should().StartWith(
            $"features x1, x2, x3, x4, x5 together separate the classes, but for {onBoundary} samples on the boundary");
    }

    [Fact]
    public void ASampleOnTheWrongSide_LeavesAMinimum()
    {
        (double[][] rows, int[] sides) = FiveFeatures();
        bool[] labels = LabelsOf(rows, sides);
        int wrong = Array.FindIndex(sides, side => side == 1);
        labels[wrong] = false;

        LogisticRegression.Fit(rows, labels).Result.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void OneOfThreeClasses_IsNamedWithSamplesOnItsBoundary()
    {
        // Class c is on the positive side of the plane; a and b are mixed on the other, and all three occur on it.
        (double[][] rows, int[] sides) = FiveFeatures();
        double[][] thrice = [.. rows.Concat(rows).Concat(rows)];
        string[] labels = [.. Enumerable.Range(0, thrice.Length).Select(i => LabelOf(sides[i % rows.Length], i / rows.Length))];

        ClassifierFit<string> fit = SoftmaxRegression.Fit(thrice, labels);

        fit.Result.Reason.Should().Be(StopReason.Separable);
        int onBoundary = 3 * sides.Count(side => side == 0);
        fit.Result.Stop.ToString().Should().StartWith(
            $"features x1, x2, x3, x4, x5 together separate class 'c' from the others, but for {onBoundary} samples on the boundary");
        fit.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));

        static string LabelOf(int side, int copy) => side switch
        {
            > 0 => "c",
            0 => "abc"[copy].ToString(),
            _ => copy == 1 ? "a" : "b",
        };
    }

    [Fact]
    public void ClassesInARow_AreSeparableWithSamplesOnBothBoundaries()
    {
        // a is up to 2, b from 2 to 4, c from 4: both boundaries have samples on them.
        ClassifierFit<string> fit = SoftmaxRegression.Fit([0, 1, 2, 2, 3, 4, 4, 5, 6], ["a", "a", "a", "b", "b", "b", "c", "c", "c"]);

        fit.Result.Reason.Should().Be(StopReason.Separable);
        fit.Result.Stop.ToString().Should().StartWith("feature x alone separates the classes, but for 4 samples on the boundary");
    }

    [Fact]
    public void ClassesThatOverlap_AreNotCalledSeparable()
    {
        LogisticFit fit = LogisticRegression.Fit([[0, 0], [0, 1], [1, 0], [1, 1]], [false, true, true, false]);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Model.Parameters.Should().OnlyContain(p => Math.Abs(p) < 1e-9);
    }

    [Fact]
    public void SamplesWithoutWeight_DoNotSpoilASeparation() =>
        LogisticRegression.Fit(Dataset.From([1.0, 2, 3, 4, 9], [0, 0, 1, 1, 0], [1, 1, 1, 1, 0]))
            .Result.Reason.Should().Be(StopReason.Separable);

    private static double[][] Standardized(double[][] rows)
    {
        double[] means = [rows.Average(row => row[0]), rows.Average(row => row[1])];
        double[] scales = [.. means.Select((mean, j) => Math.Sqrt(rows.Average(row => (row[j] - mean) * (row[j] - mean))))];
        return [.. rows.Select(row => row.Select((x, j) => (x - means[j]) / scales[j]).ToArray())];
    }
}
