using GradientDescent.Tests.Support;
using GradientDescent.Tests.UpdateRules;

namespace GradientDescent.Tests.Wrappers;

/// <summary>Lookahead against a plain loop after Algorithm 1 of the paper.</summary>
public class LookaheadTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(5, 0.5)]
    [InlineData(3, 0.8)]
    [InlineData(2, 1.0)]
    public void Update_ManyTimes_EqualsThePlainLoop(int period, double stepSize)
    {
        for (int length = 1; length <= 20; length++)
        {
            var optimizer = new Lookahead(new Momentum(0.01, 0.8), period, stepSize);
            var inner = new ScalarTwin(length);
            double[] actual = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i))];
            double[] fast = [.. actual], slow = [.. actual];

            for (int t = 1; t <= 23; t++)
            {
                double[] gradient = [.. Enumerable.Range(0, length).Select(i => Math.Cos(0.7 * i * t + t))];
                double rate = 0.01 / (1 + t % 4);
                optimizer.Update(actual, gradient, rate);
                inner.Momentum(fast, gradient, rate, 0.8);
                if (t % period == 0)
                {
                    for (int i = 0; i < length; i++)
                    {
                        slow[i] += stepSize * (fast[i] - slow[i]);
                        fast[i] = slow[i];
                    }
                }

                actual.Should().Equal(fast, "step {0} of {1} parameters", t, length);
            }
        }
    }

    [Fact]
    public void Update_OfTheExample_GoesHalfwayBackAfterTwoSteps()
    {
        // x² at rate 1/4: every step halves x. From 8 to 4 and 2, then to (8 + 2)/2 = 5; from there to 2.5 and 1.25, then to (5 + 1.25)/2.
        var optimizer = new Lookahead(new SGD(0.25), synchronizationPeriod: 2);
        double[] x = [8], seen = new double[4];

        for (int t = 0; t < 4; t++)
        {
            optimizer.Update(x, [2 * x[0]]);
            seen[t] = x[0];
        }

        seen.Should().Equal(4, 5, 2.5, 3.125);
        optimizer.GetState().Vectors["slow weights"].Should().Equal(3.125);
    }

    [Fact]
    public void Update_WhereTheInnerRuleAccepts_WithdrawsWhenTheParametersGoBack()
    {
        IOptimizer optimizer = new Lookahead(new FunctionOptimizer((ref UpdateContext context) => context.Accept(7)),
            synchronizationPeriod: 3);
        var accepted = new List<bool>();

        for (int t = 0; t < 6; t++)
        {
            var context = new UpdateContext(new double[1], new double[1], 0.1, 0, new Quadratic([1], [0]));
            optimizer.Update(ref context);
            accepted.Add(context.IsAccepted);
        }

        accepted.Should().Equal(true, true, false, true, true, false);
    }

    [Fact]
    public void Minimize_AConvexQuadratic_ConvergesWithinItsBudget()
    {
        // Each cycle of 5 steps shrinks a coordinate by 1 − (1 − (1 − ηc)⁵)/2: for η = 0.2 and c = 1 by 0.664. From 1 to 1e-6 take 34
        // cycles: 170 steps.
        TrainingResult result = new Trainer(new Lookahead(new BatchGD(0.2)), new() { MaxSteps = 175 })
            .Minimize(new Quadratic([1, 2, 4], [1, -2, 3]), [2, -1, 2]);

        result.Reason.Should().Be(StopReason.Converged);
    }

    [Theory]
    [InlineData(0, 0.5, "synchronizationPeriod is 0: it must be at least 1.*")]
    [InlineData(5, 0.0, "slowStepSize is 0: it must be greater than 0 and at most 1.*")]
    [InlineData(5, 1.01, "slowStepSize is 1.01: it must be greater than 0 and at most 1.*")]
    [InlineData(5, double.NaN, "slowStepSize is NaN: it must be greater than 0 and at most 1.*")]
    public void Constructor_OfANumberThatIsNotAllowed_NamesIt(int period, double stepSize, string message) =>
        FluentActions.Invoking(() => new Lookahead(new SGD(), period, stepSize))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    [Fact]
    public void Constructor_WithoutAnOptimizer_NamesIt() =>
        FluentActions.Invoking(() => new Lookahead(null!)).Should().Throw<ArgumentNullException>().WithParameterName("inner");

    [Fact]
    public void ToString_NamesTheSettings() =>
        new Lookahead(new SGD(0.5), 4, 0.25).ToString()
            .Should().Be("Lookahead of SGD, rate 0.5, synchronizationPeriod 4, slowStepSize 0.25");
}
