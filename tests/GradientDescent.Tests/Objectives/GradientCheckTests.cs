using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Objectives;

public sealed class GradientCheckTests
{
    private static IObjective Squares(Action<double[]> plant) => Objective.From(
        p => p[0] * p[0] + p[1] * p[1] + p[2] * p[2],
        (p, g) =>
        {
            double[] gradient = [2 * p[0], 2 * p[1], 2 * p[2]];
            plant(gradient);
            gradient.CopyTo(g);
        });

    [Fact]
    public void At_RightGradient_Passes()
    {
        var check = GradientCheck.Run(Squares(_ => { }), [1, 2, 3]);

        check.Passed.Should().BeTrue();
        check.ToString().Should().StartWith("The gradient agrees with differences: worst at coordinate ");
    }

    [Fact]
    public void At_PlantedError_FindsTheCoordinateAndReportsBothNumbers()
    {
        // ∂/∂p₁ = 4; planted 5: error |5 − 4|/5 = 0.2. Differences of a quadratic are exact but for rounding, below 1e-11 here.
        var check = GradientCheck.Run(Squares(g => g[1] = 5), [1, 2, 3]);

        check.Passed.Should().BeFalse();
        check.WorstIndex.Should().Be(1);
        check.Analytic.Should().Be(5);
        check.Numeric.Should().BeApproximately(4, 1e-11);
        check.Error.Should().BeApproximately(0.2, 1e-11);
        Cultures.Under("de-DE", check.ToString).Should()
            .MatchRegex(@"^The gradient disagrees with differences: worst at coordinate 1, analytic 5, numeric " +
                @"(4|4\.0{8,}\d+|3\.9{8,}\d+), relative error 0\.2 \(allowed 1E-06\)$");
    }

    [Theory]
    [InlineData(-6.0)] // the sign
    [InlineData(3.0)] // the factor 2 forgotten
    [InlineData(6.00001)]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void At_WrongLastCoordinate_Fails(double planted)
    {
        var check = GradientCheck.Run(Squares(g => g[2] = planted), [1, 2, 3]);

        check.Passed.Should().BeFalse();
        (check.WorstIndex, check.Analytic).Should().Be((2, planted));
    }

    [Fact]
    public void At_CoordinateThatHardlyMatters_RaisesNoAlarm()
    {
        // f = 10⁶x + 10⁻⁹y: at (1, 1) rounding of f, 10⁻¹⁰, over h hides y's derivative.
        IObjective objective = Objective.From(p => 1e6 * p[0] + 1e-9 * p[1], (_, g) => (g[0], g[1]) = (1e6, 1e-9));

        GradientCheck.Run(objective, [1, 1]).Passed.Should().BeTrue();
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    [InlineData(0.0)]
    public void At_APenaltyOnAbsoluteValues_ChecksTheRest(double weight)
    {
        // One sample x = 1, y = 3: ∂/∂w = 2(w − 3) + 4w, the kink of |w| left out; with it neither the mapping nor, at 0, anything else
        // would agree with differences.
        var risk = new EmpiricalRisk(new LinearRegression(intercept: false), new MeanSquaredError(), Dataset.From([1.0], [3.0]),
            new ElasticNetPenalty(5, l1Ratio: 0.2));

        foreach (GradientCheck check in (GradientCheck[])[GradientCheck.Run(risk, [weight]),
            GradientCheck.Run(Objective.Full(risk), [weight])])
        {
            check.Passed.Should().BeTrue();
            check.Analytic.Should().BeApproximately(2 * (weight - 3) + 4 * weight, 1e-12);
        }
    }

    [Fact]
    public void At_ZeroGradient_Passes() => GradientCheck.Run(Objective.From(_ => 3, (_, g) => g.Clear()), [1, 2]).Passed.Should().BeTrue();

    [Fact]
    public void At_BadArguments_NamesThem()
    {
        IObjective objective = Squares(_ => { });

        ((Action)(() => GradientCheck.Run(objective, []))).Should().Throw<ArgumentException>()
            .WithMessage("parameters.Length is 0: it must be at least 1.*");
        ((Action)(() => GradientCheck.Run(objective, [1, double.NaN, 0]))).Should().Throw<ArgumentException>()
            .WithMessage("parameters[1] is NaN: every number must be finite.*");
        ((Action)(() => GradientCheck.Run(objective, [1, 2, 3], 0))).Should().Throw<ArgumentException>()
            .WithMessage("tolerance is 0: it must be a finite number greater than 0.*");
        ((Action)(() => GradientCheck.Run((IObjective)null!, [1]))).Should().Throw<ArgumentNullException>().Which.ParamName.Should()
            .Be("objective");
    }
}
