namespace GradientDescent.Tests.Objectives;

/// <summary>Derivatives from values, compared with those of calculus.</summary>
public sealed class FiniteDifferencesTests
{
    // Name, function, derivative, points. Beyond the scale max(|x|, 1): functions that change faster, slower, or end.
    private static readonly (string Name, Func<double, double> Value, Func<double, double> Slope, double[] Points)[] _functions =
    [
        ("yearly wave", p => Math.Cos(2 * Math.PI * (p - 2020)), p => -2 * Math.PI * Math.Sin(2 * Math.PI * (p - 2020)),
            [2020.25, 2020.3, 2019.8]),
        ("daily wave", p => Math.Cos(2 * Math.PI * (p - 1.6e9) / 86_400), p => -2 * Math.PI / 86_400 * Math.Sin(2 * Math.PI * (p - 1.6e9) /
            86_400), [1.6e9 + 21_600, 1.6e9 + 10_000]),
        ("sine", Math.Sin, Math.Cos, [0, 1e-9, 1, 1e3, 1e5, 1e6, 1e8, -1e8]),
        ("logarithm", Math.Log, p => 1 / p, [1e-300, 1e-100, 1e-8, 1e-4, 1e-3, 0.02, 0.1, 1, 1e4, 1e12]),
        ("root", Math.Sqrt, p => 0.5 / Math.Sqrt(p), [1e-12, 1e-3, 1, 1e10]),
        ("reciprocal", p => 1 / p, p => -1 / (p * p), [1e-6, -1e-6, 3]),
        ("growth", p => Math.Exp(1e4 * p), p => 1e4 * Math.Exp(1e4 * p), [2e-4, 0, -3e-4]),
        ("barrier", p => -Math.Log(1 - p), p => 1 / (1 - p), [1 - 1e-6, 0.999, 0.5]),
        ("peak", p => Math.Exp(-Math.Pow((p - 1e4) / 1e-2, 2)), p => -2e4 * (p - 1e4) * Math.Exp(-Math.Pow((p - 1e4) / 1e-2, 2)),
            [1e4 + 0.005, 1e4 + 0.01, 1e4 - 0.02]),
        ("needle", p => p * Math.Exp(-p * p * 1e10), p => (1 - 2e10 * p * p) * Math.Exp(-p * p * 1e10), [0]),
        ("large unit", p => Math.Pow((p - 1e9) / 1e9, 2), p => 2e-9 * (p - 1e9) / 1e9, [0, 1, 1e9 + 3e8]),
        ("half line", p => p < 0 ? double.NaN : Math.Exp(p), Math.Exp, [0, 1e-5]),
        ("other half line", p => p > 0 ? double.PositiveInfinity : Math.Exp(p), Math.Exp, [0, -1e-5]),
        ("large values", p => 1e300 * p * p, p => 2e300 * p, [1]),
        ("small values", p => 1e-300 * p * p, p => 2e-300 * p, [1]),
    ];

    public static TheoryData<string, double> Points
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach ((string name, _, _, double[] points) in _functions)
            {
                foreach (double x in points)
                    data.Add(name, x);
            }
            return data;
        }
    }

    // Truncation leaves more than 8 digits. Rounding leaves fewer for the large unit: its values are 1, its slope
    // 2e-9, and the longest step
    // 0.25, so that about 2u/(0.25·2e-9) = 4e-7 of the slope is lost.
    [Theory]
    [MemberData(nameof(Points))]
    public void From_AFunctionOfAnyScale_GivesItsDerivative(string name, double x)
    {
        (_, Func<double, double> value, Func<double, double> slope, _) = _functions.Single(function => function.Name == name);

        double numeric = Derivative(value, x);

        numeric.Should().BeApproximately(slope(x), Math.Abs(slope(x)) * (name == "large unit" ? 5e-7 : 5e-9));
    }

    private static double Yearly(double z) => 2 * Math.PI * z / 365.25;

    // Name, function, derivative, point, the distance over which the function changes, and the rounding of its values.
    private static readonly (string Name, Func<double, double> Value, Func<double, double> Slope, double X, double Scale, double Rounding)[]
        _shifted =
    [
        ("sine", Math.Sin, Math.Cos, 1e9, 1, 1.1e-16),
        ("sine of a day", z => Math.Sin(Yearly(z)), z => 2 * Math.PI / 365.25 * Math.Cos(Yearly(z)), 20240101, 58, 6e-11),
        ("sine of a date", z => Math.Sin(2 * Math.PI * z), z => 2 * Math.PI * Math.Cos(2 * Math.PI * z), 20240101.2, 0.16, 7.5e-9),
        ("step", z => Math.Tanh(z - 1e6), z => 1 - Math.Pow(Math.Tanh(z - 1e6), 2), 1e6 + 1, 1, 1.1e-16),
        ("foot of a step", z => 100 * Math.Tanh((z - 1000005) / 0.2), z => 500 / Math.Pow(Math.Cosh((z - 1000005) / 0.2), 2), 1000003.9,
            0.2, 1.5e-14),
        ("logarithm", z => Math.Log(z - 738000), z => 1 / (z - 738000), 738002, 2, 1.1e-16),
        ("logarithm close to its end", z => Math.Log(z - 738000), z => 1 / (z - 738000), 738000.01, 0.01, 4.4e-16),
        ("arc", Math.Acos, x => -1 / Math.Sqrt((1 - x) * (1 + x)), 0.999999, 1e-6, 2e-19),
        ("falling root", x => Math.Sqrt(1 - x), x => -0.5 / Math.Sqrt(1 - x), 0.999999, 1e-6, 1.1e-19),
        ("root", x => Math.Sqrt(x - 2020), x => 0.5 / Math.Sqrt(x - 2020), 2020.001, 1e-3, 3.5e-18),
        ("entropy", x => -(1 - x) * Math.Log(1 - x), x => Math.Log(1 - x) + 1, 1 - 1e-7, 1e-7, 2e-22),
        ("entropy at its end", x => -(1 - x) * Math.Log(1 - x), x => Math.Log(1 - x) + 1, 1 - 1e-10, 1e-10, 3e-25),
        ("wave on a line", z => z + 0.1 * Math.Sin(z - 738000), z => 1 + 0.1 * Math.Cos(z - 738000), 738000, 1, 5.9e-11),
        ("wave on a line, later", z => z + 0.1 * Math.Sin(z - 738000), z => 1 + 0.1 * Math.Cos(z - 738000), 738001, 1, 5.9e-11),
        ("short wave on a line", x => x + 1e-3 * Math.Sin(1e3 * x), x => 1 + Math.Cos(1e3 * x), 100, 1e-3, 2.2e-14),
        ("short wave on a parabola", x => x * x + 1e-3 * Math.Sin(1e3 * x), x => 2 * x + Math.Cos(1e3 * x), 1e4, 1e-3, 1e-8),
        ("ripple on an exponential", x => Math.Exp(x) + 1e-7 * Math.Sin(1e5 * x), x => Math.Exp(x) + 1e-2 * Math.Cos(1e5 * x), 1, 1e-5,
            4.4e-16),
        ("round corner", z => Math.Sqrt(1e-6 + (z - 1e6) * (z - 1e6)), z => (z - 1e6) / Math.Sqrt(1e-6 + (z - 1e6) * (z - 1e6)),
            1e6 + 1.0 / 4096, 1e-3, 2.2e-19),
    ];

    public static TheoryData<string> Shifted => [.. _shifted.Select(function => function.Name)];

    // Truncation leaves 9 digits. A step of 1/250 of the scale has a truncation below that, and rounding η leaves 4η over the step.
    [Theory]
    [MemberData(nameof(Shifted))]
    public void From_AFunctionFarFromZeroOrOnATrend_GivesItsDerivative(string name)
    {
        (_, Func<double, double> value, Func<double, double> slope, double x, double scale, double rounding) =
            _shifted.Single(function => function.Name == name);
        double exact = slope(x), tolerance = 1e-9 * Math.Abs(exact) + 1000 * rounding / scale;

        Derivative(value, x).Should().BeApproximately(exact, tolerance);
        GradientCheck.Run(Objective.From(p => value(p[0]), (p, g) => g[0] = slope(p[0])), [x]).Outcome.Should()
            .NotBe(GradientCheckOutcome.Failed);
    }

    [Theory]
    [InlineData(3.0, 2.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(-1e300, 1e9)]
    public void From_AConstant_GivesZero(double constant, double x) => Derivative(_ => constant, x).Should().Be(0);

    // Each term has a scale of its own, and so has each coordinate's step. Rounding of the sum, 1e3·u, over the step of the third, about
    // 1e-3/1e4, leaves 1e-6 of its derivative, 1e4.
    [Fact]
    public void From_ASumOfVeryDifferentScales_FollowsEach()
    {
        double[] gradient = new double[3];

        Objective.From(p => 1e-3 * p[0] * p[0] + Math.Log(p[1]) + 1e3 * Math.Sin(p[2])).Evaluate([1e3, 1e-6, 1e6], gradient);

        gradient[0].Should().BeApproximately(2, 2e-9);
        gradient[1].Should().BeApproximately(1e6, 1);
        gradient[2].Should().BeApproximately(1e3 * Math.Cos(1e6), 1e-6);
    }

    [Fact]
    public void From_AFunctionThatIsNotANumberAround_GivesNaN()
    {
        Derivative(p => p == 2 ? 1 : double.NaN, 2).Should().Be(double.NaN);
        Derivative(_ => double.NaN, 2).Should().Be(double.NaN);
    }

    // The symmetric derivative of |x| at 0.
    [Fact]
    public void From_AKink_GivesTheMeanOfBothSlopes() => Derivative(Math.Abs, 0).Should().Be(0);

    // Values of 24 bits: noise of 2⁻²⁴·2.69 over the longest step, 0.25·1.3, leaves 1e-6.
    [Fact]
    public void From_AFunctionInSinglePrecision_TakesALongStep() =>
        Derivative(x => (float)(x * x + 1), 1.3).Should().BeApproximately(2.6, 1e-6);

    [Fact]
    public void From_AnyFunction_IsAFunctionOfThePointAlone()
    {
        IObjective objective = Objective.From(p => Math.Log(p[0]));
        double[] first = new double[1], other = new double[1], again = new double[1];

        objective.Evaluate([1e-5], first);
        objective.Evaluate([7.0], other);
        objective.Evaluate([1e-5], again);

        again.Should().Equal(first);
    }

    // 1 for the value, 4 for the parameter in which the valley is a parabola, and 6 for the other, of degree 4: 2 of them look for waves.
    [Fact]
    public void From_AWellScaledFunction_TakesFourOrSixEvaluationsPerParameter()
    {
        int evaluations = 0;
        IObjective valley = Objective.From(p =>
        {
            evaluations++;
            return 100 * Math.Pow(p[1] - p[0] * p[0], 2) + Math.Pow(1 - p[0], 2);
        });
        double[] gradient = new double[2];

        foreach (double[] at in (double[][])[[-1.2, 1], [-0.5, 0.25], [0.5, 0.2501], [0.9, 0.8101], [0.999, 0.998001], [1, 1]])
        {
            evaluations = 0;
            valley.Evaluate(at, gradient);
            evaluations.Should().BeInRange(9, 11, $"at {at[0]}");
        }
    }

    // At most 10 steps of 6 evaluations, 2 to look closer at a constant, and 2 long steps if there is noise.
    [Theory]
    [InlineData("constant", 10)]
    [InlineData("kink", 8)]
    [InlineData("jump", 74)]
    [InlineData("root", 74)]
    public void From_AFunctionWithoutScale_StopsTrying(string name, int allowed)
    {
        int evaluations = 0;
        Func<double, double> function = name switch
        {
            "constant" => _ => 1,
            "kink" => Math.Abs,
            "jump" => x => x < 0 ? 0 : 1,
            _ => Math.Sqrt,
        };

        Derivative(x =>
        {
            evaluations++;
            return function(x);
        }, 0);

        (evaluations - 1).Should().BeLessThanOrEqualTo(allowed);
    }

    // 48 months of 3·cos 2π(t − 2020.25) + 10; started 0.15 years off.
    [Fact]
    public void Minimize_TheDateOfAYearlyWave_FindsIt()
    {
        double[] months = [.. Enumerable.Range(0, 48).Select(i => 2020 + i / 12.0)];
        static double Wave(double t, double phase, double amplitude, double mean) => amplitude * Math.Cos(2 * Math.PI * (t - phase)) + mean;
        IObjective squares = Objective.From(p =>
        {
            double sum = 0;
            foreach (double t in months)
                sum += Math.Pow(Wave(t, p[0], p[1], p[2]) - Wave(t, 2020.25, 3, 10), 2);
            return sum / months.Length;
        });

        TrainingResult result = new Trainer(new Momentum(0.005)).Minimize(squares, [2020.4, 2, 9]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Parameters.Should().Equal([2020.25, 3, 10], (a, e) => Math.Abs(a - e) < 1e-6);
    }

    [Theory]
    [InlineData(-9.1022, 0.1, 320.176)]
    [InlineData(-10.1411, 1e-5, 0)]
    [InlineData(-12.5217, 1e-6, 9.58599e-5)]
    [InlineData(-12.111, 1e8, 0)]
    [InlineData(-12.6947, 1.0, 0)]
    public void Evaluate_LogarithmOfARoundedSum_IsNotConstant(double x, double unit, double offset)
    {
        // With z = (p − offset)/unit, log(1 + eᶻ) has the derivative eᶻ/(1 + eᶻ)/unit. A stair of 2⁻⁵² is 7e-11 of e^−12.7.
        double point = x * unit + offset;

        double slope = Derivative(p => Math.Log(1 + Math.Exp((p - offset) / unit)), point);

        double exact = 1 / (1 + Math.Exp(-(point - offset) / unit)) / unit;
        slope.Should().BeApproximately(exact, 1e-3 * exact);
    }

    private static double Derivative(Func<double, double> value, double x)
    {
        double[] gradient = new double[1];
        Objective.From(p => value(p[0])).Evaluate([x], gradient);
        return gradient[0];
    }
}
