using GradientDescent.Tests.Penalties;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Estimators;

/// <summary>One-call fits of classifiers whose optimum is hard to reach. The expected numbers are from Newton's method.</summary>
public class ClassifierOptimumTests
{
    [Fact]
    public void Fit_OfNearlySeparatedClasses_ReachesTheOptimum()
    {
        // 20,000 samples in order; four labels near the boundary are turned.
        HashSet<int> turned = [7990, 7995, 8001, 8007];
        double[] x = [.. Enumerable.Range(0, 20_000).Select(i => (double)i)];

        LogisticFit fit = LogisticRegression.Fit(x, [.. x.Select((_, i) => i >= 8000 ^ turned.Contains(i))]);

        ShouldBe(fit, [0.26767269], -2141.24771, 6.145318919149534e-4);
        fit.Result.Steps.Should().BeLessThan(100);
    }

    [Fact]
    public void Fit_OfNearlySeparatedClassesAndFeaturesOfUnlikeScale_ReachesTheOptimum()
    {
        HashSet<int> turned = [2490, 2496, 2503, 2508];
        double[][] rows = [.. Enumerable.Range(0, 5000).Select(i => (double[])[0.02 * i, 1e4 * (0.7548776662466927 * i % 1)])];

        LogisticFit fit = LogisticRegression.Fit(rows, [.. rows.Select((_, i) => i >= 2500 ^ turned.Contains(i))]);

        ShouldBe(fit, [12.8452948, 4.49123434e-5], -642.385303, 2.5566912898293e-3);
    }

    [Fact]
    public void Fit_OfARareClass_ReachesTheOptimum()
    {
        double[] x = [.. Enumerable.Range(0, 200_000).Select(i => 0.618033988749895 * i % 1)];

        LogisticFit fit = LogisticRegression.Fit(x, [.. x.Select((_, i) => i % 20_000 == 7)]);

        ShouldBe(fit, [-1.42316823], -9.274860219, 5.4115649357e-4);
    }

    [Fact]
    public void Fit_OfTwoClassesBySoftmax_IsTheLogisticFit()
    {
        HashSet<int> turned = [90, 95, 101, 107];
        double[] x = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        bool[] labels = [.. x.Select((_, i) => i >= 100 ^ turned.Contains(i))];

        LogisticFit logistic = LogisticRegression.Fit(x, labels);
        ClassifierFit<bool> softmax = SoftmaxRegression.Fit(x, labels);

        // The scores of the classes differ by the logistic score.
        (softmax.Model.Weights[1] - softmax.Model.Weights[0]).Should().BeApproximately(logistic.Weights[0], 1e-7);
        softmax.Result.Loss.Should().BeApproximately(logistic.Result.Loss, 1e-12);
        (softmax.Model.Weights[0] + softmax.Model.Weights[1]).Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Fit_WithAPenalty_IsTheOptimumOfOtherLibraries()
    {
        foreach (GoldenModel golden in GoldenModel.All().Where(golden => golden.Kind != "linear"))
        {
            if (golden.Kind == "logistic")
                golden.ShouldBeMetBy(LogisticRegression.Fit(golden.Data(), penalty: golden.Penalty).Model);
            else
                golden.ShouldBeMetBy(SoftmaxRegression.Fit(golden.Data(), penalty: golden.Penalty).Model);
        }
    }

    [Fact]
    public void Fit_OfSeparableClassesWithAPenalty_Converges()
    {
        double[] x = [1, 2, 3, 4];
        bool[] labels = [false, false, true, true];

        LogisticFit free = LogisticRegression.Fit(x, labels);

        free.Result.Reason.Should().Be(StopReason.Separable);
        free.Result.Note.Should().Contain(nameof(L2Penalty));
        foreach (IPenalty penalty in (IPenalty[])
            [new L2Penalty(0.01), new L2Penalty(0.01, onIntercepts: true), new L1Penalty(0.01), new ElasticNetPenalty(0.01)])
        {
            LogisticFit fit = LogisticRegression.Fit(x, labels, penalty: penalty);

            // The slope's derivative of the mean loss, minus that of the penalty, is 0 at the optimum.
            fit.Result.Reason.Should().Be(StopReason.Converged);
            double slope = fit.Weights[0];
            double derivative = x.Zip(labels, (at, label) => (fit.PredictProbability(at) - (label ? 1 : 0)) * at).Average();
            double ofPenalty = penalty switch
            {
                L2Penalty => 0.01 * slope,
                L1Penalty => 0.01,
                _ => 0.005 + 0.005 * slope,
            };
            derivative.Should().BeApproximately(-ofPenalty, 1e-8, "{0}", penalty);
        }
    }

    [Fact]
    public void Fit_WithBounds_StaysInsideThem()
    {
        double[] x = [1, 2, 3, 4];

        LogisticFit fit = LogisticRegression.Fit(x, [false, false, true, true], penalty: new BoxConstraint(-1, 1.5));

        (fit.Result.Reason, fit.Weights[0]).Should().Be((StopReason.Converged, 1.5));
        fit.Intercept.Should().BeApproximately(-3.75, 1e-6); // by symmetry the probability is ½ at 2.5
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_OfWideData_MeetsTheConditionsOfTheOptimumAndNamesDependence(int kind)
    {
        // 40 features of 400 samples: independent ones, one that does not vary, or one that is the sum of two others.
        double[][] rows = [.. Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 40)
            .Select(j => Math.Sin(0.37 * (i + 1) * (j + 1)) + (j % 7 == 0 ? 100 : 0)).ToArray())];
        foreach (double[] row in rows)
            row[39] = kind == 0 ? row[39] : kind == 1 ? 5 : row[3] + row[8];
        bool[] labels = [.. rows.Select((row, i) => row[1] - row[2] + 2 * Math.Cos(5 * i) > 0)];

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        double[] residuals = [.. rows.Select((row, i) => fit.PredictProbability(row) - (labels[i] ? 1 : 0))];
        residuals.Sum().Should().BeApproximately(0, 1e-6);
        for (int j = 0; j < 40; j++)
            residuals.Zip(rows, (r, row) => r * row[j]).Sum().Should().BeApproximately(0, 1e-4);
        string? expected = kind == 0 ? null : kind == 1 ? "*do not vary*x40*" : "*span only 39 dimensions*";
        if (expected is null)
            fit.Result.Note.Should().BeNull();
        else
            fit.Result.Note.Should().Match(expected);
    }

    [Theory]
    [InlineData(0, 0, FeatureScaling.Standardize)]
    [InlineData(0.9, 0, FeatureScaling.Decorrelate)]
    [InlineData(0, 4, FeatureScaling.Decorrelate)]
    public void Fit_OfManyRowsForEachFeature_IsTheOptimumOfNewtonsMethod(double correlation, double slope, FeatureScaling expected)
    {
        // Each feature is correlated with the one before. A large slope separates the classes nearly, which takes more steps than features.
        const int features = 32;
        double rest = Math.Sqrt(1 - correlation * correlation);
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 64 * features).Select(_ => Row())];
        bool[] labels = [.. rows.Select(row => (1 + slope) * (row[0] - row[1]) + random.NextDouble() - 0.5 > 0)];

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        (fit.Result.Reason, fit.Model.Method!.Scaling).Should().Be((StopReason.Converged, expected));
        double[] newton = Newton(rows, labels);
        fit.Weights.Append(fit.Intercept).Should().Equal(newton, (actual, optimum) => Math.Abs(actual - optimum) <= 1e-8 * newton.Max());

        double[] Row()
        {
            double[] row = new double[features];
            for (int j = 0; j < features; j++)
                row[j] = rest * (random.NextDouble() * 2 - 1) + (j == 0 ? 0 : correlation * row[j - 1]);
            return row;
        }
    }

    /// <summary>The weights and the intercept, by Newton's method with halved steps.</summary>
    private static double[] Newton(double[][] rows, bool[] labels)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays(rows.Select(row => row.Append(1).ToArray()));
        Vector<double> y = Vector<double>.Build.Dense(labels.Length, i => labels[i] ? 1 : 0);
        Vector<double> at = Vector<double>.Build.Dense(x.ColumnCount);
        for (int step = 0; step < 60; step++)
        {
            Vector<double> p = (x * at).Map(score => 1 / (1 + Math.Exp(-score)));
            Matrix<double> curvature = x.TransposeThisAndMultiply(x.MapIndexed((i, _, feature) => p[i] * (1 - p[i]) * feature));
            Vector<double> direction = curvature.Solve(x.TransposeThisAndMultiply(y - p));
            double length = 1, loss = Loss(at);
            while (length > 1e-10 && !(Loss(at + length * direction) <= loss * (1 + 1e-14)))
                length /= 2;
            at += length * direction;
        }

        return at.ToArray();

        double Loss(Vector<double> w) => (x * w).Zip(y, (score, label) => Math.Log(1 + Math.Exp(label == 1 ? -score : score))).Sum();
    }

    private static void ShouldBe(LogisticFit fit, double[] weights, double intercept, double loss)
    {
        // The numbers are given with 9 digits or fewer, and a billionth of a standard error is less than that.
        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Weights.Should().Equal(weights, (actual, expected) => Math.Abs(actual - expected) <= 2e-8 * Math.Abs(expected));
        fit.Intercept.Should().BeApproximately(intercept, 2e-8 * Math.Abs(intercept));
        fit.Result.Loss.Should().BeApproximately(loss, 1e-11 * loss);
    }
}
