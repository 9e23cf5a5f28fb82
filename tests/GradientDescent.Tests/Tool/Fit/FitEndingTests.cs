using System.Globalization;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary>What <c>gd fit</c> says about a run that did not end at a best fit: one line on standard error, and exit code 0.</summary>
public sealed class FitEndingTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RunThatOnlyGetsWorse_ReturnsTheStartAndSaysIt()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "minibatchsgd", "--rate", "0.3",
            "--validate", "0.2", "--epochs", "6");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines[^1].Should().StartWith("gd: MaxEpochs after 72 steps, 6 epochs: ").And.Contain("ended worse than it began")
            .And.Contain("No step was better than the start, which is returned.");
        // R² of the mean: 0 on the training samples.
        gd.Output.Split('\n').Single(line => line.StartsWith("training", StringComparison.Ordinal)).Should()
            .MatchRegex(@"^training +354 +0 ");
    }

    [Fact]
    public void DivergedRun_SaysThatTheModelIsTheStart()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "minibatchsgd", "--rate", "0.3",
            "--validate", "0.2", "--epochs", "30");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines[^1].Should().Be("gd: the run diverged; the model is the start: no step was better.");
    }

    [Fact]
    public void FitOfNearlySeparatedClasses_IsTheBestFitAndSaysNothingOnStandardError()
    {
        // y is 1 from 2000 on, but four labels near it are turned.
        int[] turned = [1990, 1995, 2001, 2007];
        string rows = string.Concat(Enumerable.Range(0, 5000)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i >= 2000 != turned.Contains(i) ? 1 : 0)}\n")));
        string file = _folder.Write("near.csv", "x,y\n" + rows);

        var text = ToolProcess.Run("fit", file, "--target", "y", "--model", "logistic");

        text.ExitCode.Should().Be(0);
        text.Output.Should().Contain("best fit").And.NotContain("unfinished");
        text.ErrorLines.Should().BeEmpty();
    }

    [Theory]
    [InlineData(StopReason.Converged, "best fit")]
    [InlineData(StopReason.Separable, "no best fit: separable classes")]
    [InlineData(StopReason.MaxSteps, "unfinished fit")]
    [InlineData(StopReason.OptimizerStopped, "unfinished fit")]
    [InlineData(StopReason.Cancelled, "unfinished fit")]
    public void TitleOfAFit_TellsHowItEnded(StopReason reason, string expected)
    {
        TrainingResult result = LogisticRegression.Fit([1, 2, 3, 4], [false, true, false, true]).Result;

        new FitSettings(null, new TrainingOptions(), new FitOptions(), null)
            .NameOf(result.With(copy => copy.Stop = result.Stop with { Reason = reason })).Should().Be(expected);
    }

    [Fact]
    public void SolverWithoutARate_RefusesRateAndSchedule()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "lbfgs", "--rate", "0.3",
            "--schedule", "cosine");

        gd.ExitCode.Should().NotBe(0);
        gd.Error.Should().Contain("--rate does not apply: lbfgs").And.Contain("--schedule does not apply: lbfgs");
        ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "lbfgs").Output.Should().Contain("Converged");
    }

    [Theory]
    [InlineData("l1=10", 3)] // L1 at this strength leaves 3 of the 10 coefficients at 0, as docs/training.md shows
    [InlineData("l2=1", 0)]
    public void FitWithAPenaltyButNoOptimizer_IsTheBestPenalizedModel(string penalty, int zeros)
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--penalty", penalty);

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Contain("best fit");
        gd.Output.Split('\n').Count(line => line.TrimEnd().EndsWith("  0", StringComparison.Ordinal)).Should().Be(zeros);
    }
}
