using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

/// <summary>
/// A thousand updates under fixed gradients against the formulas of the papers in 96 decimal places, hyperparameters taken as the doubles
/// that they are: how far roundings carry a trajectory away.
/// </summary>
public sealed class TrajectoryTests
{
    private const int Updates = 1000;

    public static TheoryData<string> Names => [.. ExactTwin.ByName.Keys];

    [Fact]
    public void EveryOptimizer_IsInTheList() => ExactTwin.ByName.Keys.Should().Contain(AllOptimizers.ByName.Keys);

    // A sum of a thousand moves, each rounded a few times, is off by 1e-13 of the largest parameter in the worst case of its roundings, by
    // far less in the usual one: 7e-15 was the largest measured.
    [Theory]
    [MemberData(nameof(Names))]
    public void Update_AThousandTimes_StaysAtTheExactTrajectory(string name)
    {
        (Optimizer optimizer, ExactTwin twin) = ExactTwin.ByName[name]();
        var random = new Random(11);
        double[] parameters = [1, -2, 0.5, 3, 0], gradient = new double[parameters.Length], solution = new double[parameters.Length];
        FixedPoint[] exact = [.. parameters.Select(p => (FixedPoint)p)];
        double worst = 0;
        RuleFacts? facts = RuleFacts.All.SingleOrDefault(rule => rule.Name == optimizer.GetType().Name);
        int updates = facts?.TwinUpdates ?? Updates;
        for (int t = 0; t < updates; t++)
        {
            double rate = optimizer.LearningRate / (1 + t % 4);
            for (int i = 0; i < gradient.Length; i++)
                // one of each kind: of one sign, mixed, small, large
                gradient[i] = t % 50 == 49 ? 0 : (random.NextDouble() - 0.25 * i) * Math.ScaleB(1, 4 * i - 8);

            optimizer.Update(parameters, gradient, rate);
            twin.Update(exact, [.. gradient.Select(g => (FixedPoint)g)], rate);

            double largest = exact.Max(p => Math.Abs(p.ToDouble()));
            worst = Math.Max(worst, Apart(exact, parameters) / largest);
            if (twin.Solution is not { } solutionOf)
                continue;
            optimizer.CopySolution(parameters, solution).Should().BeTrue();
            worst = Math.Max(worst, Apart([.. twin.Coordinates.Select(solutionOf)], solution) / largest);
        }

        worst.Should().BeLessThanOrEqualTo(facts?.TwinTolerance ?? 1e-13);
    }

    private static double Apart(FixedPoint[] exact, double[] actual) =>
        exact.Zip(actual).Max(pair => Math.Abs((pair.First - pair.Second).ToDouble()));

    [Fact]
    public void FixedPoint_RootsAndQuotients_AreRightToTheLastPlaces()
    {
        foreach (double x in (double[])[2, 1e-30, 3e20, 0.25, 1e-8, 7])
        {
            FixedPoint root = FixedPoint.Sqrt(x), above = new(root.Units + 1);

            (root * root).CompareTo(x).Should().BeLessThanOrEqualTo(0);
            (above.Units * above.Units).CompareTo(((FixedPoint)x).Units << 320).Should().BePositive();
            FixedPoint.Abs((FixedPoint)x / 3 * 3 - x).Units.Should().BeLessThan(4);
        }
    }
}
