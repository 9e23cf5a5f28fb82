using System.Globalization;

namespace GradientDescent.Tests.NonlinearFits;

/// <summary>How fits end, what they say then, and which input is refused.</summary>
public sealed class NonlinearEndingTests
{
    private static readonly double[] _x = [0, 1, 2, 3, 4, 5, 6, 7], _y = [100, 61, 37, 22, 13.5, 8.1, 5.1, 2.9], _start = [90, 0.4];

    private static readonly CurveFormula _decay = (p, x) => p[0] * Variable.Exp(-p[1] * x);

    [Fact]
    public void Text_OfAConvergedFit_IsATableWithTheEnd()
    {
        NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, _x, _y, _start, options: new() { ParameterNames = ["amount", "rate"] });

        string[] lines = fit.ToString().Split('\n');
        lines.Should().HaveCount(6);
        lines[0].Should().MatchRegex(@"^ +estimate +std\. error +t +p$");
        lines[1].Should().StartWith("amount ");
        lines[2].Should().StartWith("rate ");
        lines[3].Should().MatchRegex(@"^residual standard deviation 0\.\d+ on 6 degrees of freedom$");
        lines[4].Should().MatchRegex(@"^sum of squares 0\.\d+, 8 points$");
        lines[5].Should().Be("Converged: promised relative reduction of the sum of squares ≤ 1E-12");
        fit.Stop.ToString().Should().MatchRegex("^promised relative reduction of the sum of squares [0-9.E-]+ ≤ 1E-12$");
        fit["rate"].Estimate.Should().Be(fit.Parameters[1]);
        fit.Invoking(one => one["time"]).Should().Throw<ArgumentException>().WithMessage("*'time'*amount, rate*");
    }

    [Fact]
    public void Residuals_AreObservedMinusPredicted()
    {
        NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, _x, _y, _start);

        fit.Residuals().Should().Equal(_x.Zip(_y, (x, y) => y - fit.Predict(x)));
        fit.Residuals().Sum(r => r * r).Should().BeApproximately(fit.ResidualSumOfSquares, 1e-14);
        fit.PredictAll(_x).Should().Equal(fit.PredictAll(Dataset.From(_x, _y)));
        fit.Invoking(one => one.Predict(1, 2)).Should().Throw<ArgumentException>().WithParameterName("row");
        fit.Invoking(one => one.Predict(double.NaN)).Should().Throw<ArgumentException>().WithParameterName("row");
        fit.Invoking(one => one.Covariance(0, 2)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Parameters_ThatTheDataCannotTellApart_AreNamed()
    {
        // a·exp(b − c·x): a and exp(b) are one factor
        NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] * Variable.Exp(p[1] - p[2] * x), _x, _y, [90, 0.1, 0.4]);
        NonlinearFit two = NonlinearLeastSquares.Fit(_decay, _x, _y, _start);

        fit.Reason.Should().Be(StopReason.Converged);
        (fit.Rank, fit.DegreesOfFreedom).Should().Be((2, 6));
        fit.Note.Should().Contain("cannot tell p[0], p[1] apart").And.Contain("no standard errors");
        fit.Coefficients.Should().OnlyContain(c => double.IsNaN(c.StandardError));
        fit.ResidualSumOfSquares.Should().BeApproximately(two.ResidualSumOfSquares, 1e-13);
        fit.Predict(2.5).Should().BeApproximately(two.Predict(2.5), 1e-12);
        fit.ToString().Should().EndWith(fit.Note);
    }

    [Fact]
    public void Sums_OfParametersThatDependOnEachOther_AreNamedInFull()
    {
        // p₀ + p₁·x + p₂·(2 − 3x): all three are in the combination; p₃ is not
        double[] y = [.. _x.Select(x => 3 - x + Math.Exp(-x))];

        NonlinearFit fit = NonlinearLeastSquares.Fit(
            (p, x) => p[0] + p[1] * x + p[2] * (2 - 3 * x) + Variable.Exp(-p[3] * x), _x, y, [0, 0, 0, 2]);

        fit.Note.Should().Contain("cannot tell p[0], p[1], p[2] apart").And.NotContain("p[3]");
    }

    [Fact]
    public void Groups_OfParametersThatDependOnEachOther_AreNamedOnce()
    {
        // p₀ + p₁ + p₂ is one number, p₃·p₄ another
        NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] + p[1] + p[2] + p[3] * p[4] * x, _x, _y, [0, 1, 2, 3, 4]);

        fit.Rank.Should().Be(2);
        fit.Note.Should().Contain("tell p[0], p[1], p[2] apart").And.Contain("tell p[3], p[4] apart");
        fit.Note!.Split("cannot tell").Should().HaveCount(3);
    }

    [Fact]
    public void Parameter_WithoutEffect_IsNoConvergence()
    {
        NonlinearFit unused = NonlinearLeastSquares.Fit((p, x) => p[0] * Variable.Exp(-p[2] * x), _x, _y, [90, 7, 0.4]);
        NonlinearFit flat = NonlinearLeastSquares.Fit(
            (p, x) => p[0] * Variable.Exp(-Variable.Pow((x - p[1]) / p[2], 2)), _x, _y, [1, 500, 1]);

        unused.Reason.Should().Be(StopReason.OptimizerStopped);
        unused.Note.Should().StartWith("p[1] does not change the formula");
        unused.Parameters[1].Should().Be(7);
        flat.Reason.Should().Be(StopReason.OptimizerStopped);
        flat.Note.Should().StartWith("p[0], p[1], p[2] do not change the formula");
        flat.ToString().Should().StartWith("Not converged.");
        flat.Parameters.Should().Equal(1, 500, 1);
    }

    [Fact]
    public void Formula_ThatLosesItsDerivatives_IsNoConvergence()
    {
        NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] * Math.Exp(-p[1].Value * x) + 1e-4 * p[1], _x, _y, _start);

        fit.Reason.Should().Be(StopReason.OptimizerStopped);
        fit.Diagnosis.Should().Contain("Value");
        fit.Stop.Measured.Should().BeGreaterThan(0.1);
        fit.Evaluations.Should().BeLessThan(100);
    }

    [Fact]
    public void Fit_WithFewEvaluations_EndsUnfinishedAndNotWorse()
    {
        double atStart = _x.Zip(_y, (x, y) => Math.Pow(y - 9 * Math.Exp(-0.1 * x), 2)).Sum();
        for (int limit = 1; limit < 9; limit++)
        {
            NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, _x, _y, [9, 0.1], options: new() { MaxEvaluations = limit });

            fit.Reason.Should().Be(StopReason.MaxEvaluations);
            fit.Evaluations.Should().Be(limit);
            fit.Stop.ToString().Should().Be($"MaxEvaluations is {limit}");
            fit.ToString().Should().StartWith("Not converged. The run is unfinished");
            fit.ResidualSumOfSquares.Should().BeLessThanOrEqualTo(atStart * 1.000001);
        }
    }

    [Fact]
    public void Fit_ThatIsCancelled_ReturnsTheResultSoFar()
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        NonlinearFit fit = NonlinearLeastSquares.Fit(
            (p, x) =>
            {
                if (++calls == 40)
                    source.Cancel();
                return p[0] * Variable.Exp(-p[1] * x);
            },
            _x, _y, [9, 0.1], cancellationToken: source.Token);

        fit.Reason.Should().Be(StopReason.Cancelled);
        fit.Evaluations.Should().BeLessThan(5);
    }

    [Fact]
    public void Trial_WithoutAFiniteValue_ShortensTheStep()
    {
        // √(p₀ − x) ends at p₀ = 7; from 20 the first steps go beyond it
        double[] y = [.. _x.Select(x => 3 * Math.Sqrt(7.5 - x))];

        NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[1] * Variable.Sqrt(p[0] - x), _x, y, [50, 0.1]);

        fit.Reason.Should().Be(StopReason.Converged);
        fit.Parameters[0].Should().BeApproximately(7.5, 1e-12);
        fit.Parameters[1].Should().BeApproximately(3, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-20)]
    [InlineData(1e-300)]
    public void Start_WithNearlyNoEffect_IsLeft(double height)
    {
        // The reduction of the sum of squares by a step of the start's size would be lost in rounding errors.
        NonlinearFit fit = NonlinearLeastSquares.Fit((p, x) => p[0] * Variable.Exp(-0.5 * x) + p[1], _x, _y, [height, 0]);

        fit.Reason.Should().Be(StopReason.Converged);
        fit.Parameters[0].Should().BeApproximately(100, 1);
    }

    [Fact]
    public void Fit_OfExactData_SaysThatStandardErrorsAreRoundingErrors()
    {
        NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, _x, [.. _x.Select(x => 3 * Math.Exp(-0.7 * x))], [1, 0.1]);

        fit.Reason.Should().Be(StopReason.Converged);
        fit.Note.Should().Contain("rounding errors");
        fit.Parameters[1].Should().BeApproximately(0.7, 1e-14);
    }

    [Fact]
    public void Fit_OfAsManyPointsAsParameters_HasNoStandardErrors()
    {
        NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, [0, 1], [5, 2], _start);

        fit.Parameters[1].Should().BeApproximately(Math.Log(2.5), 1e-13);
        fit.Coefficients.Should().OnlyContain(c => double.IsNaN(c.StandardError));
        fit.Note.Should().Contain("as many parameters as points (2)");
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void Fit_OfNumbersWhoseSquaresOverflow_IsThatInOtherUnits(double unit)
    {
        NonlinearFit plain = NonlinearLeastSquares.Fit(_decay, _x, _y, _start);
        NonlinearFit fit = NonlinearLeastSquares.Fit(_decay, _x, [.. _y.Select(y => y * unit)], [90 * unit, 0.4]);

        fit.Reason.Should().Be(StopReason.Converged);
        fit.Parameters[1].Should().BeApproximately(plain.Parameters[1], 1e-13);
        fit.Coefficients[1].StandardError.Should().BeApproximately(plain.Coefficients[1].StandardError, 1e-13);
        (fit.ResidualStandardDeviation / unit).Should().BeApproximately(plain.ResidualStandardDeviation, 1e-13);
    }

    [Fact]
    public void BadInput_IsRefusedByNameBeforeTheFormulaIsCalled()
    {
        CurveFormula never = (_, _) => throw new InvalidOperationException("called");

        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2, 3], [1, 2], [1]), "y", "y has 2 numbers, x has 3*");
        Refused(() => NonlinearLeastSquares.Fit(never, [], [], [1]), "x", "x is empty*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, double.NaN], [1, 2], [1]), "x", "x?1? is NaN*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, double.PositiveInfinity], [1]), "y", "y?1? is Infinity*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1, double.NaN]), "start", "start?1? is NaN*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], []), "start", "start is empty*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1, 2, 3]), "start", "start has 3 parameters, the data 2 points*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1, 2], weights: [1, 0]), "start", "*1 points with a weight*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1], weights: [1, -1]), "weights", "weights?1? is -1*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1], weights: [1]), "weights", "*1 weights for 2*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1], options: new() { ParameterNames = ["a", "b"] }), "options",
            "*2 names*1 parameter*");
        Refused(() => NonlinearLeastSquares.Fit(never, [1, 2], [1, 2], [1, 1], options: new() { ParameterNames = ["a", "a"] }), "options",
            "*'a' twice*");
        Refused(() => NonlinearLeastSquares.Fit((_, _) => 1, [[1.0], [1, 2]], [1, 2], [1]), "rows", "rows?1? has 2 numbers*");
        Refused(() => NonlinearLeastSquares.Fit((_, _) => 1, [[1.0], null!], [1, 2], [1]), "rows", "rows?1? is null*");
        Refused(() => NonlinearLeastSquares.Fit((_, _) => 1, [[1.0], [double.NaN]], [1, 2], [1]), "rows", "rows?1??0? is NaN*");
        Refused(() => _ = new NonlinearFitOptions { MaxEvaluations = 0 }, "MaxEvaluations", "*is 0*");
        Refused(() => _ = new NonlinearFitOptions { Tolerance = 1 }, "Tolerance", "*is 1*");
    }

    [Fact]
    public void Start_WhereTheFormulaOrADerivativeIsNotFinite_IsRefusedWithThePlace()
    {
        Refused(() => NonlinearLeastSquares.Fit((p, x) => p[0] * Variable.Log(p[1] - x), [1, 2, 3], [1, 2, 3], [1, 2.5]), "start",
            "The formula is NaN at start, at point 2 (x = 3)*");
        Refused(() => NonlinearLeastSquares.Fit((p, x) => Variable.Sqrt(p[0]) * x, [1, 2, 3], [1, 2, 3], [0]), "start",
            "The derivative of the formula by parameter 0 is Infinity at start, at point 0 (x = 1)*");
    }

    [Fact]
    public void Text_DoesNotDependOnTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = NonlinearLeastSquares.Fit(_decay, _x, _y, _start).ToString();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            NonlinearLeastSquares.Fit(_decay, _x, _y, _start).ToString().Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Refused(Action fit, string argument, string message) =>
        fit.Should().Throw<ArgumentException>().WithMessage(message).Which.ParamName.Should().Be(argument);
}
