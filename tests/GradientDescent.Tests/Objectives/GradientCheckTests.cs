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

        check.Outcome.Should().Be(GradientCheckOutcome.Passed);
        check.ToString().Should().StartWith("The gradient agrees with differences: worst at coordinate ");
    }

    [Fact]
    public void At_PlantedError_FindsTheCoordinateAndReportsBothNumbers()
    {
        // ∂/∂p₁ = 4; planted 5: error |5 − 4|/5 = 0.2. Differences of a quadratic are exact but for rounding, below 1e-11 here.
        var check = GradientCheck.Run(Squares(g => g[1] = 5), [1, 2, 3]);

        check.Outcome.Should().Be(GradientCheckOutcome.Failed);
        check.WorstIndex.Should().Be(1);
        check.Analytic.Should().Be(5);
        check.Numeric.Should().BeApproximately(4, 1e-11);
        check.Error.Should().BeApproximately(0.2, 1e-11);
        Cultures.Under("de-DE", check.ToString).Should()
            .MatchRegex(@"^The gradient disagrees with differences: worst at coordinate 1, analytic 5, numeric " +
                @"(4|4\.0{8,}\d+|3\.9{8,}\d+) ± \S+, relative error 0\.2 \(allowed 1E-06\)$");
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

        check.Outcome.Should().Be(GradientCheckOutcome.Failed);
        (check.WorstIndex, check.Analytic).Should().Be((2, planted));
    }

    [Fact]
    public void At_CoordinateThatHardlyMatters_RaisesNoAlarm()
    {
        // f = 10⁶x + 10⁻⁹y: at (1, 1) rounding of f, 10⁻¹⁰, over h hides y's derivative.
        IObjective objective = Objective.From(p => 1e6 * p[0] + 1e-9 * p[1], (_, g) => (g[0], g[1]) = (1e6, 1e-9));

        GradientCheck.Run(objective, [1, 1]).Outcome.Should().Be(GradientCheckOutcome.Passed);
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
            check.Outcome.Should().Be(GradientCheckOutcome.Passed);
            check.Analytic.Should().BeApproximately(2 * (weight - 3) + 4 * weight, 1e-12);
        }
    }

    [Fact]
    public void At_ZeroGradient_Passes() =>
        GradientCheck.Run(Objective.From(_ => 3, (_, g) => g.Clear()), [1, 2]).Outcome.Should().Be(GradientCheckOutcome.Passed);

    // The gradient is right, and differences of a fixed relative step are not: the functions change within 1e-5 to 1e-12 of x.
    [Fact]
    public void At_RightGradientOfANarrowFunction_Passes()
    {
        double center = 1e4;
        IObjective peak = Objective.From(
            p => Math.Exp(-Math.Pow((p[0] - center) / 1e-2, 2)),
            (p, g) => g[0] = -2e4 * (p[0] - center) * Math.Exp(-Math.Pow((p[0] - center) / 1e-2, 2)));
        IObjective log = Objective.From(p => Math.Log(p[0]), (p, g) => g[0] = 1 / p[0]);
        IObjective wave = Objective.From(p => Math.Sin(p[0]), (p, g) => g[0] = Math.Cos(p[0]));

        GradientCheck.Run(peak, [center + 0.004]).Outcome.Should().Be(GradientCheckOutcome.Passed);
        GradientCheck.Run(log, [1e-12]).Outcome.Should().Be(GradientCheckOutcome.Passed);
        GradientCheck.Run(wave, [1e8]).Outcome.Should().Be(GradientCheckOutcome.Passed);
    }

    [Fact]
    public void At_WrongGradientOfANarrowFunction_Fails()
    {
        IObjective log = Objective.From(p => Math.Log(p[0]), (p, g) => g[0] = 1.001 / p[0]);

        GradientCheck.Run(log, [1e-12]).Outcome.Should().Be(GradientCheckOutcome.Failed);
    }

    // At a kink, a jump, and an infinite slope at the end of the domain there is no derivative to compare with.
    [Theory]
    [InlineData("kink", 0.0, 1.0)]
    [InlineData("kink", 0.0, -1.0)]
    [InlineData("hinge", 1.0, 1.0)]
    [InlineData("jump", 0.0, 0.0)]
    [InlineData("root", 0.0, double.PositiveInfinity)]
    [InlineData("nowhere", 0.0, 1.0)]
    public void At_APointWithoutADerivative_IsInconclusive(string name, double x, double analytic)
    {
        Func<double, double> function = name switch
        {
            "kink" => Math.Abs,
            "hinge" => p => Math.Max(0, p - 1),
            "jump" => p => p < 0 ? 0 : 1,
            "root" => Math.Sqrt,
            _ => p => p == 0 ? 1 : double.NaN,
        };

        var check = GradientCheck.Run(Objective.From(p => function(p[0]), (_, g) => g[0] = analytic), [x]);

        check.Outcome.Should().Be(GradientCheckOutcome.Inconclusive);
        check.ToString().Should().StartWith("Differences are too inaccurate here to check the gradient: worst at coordinate 0, analytic ");
    }

    // A corner between two numbers of the grid has a derivative; at a number it has none. Few evaluations tell.
    [Theory]
    [InlineData(5.0)]
    [InlineData(0.3)]
    [InlineData(-1e9)]
    public void At_ACorner_IsInconclusive(double corner)
    {
        IObjective objective = Objective.From(p => Math.Abs(p[0] - corner), (_, g) => g[0] = 1);

        GradientCheck.Run(objective, [corner]).Outcome.Should().Be(GradientCheckOutcome.Inconclusive);
    }

    // Trends with a wave, a step or a peak of any width, far from 0 and near: the feature is at least 10⁵ times the rounding of the values.
    [Fact]
    public void At_TheRightGradientOfASmoothFunction_NeverFails()
    {
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            double center = random.Next(3) == 0 ? 0 : Math.Pow(10, 7 * random.NextDouble());
            double rate = Math.Pow(10, 6 * random.NextDouble() - 3), trend = Math.Pow(10, 4 * random.NextDouble() - 2);
            double height = Math.Max(Math.Pow(10, 4 * random.NextDouble() - 4), 1e-11 * trend * center);
            double x = center + (4 * random.NextDouble() - 2) / rate;
            (Func<double, double> value, Func<double, double> slope) = random.Next(4) switch
            {
                0 => ((Func<double, double>)Math.Sin, (Func<double, double>)Math.Cos),
                1 => (Math.Tanh, u => 1 - Math.Pow(Math.Tanh(u), 2)),
                2 => (u => Math.Exp(-u * u), u => -2 * u * Math.Exp(-u * u)),
                _ => (u => Math.Log(1 + u * u), u => 2 * u / (1 + u * u)),
            };
            IObjective objective = Objective.From(
                p => trend * p[0] + height * value(rate * (p[0] - center)),
                (p, g) => g[0] = trend + height * rate * slope(rate * (p[0] - center)));

            GradientCheck check = GradientCheck.Run(objective, [x]);

            check.Outcome.Should().NotBe(GradientCheckOutcome.Failed, $"case {i}: {check}");
        }
    }

    // Noise hides the derivative to (noise)/(step); the estimate knows it: a right gradient is never condemned, and half a gradient is.
    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-10)]
    [InlineData(1e-8)]
    [InlineData(1e-6)]
    [InlineData(1e-4)]
    public void At_ANoisyFunction_CondemnsTheWrongGradientOnly(double noise)
    {
        for (int i = 0; i < 40; i++)
        {
            double at = 0.5 + 0.1 * i;
            double Noisy(double x) => x * x + noise * (new Random(BitConverter.DoubleToInt64Bits(x).GetHashCode()).NextDouble() - 0.5);
            IObjective right = Objective.From(p => Noisy(p[0]), (p, g) => g[0] = 2 * p[0]);
            IObjective wrong = Objective.From(p => Noisy(p[0]), (p, g) => g[0] = p[0]);

            GradientCheck.Run(right, [at]).Outcome.Should().NotBe(GradientCheckOutcome.Failed, $"at {at}");
            GradientCheck.Run(wrong, [at]).Outcome.Should().Be(GradientCheckOutcome.Failed, $"at {at}");
        }
    }

    [Fact]
    public void At_OneWrongAndOneInconclusiveCoordinate_ShowsTheWrongOne()
    {
        IObjective objective = Objective.From(p => Math.Abs(p[0]) + p[1], (_, g) => (g[0], g[1]) = (1, 1.1));

        GradientCheck check = GradientCheck.Run(objective, [0, 1]);

        (check.Outcome, check.WorstIndex).Should().Be((GradientCheckOutcome.Failed, 1));
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-4)]
    [InlineData(1.0)]
    [InlineData(1e8)]
    public void At_AnyUnitOfTheParameter_SeesAFactorOf1001Thousandths(double unit)
    {
        // f = (p/u)² has the derivative 2p/u²; at p = 3u/2 that is 3/u.
        IObjective Square(double factor) =>
            Objective.From(p => Math.Pow(p[0] / unit, 2), (p, g) => g[0] = factor * 2 * p[0] / (unit * unit));

        GradientCheck.Run(Square(1), [1.5 * unit]).Outcome.Should().Be(GradientCheckOutcome.Passed);
        GradientCheck.Run(Square(1.001), [1.5 * unit]).Outcome.Should().Be(GradientCheckOutcome.Failed);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void At_TwoParametersOfDifferentUnits_ChecksTheOneWithTheSmallDerivative(double unit)
    {
        // f = p₀² + (p₁/u)²; at (3, 2u) the derivatives are 6 and 4/u; planted 8/u.
        IObjective squares = Objective.From(
            p => p[0] * p[0] + Math.Pow(p[1] / unit, 2), (p, g) => (g[0], g[1]) = (2 * p[0], 4 * p[1] / (unit * unit)));

        GradientCheck check = GradientCheck.Run(squares, [3, 2 * unit]);

        (check.Outcome, check.WorstIndex).Should().Be((GradientCheckOutcome.Failed, 1));
    }

    [Theory]
    [InlineData(-4.7, 1.0)]
    [InlineData(-6.9, 1.0)]
    [InlineData(-9.1, 1e-6)]
    [InlineData(-12.5, 1e3)]
    public void At_LogarithmOfARoundedSum_DoesNotTakeTheStairsForAPlateau(double x, double unit)
    {
        // log(1 + eˣ) has the derivative eˣ/(1 + eˣ). 1 + eˣ is rounded to 2⁻⁵², so over short distances the values are equal.
        IObjective Softplus(double factor) => Objective.From(
            p => Math.Log(1 + Math.Exp(p[0] / unit)), (p, g) => g[0] = factor / (1 + Math.Exp(-p[0] / unit)) / unit);

        GradientCheck.Run(Softplus(1), [x * unit]).Outcome.Should().NotBe(GradientCheckOutcome.Failed);
        GradientCheck.Run(Softplus(2), [x * unit]).Outcome.Should().Be(GradientCheckOutcome.Failed);
    }

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
