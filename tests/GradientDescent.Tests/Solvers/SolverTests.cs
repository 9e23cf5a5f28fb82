using GradientDescent.Tests.Penalties;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Solvers;

/// <summary>The steps of the solvers against their formulas, and the ends of their runs.</summary>
public class SolverTests
{
    [Fact]
    public void PolyakStep_OnASquare_HalvesTheDistance()
    {
        // f = x², f* = 0: the step is x²/(2x)² · 2x = x/2, without rounding.
        IOptimizer solver = new PolyakStep();
        double[] parameters = [8];

        for (double expected = 4; expected >= 0.5; expected /= 2)
        {
            solver.Steps(new Quadratic([2], [0]), parameters, 1);
            parameters.Should().Equal(expected);
        }
    }

    [Fact]
    public void PolyakStep_WithALowestValueThatIsTooHigh_EndsAndNamesBothValues()
    {
        TrainingResult result = new Trainer(new PolyakStep(lowestValue: 1)).Minimize(new Quadratic([2], [0]), [8]);

        result.Reason.Should().Be(StopReason.OptimizerStopped);
        result.Stop.Measured.Should().BeLessThanOrEqualTo(1);
        result.Stop.Threshold.Should().Be(1);
    }

    [Fact]
    public void BarzilaiBorwein_OnAQuadratic_StepsByTheInverseCurvatureOfTheLastStep()
    {
        // The first step is 1/‖g‖₁; the later ones are sᵀs/sᵀy. No value exceeds the largest of ten here, so no step is shortened.
        double[] curvatures = [1, 4], x = [4, 3];
        IOptimizer solver = new BarzilaiBorwein();
        double[] actual = [4, 3];
        double step = 1 / (1 * 4.0 + 4 * 3.0);
        for (int k = 0; k < 6; k++)
        {
            double[] g = [curvatures[0] * x[0], curvatures[1] * x[1]];
            double[] next = [x[0] - step * g[0], x[1] - step * g[1]];
            double[] s = [next[0] - x[0], next[1] - x[1]];
            step = (s[0] * s[0] + s[1] * s[1]) / (curvatures[0] * s[0] * s[0] + curvatures[1] * s[1] * s[1]);
            x = next;

            solver.Steps(new Quadratic(curvatures, [0, 0]), actual, 1);

            actual.Should().Equal(x, (a, e) => Math.Abs(a - e) <= 1e-12 * Math.Abs(e)); // differences of rounded numbers, six times
        }
    }

    [Fact]
    public void BacktrackingGradientDescent_StartsWithTwiceTheLastStep_AndShortensItWhereTheValueRises()
    {
        // f = x² from 1: the first step is 1/|g| = ½, which ends at 0 exactly. From there the gradient is 0.
        TrainingResult result = new Trainer(new BacktrackingGradientDescent()).Minimize(new Quadratic([2], [0]), [1]);

        (result.Steps, result.Parameters[0]).Should().Be((1, 0));
    }

    [Fact]
    public void NonlinearConjugateGradient_OnAQuadratic_NeedsFewMoreStepsThanParameters()
    {
        var bowl = new Quadratic([.. Enumerable.Range(1, 20).Select(i => (double)i)], new double[20]);

        TrainingResult result = new Trainer(new NonlinearConjugateGradient(), new() { GradientTolerance = 1e-6 })
            .Minimize(bowl, [.. Enumerable.Repeat(1.0, 20)]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().BeLessThanOrEqualTo(40); // with exact arithmetic and an exact search, 20
    }

    [Theory]
    [InlineData("LBFGS")]
    [InlineData("NonlinearConjugateGradient")]
    public void Minimize_OfALine_SaysThatThereIsNoMinimum(string name)
    {
        IObjective line = Objective.From(p => -3 * p[0], (p, g) => g[0] = -3);

        TrainingResult result = new Trainer(Contracts.AllSolvers.ByName[name]()).Minimize(line, [0]);

        result.Reason.Should().Be(StopReason.OptimizerStopped);
        result.Stop.Quantity.Should().Contain("there is no minimum");
        result.Loss.Should().BeLessThan(-1e20);
        result.Loss.Should().Be(-3 * result.Parameters[0]);
    }

    [Fact]
    public void Minimize_OfAFunctionThatFallsToMinusInfinity_SaysSo()
    {
        IObjective pit = Objective.From(p => -Math.Exp(p[0]), (p, g) => g[0] = -Math.Exp(p[0]));

        TrainingResult result = pit.Minimize([0]);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Diagnosis.Should().Contain("no minimum");
    }

    [Fact]
    public void Minimize_WhereRoundingHidesAllValues_FollowsTheSlopes()
    {
        // All values are 1e16; the slope is 1, so the minimum is the lower bound.
        IObjective flat = Objective.From(p => 1e16 + p[0], (p, g) => g[0] = 1);

        TrainingResult result = flat.WithPenalty(new BoxConstraint(-0.5, 0.5)).Minimize([0.25]);

        (result.Reason, result.Parameters[0]).Should().Be((StopReason.Converged, -0.5));
    }

    [Fact]
    public void Maximize_WithinBounds_EndsAtTheUpperCornerWithoutAGradient()
    {
        IObjective product = Objective.From(p => p[0] * p[1], (p, g) => (g[0], g[1]) = (p[1], p[0]));

        TrainingResult result = new Trainer().Maximize(product.WithPenalty(new BoxConstraint(-1, 3)), [1, 1]);

        result.Parameters.Should().Equal(3, 3);
        (result.Loss, result.GradientNorm, result.Reason).Should().Be((9, 0, StopReason.Converged));
    }

    [Fact]
    public void Maximize_WithAPenaltyThatIsNoConstraint_IsRefused() =>
        new Trainer().Invoking(t => t.Maximize(new Quadratic([1], [0]).WithPenalty(new L1Penalty(1)), [1]))
            .Should().Throw<ArgumentException>().WithMessage("*penalty*minimized*");

    [Theory]
    [InlineData(-2.0, 0.5, 0.25)] // the valley's point with x = 0.5
    [InlineData(-2.0, 2.0, 1.0)] // no bound is active
    public void Minimize_OfAValleyWithBounds_EndsAtTheBoundedMinimum(double lower, double upper, double expected)
    {
        IObjective valley = Objective.From(
            p => Math.Pow(1 - p[0], 2) + 100 * Math.Pow(p[1] - p[0] * p[0], 2),
            (p, g) => (g[0], g[1]) = (-2 * (1 - p[0]) - 400 * p[0] * (p[1] - p[0] * p[0]), 200 * (p[1] - p[0] * p[0])));

        TrainingResult result = valley.WithPenalty(new BoxConstraint(lower, upper)).Minimize([-1.2, 0.4]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Parameters[0].Should().BeApproximately(Math.Min(1, upper), 1e-7);
        result.Parameters[1].Should().BeApproximately(expected, 1e-7);
    }

    [Fact]
    public void Minimize_AtAStartThatIsTheMinimum_MakesNoStep()
    {
        foreach (RateFreeSolver solver in Contracts.AllSolvers.ByName.Values.Select(create => create()))
        {
            TrainingResult result = new Trainer(solver).Minimize(new Quadratic([1, 2], [3, 4]), [3, 4]);

            (result.Reason, result.Steps).Should().Be((StopReason.Converged, 0));
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void Minimize_OfSquaresInAnyUnit_ConvergesToTheSameCurve(double unit)
    {
        // The sum of squares of a curve in units of the target: where it is 1e16, no gradient of 1e-8 can be computed.
        double[] x = [.. Enumerable.Range(0, 100).Select(i => i / 20.0)];
        double[] y = [.. x.Select((at, i) => unit * (2.5 * Math.Exp(-1.3 * at) + 0.5 + 0.02 * Math.Sin(7 * i)))];
        IObjective squares = Objective.Differentiable(p =>
        {
            Variable sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += Variable.Pow(y[i] - (p[0] * Variable.Exp(-p[1] * x[i]) + p[2]), 2);
            return sum;
        });

        TrainingResult result = squares.Minimize([unit, 1, 0]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Steps.Should().BeLessThan(300);
        result.Parameters[1].Should().BeApproximately(1.3, 0.02); // the waves move it a little
        double[] gradient = new double[3];
        squares.Evaluate(result.Parameters.AsSpan(), gradient);
        (gradient[1] / (unit * unit)).Should().BeApproximately(0, 1e-7); // the derivative by a parameter that has no unit
    }

    [Fact]
    public void Minimize_WithAToleranceOfZero_EndsWhereNoStepDescends()
    {
        foreach (RateFreeSolver solver in Contracts.AllSolvers.ByName.Values.Select(create => create()))
        {
            TrainingResult result = new Trainer(solver, new() { GradientTolerance = 0 })
                .Minimize(new Quadratic([1, 3], [0.1, 0.7]), [3, 4]);

            result.Reason.Should().BeOneOf(StopReason.Converged, StopReason.OptimizerStopped);
            result.Parameters[0].Should().BeApproximately(0.1, 1e-7);
            result.Parameters[1].Should().BeApproximately(0.7, 1e-7);
        }
    }

    [Theory]
    [InlineData("LBFGS")]
    [InlineData("BarzilaiBorwein")]
    public void Fit_OfAModel_IsTheOptimumOfOtherLibraries(string name)
    {
        foreach (GoldenModel golden in GoldenModel.All().Where(golden => golden.DataName != "digits"))
        {
            LinearModel model = golden.NewModel();
            var options = new TrainingOptions { MaxSteps = 20_000, GradientTolerance = golden.Kind == "linear" ? 1e-8 : 1e-10 };

            TrainingResult result = new Trainer(Contracts.AllSolvers.ByName[name](), options)
                .Fit(model, golden.Data(), options: new() { Penalty = golden.Penalty, Scaling = FeatureScaling.None });

            result.Reason.Should().Be(StopReason.Converged, "{0} {1} on {2}", golden.Kind, golden.Penalty, golden.DataName);
            golden.ShouldBeMetBy(model);
        }
    }
}
