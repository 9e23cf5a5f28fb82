using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests.Training;

public class MinimizeTests
{
    // The classic lesson: the line y = mx + b through (1,3), (2,5), (2,5), value ½ Σ (y − mx − b)².
    private static readonly (double X, double Y)[] _points = [(1, 3), (2, 5), (2, 5)];

    private static readonly IObjective _lesson = Objective.From(
        p => 0.5 * Squares(p[0], p[1]),
        (p, g) =>
        {
            g.Clear();
            foreach ((double x, double y) in _points)
            {
                double error = p[0] * x + p[1] - y;
                g[0] += error * x;
                g[1] += error;
            }
        });

    [Fact]
    public void Evaluate_OfTheLesson_GivesTheGradientOfTheLesson()
    {
        // At m = −1, b = 5 the errors are 1, −2, −2: gradient (1 − 4 − 4, 1 − 2 − 2) = (−7, −3), value ½(1 + 4 + 4) = 4.5.
        double[] gradient = new double[2];

        double value = _lesson.Evaluate([-1, 5], gradient);

        value.Should().Be(4.5);
        gradient.Should().Equal(-7, -3);
    }

    [Fact]
    public void Evaluate_OfTheLessonByDifferences_GivesTheSameGradient()
    {
        // A quadratic has no truncation error under five points; what is left is rounding: about 2⁻⁵³ · |f| / h with f = 4.5 and h > 2⁻¹²,
        // well under 1e-11.
        IObjective numeric = Objective.From(p => 0.5 * Squares(p[0], p[1]));
        double[] gradient = new double[2];

        numeric.Evaluate([-1, 5], gradient);

        gradient[0].Should().BeApproximately(-7, 1e-11);
        gradient[1].Should().BeApproximately(-3, 1e-11);
    }

    [Fact]
    public void Minimize_OneStepOfTheLesson_MovesByRateTimesGradient()
    {
        // (−1, 5) − 0.1 · (−7, −3) = (−0.3, 5.3). MaxSteps 1 measures once more after it; f there is smaller, so it is the best.
        TrainingResult result = new Trainer(new BatchGD(0.1), new() { MaxSteps = 1 }).Minimize(_lesson, [-1, 5]);

        result.Reason.Should().Be(StopReason.MaxSteps);
        result.Parameters.Should().Equal(-1 + 0.1 * 7, 5 + 0.1 * 3);
        result.Steps.Should().Be(1);
    }

    [Fact]
    public void Minimize_WithARateAboveTwoOverL_IsReportedAsDiverged()
    {
        // The Hessian [[9, 5], [5, 3]] has largest eigenvalue 6 + √34 = 11.83; 0.5 is above 2/11.83.
        TrainingResult result = new Trainer(new BatchGD(0.5)).Minimize(_lesson, [-1, 5]);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Parameters.Should().Equal(-1, 5);
        result.LastFiniteParameters.Should().OnlyContain(p => double.IsFinite(p));
        result.LastFiniteStep.Should().BeGreaterThan(0).And.BeLessThanOrEqualTo(result.Steps);
        // The loss has risen in each of ten steps, and is more than 10¹⁰ times the larger of its first two values.
        result.Steps.Should().Be(10);
        result.ToString().Should().MatchRegex(@"^Diverged after 10 steps: loss \S+ > \S+\. The last step's rate was " +
            @"0\.5\. Use a smaller rate\. Loss 4\.5, gradient norm 7\.62, at the best parameters, met after 0 steps\.$");
    }

    [Fact]
    public void Minimize_WithASmallerRate_NeedsMoreSteps()
    {
        var options = new TrainingOptions { MaxSteps = 100_000 };

        TrainingResult fast = new Trainer(new BatchGD(0.1), options).Minimize(_lesson, [-1, 5]);
        TrainingResult slow = new Trainer(new BatchGD(0.005), options).Minimize(_lesson, [-1, 5]);

        fast.Reason.Should().Be(StopReason.Converged);
        slow.Reason.Should().Be(StopReason.Converged);
        slow.Steps.Should().BeGreaterThan(fast.Steps);
    }

    [Fact]
    public void Minimize_ThatConverged_PassesItsTestWhenItIsRecomputed()
    {
        foreach (Func<Optimizer> create in AllOptimizers.ByName.Values)
        {
            TrainingResult result = new Trainer(create(), new() { GradientTolerance = 1e-2, MaxSteps = 200_000 })
                .Minimize(_lesson, [-1, 5]);
            double[] gradient = new double[2];

            double value = result.Objective.Evaluate(result.OptimizedParameters.AsSpan(), gradient);

            result.Loss.Should().Be(value);
            if (result.Reason == StopReason.Converged)
                Math.Sqrt(gradient.Sum(g => g * g)).Should().BeLessThanOrEqualTo(1e-2);
            result.GradientNorm.Should().BeApproximately(Math.Sqrt(gradient.Sum(g => g * g)), 1e-15);
        }
    }

    [Fact]
    public void Maximize_OfTheNegative_TakesTheSamePath()
    {
        IObjective negative = Objective.From((p, g) =>
        {
            double value = _lesson.Evaluate(p, g);
            for (int i = 0; i < g.Length; i++)
                g[i] = -g[i];
            return -value;
        });
        var trainer = new Trainer(new Adam(0.1), new() { MaxSteps = 50 });

        TrainingResult down = trainer.Minimize(_lesson, [-1, 5]);
        TrainingResult up = trainer.Maximize(negative, [-1, 5]);

        up.Parameters.Should().Equal(down.Parameters);
        up.Loss.Should().Be(-down.Loss);
        up.History.Select(h => -h.Loss).Should().Equal(down.History.Select(h => h.Loss));
    }

    [Fact]
    public void Minimize_AtTheOptimum_ConvergesWithoutAStep()
    {
        TrainingResult result = new Trainer(new Adam()).Minimize(_lesson, [2, 1]); // 2·1 + 1 = 3 and 2·2 + 1 = 5: exact

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().Be(0);
        result.Parameters.Should().Equal(2, 1);
    }

    [Fact]
    public void Minimize_WithTokenCancelledBefore_ReturnsTheStart()
    {
        TrainingResult result = new Trainer(new Adam()).Minimize(_lesson, [-1, 5], new CancellationToken(canceled: true));

        result.Reason.Should().Be(StopReason.Cancelled);
        result.Steps.Should().Be(0);
        result.Parameters.Should().Equal(-1, 5);
        result.Loss.Should().Be(4.5);
    }

    [Fact]
    public void Minimize_CancelledOnTheWay_ReturnsTheBestSoFar()
    {
        using var source = new CancellationTokenSource();
        int evaluations = 0;
        IObjective counted = Objective.From((p, g) =>
        {
            if (++evaluations == 10)
                source.Cancel();
            return _lesson.Evaluate(p, g);
        });

        TrainingResult result = new Trainer(new BatchGD(0.1)).Minimize(counted, [-1, 5], source.Token);

        result.Reason.Should().Be(StopReason.Cancelled);
        result.Steps.Should().Be(10);
        result.Loss.Should().BeLessThan(4.5);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Minimize_OfAnObjectiveThatIsNotFinite_DivergesBeforeAnythingElse(double value)
    {
        // The gradient is 0, which would count as converged if it came first.
        IObjective broken = Objective.From((_, g) =>
        {
            g.Clear();
            return value;
        });

        TrainingResult result = new Trainer(new Adam(), new() { MaxSteps = 0 }).Minimize(broken, [1, 2]);

        result.Stop.Should().Be(StopDetails.Limit(StopReason.Diverged, "loss", value, double.NaN));
        result.Parameters.Should().Equal(1, 2);
        result.BestBy.Should().Be(BestBy.Nothing);
    }

    [Fact]
    public void Minimize_WithAGradientThatIsNotFinite_NamesTheEntry()
    {
        IObjective broken = Objective.From((p, g) =>
        {
            g.Clear();
            g[2] = double.NaN;
            return 1;
        });

        TrainingResult result = new Trainer(new Adam()).Minimize(broken, [1, 2, 3]);

        result.Stop.Reason.Should().Be(StopReason.Diverged);
        result.Stop.Quantity.Should().Be("gradient entry 2");
        result.Parameters.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Minimize_WithAStepThatOverflows_NamesTheParameter()
    {
        // −10 · 1e308 is not a double, although loss and gradient are finite.
        IObjective steep = Objective.From((_, g) =>
        {
            (g[0], g[1]) = (0, 1e308);
            return 0;
        });

        TrainingResult result = new Trainer(new BatchGD(10)).Minimize(steep, [1, 2]);

        result.Stop.Should().Be(StopDetails.Limit(StopReason.Diverged, "parameter 1", double.NegativeInfinity, double.NaN));
        result.Parameters.Should().Equal(1, 2);
    }

    [Fact]
    public void Minimize_WithAFunctionThatThrows_LetsTheExceptionPass()
    {
        IObjective throwing = Objective.From(_ => throw new TimeoutException("own"));

        Action run = () => new Trainer(new Adam()).Minimize(throwing, [1.0]);

        run.Should().Throw<TimeoutException>().WithMessage("own");
    }

    [Fact]
    public void Minimize_Always_LeavesOptimizerAndStartAlone()
    {
        var optimizer = new Momentum(0.05);
        double[] start = [-1, 5];
        var trainer = new Trainer(optimizer, new() { MaxSteps = 20 });

        TrainingResult first = trainer.Minimize(_lesson, start);
        TrainingResult second = trainer.Minimize(_lesson, start);

        optimizer.StepCount.Should().Be(0);
        start.Should().Equal(-1, 5);
        second.Parameters.Should().Equal(first.Parameters);
        first.OptimizerState.StepCount.Should().Be(20);
    }

    [Fact]
    public void Minimize_OnRandomRates_EndsInATrueReason()
    {
        // 13 rates from 1e-6 to 1e6 for every optimizer: converged means the norm is within eps, diverged means something was not finite
        // or more than 10¹⁰ times the loss at the start, else T was reached.
        foreach ((string name, Func<Optimizer> _) in AllOptimizers.ByName)
        {
            for (int e = -6; e <= 6; e++)
            {
                IOptimizer optimizer = new RateOverride(AllOptimizers.ByName[name](), Math.Pow(10, e));
                TrainingResult result = new Trainer(optimizer, new() { MaxSteps = 2000 }).Minimize(_lesson, [-1, 5]);

                bool isTrue = result.Reason switch
                {
                    StopReason.Converged => result.GradientNorm <= 1e-6,
                    StopReason.Diverged => !double.IsFinite(result.Stop.Measured) || result.Stop.Measured > 4.5e10,
                    _ => result.Reason == StopReason.MaxSteps && result.Steps == 2000,
                };
                isTrue.Should().BeTrue("{0} at rate 1e{1}: {2}", name, e, result);
                result.Parameters.Should().OnlyContain(p => double.IsFinite(p));
                result.Loss.Should().BeLessThanOrEqualTo(4.5);
            }
        }
    }

    private static double Squares(double m, double b) => _points.Sum(point => (point.Y - m * point.X - b) * (point.Y - m * point.X - b));

    /// <summary>The same rule with another base rate: what constructors of any shape have in common.</summary>
    private sealed class RateOverride(IOptimizer inner, double rate) : IOptimizer
    {
        public double LearningRate => rate;

        public Batching Batching => inner.Batching;

        public long StepCount => inner.StepCount;

        public void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate) =>
            inner.Update(parameters, gradient, learningRate);

        public IOptimizer CreateNew() => new RateOverride(inner.CreateNew(), rate);

        public OptimizerState GetState() => inner.GetState();

        public void SetState(OptimizerState state) => inner.SetState(state);
    }
}
