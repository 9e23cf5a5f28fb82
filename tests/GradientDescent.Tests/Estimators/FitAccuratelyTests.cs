using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Estimators;

/// <summary><c>FitAccurately</c> against exact solutions.</summary>
public sealed class FitAccuratelyTests
{
    // NIST's answers are for the data as printed. Rounding it to doubles moves Wampler2's coefficients by more than anything here: 13.2
    // digits are left.
    [Theory]
    [MemberData(nameof(NistProblems.Names), MemberType = typeof(NistProblems))]
    public void FitAccurately_OfNist_HasThirteenDigitsInAtMostTenSteps(string name)
    {
        (double[] coefficients, TrainingResult result) = ExactRows.Fit(NistProblems.ByName[name]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().BeLessThanOrEqualTo(10);
        NistResult.Digits(coefficients, NistProblems.ByName[name].Coefficients).Should().BeGreaterThanOrEqualTo(13);
    }

    // For the doubles themselves the last correction is at most 2⁻⁵³ of a coefficient and the rounding to a double another half unit in the
    // last place: 1.5 of them, as 2⁻⁵³ is at most one.
    [Theory]
    [MemberData(nameof(NistProblems.Names), MemberType = typeof(NistProblems))]
    public void FitAccurately_OfNist_IsTheExactSolutionForTheDoublesToTheLastPlace(string name)
    {
        NistProblem problem = NistProblems.ByName[name];
        Dyadic[][] rows = [.. ExactRows.Samples(problem.Data).Select(i => ExactRows.Of(problem, problem.Data.Features(i)))];
        (BigInteger[] numerators, BigInteger denominator) =
            ExactLeastSquares.Solve(rows, [.. ExactRows.Samples(problem.Data).Select(i => Dyadic.Of(problem.Data.Targets(i)[0]))]);

        double[] coefficients = ExactRows.Fit(problem).Coefficients;

        for (int j = 0; j < coefficients.Length; j++)
            ExactLeastSquares.Ulps(coefficients[j], numerators[j], denominator).Should().BeLessThan(1.5);
    }

    [Fact]
    public void FitAccurately_AnyWholeNumbers_IsTheExactSolutionToTheLastPlace()
    {
        Gen<(double[][] Rows, double[] Targets)> tables =
            from rows in Gen.Choose(-1000, 1000).Select(i => (double)i).ArrayOf(3).ArrayOf(7)
            from targets in Gen.Choose(-1000, 1000).Select(i => (double)i).ArrayOf(7)
            select (rows, targets);

        Prop.ForAll(tables.ToArbitrary(), table =>
        {
            (BigInteger[] numerators, BigInteger denominator) = ExactLeastSquares.Solve(
                [.. table.Rows.Select(row => (Dyadic[])[.. row.Select(Dyadic.Of), Dyadic.Of(1)])], [.. table.Targets.Select(Dyadic.Of)]);

            LinearFit fit = LinearRegression.FitAccurately(table.Rows, table.Targets);

            return denominator.IsZero || fit.Result.Parameters.Select((p, j) => numerators[j].IsZero ? Math.Abs(p)
                : ExactLeastSquares.Ulps(p, numerators[j], denominator)).All(ulps => ulps < 1.5);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FitAccurately_NearlyDependentColumns_KeepsAllDigitsOrSaysSo()
    {
        // The columns differ by less and less; at some point they count as one, which the note says.
        for (int bits = 10; bits <= 52; bits++)
        {
            double[][] rows = [.. Enumerable.Range(0, 8).Select(i => (double[])[i, i + (i % 3 - 1) * Math.ScaleB(1, -bits)])];
            double[] targets = [3, 1, 4, 1, 5, 9, 2, 6];
            (BigInteger[] numerators, BigInteger denominator) = ExactLeastSquares.Solve(
                [.. rows.Select(row => (Dyadic[])[.. row.Select(Dyadic.Of), Dyadic.Of(1)])], [.. targets.Select(Dyadic.Of)]);

            LinearFit fit = LinearRegression.FitAccurately(rows, targets);

            if (fit.Result is { Reason: StopReason.Converged, Note: null })
                fit.Weights.Select((weight, j) => ExactLeastSquares.Ulps(weight, numerators[j], denominator))
                    .Should().OnlyContain(ulps => ulps < 1.5, "of {0} bits", bits);
            else
                bits.Should().BeGreaterThan(42, "{0}", fit.Result);
        }
    }

    [Theory]
    [InlineData(1e200, 1)]
    [InlineData(1e-200, 1)]
    [InlineData(1, 1e200)]
    [InlineData(1, 1e-200)]
    [InlineData(1e300, 1e300)]
    [InlineData(1e-300, 1e-300)]
    public void FitAccurately_ExtremeUnits_IsTheLine(double unitOfX, double unitOfY)
    {
        LinearFit fit = LinearRegression.FitAccurately([1 * unitOfX, 2 * unitOfX, 4 * unitOfX], [3 * unitOfY, 5 * unitOfY, 9 * unitOfY]);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Weights[0].Should().BeApproximately(2 * (unitOfY / unitOfX), 1e-15 * 2 * (unitOfY / unitOfX));
        fit.Intercept.Should().BeApproximately(unitOfY, 1e-14 * unitOfY);
        fit.Statistics.RSquared.Should().Be(1);
    }

    [Fact]
    public void FitAccurately_FromEndToEndOfTheDoubles_Converges()
    {
        LinearFit fit = LinearRegression.FitAccurately([-1.7e308, 1.7e308, 1.7e308], [1.0, 3, 3]);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Intercept.Should().Be(2);
    }

    [Fact]
    public void FitAccurately_CoefficientTooLarge_SaysWhichUnitsToChange() =>
        FluentActions.Invoking(() => LinearRegression.FitAccurately([1e-200, 2e-200], [1e200, 3e200]))
            .Should().Throw<ArgumentException>().WithMessage("*'x'*units*");

    [Fact]
    public void FitAccurately_DependentColumns_IsTheSolutionOfLeastNormAndSaysSo()
    {
        // As in AccuracyTests: equal standardised weights.
        LinearFit fit = LinearRegression.FitAccurately([[1, 2], [2, 4], [3, 6], [4, 8]], [3, 6, 9, 12]);

        fit.Weights[0].Should().BeApproximately(1.5, 1e-14);
        fit.Weights[1].Should().BeApproximately(0.75, 1e-14);
        fit.Result.Note
            .Should().Be("The 2 features that vary span only 1 dimension: many coefficients fit equally, these have the least norm.");
    }

    [Fact]
    public void FitAccurately_MoreColumnsThanSamples_FitsThem()
    {
        LinearFit fit = LinearRegression.FitAccurately([[1, 5, 2, 8], [2, 1, 1, -3]], [1, 5]);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Predict(1, 5, 2, 8).Should().BeApproximately(1, 1e-14);
        fit.Predict(2, 1, 1, -3).Should().BeApproximately(5, 1e-14);
        fit.Statistics.DegreesOfFreedom.Should().Be(0);
    }

    [Fact]
    public void FitAccurately_NothingVaries_IsTheMean()
    {
        LinearFit fit = LinearRegression.FitAccurately([[7], [7], [7]], [1, 2, 6]);

        fit.Intercept.Should().Be(3);
        fit.Weights.Should().Equal(0);
        fit.Result.Note.Should().Contain("do not vary");
        LinearRegression.FitAccurately(Dataset.From([0.0, 0], [1.0, 2]), intercept: false).Weights.Should().Equal(0);
    }

    [Fact]
    public void FitAccurately_Weighted_CountsWholeWeightsAsSamples()
    {
        Dataset weighted = Dataset.From([1.0, 2, 3, 5, 1e9], [2.0, 3, 7, 8, 1e9], weights: [1, 3, 2, 1, 0]);
        Dataset repeated = Dataset.From([1.0, 2, 2, 2, 3, 3, 5], [2.0, 3, 3, 3, 7, 7, 8]);

        LinearRegression.FitAccurately(weighted).Result.Parameters
            .Should().Equal(LinearRegression.FitAccurately(repeated).Result.Parameters);
    }

    [Fact]
    public void FitAccurately_ItsResult_CanBeMeasuredAgain()
    {
        TrainingResult result = LinearRegression.FitAccurately(NistProblems.ByName["longley"].Data).Result;
        double[] gradient = new double[result.OptimizedParameters.Length];

        result.Objective.Evaluate(result.OptimizedParameters.AsSpan(), gradient);

        // κ is 1 in these coordinates, and the target at most 1: rounding the coordinates to doubles leaves a gradient of a few 2⁻⁵³.
        Math.Sqrt(gradient.Sum(g => g * g)).Should().Be(result.GradientNorm).And.BeLessThan(1e-15);
        result.Loss.Should().BeApproximately(836424.05550591461 / 16, 1e-14 * 836424 / 16);
        result.History.Should().HaveCount((int)result.Steps + 1);
        result.ToString().Should().Contain("next correction relative to its coefficient");
    }
}
