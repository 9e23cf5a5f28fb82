using MathNet.Numerics.LinearAlgebra;

namespace GradientDescent.Tests.Estimators;

/// <summary>What all fits without options share: the kinds of data they take, cancellation, an intercept or none, and what they
/// say.</summary>
public sealed class StaticFitTests
{
    private static readonly double[][] _rows = [[1, 20], [2, 10], [3, 50], [4, 40], [5, -60], [6, 15]];
    private static readonly double[,] _table = { { 1, 20 }, { 2, 10 }, { 3, 50 }, { 4, 40 }, { 5, -60 }, { 6, 15 } };
    private static readonly Matrix<double> _matrix = Matrix<double>.Build.DenseOfArray(_table);
    private static readonly double[] _x = [1, 2, 3, 4, 5, 6];
    private static readonly double[] _targets = [3, 1, 4, 1, 5, 9];
    private static readonly double[] _classes = [0, 1, 0, 0, 1, 1];
    private static readonly bool[] _labels = [false, true, false, false, true, true];
    private static readonly string[] _names = ["no", "yes", "no", "no", "yes", "yes"];
    private static readonly CancellationToken _cancelled = new(canceled: true);

    private static Vector<double> Of(double[] numbers) => Vector<double>.Build.Dense(numbers);

    public static TheoryData<bool> WithAndWithout => [true, false];

    [Theory]
    [MemberData(nameof(WithAndWithout))]
    public void AnyKindOfData_GivesTheBitsOfTheDataset(bool intercept)
    {
        Dataset numbers = Dataset.From(_rows, _targets), classes = Dataset.From(_rows, _classes);
        ShouldAllBe(
            LinearRegression.Fit(numbers, intercept),
            LinearRegression.Fit(_rows, _targets, intercept),
            LinearRegression.Fit(Dataset.From(_table, _targets), intercept),
            LinearRegression.Fit(_matrix.ToDataset(Of(_targets)), intercept));
        ShouldAllBe(
            LinearRegression.FitAccurately(numbers, intercept),
            LinearRegression.FitAccurately(_rows, _targets, intercept),
            LinearRegression.FitAccurately(Dataset.From(_table, _targets), intercept),
            LinearRegression.FitAccurately(_matrix.ToDataset(Of(_targets)), intercept));
        ShouldAllBe(
            LogisticRegression.Fit(classes, intercept),
            LogisticRegression.Fit(_rows, _labels, intercept),
            LogisticRegression.Fit(Dataset.From(_table, _classes), intercept),
            LogisticRegression.Fit(_matrix.ToDataset(Of(_classes)), intercept));
        SoftmaxRegression expected = SoftmaxRegression.Fit(classes, intercept).Model;
        SoftmaxRegression.Fit(_rows, _names, intercept).Model.Parameters.Should().Equal(expected.Parameters);
        SoftmaxRegression.Fit(Dataset.From(_table, _classes), ["no", "yes"], intercept).Model.Parameters
            .Should().Equal(expected.Parameters);
        SoftmaxRegression.Fit(_matrix.ToDataset(Of(_classes)), intercept).Model.Parameters.Should().Equal(expected.Parameters);
    }

    [Theory]
    [MemberData(nameof(WithAndWithout))]
    public void OneFeature_MayBeAPlainArray(bool intercept)
    {
        double[][] rows = [.. _x.Select(x => new[] { x })];

        ShouldAllBe(LinearRegression.Fit(rows, _targets, intercept), LinearRegression.Fit(_x, _targets, intercept));
        ShouldAllBe(LinearRegression.FitAccurately(rows, _targets, intercept), LinearRegression.FitAccurately(_x, _targets, intercept));
        ShouldAllBe(LogisticRegression.Fit(rows, _labels, intercept), LogisticRegression.Fit(_x, _labels, intercept));
        ShouldAllBe(SoftmaxRegression.Fit(rows, _names, intercept), SoftmaxRegression.Fit(_x, _names, intercept));
        LinearRegression.FitPolynomial(Of(_x).ToDataset(Of(_targets)), 2).Coefficients
            .Should().Equal(LinearRegression.FitPolynomial(_x, _targets, 2).Coefficients);
    }

    private static void ShouldAllBe<TModel, TMetrics>(ModelFit<TModel, TMetrics> expected, params ModelFit<TModel, TMetrics>[] fits)
        where TModel : LinearModel =>
        fits.Should().OnlyContain(fit => fit.Model.Parameters.SequenceEqual(expected.Model.Parameters));

    [Fact]
    public void FitsAndLoads_AreMembersOfTheModels_SoThatAnyLanguageCanCallThem()
    {
        // The members of extension blocks of C# 14 stand in nested types whose names begin with <G>.
        typeof(LinearRegression).Assembly.GetTypes().Should().NotContain(type => type.Name.StartsWith("<G>"));
        typeof(LinearRegression).GetMethod("Fit", [typeof(Dataset), typeof(bool), typeof(CancellationToken)])!.IsStatic.Should().BeTrue();
    }

    [Fact]
    public void WithoutIntercept_TheBoundaryGoesThroughTheOrigin()
    {
        // x = ±1, three of four on the side of their sign: the odds at 1 are 3, so the weight is ln 3; at 0 both are as likely.
        LogisticFit fit =
            LogisticRegression.Fit([1.0, 1, 1, 1, -1, -1, -1, -1], [true, true, true, false, false, false, false, true], intercept: false);
        ClassifierFit<string> classes =
            SoftmaxRegression.Fit([1.0, 1, 1, 1, -1, -1, -1, -1], ["+", "+", "+", "-", "-", "-", "-", "+"], intercept: false);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Weights.Single().Should().BeApproximately(Math.Log(3), 1e-9); // a gradient of 1e-10 where the curvature is 3/16
        fit.Intercept.Should().Be(0);
        fit.PredictProbability(0).Should().Be(0.5);
        fit.ToString().Should().StartWith("log-odds of y = 1.09861·x (accuracy 75.00 %");
        (classes.Model.Weights[0] - classes.Model.Weights[1]).Should().BeApproximately(Math.Log(3), 1e-8);
    }

    [Fact]
    public void CancelledBeforeTheStart_EndsThereWithoutAnException()
    {
        LinearFit line = LinearRegression.Fit(_rows, _targets, cancellationToken: _cancelled);
        // separable, which is not what ended it
        LogisticFit logistic = LogisticRegression.Fit([1.0, 2], [false, true], cancellationToken: _cancelled);

        (line.Result.Reason, line.Result.Steps).Should().Be((StopReason.Cancelled, 0));
        line.Predict(1, 1).Should().BeApproximately(23 / 6.0, 1e-14, "the start of scaled data is the mean");
        line.ToString().Should().StartWith("Not converged. Cancelled after 0 steps, 0 epochs: cancellation was requested.");
        line.Statistics.Note.Should().StartWith("The fit has not converged:");
        (logistic.Result.Reason, logistic.Result.Steps).Should().Be((StopReason.Cancelled, 0));
        SoftmaxRegression.Fit(_rows, _names, cancellationToken: _cancelled).Result.Reason.Should().Be(StopReason.Cancelled);
    }

    [Fact]
    public void CancelledAccurately_EndsAtZeroWithoutAnException()
    {
        LinearFit line = LinearRegression.FitAccurately(_rows, _targets, cancellationToken: _cancelled);
        PolynomialFit polynomial = LinearRegression.FitPolynomial(_x, _targets, 2, _cancelled);

        (line.Result.Reason, line.Result.Steps).Should().Be((StopReason.Cancelled, 0));
        line.Model.Parameters.Should().OnlyContain(parameter => parameter == 0);
        line.Statistics.Note.Should().StartWith("The fit has not converged:");
        line.Statistics.FStatisticPValue.Should().Be(1, "0 explains less than the mean");
        (polynomial.Result.Reason, polynomial.Predict(3)).Should().Be((StopReason.Cancelled, 0));
    }

    [Fact]
    public void WhatThereIsToKnow_IsTheLastLineOfTheText()
    {
        const string Note = "\nFeatures that do not vary have coefficient 0: x2.";
        double[][] rows = [[1, 7], [2, 7], [3, 7], [4, 7]];

        LinearRegression.Fit(rows, [1, 2, 4, 3]).ToString().Should().EndWith(Note);
        LinearRegression.FitAccurately(rows, [1, 2, 4, 3]).ToString().Should().EndWith(Note);
        LogisticRegression.Fit(rows, [true, false, true, false]).ToString().Should().EndWith(Note);
        SoftmaxRegression.Fit(rows, ["a", "b", "a", "b"]).ToString().Should().EndWith(Note);
        LinearRegression.Fit(_rows, _targets).ToString().Should().NotContain("\n");
    }

    [Fact]
    public void FeaturesOfVeryDifferentScales_DoNotMatter()
    {
        // scikit-learn's trap: features in [500, 5000] and [0, 1]. On an exact plane every coefficient is known; κ is 1 here, so a few
        // units of 2⁻⁵³ of the largest term, 10, are lost.
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[] { 500 + i * 37 % 41 * 112.5, i * 17 % 40 / 40.0 })];

        LinearFit fit = LinearRegression.Fit(rows, [.. rows.Select(row => 3 + 0.002 * row[0] - 5 * row[1])]);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Weights[0].Should().BeApproximately(0.002, 1e-16 * 100);
        fit.Weights[1].Should().BeApproximately(-5, 1e-13);
        fit.Intercept.Should().BeApproximately(3, 1e-13);
    }

    [Fact]
    public void ACoefficientTooSmallForADouble_IsNamed()
    {
        // y = x/1e400.
        LinearFit line = LinearRegression.FitAccurately([1e300, 2e300, 3e300], [1e-100, 2e-100, 3e-100]);
        PolynomialFit parabola = LinearRegression.FitPolynomial([1e300, 2e300, 3e300, 4e300], [1, 4, 9, 17], degree: 2);

        line.Result.Note.Should().StartWith("Too small for a double in these units: x;");
        parabola.Result.Note.Should().StartWith("Too small for a double in these units: x^2;");
        // least squares of 1, 4, 9, 17 at 1, 2, 3, 4: 0.75 − 0.95x + 1.25x²
        parabola.Predict(2e300).Should().BeApproximately(3.85, 1e-14, "it does not use them");
    }

    public static TheoryData<string, Action> Nulls => new()
    {
        { "x", () => LinearRegression.Fit((double[])null!, [1.0]) },
        { "y", () => LinearRegression.Fit([1.0], null!) },
        { "rows", () => LinearRegression.Fit((double[][])null!, [1.0]) },
        { "targets", () => LinearRegression.Fit(_rows, null!) },
        { "rows", () => LinearRegression.FitAccurately((double[][])null!, [1.0]) },
        { "x", () => LinearRegression.FitPolynomial((double[])null!, [1.0], 1) },
        { "x", () => LogisticRegression.Fit((double[])null!, _labels) },
        { "rows", () => LogisticRegression.Fit((double[][])null!, _labels) },
        { "labels", () => LogisticRegression.Fit(_x, null!) },
        { "x", () => SoftmaxRegression.Fit((double[])null!, _names) },
        { "rows", () => SoftmaxRegression.Fit((double[][])null!, _names) },
    };

    [Theory]
    [MemberData(nameof(Nulls))]
    public void Null_IsNamedAsTheArgumentItIs(string argument, Action act) =>
        act.Should().Throw<ArgumentNullException>().WithParameterName(argument);
}
