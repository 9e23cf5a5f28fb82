using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Optimizers;

/// <summary>The context of a step in a loop of one's own.</summary>
public class UpdateContextTests
{
    [Fact]
    public void Update_OfTheExample_LooksAhead()
    {
        // x² at 3: the gradient is 6; at 3.05 it is 6.1, and 3 − 0.1·6.1 = 2.39.
        double[] parameters = [3];

        ((IOptimizer)new SharpnessAware(new SGD(0.1))).Step(new Quadratic([2], [0]), parameters, new double[1]);

        parameters[0].Should().BeApproximately(2.39, 1e-15);
    }

    [Fact]
    public void Context_OfAnObjective_EvaluatesIt()
    {
        var quadratic = new Quadratic([2, 4], [0, 1]);
        double[] parameters = [1, 2], gradient = [2, 4], there = new double[2];
        var context = new UpdateContext(parameters, gradient, 0.5, 3, quadratic, rateFactor: 0.25);

        context.Evaluate([3, 3], there).Should().Be(9 + 8);
        there.Should().Equal(6, 8);
        context.EvaluateAll([0, 0], there).Should().Be(2);
        there.Should().Equal(0, -4);
        context.Evaluate([3, 3], []).Should().Be(17);
        context.Objective.Should().BeSameAs(quadratic);
        (context.LearningRate, context.RateFactor, context.Loss, context.Step, context.Batch.Count).Should().Be((0.5, 0.25, 3, 0L, 0));
    }

    [Fact]
    public void Context_WithoutAPenalty_LeavesPointAndGradientAsTheyAre()
    {
        double[] parameters = [1], gradient = [2], point = [5];
        var context = new UpdateContext(parameters, gradient, 0.5, 0, new Quadratic([2], [0]));

        context.IsNonsmooth.Should().BeFalse();
        context.MapGradient();
        context.ProximalStep(point, 0.5);

        (gradient[0], point[0]).Should().Be((2, 5));
    }

    [Fact]
    public void Accept_WithdrawAndStop_CanBeRead()
    {
        var context = new UpdateContext(new double[1], new double[1], 0.5, 3, new Quadratic([2], [0]));
        (context.IsAccepted, context.Stopped).Should().Be((false, null));

        context.Accept(2);
        (context.IsAccepted, context.Loss).Should().Be((true, 2));
        context.Withdraw();
        context.IsAccepted.Should().BeFalse();
        var converged = new StopDetails { Reason = StopReason.Converged, Quantity = "slope", Measured = 1, Threshold = 2 };
        context.Stop(converged with { Reason = StopReason.MaxSteps });
        context.Stopped.Should().Be(converged with { Reason = StopReason.OptimizerStopped });
        context.Stop(converged);
        context.Stopped.Should().Be(converged);
    }

    [Fact]
    public void Arguments_ThatDoNotFit_AreNamed()
    {
        FluentActions.Invoking(() => { _ = new UpdateContext(new double[1], new double[1], 0.5, 3, null!); })
            .Should().Throw<ArgumentNullException>().WithParameterName("objective");
        FluentActions.Invoking(() => { _ = new UpdateContext(new double[1], new double[2], 0.5, 3, new Quadratic([2], [0])); })
            .Should().Throw<ArgumentException>().WithMessage("gradient has 2 entries, parameters have 1*");
        FluentActions.Invoking(() => new UpdateContext(new double[1], new double[1], 0.5, 3, new Quadratic([2], [0])).Stop(null!))
            .Should().Throw<ArgumentNullException>().WithParameterName("why");
    }

    [Fact]
    public void Evaluate_WithoutAnObjective_SaysWhatToDo()
    {
        var optimizer = new Evaluating();

        optimizer.Invoking(o => o.Update(new double[1], new double[1]))
            .Should().Throw<InvalidOperationException>().WithMessage("*use a Trainer*");
    }

    private sealed class Evaluating() : OptimizerWrapper(new SGD())
    {
        public override void Update(ref UpdateContext context) => context.EvaluateAll(context.Parameters, context.Gradient);

        public override IOptimizer CreateNew() => new Evaluating();
    }
}
