using GradientDescent.Tests.UpdateRules;
namespace GradientDescent.Tests.Wrappers;

/// <summary>Cautious steps against a plain loop after Algorithm 1 of the paper.</summary>
public class CautiousTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Update_ManyTimes_EqualsThePlainLoop(double decay)
    {
        for (int length = 1; length <= 20; length++)
        {
            var optimizer = new Cautious(new Momentum(0.01, 0.8), decay);
            var inner = new ScalarTwin(length);
            double[] actual = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i))];
            double[] expected = [.. actual];

            for (int t = 1; t <= 23; t++)
            {
                double[] gradient = [.. Enumerable.Range(0, length).Select(i => Math.Cos(0.7 * i * t + t))];
                double rate = 0.01 / (1 + t % 4);
                optimizer.Update(actual, gradient, rate);
                double[] moved = [.. expected];
                inner.Momentum(moved, gradient, rate, 0.8);
                bool[] isDescent = [.. Enumerable.Range(0, length).Select(i => (expected[i] - moved[i]) * gradient[i] > 0)];
                double scale = 1 / Math.Max(isDescent.Average(one => one ? 1.0 : 0), 0.001);
                for (int i = 0; i < length; i++)
                    expected[i] = (1 - rate * decay) * expected[i] - (isDescent[i] ? scale * (expected[i] - moved[i]) : 0);

                actual.Should().Equal(expected, "step {0} of {1} parameters", t, length);
            }
        }
    }

    [Fact]
    public void Update_OfSGD_IsThatOfSGD() // each step is against its gradient
    {
        double[] plain = [1, -2, 0], cautious = [1, -2, 0];
        var sgd = new SGD(0.1);
        var optimizer = new Cautious(new SGD(0.1));

        for (int t = 0; t < 5; t++)
        {
            sgd.Update(plain, [1, -0.5, 2]);
            optimizer.Update(cautious, [1, -0.5, 2]);
        }

        // θ − (θ − θ′) is θ′ up to the rounding of the difference.
        cautious.Zip(plain).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-15);
    }

    [Fact]
    public void FrozenBlocks_AreNotPartOfTheMean()
    {
        var layout = new ParameterLayout(new ParameterBlock("a", rows: 2), new ParameterBlock("b", rows: 2) { IsFrozen = true });
        var optimizer = new Cautious(new Momentum(0.1, 0.9));
        optimizer.Bind(layout);
        double[] parameters = [0, 0, 5, 6];

        optimizer.Update(parameters, [1, 1, 0, 0]);
        parameters.Should().Equal(-0.1, -0.1, 5, 6);
        optimizer.Update(parameters, [1, -0.5, 0, 0]); // the second velocity, 0.9·0.1 − 0.05, is against its gradient: one of two moves

        parameters[0].Should().BeApproximately(-0.1 - 2 * 0.19, 1e-15);
        parameters[1..].Should().Equal(-0.1, 5, 6);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AWrongDecay_IsRefused(double decay) =>
        FluentActions.Invoking(() => new Cautious(new SGD(), decay)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("weightDecay");
}
