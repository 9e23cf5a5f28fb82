using GradientDescent.Tests.Selection;

namespace GradientDescent.Tests.Tuning;

public sealed class AutoTrainerTests
{
    private static FeedForwardNetwork Network() =>
        new(ModelTask.Classification, new DenseLayer(4, Activation.Tanh), new DenseLayer(2));

    [Fact]
    public void Fit_LeastSquares_EndsAtTheMinimumWithoutASearch()
    {
        var model = new LinearRegression();

        AutoFit fit = AutoTrainer.Fit(model, SelectionData.Diabetes);

        // The fit by a decorrelated basis is another way to the same minimum. Converged means a loss of at most 1 + 10⁻¹²·κ₂·d/n times the
        // smallest one, where κ₂ is 470 for this table: see TrainingOptions.StandardErrorTolerance.
        LinearFit expected = LinearRegression.Fit(SelectionData.Diabetes);
        fit.Result.Loss.Should().BeApproximately(expected.Result.Loss, 1e-10 * expected.Result.Loss);
        fit.IsConverged.Should().BeTrue();
        fit.Chosen.Optimizer.Should().BeOfType<LBFGS>();
        (fit.Ranges.Length, fit.Rounds.Length).Should().Be((0, 0));
        fit.EpochsSpent.Should().Be(fit.Result.Epochs);
        model.Weights.Should().Equal(fit.Result.Parameters[..^1]);
        fit.ToString().Should().StartWith("LBFGS, batches full: loss 2859.7").And.EndWith("no other rule can have a smaller loss.");
    }

    [Fact]
    public void Fit_ProblemThatIsNotConvex_TriesAllAndTakesTheBest()
    {
        Dataset data = SelectionData.Named("breast cancer", 300);
        FeedForwardNetwork model = Network();

        AutoFit fit = AutoTrainer.Fit(model, Standardized(data), options: new() { Epochs = 10 });

        fit.Ranges.Select(range => range.Optimizer).Should().Equal("Momentum", "Adam", "AdaGrad");
        fit.Rounds[0].Standings.Should().HaveCount(18);
        fit.Result.Loss.Should().Be(Math.Min(fit.Solver.Loss, fit.Rounds[^1].Standings[0].Score));
        fit.EpochsSpent.Should().BeGreaterThan(fit.Rounds.Sum(round => round.Standings.Count(one => !one.IsKept) * round.Epochs));
        fit.Reason.Should().Contain("10 epochs ended before convergence: the gradient norm is ");
        fit.IsConverged.Should().BeFalse();
    }

    [Fact]
    public void Fit_ValidationData_ChooseByTheirLoss()
    {
        AutoFit fit = AutoTrainer.Fit(
            new LinearRegression(), SelectionData.Diabetes, fitOptions: new() { Validation = Validation.HoldOut(0.25) },
            options: new() { Epochs = 6 });

        fit.Rounds.Should().NotBeEmpty();
        fit.Result.ValidationLoss.Should().Be(Math.Min(fit.Solver.ValidationLoss!.Value, fit.Rounds[^1].Standings[0].Score));
        fit.ToString().Should().Contain(": validation loss ");
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_HasTheSameBits()
    {
        Dataset data = Standardized(SelectionData.Named("breast cancer", 100));
        AutoFit One(int threads) => AutoTrainer.Fit(Network(), data, options: new() { Epochs = 4, MaxParallelFits = threads });

        AutoFit first = One(1), second = One(2);

        first.Result.Parameters.Should().Equal(second.Result.Parameters);
        first.Chosen.ToString().Should().Be(second.Chosen.ToString());
        first.Reason.Should().Be(second.Reason);
    }

    [Fact]
    public void Fit_Cancelled_ThrowsAndLeavesTheModel()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var model = new LinearRegression();

        FluentActions.Invoking(() => AutoTrainer.Fit(model, SelectionData.Diabetes, cancellationToken: cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        model.Invoking(one => one.Weights).Should().Throw<InvalidOperationException>("it has no parameters yet");
    }

    [Fact]
    public void Fit_RateFromCurvature_IsRefused() =>
        FluentActions.Invoking(() => AutoTrainer.Fit(
                new LinearRegression(), SelectionData.Diabetes, fitOptions: new() { RateFromCurvature = true }))
            .Should().Throw<ArgumentException>().WithParameterName("RateFromCurvature");

    private static Dataset Standardized(Dataset data)
    {
        double[][] columns = SelectionData.Standardized(data);
        double[][] rows = [.. Enumerable.Range(0, data.SampleCount).Select(i => columns.Select(column => column[i]).ToArray())];
        return Dataset.From(rows, SelectionData.Targets(data));
    }
}
