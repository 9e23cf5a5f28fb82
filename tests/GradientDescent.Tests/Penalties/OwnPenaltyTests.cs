using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Penalties;

/// <summary>Penalties that the library does not know: a user's own.</summary>
public class OwnPenaltyTests
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 3).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 40).Select(i => Math.Sin(7 * i) + 0.5 * Math.Cos(i))]);

    [Fact]
    public void Minimize_WithAGroupLasso_SetsWholeBlocksToZero()
    {
        // argmin ½‖θ − a‖² + λ‖θ‖ = max(0, 1 − λ/‖a‖)·a for each block. With λ = 1: (3, 4) shrinks by 1/5, (0.3, −0.4) has norm ½ and goes.
        TrainingResult result = new Trainer(new BatchGD(0.5), new() { GradientTolerance = 1e-12 })
            .Minimize(new Penalized([1, 1, 1, 1], [3, 4, 0.3, -0.4], new GroupLasso(1)), [1, 1, 1, 1]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Parameters[0].Should().BeApproximately(2.4, 1e-11);
        result.Parameters[1].Should().BeApproximately(3.2, 1e-11);
        result.Parameters.Skip(2).Should().Equal(0, 0);
        result.Loss.Should().BeApproximately((0.36 + 0.64 + 0.09 + 0.16) / 2 + 4, 1e-11);
    }

    [Fact]
    public void Fit_RateFromCurvatureAndAPenaltyWithoutCurvatures_IsRefused() =>
        new Trainer(new BatchGD()).Invoking(trainer => trainer.Fit(new LinearRegression(), _data, options: new()
        {
            Penalty = new FourthPowers(),
            Scaling = FeatureScaling.None,
            RateFromCurvature = true,
        })).Should().Throw<ArgumentException>().WithParameterName("penalty").WithMessage("Term has no Curvatures: *");

    [Fact]
    public void Minimize_WithABox_StaysInItAndEndsOnItsEdge()
    {
        // ½Σ(θᵢ − aᵢ)² over |θᵢ| ≤ 0.7: each a is clamped.
        var points = new List<double>();
        TrainingRun run = new Trainer(new BatchGD(0.5), new() { GradientTolerance = 1e-12 })
            .CreateRun(new Penalized([1, 1, 1, 1], [3, -4, 0.25, -0.5], new Box(0.7)), [0.5, 0.5, 0.5, 0.5]);
        while (run.Advance())
            points.AddRange(run.Parameters);

        run.Result.Reason.Should().Be(StopReason.Converged);
        double[] clamped = [0.7, -0.7, 0.25, -0.5];
        for (int i = 0; i < 4; i++)
            run.Result.Parameters[i].Should().BeApproximately(clamped[i], 1e-11);
        points.Should().OnlyContain(x => Math.Abs(x) <= 0.7 * (1 + 1e-15), "θ − τ·(θ − prox)/τ is prox but for rounding");
    }

    [Fact]
    public void Fit_WithAGroupLasso_IsAtItsOptimum()
    {
        var model = new LinearRegression();
        var options = new TrainingOptions { Batching = Batching.Full, GradientTolerance = 1e-10, MaxEpochs = 20_000 };

        TrainingResult result = new Trainer(new BatchGD(0.25), options)
            .Fit(model, _data, options: new() { Penalty = new GroupLasso(0.5), Scaling = FeatureScaling.None });

        result.Reason.Should().Be(StopReason.Converged);
        double[] gradient = new double[4], weights = [.. result.Parameters.Take(3)];
        var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), _data);
        Objective.Full(risk).Evaluate(result.Parameters.AsSpan(), gradient);
        double norm = Math.Sqrt(weights.Sum(w => w * w));
        norm.Should().BeGreaterThan(0.1);
        for (int j = 0; j < 3; j++)
            (gradient[j] + 0.5 * weights[j] / norm).Should().BeApproximately(0, 1e-9); // ∇L + λ·w/‖w‖ = 0
        gradient[3].Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void Fit_WithALargeGroupLasso_LeavesTheInterceptAlone()
    {
        var options = new TrainingOptions { Batching = Batching.Full, GradientTolerance = 1e-12, MaxEpochs = 20_000 };
        var model = new LinearRegression();

        new Trainer(new BatchGD(0.25), options)
            .Fit(model, _data, options: new() { Penalty = new GroupLasso(100), Scaling = FeatureScaling.None });

        model.Weights.Should().Equal(0, 0, 0);
        model.Intercept.Should().BeApproximately(Enumerable.Range(0, 40).Average(i => Math.Sin(7 * i) + 0.5 * Math.Cos(i)), 1e-11);
    }

    [Fact]
    public void Penalty_ThatCannotBeBound_IsRefusedByName()
    {
        FluentActions.Invoking(() => new Trainer(new BatchGD())
            .Fit(new LinearRegression(), _data, options: new() { Penalty = new GroupLasso(1), Scaling = FeatureScaling.Standardize }))
            .Should().Throw<ArgumentException>().WithParameterName("Penalty")
            .WithMessage("Penalty is group lasso 1: it has no form for scaled features: *Use FeatureScaling.None.*");
        FluentActions.Invoking(() => new Trainer(new BatchGD())
            .Fit(new LinearRegression(), _data, options: new() { Penalty = new GroupLasso(-1), Scaling = FeatureScaling.None }))
            .Should().Throw<ArgumentException>().WithParameterName("penalty")
            .WithMessage("The penalty group lasso -1 gives no function of the parameters of this model.*");
        FluentActions.Invoking(() => new Trainer(new BatchGD()).Minimize(new Penalized([1, 1], [0, 0], new GroupLasso(-1)), [1, 1]))
            .Should().Throw<ArgumentException>().WithMessage("The penalty group lasso -1 gives no function of these parameters.*");
    }

    /// <summary>Σ θ⁴/4: smooth, and its curvature depends on θ.</summary>
    private sealed class FourthPowers : IPenalty
    {
        public PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) => new Term(lossFactor);

        private sealed class Term(double lossFactor) : PenaltyTerm
        {
            public override bool IsNonsmooth => false;

            public override double Value(ReadOnlySpan<double> parameters)
            {
                double sum = 0;
                foreach (double parameter in parameters)
                    sum += parameter * parameter * parameter * parameter / 4;
                return sum / lossFactor;
            }

            public override void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
            {
                for (int j = 0; j < parameters.Length; j++)
                    gradient[j] += parameters[j] * parameters[j] * parameters[j] / lossFactor;
            }
        }
    }

    /// <summary>
    /// λ Σ ‖θ_block‖ over the blocks that are no biases; a negative λ has no proximal step. It is not for scaled features: a norm of mixed
    /// units.
    /// </summary>
    private sealed class GroupLasso(double strength) : IPenalty
    {
        public PenaltyTerm? Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) =>
            strength < 0 || !scale.IsEmpty
                ? null
                : new Term(strength / lossFactor, [.. layout.Blocks.Where(block => block.Role != ParameterRole.Bias)]);

        public override string ToString() => FormattableString.Invariant($"group lasso {strength}");

        private sealed class Term(double strength, ParameterBlock[] blocks) : PenaltyTerm
        {
            public override bool IsNonsmooth => true;

            public override double Value(ReadOnlySpan<double> parameters)
            {
                double sum = 0;
                foreach (ParameterBlock block in blocks)
                    sum += strength * Norm(block.Of(parameters));
                return sum;
            }

            public override void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
            {
            }

            public override void ProximalStep(Span<double> parameters, double stepLength)
            {
                foreach (ParameterBlock block in blocks)
                {
                    Span<double> part = block.Of(parameters);
                    double norm = Norm(part), factor = norm <= stepLength * strength ? 0 : 1 - stepLength * strength / norm;
                    foreach (ref double parameter in part)
                        parameter *= factor;
                }
            }

            private static double Norm(ReadOnlySpan<double> part)
            {
                double sum = 0;
                foreach (double x in part)
                    sum += x * x;
                return Math.Sqrt(sum);
            }
        }
    }

    /// <summary>The constraint |θⱼ| ≤ bound: 0 within, and the proximal step keeps the parameters within.</summary>
    private sealed class Box(double bound) : IPenalty
    {
        public PenaltyTerm Bind(ParameterLayout layout, ReadOnlySpan<double> scale, double lossFactor) => new Term(bound);

        private sealed class Term(double bound) : PenaltyTerm
        {
            public override bool IsNonsmooth => true;

            public override double Value(ReadOnlySpan<double> parameters) => 0;

            public override void AddGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
            {
            }

            public override void ProximalStep(Span<double> parameters, double stepLength)
            {
                foreach (ref double parameter in parameters)
                    parameter = Math.Clamp(parameter, -bound, bound);
            }
        }
    }
}
