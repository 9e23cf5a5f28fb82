using GradientDescent.Tests.Support;
using GradientDescent.Tests.UpdateRules;

namespace GradientDescent.Tests.Wrappers;

/// <summary>Sharpness-aware minimisation against the formulas of its papers.</summary>
public class SharpnessAwareTests
{
    [Fact]
    public void Update_OfOneParameter_EqualsThePlainLoop()
    {
        // With one parameter g/‖g‖ is the sign of g, exactly; adaptive, ε is ρ|θ| times it. θ stays away from 0 and from the optimum.
        foreach (bool adaptive in (bool[])[false, true])
        {
            IOptimizer optimizer = new SharpnessAware(new Adam(0.01), rho: 0.25, adaptive);
            var bowl = new Quadratic([3], [-2]);
            var inner = new ScalarTwin(1);
            double[] actual = [5], expected = [5];

            for (int t = 0; t < 50; t++)
            {
                optimizer.Step(bowl, actual, new double[1], Stepping.FactorAt(t));
                double size = adaptive ? Math.Abs(expected[0]) : 1, gradient = 3 * (expected[0] - -2.0);
                double at = expected[0] + 0.25 * (size * Math.Sign(gradient));
                inner.Adam(expected, [3 * (at - -2.0)], 0.01 * Stepping.FactorAt(t), 0.9, 0.999, 1e-8, false);

                actual[0].Should().BeApproximately(expected[0], 1e-14, "step {0}", t); // |θ|·g/(|θ||g|) is rounded twice
                if (!adaptive)
                    actual.Should().Equal(expected, "step {0}", t);
            }
        }
    }

    [Fact]
    public void Update_OfSeveralParameters_LooksRhoAlongTheGradient()
    {
        // g = (6, 8), ‖g‖ = 10: ε = 5·(0.6, 0.8) = (3, 4). The gradient at (6, 8) + (3, 4) is (9, 12), the step half of it.
        IOptimizer optimizer = new SharpnessAware(new SGD(0.5), rho: 5);
        var bowl = new Quadratic([1, 1], [0, 0]);
        double[] parameters = [6, 8];

        optimizer.Step(bowl, parameters, new double[2]);

        bowl.LastPoint.Should().Equal(9, 12);
        parameters.Should().Equal(1.5, 2);
        optimizer.StepCount.Should().Be(1);
    }

    // The length of the gradient, √2·1.5e308, is beyond a double; its direction is not.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_OfAGradientTooLongForADouble_StillLooksRhoAlongIt(bool adaptive)
    {
        IOptimizer optimizer = new SharpnessAware(new SGD(1e-310), rho: 5, adaptive);
        var steep = new Quadratic([1.5e308, 1.5e308], [0, 0]);

        optimizer.Step(steep, [1, 1], new double[2]);

        steep.LastPoint.Should().Equal([1 + 5 / Math.Sqrt(2), 1 + 5 / Math.Sqrt(2)], (a, e) => Math.Abs(a - e) < 1e-14);
    }

    [Fact]
    public void Update_WhereAdaptive_LooksFurtherAlongLargeParameters()
    {
        // θ = (3, −4), g = (1, 1): Tg = (3, 4), ‖Tg‖ = 5, ε = ½·(3·3/5, 4·4/5) = (0.9, 1.6).
        IOptimizer optimizer = new SharpnessAware(new SGD(0.5), rho: 0.5, adaptive: true);
        var bowl = new Quadratic([1, 1], [2, -5]);

        optimizer.Step(bowl, [3, -4], new double[2]);

        bowl.LastPoint[0].Should().BeApproximately(3.9, 1e-15);
        bowl.LastPoint[1].Should().BeApproximately(-2.4, 1e-15);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    [InlineData(5e-324)]
    public void Update_WithAGradientOfAnySize_LooksRhoAhead(double curvature)
    {
        var bowl = new Quadratic([curvature], [0]);

        ((IOptimizer)new SharpnessAware(new SGD(1e-300))).Step(bowl, [1], new double[1]);

        bowl.LastPoint[0].Should().Be(1.05);
    }

    [Theory]
    [InlineData(false, 2.0, 2.0)] // at the optimum
    [InlineData(true, 0.0, 2.0)] // T is 0
    public void Update_WhereThePerturbationIsZero_IsTheInnerStep(bool adaptive, double start, double centre)
    {
        var bowl = new Quadratic([1], [centre]);
        double[] actual = [start], expected = [start];

        ((IOptimizer)new SharpnessAware(new SGD(0.5), adaptive: adaptive)).Step(bowl, actual, new double[1]);
        ((IOptimizer)new SGD(0.5)).Step(bowl, expected, new double[1]);

        actual.Should().Equal(expected);
        bowl.Evaluations.Should().Be(2, "neither step evaluates again");
    }

    [Fact]
    public void Update_WithoutAnObjective_ThrowsAndChangesNothing()
    {
        var optimizer = new SharpnessAware(new Adam());
        foreach (double gradient in (double[])[1, 0])
        {
            double[] parameters = [1];

            optimizer.Invoking(o => o.Update(parameters, [gradient])).Should().Throw<InvalidOperationException>()
                .WithMessage("This optimizer evaluates the objective again: use a Trainer, or call Update(ref UpdateContext) with *");

            parameters.Should().Equal(1);
            optimizer.GetState().Should().BeEquivalentTo(new SharpnessAware(new Adam()).GetState());
        }
    }

    [Fact]
    public void Fit_WithMiniBatches_EvaluatesTheSameBatchWithTheSameClipping()
    {
        // One feature without an intercept: ‖g‖ = |g|, so the reference needs no rounding of its own. The gradient of a sample is 2x(wx −
        // y); it is clipped to ±4.
        double[] x = [1, -2, 3, 0.5], y = [3, 1, -2, 2];
        var options = new TrainingOptions
        {
            Batching = Batching.Mini(1),
            Order = SampleOrder.Sequential,
            MaxSteps = 12,
            GradientTransforms = [GradientClipping.ByValue(4)],
        };
        TrainingRun run = new Trainer(new SharpnessAware(new SGD(0.0625), rho: 0.125), options).CreateRun(new Samples(x, y), [1.0]);
        double w = 1;
        for (int t = 0; t < 12; t++)
        {
            int i = t % 4;
            double Clipped(double at) => Math.Clamp(2 * x[i] * (at * x[i] - y[i]), -4, 4);
            w -= 0.0625 * Clipped(w + 0.125 * Math.Sign(Clipped(w)));
            run.Advance().Should().BeTrue();

            run.Parameters.Should().Equal([w], "step {0}", t);
        }
    }

    [Fact]
    public void Minimize_AConvexQuadratic_ReachesTheNeighbourhoodOfTheOptimum()
    {
        // f = ½ Σ cᵢθᵢ². ε has the sign of θ in each coordinate and |εᵢ| ≤ ρ, so a step takes |θᵢ| to |(1 − ηcᵢ)|θᵢ| − ηcᵢ|εᵢ||, at most
        // max((1 − ηcᵢ)|θᵢ|, ηcᵢρ). After 100 steps the first is below 3e-5: f ≤ 3·½·4·(0.1·4·0.05)² = 2.4e-3.
        TrainingResult result = new Trainer(new SharpnessAware(new BatchGD(0.1)), new() { MaxSteps = 100 })
            .Minimize(new Quadratic([1, 2, 4], [0, 0, 0]), [1, -1, 1]);

        result.Loss.Should().BeLessThan(2.4e-3);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Constructor_OfARadiusThatIsNotAllowed_NamesIt(double rho) =>
        FluentActions.Invoking(() => new SharpnessAware(new SGD(), rho)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage(FormattableString.Invariant($"rho is {rho}: it must be a finite number greater than 0.*"));

    [Fact]
    public void ToString_NamesTheSettings() =>
        new SharpnessAware(new SGD(0.5), 0.25, adaptive: true).ToString()
            .Should().Be("SharpnessAware of SGD, rate 0.5, rho 0.25, adaptive");

    private sealed class Samples(double[] x, double[] y) : IStochasticObjective
    {
        public int ParameterCount => 1;

        public int SampleCount => x.Length;

        public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
        {
            double sum = 0;
            foreach (int i in batch)
            {
                double error = parameters[0] * x[i] - y[i];
                sum += error * error;
                if (!gradient.IsEmpty)
                    gradient[0] += 2 * x[i] * error;
            }

            return new LossSum(sum, batch.Count);
        }
    }
}
