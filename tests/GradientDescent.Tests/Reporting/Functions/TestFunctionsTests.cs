using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class TestFunctionsTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, TestFunction> All { get; } = new TestFunction[]
    {
        TestFunctions.QuadraticBowl, TestFunctions.Rosenbrock, TestFunctions.Beale, TestFunctions.Himmelblau, TestFunctions.LineFit,
            TestFunctions.Saddle,
    }.ToDictionary(function => function.Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_AtTheStartAndBeside_IsThatOfTheFunction(string name)
    {
        TestFunction function = All[name];

        GradientCheck.Run(function, [function.Start.X, function.Start.Y]).Error.Should().BeLessThan(1e-9);
        GradientCheck.Run(function, [0.7, -0.3]).Error.Should().BeLessThan(1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minima_HaveGradientZeroAndTheLeastValue(string name)
    {
        double least = name == "Line fit" ? 0.38 : 0; // its points do not lie on a line
        foreach ((double x, double y) in All[name].Minima)
        {
            double[] gradient = new double[2];

            All[name].Evaluate([x, y], gradient).Should().BeApproximately(least, least == 0 ? 1e-25 : 1e-14);
            gradient.Should().OnlyContain(entry => Math.Abs(entry) < 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 1.3)]
    [InlineData(-2, 7)]
    public void LineFit_IsTheMeanSquaredErrorOfItsLine(double slope, double intercept)
    {
        (double X, double Y)[] points = [(1, 2), (2, 3), (3, 5), (4, 4), (5, 6)];

        // Coefficients up to 27.6 and values below 400: rounding is far below 1e-11.
        TestFunctions.LineFit.Evaluate([slope, intercept], []).Should()
            .BeApproximately(points.Average(point => Math.Pow(intercept + slope * point.X - point.Y, 2)), 1e-11);
    }

    [Fact]
    public void Evaluate_WithThreeParameters_NamesTheFunction() =>
        FluentActions.Invoking(() => TestFunctions.Beale.Evaluate([1, 2, 3], [])).Should().Throw<ArgumentException>()
            .WithMessage("*Beale is a function of two*");
}
