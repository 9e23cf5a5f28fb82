using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Estimators;

/// <summary>Standard errors and other statistics of softmax regressions against a base class.</summary>
public class SoftmaxStatisticsTests
{
    // School programmes of 200 pupils by the income of their family (High School and Beyond): general, academic, vocational.
    private static readonly int[][] _counts = [[16, 19, 12], [20, 44, 31], [9, 42, 7]];

    private static readonly string[] _programmes = ["general", "academic", "vocational"];

    [Theory]
    [InlineData("academic")]
    [InlineData("general")]
    [InlineData("vocational")]
    public void Statistics_OfATable_AreItsLogOddsRatiosAndTheRootsOfInverseCounts(string baseLabel)
    {
        SoftmaxStatistics<string> statistics = Fit().StatisticsAgainst(baseLabel);

        int own = Array.IndexOf(_programmes, baseLabel);
        for (int k = 0; k < 3; k++)
        {
            if (k == own)
                continue;
            for (int income = 1; income <= 2; income++)
            {
                // A model with a coefficient for each cell has the odds of the table: ln(ad/bc) ± √(1/a + 1/b + 1/c + 1/d).
                double a = _counts[income][k], b = _counts[income][own], c = _counts[0][k], d = _counts[0][own];
                LogisticCoefficient coefficient = statistics[_programmes[k], income == 1 ? "middle" : "high"];
                coefficient.Estimate.Should().BeApproximately(Math.Log(a * d / (b * c)), 1e-9);
                coefficient.StandardError.Should().BeApproximately(Math.Sqrt(1 / a + 1 / b + 1 / c + 1 / d), 1e-9);
            }

            LogisticCoefficient intercept = statistics[_programmes[k], "(intercept)"];
            intercept.Estimate.Should().BeApproximately(Math.Log((double)_counts[0][k] / _counts[0][own]), 1e-9);
            intercept.StandardError.Should().BeApproximately(Math.Sqrt(1.0 / _counts[0][k] + 1.0 / _counts[0][own]), 1e-9);
        }

        double deviance = -2 * _counts.Sum(row => row.Sum(count => count * Math.Log(count / (double)row.Sum())));
        double[] totals = [.. Enumerable.Range(0, 3).Select(k => (double)_counts.Sum(row => row[k]))];
        statistics.Deviance.Should().BeApproximately(deviance, 1e-9);
        statistics.NullDeviance.Should().BeApproximately(-2 * totals.Sum(count => count * Math.Log(count / 200)), 1e-9);
        statistics.AkaikeCriterion.Should().BeApproximately(deviance + 12, 1e-9);
        (statistics.SampleCount, statistics.DeterminedCount, statistics.Note, statistics.BaseLabel)
            .Should().Be((200, 6, null, baseLabel));
        statistics[baseLabel].Should().BeEmpty();
    }

    [Fact]
    public void Statistics_WithoutABase_AreAgainstTheFirstLabel()
    {
        ClassifierFit<string> fit = Fit();

        fit.Statistics.BaseLabel.Should().Be("academic");
        fit.Statistics.ToString().Should().Be(fit.StatisticsAgainst("academic").ToString());
        fit.Statistics.ToString().Should().StartWith("general against academic\n").And.Contain("vocational against academic\n")
            .And.Contain("odds ratio").And.NotContain("academic against");
    }

    [Fact]
    public void Statistics_OfTwoClasses_AreThoseOfTheLogisticRegression()
    {
        double[] x = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 1.9, 3.5, 2.2];
        bool[] y = [true, true, true, false, true, false, false, false, true, true, false, false];

        LogisticStatistics logistic = LogisticRegression.Fit(x, y).Statistics;
        SoftmaxStatistics<bool> softmax = SoftmaxRegression.Fit(x, y).Statistics;

        softmax[true].Should().HaveCount(2);
        foreach (LogisticCoefficient expected in logistic.Coefficients)
        {
            LogisticCoefficient actual = softmax[true, expected.Name];
            // Both fits end where the gradient is 1e-9 of its standard error.
            actual.Estimate.Should().BeApproximately(expected.Estimate, 1e-8 * expected.StandardError);
            actual.StandardError.Should().BeApproximately(expected.StandardError, 1e-8 * expected.StandardError);
        }

        softmax.Deviance.Should().BeApproximately(logistic.Deviance, 1e-10);
        softmax.NullDeviance.Should().BeApproximately(logistic.NullDeviance, 1e-10);
        softmax.PseudoRSquared.Should().BeApproximately(logistic.PseudoRSquared, 1e-10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StandardErrors_AreTheInverseOfTheInformationMatrix(bool intercept)
    {
        (Dataset data, _) = Overlapping(weighted: true);
        ClassifierFit<int> fit = SoftmaxRegression.Fit(data, intercept);

        // The matrix in the user's units, for the classes 0, 2 and 3 against 1, inverted by MathNet.
        int[] classes = [0, 2, 3];
        int size = intercept ? 3 : 2;
        Matrix<double> information = Matrix<double>.Build.Dense(3 * size, 3 * size);
        for (int i = 0; i < data.SampleCount; i++)
        {
            double[] x = [.. data.Features(i), 1.0], p = [.. fit.Classifier.Model.PredictProbability(data.Features(i))];
            for (int a = 0; a < 3 * size; a++)
            {
                for (int b = 0; b < 3 * size; b++)
                {
                    double pa = p[classes[a / size]], pb = p[classes[b / size]];
                    information[a, b] += data.Weight(i) * pa * ((a / size == b / size ? 1 : 0) - pb) * x[a % size] * x[b % size];
                }
            }
        }

        Vector<double> variances = information.Inverse().Diagonal();
        SoftmaxStatistics<int> statistics = fit.StatisticsAgainst(1);
        double[] errors = [.. classes.SelectMany(k => statistics[k]).Select(c => c.StandardError)];
        errors.Should().HaveCount(3 * size);
        for (int j = 0; j < errors.Length; j++)
            errors[j].Should().BeApproximately(Math.Sqrt(variances[j]), 1e-9 * errors[j]);
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public void StandardErrors_InAnotherUnit_ScaleWithIt(int exponent)
    {
        (Dataset data, int[] labels) = Overlapping(weighted: false);
        double[][] Rows(int e) =>
            [.. Enumerable.Range(0, data.SampleCount).Select(i => (double[])[Math.ScaleB(data.Features(i)[0], e), data.Features(i)[1]])];
        SoftmaxStatistics<int> plain = SoftmaxRegression.Fit(Rows(0), labels).Statistics;

        SoftmaxStatistics<int> scaled = SoftmaxRegression.Fit(Rows(exponent), labels).Statistics;

        for (int k = 1; k < 4; k++)
        {
            for (int j = 0; j < 3; j++)
            {
                double factor = j == 0 ? Math.ScaleB(1, exponent) : 1, error = plain[k][j].StandardError;
                (scaled[k][j].StandardError * factor).Should().BeApproximately(error, 1e-9 * error);
            }
        }
    }

    [Fact]
    public void AWeightOfTwo_IsTheSampleTwice()
    {
        (Dataset data, int[] labels) = Overlapping(weighted: false);
        int[] twice = [.. Enumerable.Range(0, data.SampleCount).SelectMany(i => i % 3 == 0 ? [i, i] : new[] { i })];
        SoftmaxStatistics<int> doubled = SoftmaxRegression.Fit(
            [.. twice.Select(i => data.Features(i).ToArray())], [.. twice.Select(i => labels[i])]).Statistics;

        SoftmaxStatistics<int> weighted = SoftmaxRegression.Fit(
            data.WithWeights([.. Enumerable.Range(0, data.SampleCount).Select(i => i % 3 == 0 ? 2.0 : 1)])).Statistics;

        for (int k = 1; k < 4; k++)
        {
            weighted[k].Select(c => c.StandardError).Zip(doubled[k].Select(c => c.StandardError))
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-8 * pair.Second);
        }

        weighted.Deviance.Should().BeApproximately(doubled.Deviance, 1e-9);
    }

    [Fact]
    public void AFeatureThatDoesNotVary_HasNoStandardError()
    {
        (Dataset data, int[] labels) = Overlapping(weighted: false);
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => (double[])[data.Features(i)[0], 7, data.Features(i)[1]])];

        SoftmaxStatistics<int> statistics = SoftmaxRegression.Fit(rows, labels).Statistics;
        SoftmaxStatistics<int> without = SoftmaxRegression.Fit(data).Statistics;

        statistics.Note.Should().BeNull();
        statistics.DeterminedCount.Should().Be(9);
        statistics[2, "x2"].StandardError.Should().Be(double.NaN);
        statistics[2, "x2"].Estimate.Should().Be(0);
        double expected = without[2, "x2"].StandardError;
        statistics[2, "x3"].StandardError.Should().BeApproximately(expected, 1e-8 * expected);
    }

    [Fact]
    public void FeaturesThatDoNotVary_LeaveTheInterceptsWithTheirErrors()
    {
        double[][] rows = [.. Enumerable.Repeat((double[])[7, 3], 10)];

        SoftmaxStatistics<int> statistics = SoftmaxRegression.Fit(rows, [0, 0, 0, 0, 0, 1, 1, 1, 2, 2]).Statistics;

        statistics.DeterminedCount.Should().Be(2);
        statistics[1, "x1"].StandardError.Should().Be(double.NaN);
        statistics[1, "(intercept)"].Estimate.Should().BeApproximately(Math.Log(3.0 / 5), 1e-9);
        statistics[1, "(intercept)"].StandardError.Should().BeApproximately(Math.Sqrt(1.0 / 5 + 1.0 / 3), 1e-9);
        statistics[2, "(intercept)"].StandardError.Should().BeApproximately(Math.Sqrt(1.0 / 5 + 1.0 / 2), 1e-9);
    }

    [Fact]
    public void StandardErrors_WhereThereAreNone_AreNaNWithTheReason()
    {
        (Dataset data, int[] labels) = Overlapping(weighted: false);
        double[][] dependent = [.. Enumerable.Range(0, data.SampleCount)
            .Select(i => (double[])[data.Features(i)[0], 2 * data.Features(i)[0] + 1, data.Features(i)[1]])];

        ShouldHaveNone(SoftmaxRegression.Fit(dependent, labels), "*some features depend on others.");
        ShouldHaveNone(SoftmaxRegression.Fit(data, penalty: new L2Penalty(0.1)), "*a penalty makes them smaller*");
        ShouldHaveNone(SoftmaxRegression.Fit([1.0, 2, 3, 4], [0, 0, 1, 1]), "*can be separated*");

        static void ShouldHaveNone(ClassifierFit<int> fit, string note)
        {
            fit.Statistics.Note.Should().Match(note);
            fit.Statistics[1].Should().OnlyContain(c => double.IsNaN(c.StandardError) && double.IsNaN(c.PValue));
            fit.Statistics.ToString().Should().EndWith(fit.Statistics.Note);
        }
    }

    [Fact]
    public void StandardErrors_OfMoreThanTwoThousandCoefficients_AreNotComputed()
    {
        const int Features = 1000;
        var data = Dataset.From(
            [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, Features).Select(j => (double)(i * j % 7)).ToArray())],
            [0, 1, 2, 0, 1, 2]);
        var model = new SoftmaxRegression(3);
        model.SetParameters([.. new double[3 * (Features + 1)]], Features);

        var statistics = new SoftmaxStatistics<int>(new Classifier<int>(model, [0, 1, 2], data), data, 0, StopReason.Converged, false);

        statistics.Note.Should().Be("The coefficients have no standard errors: there are 2002, more than 2000.");
        statistics.Deviance.Should().BeApproximately(2 * 6 * Math.Log(3), 1e-12);
    }

    [Fact]
    public void AnUnknownLabelOrName_IsNamed()
    {
        ClassifierFit<string> fit = Fit();

        fit.Invoking(f => f.StatisticsAgainst("art")).Should().Throw<ArgumentException>()
            .WithMessage("baseLabel is art: it must be one of academic, general, vocational.*").WithParameterName("baseLabel");
        fit.Statistics.Invoking(s => s["art"]).Should().Throw<ArgumentException>().WithParameterName("label");
        fit.Statistics.Invoking(s => s["general", "age"]).Should().Throw<ArgumentException>()
            .WithMessage("There is no coefficient 'age': the names are middle, high, (intercept).*");
    }

    private static ClassifierFit<string> Fit()
    {
        List<double[]> rows = [];
        List<string> labels = [];
        for (int income = 0; income < 3; income++)
        {
            for (int k = 0; k < 3; k++)
            {
                for (int i = 0; i < _counts[income][k]; i++)
                {
                    rows.Add([income == 1 ? 1 : 0, income == 2 ? 1 : 0]);
                    labels.Add(_programmes[k]);
                }
            }
        }

        double[] targets = [.. labels.Select(label => (double)Array.IndexOf(_programmes.Order(StringComparer.Ordinal).ToArray(), label))];
        return SoftmaxRegression.Fit(
            Dataset.From([.. rows], targets, featureNames: ["middle", "high"]), [.. _programmes.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Four classes of two features that overlap.</summary>
    private static (Dataset Data, int[] Labels) Overlapping(bool weighted)
    {
        const int Count = 240;
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => i * 7 % 11 % 4)];
        double[][] rows = [.. Enumerable.Range(0, Count).Select(i => (double[])
            [10 + labels[i] + i * 37 % 29 / 7.0, labels[i] % 2 - i * 53 % 31 / 9.0])];
        double[] weights = [.. Enumerable.Range(0, Count).Select(i => weighted ? 0.5 + i % 4 : 1.0)];
        return (Dataset.From(rows, [.. labels.Select(label => (double)label)], weights), labels);
    }
}
