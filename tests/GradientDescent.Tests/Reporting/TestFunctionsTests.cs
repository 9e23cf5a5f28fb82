using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class TestFunctionsTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, TestFunction> All { get; } = new TestFunction[]
    {
        TestFunctions.QuadraticBowl, TestFunctions.Rosenbrock, TestFunctions.Beale, TestFunctions.Himmelblau, TestFunctions.Saddle,
    }.ToDictionary(function => function.Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_AtTheStartAndBeside_IsThatOfTheFunction(string name)
    {
        TestFunction function = All[name];

        GradientCheck.At(function, [function.Start.X, function.Start.Y]).Error.Should().BeLessThan(1e-9);
        GradientCheck.At(function, [0.7, -0.3]).Error.Should().BeLessThan(1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minima_HaveValueAndGradientZero(string name)
    {
        foreach ((double x, double y) in All[name].Minima)
        {
            double[] gradient = new double[2];

            All[name].Evaluate([x, y], gradient).Should().BeLessThan(1e-25);
            gradient.Should().OnlyContain(entry => Math.Abs(entry) < 1e-12);
        }
    }

    [Fact]
    public void Evaluate_WithThreeParameters_NamesTheFunction() =>
        FluentActions.Invoking(() => TestFunctions.Beale.Evaluate([1, 2, 3], [])).Should().Throw<ArgumentException>().WithMessage("*Beale is a function of two*");
}
