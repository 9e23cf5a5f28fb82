using GradientDescent.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Estimators;

/// <summary>Fits of logistic regressions: expected values from frequencies in closed form, or from Newton's method on MathNet's
/// matrices.</summary>
public sealed class LogisticFitTests
{
    [Fact]
    public void Logistic_OfAFourfoldTable_IsItsLogOddsRatio()
    {
        // x = 0: 30 no, 10 yes; x = 1: 8 no, 24 yes. Odds 1/3 and 3: intercept ln(1/3), weight ln 9.
        (double[][] rows, bool[] labels) = FourfoldTable.Of((0, false, 30), (0, true, 10), (1, false, 8), (1, true, 24));

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Intercept.Should().BeApproximately(-Math.Log(3), 1e-8);
        fit.Weights.Single().Should().BeApproximately(Math.Log(9), 1e-8);
        fit.PredictProbability(1).Should().BeApproximately(0.75, 1e-9);
        fit.PredictAll([[0], [1]]).Should().Equal(false, true);
        fit.Metrics.Accuracy.Should().Be(54 / 72.0);
    }

    [Fact]
    public void Logistic_WithWeights_IsThatOfRepeatedSamples()
    {
        LogisticFit fit = LogisticRegression.Fit(Dataset.From([0.0, 0, 1, 1, 5], [0, 1, 0, 1, 1], [30, 10, 8, 24, 0]));

        fit.Intercept.Should().BeApproximately(-Math.Log(3), 1e-8);
        fit.Weights.Single().Should().BeApproximately(Math.Log(9), 1e-8);
    }

    [Fact]
    public void Logistic_OnRawData_IsWhatNewtonFinds()
    {
        Dataset data = Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())];
        bool[] labels = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0] > 140)];

        LogisticFit fit = LogisticRegression.Fit(rows, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Model.Parameters.ShouldBeWithin(Newton(rows, labels), relative: 1e-6);
    }

    /// <summary>θ ← θ + (XᵀPX)⁻¹Xᵀ(y − p), P = diag p(1 − p); weights first, then the intercept.</summary>
    private static double[] Newton(double[][] rows, bool[] labels)
    {
        Matrix<double> x =
            Matrix<double>.Build.DenseOfRowArrays(rows).InsertColumn(rows[0].Length, Vector<double>.Build.Dense(rows.Length, 1));
        Vector<double> y = Vector<double>.Build.Dense([.. labels.Select(label => label ? 1.0 : 0)]), parameters =
            Vector<double>.Build.Dense(x.ColumnCount);
        for (int i = 0; i < 30; i++)
        {
            Vector<double> p = (x * parameters).Map(score => 1 / (1 + Math.Exp(-score)));
            parameters += (x.TransposeThisAndMultiply(Matrix<double>.Build.DiagonalOfDiagonalVector(p.PointwiseMultiply(1 - p))) * x).Solve(
                x.TransposeThisAndMultiply(y - p));
        }

        return parameters.ToArray();
    }

    [Fact]
    public void Logistic_OfFeaturesThatDoNotVary_IsTheShareOfEachClass()
    {
        LogisticFit fit = LogisticRegression.Fit([[7], [7], [7], [7]], [true, false, true, true]);

        fit.Weights.Should().Equal(0);
        fit.Intercept.Should().BeApproximately(Math.Log(3), 1e-9);
        fit.Result.Note.Should().Contain("do not vary");
    }

    [Fact]
    public void Logistic_OfWildScales_Converges()
    {
        (double[][] rows, bool[] labels) =
            FourfoldTable.Of((1e-200, false, 30), (1e-200, true, 10), (3e-200, false, 8), (3e-200, true, 24));
        double[][] wild = [.. rows.Select(row => new[] { row[0], 1e300 * (row[0] > 2e-200 ? 1 : -1) })]; // collinear, too

        LogisticFit fit = LogisticRegression.Fit(wild, labels);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.PredictProbability(3e-200, 1e300).Should().BeApproximately(0.75, 1e-8);
    }

    [Fact]
    public void Logistic_OfFeaturesInFloat_Converges()
    {
        Dataset data = Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");
        Dataset classes = Dataset.From(
            [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i).ToArray())],
                [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Targets(i)[0] > 140 ? 1.0 : 0)]);

        LogisticFit narrow = LogisticRegression.Fit(classes.WithPrecision(NumericPrecision.Single));

        narrow.Result.Reason.Should().Be(StopReason.Converged);
        // s1 to s4 depend on each other: float's 6e-8 is magnified
        narrow.Model.Parameters.ShouldBeWithin(LogisticRegression.Fit(classes).Model.Parameters, relative: 1e-3);
    }
}
