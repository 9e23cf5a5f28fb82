using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Penalties;

public class BoxConstraintTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    public void Constructor_OfBoundsWithoutANumberBetween_Throws(double lower, double upper) =>
        FluentActions.Invoking(() => new BoxConstraint(lower, upper)).Should().Throw<ArgumentException>()
            .WithMessage(FormattableString.Invariant($"*{lower} and {upper}*"));

    [Fact]
    public void Constructor_OfUnequalNumbersOfBounds_Throws() =>
        FluentActions.Invoking(() => new BoxConstraint([0, 0], [1]))
            .Should().Throw<ArgumentException>().WithMessage("*2 lower and 1 upper*");

    [Fact]
    public void Minimize_WithAnotherNumberOfBounds_NamesBothNumbers() =>
        new Quadratic([1], [0]).WithPenalty(new BoxConstraint([0, 0], [1, 1])).Invoking(o => o.Minimize([1]))
            .Should().Throw<ArgumentException>().WithMessage("*2 parameters*1*");

    [Fact]
    public void Bind_ToScaledParameters_DividesTheBounds()
    {
        // The user's coefficient is 4θ, so 4θ is from −2 to 8 if θ is from −½ to 2. Biases are free.
        var layout = new ParameterLayout(new ParameterBlock("weights", 1), new ParameterBlock("bias", 1, role: ParameterRole.Bias));
        PenaltyTerm term = new BoxConstraint(-2, 8).Bind(layout, [4, double.NaN], 1)!;
        double[] point = [-3, -100];

        term.ProximalStep(point, 7);

        point.Should().Equal(-0.5, -100);
        (term.Value([2, 5]), term.Value([2.001, 5]), term.Value([double.NaN, 5])).Should()
            .Be((0, double.PositiveInfinity, double.PositiveInfinity));
        new BoxConstraint(-2, 8).Bind(layout, [double.NaN, 1], 1).Should().BeNull();
        new BoxConstraint(-2, 8, onIntercepts: true).Bind(layout, [4, double.NaN], 1).Should().BeNull();
    }

    [Fact]
    public void MapGradient_IsTheStepToTheProjectionDividedByItsLength()
    {
        PenaltyTerm term = new BoxConstraint(-1, 1).Bind(ParameterLayout.Flat(4), [], 1)!;
        double[] gradient = [8, -8, 1, 0], theta = [0.5, 0.5, 0, 1];

        term.MapGradient(theta, gradient, 0.25);

        // (½ − (−1))/¼, (½ − 1)/¼; the other two steps stay inside.
        gradient.Should().Equal(6, -2, 1, 0);
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("Momentum")]
    [InlineData("Nesterov")]
    [InlineData("RMSProp")]
    public void Minimize_ByAnyOptimizer_StaysInside(string name)
    {
        var bowl = new Quadratic([2, 2], [0, 0]);
        double lowest = double.PositiveInfinity;
        IObjective watched = Objective.From((p, g) =>
        {
            lowest = Math.Min(lowest, Math.Min(p[0], p[1]));
            return bowl.Evaluate(p, g);
        });

        TrainingResult result = new Trainer(Contracts.AllOptimizers.ByName[name](), new() { MaxSteps = 5000 })
            .Minimize(watched.WithPenalty(new BoxConstraint(1, 2)), [2, 1.3]);

        result.Parameters.Should().Equal(1, 1);
        lowest.Should().Be(1);
    }

    [Fact]
    public void Fit_OfCoefficientsThatMustNotBeNegative_MeetsTheConditionsOfTheOptimum()
    {
        // Karush, Kuhn and Tucker: where a coefficient is 0 the derivative is not negative, elsewhere it is 0.
        var data = Dataset.FromCsv(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), "target");
        var model = new LinearRegression();

        TrainingResult result = new Trainer().Fit(model, data, options: new() { Penalty = BoxConstraint.NonNegative });

        result.Reason.Should().Be(StopReason.Converged);
        model.Weights.Should().OnlyContain(weight => weight >= 0);
        double[] gradient = new double[11];
        Objective.Full(new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data))
            .Evaluate(result.Parameters.AsSpan(), gradient);
        for (int j = 0; j < 10; j++)
        {
            double mean = Enumerable.Range(0, data.SampleCount).Average(i => data.Features(i)[j] * data.Features(i)[j]);
            double error = 1e-6 * Math.Sqrt(result.Loss * mean); // the tolerance of a fit in standard errors, without its 1/√n
            (model.Weights[j] == 0 ? Math.Min(gradient[j], 0) : gradient[j]).Should().BeApproximately(0, error);
        }
    }
}
