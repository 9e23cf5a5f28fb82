namespace GradientDescent.Tests.NonlinearFits;

/// <summary>Fits of NIST's problems from both starts, compared with the certified values of 11 digits.</summary>
public sealed class NistNonlinearTests
{
    private static readonly (NistNonlinear Problem, NonlinearFit Fit)[] _fits =
        [.. NistNonlinear.All().SelectMany(one => new[] { (one, one.Fit(one.Start1)), (one, one.Fit(one.Start2)) })];

    [Fact]
    public void Fit_FromBothStarts_Converges() => _fits.Should().OnlyContain(one => one.Fit.Reason == StopReason.Converged);

    [Fact]
    public void Parameters_HaveTenDigits() => DigitsOfParameters().Should().OnlyContain(digits => digits >= 10);

    [Fact]
    public void Parameters_HaveAMedianOfTenAndAHalfDigits() => Median(DigitsOfParameters()).Should().BeGreaterThanOrEqualTo(10.5);

    // The residuals of Lanczos1 are 1e-13 of targets of about 1: rounding errors of the formula leave them 3 digits.
    [Fact]
    public void StandardErrors_HaveTenDigitsUnlessResidualsAreNearlyRoundingErrors()
    {
        foreach ((NistNonlinear problem, NonlinearFit fit) in _fits)
        {
            double least = problem.Name == "Lanczos1" ? 2.5 : 10;
            NistNonlinear.Digits(StandardErrors(fit), problem.StandardDeviations).Should().BeGreaterThanOrEqualTo(least, problem.Name);
            NistNonlinear.Digits(fit.ResidualSumOfSquares, problem.SumOfSquares).Should().BeGreaterThanOrEqualTo(least, problem.Name);
            NistNonlinear.Digits(fit.ResidualStandardDeviation, problem.ResidualStandardDeviation)
                .Should().BeGreaterThanOrEqualTo(least, problem.Name);
        }
    }

    // NIST's page prints 9 for Rat43, which has 15 points and 4 parameters; its residual standard deviation is that of 11.
    [Fact]
    public void DegreesOfFreedom_AreNists() => _fits.Should().OnlyContain(one =>
        one.Fit.DegreesOfFreedom == (one.Problem.Name == "Rat43" ? 11 : one.Problem.DegreesOfFreedom));

    [Fact]
    public void Evaluations_AreAboutThoseOfMinpack()
    {
        // MINPACK's lmder needs about 765 for Bennett5 from the first start.
        _fits.Should().OnlyContain(one => one.Fit.Evaluations <= 800);
        Median(_fits.Select(one => (double)one.Fit.Evaluations)).Should().BeLessThanOrEqualTo(30);
    }

    [Fact]
    public void Fit_WithAToleranceOfZero_EndsAtTheRoundingErrors()
    {
        foreach (NistNonlinear problem in NistNonlinear.All())
        {
            NonlinearFit fit = problem.Fit(problem.Start1, new() { Tolerance = 0 });

            fit.Reason.Should().Be(StopReason.Converged, problem.Name);
            NistNonlinear.Digits(fit.Parameters, problem.Certified).Should().BeGreaterThanOrEqualTo(10, problem.Name);
        }
    }

    private static IEnumerable<double> DigitsOfParameters() =>
        _fits.Select(one => NistNonlinear.Digits(one.Fit.Parameters, one.Problem.Certified));

    private static IEnumerable<double> StandardErrors(NonlinearFit fit) => fit.Coefficients.Select(c => c.StandardError);

    private static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
