using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

/// <summary>Charts of runs and of curves.</summary>
public class CurveChartTests
{
    [Fact]
    public void Loss_HasTheLossesOverTheCompletedEpochs()
    {
        double[] losses = [0.1, 1.0 / 3, 2e-17];

        var figure = new DrawnFigure(Charts.Loss(ShownRuns.Of("a", losses), ShownRuns.Of("b", 5)));

        DrawnFigure.Y(figure.Of("a").Single()).Should().Equal(losses);
        DrawnFigure.X(figure.Of("a").Single()).Should().Equal(0, 1, 2);
        DrawnFigure.Y(figure.Of("b").Single()).Should().Equal(5);
        ((string?)figure.Of("b").Single()["mode"]).Should().Be("lines+markers", "one point alone is no line");
        figure.IsLogarithmic("yaxis").Should().BeTrue();
    }

    [Fact]
    public void Loss_OfARunWithLossesOverAllSamples_ShowsThose()
    {
        ReportRun run = ShownRuns.Of("a", 3, 2, 1);
        var full = new ReportRun("full", new TrainingResult
        {
            Steps = 6,
            Epochs = 3,
            History = [.. run.Result.History.Select(epoch => epoch with { FullLoss = epoch.Loss / 8, ValidationLoss = epoch.Loss * 4 })],
        });

        var figure = new DrawnFigure(Charts.Loss(full));

        DrawnFigure.Y(figure.Of("full")[0]).Should().Equal(0.375, 0.25, 0.125);
        DrawnFigure.Y(figure.Of("full")[1]).Should().Equal(12, 8, 4);
        ((string?)figure.Of("full")[1]["line"]!["dash"]).Should().NotBeNull("losses on validation data are dashed");
        ((string?)figure.Of("full")[0]["line"]!["dash"]).Should().BeNull();
        Charts.Loss(full).Description.Should().NotContain("mini-batches");
        Charts.Loss(run).Description.Should().EndWith("Losses of mini-batches are means over the batches of an epoch.");
    }

    [Theory]
    [InlineData(new[] { 3.0, -0.1 }, false)]
    [InlineData(new[] { 3.0, 0 }, true)]
    public void Loss_WithANegativeValue_IsOnALinearScale(double[] losses, bool isLogarithmic) =>
        new DrawnFigure(Charts.Loss(ShownRuns.Of("a", losses))).IsLogarithmic("yaxis").Should().Be(isLogarithmic);

    [Fact]
    public void Loss_OfARunThatDiverges_LeavesTheOthersReadable()
    {
        // The axis ends at ten thousand times the largest first loss, 2; the diverging line goes on above it.
        var figure = new DrawnFigure(Charts.Loss(ShownRuns.Of("good", 1, 0.5),
            ShownRuns.Of("bad", 2, 1e4, 1e290, double.PositiveInfinity)));

        figure.Range("yaxis")[1].Should().BeInRange(4, Math.Log10(2e4));
        DrawnFigure.Y(figure.Of("bad").Single()).Should().Equal(2, 1e4, 1e290, double.NaN);
    }

    [Fact]
    public void LossAbove_IsTheDifference_WithoutWhatIsNotAbove() =>
        DrawnFigure.Y(new DrawnFigure(Charts.LossAbove(0.25, ShownRuns.Of("a", 1, 0.25, 0.125, 0.5))).Of("a").Single())
            .Should().Equal(0.75, double.NaN, double.NaN, 0.25);

    [Fact]
    public void LossAbove_AnOptimumThatIsNotFinite_IsRefused() =>
        FluentActions.Invoking(() => Charts.LossAbove(double.NaN, ShownRuns.Of("a", 1))).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("optimum is NaN*");

    [Fact]
    public void GradientNormAndLearningRate_HaveTheReportsOfTheSteps()
    {
        (ReportRun run, _) = ShownRuns.InAValley("a", new Adam(0.05));

        DrawnFigure.Y(new DrawnFigure(Charts.GradientNorm(run, ShownRuns.Of("without", 1))).Of("a").Single()).Should()
            .Equal(run.Reports.Select(report => report.GradientNorm));
        DrawnFigure.Y(new DrawnFigure(Charts.LearningRate(run)).Of("a").Single()).Should()
            .Equal(run.Reports.Select(report => report.LearningRate));
        new DrawnFigure(Charts.GradientNorm(run, ShownRuns.Of("without", 1))).Of("without").Should().BeEmpty();
    }

    [Fact]
    public void LearningRate_OfRunsWithDifferentEpochs_IsByEpoch()
    {
        (ReportRun full, _) = ShownRuns.InAValley("full", new Adam(0.05)); // one step in each epoch

        Charts.LearningRate(full, ShownRuns.Of("mini", 2, 1)).Description.Should().StartWith("Learning rate by epoch");
        Charts.LearningRate(full).Description.Should().StartWith("Learning rate by step");
    }

    [Fact]
    public void Schedules_HaveTheirFactorsInOnePanelEach()
    {
        var schedule = new CosineDecay(Horizon.Fraction(1));

        var figure = new DrawnFigure(Charts.Schedules(5, 1, ("a", schedule), ("b", schedule)));

        // (1 + cos πt/5)/2 at t = 0, …, 4; cosines of the five-fold angle by the golden ratio φ: cos 36° = φ/2, cos 72° = (φ − 1)/2.
        double golden = (1 + Math.Sqrt(5)) / 2;
        double[] expected = [1, (1 + golden / 2) / 2, (1 + (golden - 1) / 2) / 2, (1 - (golden - 1) / 2) / 2, (1 - golden / 2) / 2];
        foreach (double[] y in figure.Traces.Select(DrawnFigure.Y))
            y.Zip(expected, (actual, exact) => Math.Abs(actual - exact))
                .Should().OnlyContain(error => error < 1e-15); // a few roundings of numbers up to 1
        figure.Traces.Select(trace => (string?)trace["xaxis"]).Should().Equal("x", "x2");
    }

    [Fact]
    public void Curves_HaveTheirValuesAndALogarithmWhereValuesSpanAHundred()
    {
        var figure = new DrawnFigure(Charts.Curves("t", "x", "y", ("a", [1, 2, 100], [0.1, 0.2, 0.3]), ("b", [3, 4], [0.5, double.NaN])));

        DrawnFigure.X(figure.Of("a").Single()).Should().Equal(1, 2, 100);
        DrawnFigure.Y(figure.Of("b").Single()).Should().Equal(0.5, double.NaN);
        figure.IsLogarithmic("xaxis").Should().BeTrue();
        figure.IsLogarithmic("yaxis").Should().BeFalse();
        figure.Range("xaxis").Should().Equal(0, 2);
    }

    [Fact]
    public void Charts_OfNothingOrOfDifferentLengths_SayWhatIsWrong()
    {
        Message(() => Charts.Loss()).Should().StartWith("runs is empty: there is nothing to draw.");
        Message(() => Charts.Curves("t", "x", "y")).Should().StartWith("curves is empty");
        Message(() => Charts.Curves("t", "x", "y", ("a", [1, 2], [1]))).Should().StartWith("curves has 1 values, curves has 2");
        Message(() => Charts.Predictions([1, 2], [1]))
            .Should().StartWith("targets has 1 values, predictions has 2: the counts must be equal.");
        Message(() => Charts.Contours("none", TestFunctions.Beale, ("x", 0, 1), ("y", 2, 2)))
            .Should().StartWith("y is from 2 to 2: it must be a finite range.");
        Message(() => Charts.Race(TestFunctions.Beale)).Should().StartWith("paths is empty");
        Message(() => Charts.ConfusionMatrix(["a", "b"], [0, 2], [0, 0])).Should().StartWith("actual[1] is 2: it must be from 0 to 1.");
        Message(() => Charts.Schedules(1, 1, ("a", new CosineDecay(Horizon.Steps(1))))).Should().Contain("plannedSteps");
        Message(() => Charts.Loss(ShownRuns.Of("a", 1)).SaveImage("loss.gif"))
            .Should().StartWith("path is 'loss.gif': it must end with .svg or .png.");

        static string Message(Action act) => Cultures.MessageInEveryCulture(act);
    }
}
