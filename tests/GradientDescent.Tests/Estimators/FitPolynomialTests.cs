using System.Numerics;
using GradientDescent.Tests.Support;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Estimators;

/// <summary><c>FitPolynomial</c> against exact solutions.</summary>
public sealed class FitPolynomialTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(2000)]
    public void FitPolynomial_HighDegrees_KeepsAllDigits(int offset)
    {
        // Few bits in each number keep the whole numbers of the exact solution short.
        double[] x = [.. Enumerable.Range(0, 40).Select(i => offset + (i - 17) / 16.0)], y =
            [.. Enumerable.Range(0, 40).Select(i => i * i * 37 % 101 / 64.0)];
        for (int degree = 2; degree <= 18; degree += 4)
        {
            (BigInteger[] numerators, BigInteger denominator) =
                ExactLeastSquares.Solve([.. x.Select(v => ExactRows.Powers(v, degree))], [.. y.Select(Dyadic.Of)]);

            PolynomialFit fit = LinearRegression.FitPolynomial(x, y, degree);

            (fit.Result.Reason, fit.Result.Note).Should().Be((StopReason.Converged, null));
            fit.Coefficients.Select((c, j) => ExactLeastSquares.Ulps(c, numerators[j], denominator))
                .Should().OnlyContain(ulps => ulps < 1.5, "of degree {0}", degree);
        }
    }

    [Fact]
    public void FitPolynomial_OfYears_IsExactAndPredictsWithoutCancelling()
    {
        // Degree 5 over 1990 to 2020: coefficients up to 1e10 make values of about 300, and their standard errors are those of the
        // polynomial of x − 2005.
        double[] years = [.. Enumerable.Range(1990, 31).Select(i => (double)i)], y =
            [.. years.Select((_, i) => 300 + i + i * i * 37 % 101 / 64.0)];
        (BigInteger[] numerators, BigInteger denominator) =
            ExactLeastSquares.Solve([.. years.Select(v => ExactRows.Powers(v, 5))], [.. y.Select(Dyadic.Of)]);

        PolynomialFit fit = LinearRegression.FitPolynomial(years, y, 5), shifted =
            LinearRegression.FitPolynomial([.. years.Select(v => v - 2005)], y, 5);

        fit.Result.Reason.Should().Be(StopReason.Converged);
        fit.Coefficients.Select((c, j) => ExactLeastSquares.Ulps(c, numerators[j], denominator)).Should().OnlyContain(ulps => ulps < 1.5);
        years.Select(fit.Predict).Should().Equal(years.Select(v => shifted.Predict(v - 2005)));
        fit.Statistics["x^5"].StandardError
            .Should().BeApproximately(shifted.Statistics["x^5"].StandardError, 1e-14 * shifted.Statistics["x^5"].StandardError);
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

        fit.Result.Note
            .Should().Be("Powers up to 3 span only 1 dimension on this data: many polynomials fit equally, this one has the least norm.");
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
        // At −9 the terms are up to 5e6 times the value. The residuals' own standard deviation is certified: predictions from rounded
        // coefficients would show in it.
        NistProblem filip = NistProblems.ByName["filip"];

        PolynomialFit fit = LinearRegression.FitPolynomial(filip.Data, 10);

        double deviation = Math.Sqrt(ExactRows.Samples(filip.Data).Sum(
            i => Math.Pow(fit.Predict(filip.Data.Features(i)[0]) - filip.Data.Targets(i)[0], 2)) / (82 - 11));
        NistResult.Digits(deviation, filip.ResidualStandardDeviation).Should().BeGreaterThan(12);
        NistResult.Digits(fit.Metrics.RSquared, filip.RSquared).Should().BeGreaterThan(12);
    }

    [Fact]
    public void FitPolynomial_WrongArguments_AreNamed()
    {
        FluentActions.Invoking(() => LinearRegression.FitPolynomial([1, 2], [1, 2], 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("degree is 0*");
        FluentActions.Invoking(() => LinearRegression.FitPolynomial(Dataset.From([[1, 2]], [1.0]), 1))
            .Should().Throw<ArgumentException>().WithMessage("*2 features*");
        FluentActions.Invoking(() => LinearRegression.FitAccurately(Dataset.From([[1.0]], [[1.0, 2]])))
            .Should().Throw<ArgumentException>().WithMessage("*2 targets*");
        FluentActions.Invoking(() => LinearRegression.FitPolynomial([1, 2], [1, 2], 1).Predict(double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>();
    }
}
