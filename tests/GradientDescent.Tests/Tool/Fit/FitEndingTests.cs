using System.Globalization;

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
    public void FitAtItsLimit_IsUnfinished_InTitleTextAndOnStandardError()
    {
        // Nearly separated classes: y is 1 from 2000 on, but four labels near it are turned. 10,000 steps are not enough.
        int[] turned = [1990, 1995, 2001, 2007];
        string rows = string.Concat(Enumerable.Range(0, 5000)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i >= 2000 != turned.Contains(i) ? 1 : 0)}\n")));
        string file = _folder.Write("near.csv", "x,y\n" + rows);

        var text = ToolProcess.Run("fit", file, "--target", "y", "--model", "logistic");

        text.ExitCode.Should().Be(0);
        text.Output.Should().Contain("unfinished fit").And.NotContain("best fit").And.Contain("Unfinished: ");
        text.ErrorLines.Should().ContainSingle().Which.Should().StartWith("gd: MaxSteps after 10000 steps").And.Contain("Unfinished: ");
    }
}
