using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public sealed class AcceleratedGradientTests
{
    [Fact]
    public void Update_TwoSteps_AreThoseOfThePaper()
    {
        // f = x²/2 from 1 at rate ½: x₁ = ½, t = 1, no momentum; then x₂ = ¼, t₁ = (1 + √5)/2, t₂ = (1 + √(1 + 4t₁²))/2, y = x₂ + (t₁ − 1)/t₂·(x₂ − x₁).
        double[] y = [1];
        var optimizer = new AcceleratedGradient(0.5);
        double t1 = (1 + Math.Sqrt(5)) / 2, t2 = (1 + Math.Sqrt(1 + 4 * t1 * t1)) / 2;

        optimizer.Update(y, [1.0], 0.5);
        y[0].Should().Be(0.5);
        optimizer.Update(y, [0.5], 0.5);

        y[0].Should().BeApproximately(0.25 - (t1 - 1) / t2 * 0.25, 1e-16);
    }

    [Fact]
    public void Update_Resumed_HasTheSameBits()
    {
        double[] curvatures = [1, 0.01], whole = [1, -2];
        var optimizer = new AcceleratedGradient(0.9);
        Run(optimizer, whole, 40);

        double[] parts = [1, -2];
        var first = new AcceleratedGradient(0.9);
        Run(first, parts, 15);
        IOptimizer second = first.Fresh();
        second.Restore(first.Save());
        Run(second, parts, 25);

        parts.Should().Equal(whole);

        void Run(IOptimizer rule, double[] point, int steps)
        {
            for (int i = 0; i < steps; i++)
                rule.Update(point, [curvatures[0] * point[0], curvatures[1] * point[1]], rule.LearningRate);
        }
    }
}
