using GradientDescent.Tests.Support;
using GradientDescent.Tests.UpdateRules;

namespace GradientDescent.Tests.Wrappers;

/// <summary>The mean of the parameters as the solution.</summary>
public class AveragingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Update_WithEqualWeights_EqualsThePlainLoop(int start)
    {
        for (int length = 1; length <= 20; length++)
        {
            var optimizer = new AveragedOptimizer(new Momentum(0.01, 0.8), WeightAveraging.Polyak(start == 0 ? null
                : Horizon.Steps(start)));
            var inner = new ScalarTwin(length);
            double[] actual = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i))], expected = [.. actual], mean = [], solution =
                new double[length];

            for (int t = 1; t <= 15; t++)
            {
                double[] gradient = [.. Enumerable.Range(0, length).Select(i => Math.Cos(0.7 * i * t + t))];
                optimizer.Update(actual, gradient, 0.01);
                inner.Momentum(expected, gradient, 0.01, 0.8);
                int count = t - Math.Max(start, 1) + 1; // the mean begins with the parameters after step `start`
                if (count == 1)
                    mean = [.. expected];
                for (int i = 0; i < length && count > 1; i++)
                    mean[i] += 1.0 / count * (expected[i] - mean[i]);

                actual.Should().Equal(expected);
                optimizer.CopySolution(actual, solution).Should().Be(count >= 1);
                solution.Should().Equal(count >= 1 ? mean : expected, "step {0}", t);
            }
        }
    }

    [Fact]
    public void Update_WithExponentialWeights_EqualsThePlainLoop()
    {
        var optimizer = new AveragedOptimizer(new SGD(0.5), WeightAveraging.Exponential(0.75));
        double[] actual = [1, 2], expected = [1, 2], mean = [], solution = new double[2];

        for (int t = 0; t < 20; t++)
        {
            double[] gradient = [Math.Sin(t), Math.Cos(t)];
            optimizer.Update(actual, gradient);
            for (int i = 0; i < 2; i++)
                expected[i] -= 0.5 * gradient[i];
            if (t == 0)
                mean = [.. expected];
            for (int i = 0; i < 2 && t > 0; i++)
                mean[i] += (1 - 0.75) * (expected[i] - mean[i]);

            optimizer.CopySolution(actual, solution).Should().BeTrue();
            solution.Should().Equal(mean);
        }
    }

    [Fact]
    public void Update_InALoopOfOnesOwn_BeginsTheMeanByItsOwnCount()
    {
        // Contexts of one's own count no steps. x² at rate 1/4 halves x: 8, 4, 2, 1. The mean begins after step 2: (2 + 1)/2.
        IOptimizer optimizer = new AveragedSGD(0.25, start: Horizon.Steps(2));
        double[] x = [8], solution = new double[1];

        optimizer.Steps(new Quadratic([2], [0]), x, 0, 1);
        optimizer.CopySolution(x, solution).Should().BeFalse();
        for (int t = 0; t < 2; t++)
            optimizer.Step(new Quadratic([2], [0]), x, new double[1]);

        optimizer.CopySolution(x, solution).Should().BeTrue();
        (x[0], solution[0]).Should().Be((1, 1.5));
    }

    [Fact]
    public void Minimize_WithValidation_MeasuresAndReturnsTheMean()
    {
        // Σ (θ − xᵢ)²/2 over the points 0 and 1, one after another, at rate 1/2 from 8: θ = 4, 2.5 | 1.25, 1.125. The mean after each
        // epoch: 3.25, 2.21875.
        var options = new TrainingOptions { Batching = Batching.Mini(1), Order = SampleOrder.Sequential, MaxEpochs = 2 };

        TrainingResult result = new Trainer(new AveragedSGD(0.5), options)
            .Minimize(new HalfSquares([0, 1]), [8.0], validation: new HalfSquares([1]));

        result.History.Select(epoch => epoch.ValidationLoss).Should().Equal(2.25 * 2.25 / 2, 1.21875 * 1.21875 / 2);
        result.Parameters.Should().Equal(2.21875);
        result.StoppedAt.Should().Equal(1.125);
        (result.BestBy, result.BestStep, result.ValidationLoss).Should().Be((BestBy.ValidationLoss, 4L, 1.21875 * 1.21875 / 2));
    }

    [Fact]
    public void Minimize_WithoutValidation_ReturnsTheMeanWhereItIsBetter()
    {
        // At rate 1.75 the parameter jumps from x to −0.75x: the mean is nearer to 0. Far from convergence, 3 steps: 8, −6, 4.5, −3.375;
        // mean −1.625.
        var bowl = new Quadratic([1], [0]);

        TrainingResult result = new Trainer(new AveragedOptimizer(new BatchGD(1.75)), new() { MaxSteps = 3 }).Minimize(bowl, [8]);

        result.Parameters.Should().Equal(-1.625);
        result.Loss.Should().Be(1.625 * 1.625 / 2);
        result.StoppedAt.Should().Equal(-3.375);
    }

    [Fact]
    public void Minimize_ThatConverged_ReturnsTheParametersAsTheyAre()
    {
        TrainingResult result = new Trainer(new AveragedOptimizer(new BatchGD(0.5))).Minimize(new Quadratic([1], [3]), [8]);

        result.Reason.Should().Be(StopReason.Converged);
        result.Parameters.Should().Equal(result.StoppedAt);
        result.GradientNorm.Should().BeLessThanOrEqualTo(1e-6);
    }

    [Fact]
    public void SetState_OfACountThatIsNotWhole_Throws()
    {
        var optimizer = new AveragedSGD();
        optimizer.Update(new double[2], new double[2]);
        OptimizerState state = optimizer.GetState();

        optimizer.Invoking(o => o.SetState(new(state.Algorithm, 1, state.Scalars.SetItem("count", 0.5), state.Vectors, state.Inner)))
            .Should().Throw<ArgumentException>().WithMessage("'count' is 0.5: it must be a whole number of at least 1.*");
    }
}
