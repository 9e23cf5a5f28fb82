using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Support;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Estimators;

/// <summary>The accurate preset against exact solutions.</summary>
public sealed class FitAccuratelyTests
{
    // NIST's answers are for the data as printed. Rounding it to doubles moves Wampler2's coefficients by more than anything here: 13.2 digits are left.
    [Theory]
    [MemberData(nameof(NistProblems.Names), MemberType = typeof(NistProblems))]
    public void FitAccurately_OfNist_HasThirteenDigitsInAtMostTenSteps(string name)
    {
        (double[] coefficients, TrainingResult result) = Fit(NistProblems.ByName[name]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().BeLessThanOrEqualTo(10);
        NistResult.Digits(coefficients, NistProblems.ByName[name].Coefficients).Should().BeGreaterThanOrEqualTo(13);
    }

    // For the doubles themselves the last correction is at most 2⁻⁵³ of a coefficient and the rounding to a double another half unit in the last place: 1.5 of them, as 2⁻⁵³ is at most one.
    [Theory]
    [MemberData(nameof(NistProblems.Names), MemberType = typeof(NistProblems))]
    public void FitAccurately_OfNist_IsTheExactSolutionForTheDoublesToTheLastPlace(string name)
    {
        NistProblem problem = NistProblems.ByName[name];
        Dyadic[][] rows = [.. Samples(problem.Data).Select(i => Row(problem, problem.Data.Features(i)))];
        (BigInteger[] numerators, BigInteger denominator) = ExactLeastSquares.Solve(rows, [.. Samples(problem.Data).Select(i => Dyadic.Of(problem.Data.Targets(i)[0]))]);

        double[] coefficients = Fit(problem).Coefficients;

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

            return denominator.IsZero || fit.Result.Parameters.Select((p, j) => numerators[j].IsZero ? Math.Abs(p) : ExactLeastSquares.Ulps(p, numerators[j], denominator)).All(ulps => ulps < 1.5);
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
                fit.Weights.Select((weight, j) => ExactLeastSquares.Ulps(weight, numerators[j], denominator)).Should().OnlyContain(ulps => ulps < 1.5, "of {0} bits", bits);
            else
                bits.Should().BeGreaterThan(42, "{0}", fit.Result);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(2000)]
    public void FitPolynomial_HighDegrees_KeepsAllDigits(int offset)
    {
        // Few bits in each number keep the whole numbers of the exact solution short.
        double[] x = [.. Enumerable.Range(0, 40).Select(i => offset + (i - 17) / 16.0)], y = [.. Enumerable.Range(0, 40).Select(i => i * i * 37 % 101 / 64.0)];
        for (int degree = 2; degree <= 18; degree += 4)
        {
            (BigInteger[] numerators, BigInteger denominator) = ExactLeastSquares.Solve([.. x.Select(v => Powers(v, degree))], [.. y.Select(Dyadic.Of)]);

            PolynomialFit fit = LinearRegression.FitPolynomial(x, y, degree);

            (fit.Result.Reason, fit.Result.Note).Should().Be((StopReason.Converged, null));
            fit.Coefficients.Select((c, j) => ExactLeastSquares.Ulps(c, numerators[j], denominator)).Should().OnlyContain(ulps => ulps < 1.5, "of degree {0}", degree);
        }
    }

    [Fact]
    public void FitPolynomial_OfYears_IsExactAndPredictsWithoutCancelling()
    {
        // Degree 5 over 1990 to 2020: coefficients up to 1e10 make values of about 300, and their standard errors are those of the polynomial of x − 2005.
        double[] years = [.. Enumerable.Range(1990, 31).Select(i => (double)i)], y = [.. years.Select((_, i) => 300 + i + i * i * 37 % 101 / 64.0)];
        (BigInteger[] numerators, BigInteger denominator) = ExactLeastSquares.Solve([.. years.Select(v => Powers(v, 5))], [.. y.Select(Dyadic.Of)]);

        PolynomialFit fit = LinearRegression.FitPolynomial(years, y, 5), shifted = LinearRegression.FitPolynomial([.. years.Select(v => v - 2005)], y, 5);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Coefficients.Select((c, j) => ExactLeastSquares.Ulps(c, numerators[j], denominator)).Should().OnlyContain(ulps => ulps < 1.5);
        years.Select(fit.Predict).Should().Equal(years.Select(v => shifted.Predict(v - 2005)));
        fit.Statistics["x^5"].StandardError.Should().BeApproximately(shifted.Statistics["x^5"].StandardError, 1e-14 * shifted.Statistics["x^5"].StandardError);
        fit.Statistics.RSquared.Should().BeApproximately(shifted.Statistics.RSquared, 1e-15);
    }

    [Fact]
    public void FitPolynomial_FarBeyondTheData_IsInfiniteRatherThanNotANumber()
    {
        // 0.75 − 0.95x + 1.25x².
        PolynomialFit fit = LinearRegression.FitPolynomial([1, 2, 3, 4], [1, 4, 9, 17], 2);

        fit.Predict(1e300).Should().Be(double.PositiveInfinity);
        fit.Predict(1e150).Should().BeApproximately(1.25e300, 1e285);
    }

    [Fact]
    public void FitPolynomial_OfFewerValuesThanCoefficients_SaysSo()
    {
        // Two different x: any cubic through the two means fits; 1.1 at 0 and 3.05 at 2.
        PolynomialFit fit = LinearRegression.FitPolynomial([0, 2, 0, 2], [1, 3, 1.2, 3.1], 3);

        fit.Result.Note.Should().Be("Powers up to 3 span only 1 dimension on this data: many polynomials fit equally, this one has the least norm.");
        fit.Predict(0).Should().BeApproximately(1.1, 1e-15);
        fit.Predict(2).Should().BeApproximately(3.05, 1e-15);
        fit.Statistics.Coefficients.Should().OnlyContain(coefficient => double.IsNaN(coefficient.StandardError));
        LinearRegression.FitPolynomial([5], [7], 3).Coefficients.Should().Equal(7, 0, 0, 0);
    }

    [Fact]
    public void FitPolynomial_WithACoefficientZero_Converges()
    {
        // y = 2 + 3x², exactly.
        double[] x = [-3, -1, 0.5, 2, 4, 7];

        PolynomialFit fit = LinearRegression.FitPolynomial(x, [.. x.Select(v => 2 + 3 * v * v)], degree: 2);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Coefficients[0].Should().Be(2);
        fit.Coefficients[1].Should().BeApproximately(0, 1e-20);
        fit.Coefficients[2].Should().Be(3);
        fit.Degree.Should().Be(2);
        fit.Predict(10).Should().Be(302);
        fit.ToString().Should().StartWith("y = 2 ").And.Contain(" + 3·x^2 (");
    }

    [Fact]
    public void FitPolynomial_OfFilip_PredictsWithAllDigitsThatTheTermsTakeAway()
    {
        // At −9 the terms are up to 5e6 times the value. The residuals' own standard deviation is certified: predictions from rounded coefficients would show in it.
        NistProblem filip = NistProblems.ByName["filip"];

        PolynomialFit fit = LinearRegression.FitPolynomial(filip.Data, 10);

        double deviation = Math.Sqrt(Samples(filip.Data).Sum(i => Math.Pow(fit.Predict(filip.Data.Features(i)[0]) - filip.Data.Targets(i)[0], 2)) / (82 - 11));
        NistResult.Digits(deviation, filip.ResidualStandardDeviation).Should().BeGreaterThan(12);
        NistResult.Digits(fit.Metrics.RSquared, filip.RSquared).Should().BeGreaterThan(12);
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
        FluentActions.Invoking(() => LinearRegression.FitAccurately([1e-200, 2e-200], [1e200, 3e200])).Should().Throw<ArgumentException>().WithMessage("*'x'*units*");

    [Fact]
    public void FitAccurately_DependentColumns_IsTheSolutionOfLeastNormAndSaysSo()
    {
        // As in AccuracyTests: equal standardised weights.
        LinearFit fit = LinearRegression.FitAccurately([[1, 2], [2, 4], [3, 6], [4, 8]], [3, 6, 9, 12]);

        fit.Weights[0].Should().BeApproximately(1.5, 1e-14);
        fit.Weights[1].Should().BeApproximately(0.75, 1e-14);
        fit.Result.Note.Should().Be("The 2 features that vary span only 1 dimension: many coefficients fit equally, these have the least norm.");
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

        LinearRegression.FitAccurately(weighted).Result.Parameters.Should().Equal(LinearRegression.FitAccurately(repeated).Result.Parameters);
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

    [Fact]
    public void FitPolynomial_WrongArguments_AreNamed()
    {
        FluentActions.Invoking(() => LinearRegression.FitPolynomial([1, 2], [1, 2], 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("degree is 0*");
        FluentActions.Invoking(() => LinearRegression.FitPolynomial(Dataset.From([[1, 2]], [1.0]), 1)).Should().Throw<ArgumentException>().WithMessage("*2 features*");
        FluentActions.Invoking(() => LinearRegression.FitAccurately(Dataset.From([[1.0]], [[1.0, 2]]))).Should().Throw<ArgumentException>().WithMessage("*2 targets*");
        FluentActions.Invoking(() => LinearRegression.FitPolynomial([1, 2], [1, 2], 1).Predict(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static (double[] Coefficients, TrainingResult Result) Fit(NistProblem problem)
    {
        if (problem.Degree > 0)
        {
            PolynomialFit polynomial = LinearRegression.FitPolynomial(problem.Data, problem.Degree);
            return ([.. polynomial.Coefficients], polynomial.Result);
        }

        LinearFit fit = LinearRegression.FitAccurately(problem.Data, problem.HasIntercept);
        return (problem.HasIntercept ? [fit.Intercept, .. fit.Weights] : [.. fit.Weights], fit.Result);
    }

    private static IEnumerable<int> Samples(Dataset data) => Enumerable.Range(0, data.SampleCount);

    /// <summary>1 for the intercept, then features or exact powers.</summary>
    private static Dyadic[] Row(NistProblem problem, ReadOnlySpan<double> features)
    {
        if (problem.Degree > 0)
            return Powers(features[0], problem.Degree);
        List<Dyadic> row = problem.HasIntercept ? [Dyadic.Of(1)] : [];
        foreach (double feature in features)
            row.Add(Dyadic.Of(feature));
        return [.. row];
    }

    private static Dyadic[] Powers(double x, int degree)
    {
        var powers = new Dyadic[degree + 1];
        powers[0] = Dyadic.Of(1);
        for (int k = 1; k <= degree; k++)
            powers[k] = powers[k - 1] * Dyadic.Of(x);
        return powers;
    }
}
