namespace GradientDescent.Tests.UpdateRules;

/// <summary>Momentum that is given up where it leads uphill.</summary>
public class NesterovRestartTests
{
    [Fact]
    public void Update_WhereTheVelocityLeadsUphill_StartsAnew()
    {
        // η = 1, g = −1, −1: t = 1: v = 1, μ₂ = 1/4, θ = 1 + 1/4; t = 2: v = 1/4 + 1, μ₃ = 2/5, θ = 1.25 + 1 + 0.5. Now g = 0.1:
        // g·(2/5·1.25 − 0.1) = 0.04 > 0, so the next momentum is 0: θ = 2.75 − 0.1, and the update after it is a plain one again, μ being 0
        // at t = 1.
        var optimizer = new Nesterov(1, 0.9, restart: true);
        double[] theta = [0];

        double[] path = [.. new[] { -1, -1, 0.1, -0.5 }.Select(g =>
        {
            optimizer.Update(theta, [g], 1);
            return theta[0];
        })];

        path.Should().Equal([1.25, 2.75, 2.65, 2.65 + 0.5 + 0.25 * 0.5], (a, e) => Math.Abs(a - e) < 1e-15);
        optimizer.GetState().Scalars["steps since restart"].Should().Be(2);
    }

    [Fact]
    public void Minimize_OfAnIllConditionedBowl_NeedsNoKnowledgeOfTheConditionNumber()
    {
        // κ = 1e6, eps/‖g₀‖ = 1e-6. Plain descent needs κ·ln 1e6 = 14 million updates and momentum 0.9 a tenth of them; the best fixed
        // momentum, which knows κ, about √κ·ln 1e6 = 14,000. Restarts cost a factor of e at most on such a bowl (O'Donoghue and Candès,
        // section 3.1).
        double[] curvatures = [1, 1e-2, 1e-4, 1e-6];
        IObjective bowl = Objective.From(
            p => p.ToArray().Zip(curvatures, (x, c) => c * x * x / 2).Sum(),
            (p, g) =>
            {
                for (int i = 0; i < g.Length; i++)
                    g[i] = curvatures[i] * p[i];
            });
        var options = new TrainingOptions { MaxSteps = 38_000, GradientTolerance = 1e-12 };

        TrainingResult restarted = new Trainer(new Nesterov(1, 0.999999, restart: true), options).Minimize(bowl, [1, 1, 1, 1.0]);
        TrainingResult plain = new Trainer(new Nesterov(1, 0.9), options).Minimize(bowl, [1, 1, 1, 1.0]);

        restarted.Reason.Should().Be(StopReason.Converged);
        plain.Reason.Should().Be(StopReason.MaxSteps);
    }

    [Fact]
    public void Update_WithoutRestart_KeepsItsStateAndItsBits()
    {
        var optimizer = new Nesterov(0.1, 0.9, restart: false);
        optimizer.Update(new double[1], [1.0], 0.1);

        optimizer.GetState().Scalars.Should().BeEmpty();
        optimizer.Invoking(o => o.SetState(Restarted())).Should().Throw<ArgumentException>()
            .WithMessage("The state has scalars [steps since restart]*");

        static OptimizerState Restarted()
        {
            var other = new Nesterov(0.1, 0.9, restart: true);
            other.Update(new double[1], [1.0], 0.1);
            return other.GetState();
        }
    }
}
