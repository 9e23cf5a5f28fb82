namespace GradientDescent.Tests.Training;

public sealed class AcceleratedDescentTests
{
    [Fact]
    public void Update_TheFirstThree_AreNesterovsFormulas()
    {
        // f = p²/2, rate ½. t: 1, (1+√5)/2, ...; β₁ = 0; β₂ = (t₂ − 1)/t₃. x₁ = ½·4 = 2 = y₁; x₂ = ½·2 = 1, y₂ = 1 + β₂(1 − 2).
        double t2 = (1 + Math.Sqrt(5)) / 2, t3 = (1 + Math.Sqrt(1 + 4 * t2 * t2)) / 2;
        var optimizer = new AcceleratedDescent(0.5);
        double[] p = [4];

        optimizer.Update(p, [4.0]);
        p.Should().Equal(2);
        optimizer.Update(p, [2.0]);

        p[0].Should().BeApproximately(1 - (t2 - 1) / t3, 1e-15);
        optimizer.StepCount.Should().Be(2);
    }

    [Fact]
    public void Update_WhenItsMomentumPointsUphill_StartsAnew()
    {
        // After two updates x⁻ = 1 and y = 1 − β₂ = 0.72. A gradient of −0.1 there gives x = 0.77, below 1: g·(x − x⁻) > 0, the momentum has gone past the valley, and y is x itself.
        var optimizer = new AcceleratedDescent(0.5);
        double[] p = [4];
        optimizer.Update(p, [4.0]);
        optimizer.Update(p, [2.0]);
        double y = p[0];

        optimizer.Update(p, [-0.1]);

        p[0].Should().Be(y - 0.5 * -0.1);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    [InlineData(1)]
    public void AtRateOneByTheCurvature_QuadraticsOfAnyConditionConverge(double smallest)
    {
        IObjective bowl = Objective.From(p => (p[0] * p[0] + smallest * p[1] * p[1]) / 2, (p, g) => (g[0], g[1]) = (p[0], smallest * p[1]));

        TrainingResult result = new Trainer(new AcceleratedDescent(1), new() { GradientTolerance = 1e-12, MaxSteps = 100_000 }).Minimize(bowl, [1.0, 1.0]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().BeLessThan((long)(60 / Math.Sqrt(smallest)) + 10, "the root of the condition number counts");
    }

    [Fact]
    public void Restore_GivesTheBitsOfARunWithoutABreak()
    {
        double[] whole = [3, -2], parts = [3, -2];
        var optimizer = new AcceleratedDescent(0.3);
        IOptimizer resumed = new AcceleratedDescent(0.3);
        for (int i = 0; i < 20; i++)
        {
            optimizer.Update(whole, [whole[0], 3 * whole[1]]);
            resumed.Update(parts, [parts[0], 3 * parts[1]]);
            OptimizerState state = resumed.Save();
            resumed = resumed.Fresh();
            resumed.Restore(state);
        }

        parts.Should().Equal(whole);
        resumed.Invoking(o => o.Restore(new Adam().Save())).Should().Throw<ArgumentException>().WithMessage("The state is of Adam*");
    }
}
