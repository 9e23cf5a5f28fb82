namespace GradientDescent.Tests.Objectives;

public sealed class ObjectiveTests
{
    // f = x² + 10xy + y³ at (2, −1): 4 − 20 − 1 = −17; gradient (2x + 10y, 10x + 3y²) = (−6, 23).
    private static readonly double[] _at = [2, -1];

    private static double Value(ReadOnlySpan<double> p) => p[0] * p[0] + 10 * p[0] * p[1] + p[1] * p[1] * p[1];

    private static void Gradient(ReadOnlySpan<double> p, Span<double> g) =>
        (g[0], g[1]) = (2 * p[0] + 10 * p[1], 10 * p[0] + 3 * p[1] * p[1]);

    [Fact]
    public void From_ValueAndGradientApart_GivesBoth()
    {
        double[] gradient = new double[2];

        Objective.From(Value, Gradient).Evaluate(_at, gradient).Should().Be(-17);

        gradient.Should().Equal(-6, 23);
    }

    [Fact]
    public void From_ValueAndGradientTogether_GivesBoth()
    {
        double[] gradient = new double[2];
        IObjective objective = Objective.From((p, g) =>
        {
            Gradient(p, g);
            return Value(p);
        });

        objective.Evaluate(_at, gradient).Should().Be(-17);

        gradient.Should().Equal(-6, 23);
    }

    [Fact]
    public void From_ValueAndGradientTogetherAskedForTheValue_StillGivesAGradientToWrite()
    {
        IObjective objective = Objective.From((p, g) =>
        {
            Gradient(p, g);
            return Value(p);
        });

        objective.Evaluate(_at, []).Should().Be(-17);
    }

    // Five points are exact for cubics but for rounding: 1.5·u·|f|/h with h = 2⁻¹¹·max(|x|, 1) and |f| below 20, computed in 6 roundings:
    // 6·1.5·20·1.1e-16·2¹¹ < 5e-11.
    [Fact]
    public void From_ValueAlone_DifferentiatesNumerically()
    {
        double[] gradient = new double[2];

        Objective.From(Value).Evaluate(_at, gradient).Should().Be(-17);

        gradient.Should().Equal([-6, 23], (a, e) => Math.Abs(a - e) < 5e-11);
    }

    [Fact]
    public void From_ValueAlone_LeavesTheParametersAlone()
    {
        double[] parameters = [.. _at];

        Objective.From(Value).Evaluate(parameters, new double[2]);

        parameters.Should().Equal(_at);
    }

    // At 1e8 a step of fixed size would drown: f = x² has f′ = 2e8, f″h/f′ is 2⁻¹¹ with a relative step. Rounding: 1.5·2u·1e16/(1e8·2⁻¹¹) <
    // 1e-3, that is 5e-12 relative.
    [Fact]
    public void From_ValueAloneAtALargePoint_ScalesItsStep()
    {
        double[] gradient = new double[1];

        Objective.From(p => p[0] * p[0]).Evaluate([1e8], gradient);

        gradient[0].Should().BeApproximately(2e8, 1e-3);
    }

    [Fact]
    public void Full_ThreeSamples_IsTheWeightedMean()
    {
        // 2x − 1 = 1, 3, 5 with the weights 1, 1, 2: (1 + 9 + 50)/4 = 15. Derivative Σ 2·weight·error·x / 4 = (2 + 12 + 60)/4 = 18.5.
        var risk = new EmpiricalRisk(new LinearRegression(intercept: false), new MeanSquaredError(),
            Dataset.From([1.0, 2, 3], [1, 1, 1], [1, 1, 2]));
        double[] gradient = [1e9]; // must be overwritten

        Objective.Full(risk).Evaluate([2], gradient).Should().Be(15);

        gradient.Should().Equal(18.5);
        Objective.Full(risk).Evaluate([2], []).Should().Be(15);
    }

    [Fact]
    public void From_Null_NamesTheArgument()
    {
        ((Action)(() => Objective.From((ObjectiveValue)null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should()
            .Be("value");
        ((Action)(() => Objective.From(Value, null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("gradient");
        ((Action)(() => Objective.From((ObjectiveValueAndGradient)null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should()
            .Be("valueAndGradient");
        ((Action)(() => Objective.Full(null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("objective");
    }
}
