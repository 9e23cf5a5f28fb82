using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Training;

/// <summary>Validation and early stopping of a user's own sum over samples.</summary>
public class OwnValidationTests
{
    [Fact]
    public void Minimize_WithFullBatches_StopsEarlyAndReturnsTheBest()
    {
        // ½(θ − 4)² at rate ½ from −4: 0, 2, 3, 3.5, … Validation at 1.5 is lowest at 2; two epochs later there is no improvement.
        var options = new TrainingOptions { EarlyStopping = new(patience: 2) };

        TrainingResult result = new Trainer(new BatchGD(0.5), options)
            .Minimize(new HalfSquares([4]), [-4.0], validation: new HalfSquares([1.5]));

        result.Reason.Should().Be(StopReason.NoImprovement);
        result.Parameters.Should().Equal(2);
        (result.BestBy, result.BestStep, result.Steps, result.ValidationLoss).Should().Be((BestBy.ValidationLoss, 2L, 4L, 0.125));
        result.History.Select(epoch => epoch.ValidationLoss).Should().Equal(15.125, 1.125, 0.125, 1.125, 2);
    }

    [Fact]
    public void Minimize_WithMiniBatches_MeasuresAtTheEndOfEachEpoch()
    {
        // The points 4 and 0 one after another at rate ½, from 0: 2, 1 | 2.5, 1.25 | 2.625, 1.3125.
        var options = new TrainingOptions { Batching = Batching.Mini(1), Order = SampleOrder.Sequential, MaxEpochs = 3 };

        TrainingResult result = new Trainer(new SGD(0.5), options)
            .Minimize(new HalfSquares([4, 0]), [0.0], validation: new HalfSquares([1.25]));

        result.History.Select(epoch => epoch.ValidationLoss).Should().Equal(0.03125, 0, 0.001953125);
        (result.Parameters[0], result.BestStep, result.ValidationLoss).Should().Be((1.25, 4L, 0.0));
    }

    [Fact]
    public void Minimize_WithAScheduleThatWatches_WatchesTheValidationLoss()
    {
        // The training loss falls at every step, the validation loss rises from the second on: the rate falls.
        var options = new TrainingOptions { MaxSteps = 12, Schedule = new ReduceOnPlateau(patience: 1) };

        TrainingResult result = new Trainer(new BatchGD(0.125), options)
            .Minimize(new HalfSquares([4]), [0.0], validation: new HalfSquares([0]));

        result.History[^1].LearningRate.Should().BeLessThan(0.125);
    }

    [Fact]
    public void Minimize_WithValidationOfAnotherLength_IsRefusedByName() =>
        FluentActions.Invoking(() => new Trainer(new BatchGD())
            .Minimize(new HalfSquares([4]), [0.0], validation: new Penalized([1, 1], [0, 0], null)))
            .Should().Throw<ArgumentException>().WithMessage("The validation objective has 2 parameters: the objective has 1.*");

    [Fact]
    public void CreateRun_ThatMaximizes_RefusesValidationAndPenalties()
    {
        FluentActions.Invoking(() => new Trainer(new BatchGD())
            .CreateRun(new HalfSquares([4]), [0.0], new HalfSquares([1]), maximize: true))
            .Should().Throw<ArgumentException>().WithMessage("*supported only when the objective is minimized*");
        FluentActions.Invoking(() => new Trainer(new BatchGD()).Maximize(new HalfSquares([4], new L2Penalty(1)), [0.0]))
            .Should().Throw<ArgumentException>().WithMessage("*supported only when the objective is minimized*");
    }
}
