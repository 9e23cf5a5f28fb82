using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>What an optimizer can ask of a run, and tell it.</summary>
public class ContextInARunTests
{
    private static readonly double[] _points = [.. Enumerable.Range(0, 23).Select(i => Math.Sin(i))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Evaluate_AtTheParameters_IsTheSameBatchWithTheSameBits(bool full)
    {
        int steps = 0;
        var optimizer = new FunctionOptimizer((ref UpdateContext context) =>
        {
            double[] clipped = new double[1], unclipped = new double[1];
            context.Evaluate(context.Parameters, clipped, transformed: true).Should().Be(context.Loss);
            context.Evaluate(context.Parameters, unclipped).Should().Be(context.Loss);
            context.Evaluate(context.Parameters, []).Should().Be(context.Loss);

            clipped.Should().Equal(context.Gradient.ToArray());
            Math.Clamp(unclipped[0], -0.25, 0.25).Should().Be(clipped[0]);
            context.Batch.Count.Should().Be(full ? 23 : context.Step % 5 == 4 ? 3 : 5);
            context.Step.Should().Be(steps++);
            context.Parameters[0] -= context.LearningRate * context.Gradient[0];
        }, batching: full ? Batching.Full : Batching.Mini(5));
        var options = new TrainingOptions { MaxEpochs = 4, GradientTransforms = [GradientClipping.ByValue(0.25)] };

        new Trainer(optimizer, options).Minimize(new HalfSquares(_points), [3.0]);

        steps.Should().Be(full ? 4 : 20);
    }

    [Fact]
    public void Evaluate_WithANonsmoothPenalty_IsTheWholeValueAndTheSmoothGradient()
    {
        // ½(θ − 1)² + 2|θ| + θ² at 4: 4.5 + 8 + 16; the gradient without 2|θ| is 3 + 8. Over both points 1 and 3: the means are 2.5 and 2.
        var seen = new List<double>();
        var optimizer = new FunctionOptimizer((ref UpdateContext context) =>
        {
            double[] gradient = new double[1];
            seen.AddRange([context.Evaluate([4], gradient), gradient[0]]);
            seen.AddRange([context.EvaluateAll([4], gradient), gradient[0]]);
            context.IsNonsmooth.Should().BeTrue();
            double[] point = [4];
            context.ProximalStep(point, 0.5);
            seen.Add(point[0]); // 4 − 0.5·2
        }, batching: Batching.Mini(1));

        new Trainer(optimizer, new() { MaxSteps = 1, Order = SampleOrder.Sequential })
            .Minimize(new HalfSquares([1, 3], new ElasticNetPenalty(4, l1Ratio: 0.5)), [1.0]);

        seen.Should().Equal(4.5 + 8 + 16, 3 + 8, 2.5 + 8 + 16, 2 + 8, 3);
    }

    [Fact]
    public void Evaluate_WhereMaximizing_IsWhatIsMinimized()
    {
        var optimizer = new FunctionOptimizer((ref UpdateContext context) =>
        {
            double[] gradient = new double[1];
            context.Evaluate([4], gradient).Should().Be(-8);
            gradient.Should().Equal(-4);
        });

        new Trainer(optimizer, new() { MaxSteps = 1 }).Maximize(new Quadratic([1], [0]), [1]);
    }

    [Fact]
    public void Accept_WithFullBatches_SavesTheEvaluationAndKeepsTheBits()
    {
        const int Steps = 12;
        foreach (IGradientTransform[] transforms in (IGradientTransform[][])[[], [GradientClipping.ByNorm(0.5)], [new GradientNoise()]])
        {
            (Quadratic saved, Quadratic plain) = (Bowl(), Bowl());
            var options = new TrainingOptions { MaxSteps = Steps, GradientTransforms = [.. transforms] };
            TrainingResult accepting = new Trainer(Descent(accepts: true), options).Minimize(saved, [3, -2]);
            TrainingResult evaluating = new Trainer(Descent(accepts: false), options).Minimize(plain, [3, -2]);

            ResultHash.Of(accepting).Should().Be(ResultHash.Of(evaluating));
            (plain.Evaluations - saved.Evaluations).Should().Be(Steps, "the loop evaluates at the start only");
        }

        static Quadratic Bowl() => new([1, 3], [0.3, 0.7]);

        // Evaluates at its new point in both cases, and hides it in one.
        static FunctionOptimizer Descent(bool accepts) => new((ref UpdateContext context) =>
        {
            double[] at = context.Parameters.ToArray(), gradient = new double[2];
            for (int i = 0; i < 2; i++)
                at[i] -= 0.125 * context.Gradient[i];
            double value = context.Evaluate(at, gradient);
            at.CopyTo(context.Parameters);
            if (!accepts)
                return;
            gradient.CopyTo(context.Gradient);
            context.Accept(value);
        });
    }

    [Fact]
    public void Accept_ThatIsTakenBack_ChangesNothing() =>
        ResultHash.Of(Run(Batching.Full, acceptsNonsense: true, withdraws: true))
            .Should().Be(ResultHash.Of(Run(Batching.Full, acceptsNonsense: false)));

    [Fact]
    public void Accept_WithMiniBatches_IsIgnored() =>
        ResultHash.Of(Run(Batching.Mini(5), acceptsNonsense: true)).Should()
            .Be(ResultHash.Of(Run(Batching.Mini(5), acceptsNonsense: false)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Accept_OfALossThatIsNotFinite_IsADivergence(double loss)
    {
        var optimizer = new FunctionOptimizer((ref UpdateContext context) => context.Accept(loss));

        TrainingResult result = new Trainer(optimizer).Minimize(new Quadratic([1], [0]), [1]);

        (result.Reason, result.Steps).Should().Be((StopReason.Diverged, 1L));
    }

    [Fact]
    public void Stop_EndsTheRunWithItsDetails()
    {
        var optimizer = new FunctionOptimizer((ref UpdateContext context) =>
        {
            context.Parameters[0] /= 2;
            if (context.Step == 3)
                context.Stop(StopDetails.Limit(StopReason.MaxSteps, "slope of the line search", -0.5, -0.25));
        });

        TrainingResult result = new Trainer(optimizer).Minimize(new Quadratic([1], [0]), [64]);

        result.Stop.Should().Be(StopDetails.Limit(StopReason.OptimizerStopped, "slope of the line search", -0.5, -0.25));
        result.Steps.Should().Be(4);
        result.StoppedAt.Should().Equal(4);
    }

    private static TrainingResult Run(Batching batching, bool acceptsNonsense, bool withdraws = false)
    {
        var optimizer = new FunctionOptimizer((ref UpdateContext context) =>
        {
            context.Parameters[0] -= context.LearningRate * context.Gradient[0];
            if (!acceptsNonsense)
                return;
            context.Gradient.Fill(1e9);
            context.Accept(1e9);
            if (withdraws)
                context.Withdraw();
        }, batching: batching);
        return new Trainer(optimizer, new() { MaxEpochs = 6 }).Minimize(new HalfSquares(_points), [3.0]);
    }
}
