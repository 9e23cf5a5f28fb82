namespace GradientDescent.Tests.Tool;

/// <summary>The messages of the built executable about wrong command lines.</summary>
public class UsageErrorsTests
{
    private const string FileOfFit = "FILE is missing: a CSV file with column names in the first line.",
        Target = "--target is missing: the column to predict.";

    [Theory]
    [InlineData("fit", "fit houses.csv --target price", FileOfFit, Target)]
    [InlineData("fit a.csv", "fit houses.csv --target price", Target)]
    [InlineData("fit --target y", "fit houses.csv --target price", FileOfFit)]
    [InlineData("fit a.csv --target", "fit houses.csv --target price", "--target has no value: the column to predict.")]
    [InlineData("predict m.json", "predict price.json new.csv", "FILE is missing: data with the columns of the model, in any order.")]
    public void Run_MissingArgument_IsNamedWithAnExample(string commandLine, string example, params string[] missing)
    {
        var gd = ToolProcess.Run(commandLine.Split(' '));

        gd.ExitCode.Should().Be(2);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should()
            .Equal([.. missing.Select(message => $"gd: {message}"), $"Example: gd {example}",
            $"Try 'gd {commandLine.Split(' ')[0]} --help'."]);
    }

    [Theory]
    [InlineData("fot", "There is no command 'fot': did you mean fit?", "gd")]
    [InlineData("compair a.csv --target y", "There is no command 'compair': did you mean compare?", "gd")]
    [InlineData("fti x.csv --target y", "There is no command 'fti': did you mean fit?", "gd")]
    [InlineData("helq", "There is no command 'helq': the commands are fit, predict, compare, rate, runs, convert, nist.", "gd")]
    [InlineData("fit a.csv --target y --interval 0.9", "--interval is an option of gd predict, not of gd fit.", "gd fit")]
    [InlineData("--interval 0.9", "--interval is an option of gd predict: the command comes first.", "gd")]
    [InlineData("fit a.csv --target y --drop id, address",
        "There is one argument too many: 'address'. No blank may follow the comma of 'id,'.", "gd fit")]
    [InlineData("--hlep", "There is no option '--hlep': did you mean --help?", "gd")]
    [InlineData("fit --traget x", "There is no option '--traget': did you mean --target?", "gd fit")]
    [InlineData("fit a.csv --target y --epoch=5", "There is no option '--epoch': did you mean --epochs?", "gd fit")]
    [InlineData("nist --jsn", "There is no option '--jsn': did you mean --json?", "gd nist")]
    [InlineData("fit a.csv b.csv --target y", "There is one argument too many: 'b.csv'.", "gd fit")]
    [InlineData("fit a.csv --target y --model lineal",
        "--model is 'lineal': did you mean linear? It must be one of linear, logistic, softmax.", "gd fit")]
    public void Run_MisspeltWord_SuggestsTheNearest(string commandLine, string message, string command)
    {
        var gd = ToolProcess.Run(commandLine.Split(' '));

        gd.ExitCode.Should().Be(2);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should().Equal($"gd: {message}", $"Try '{command} --help'.");
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help fit", "fit --help")]
    public void Run_Help_IsTheOptionHelp(string commandLine, string option)
    {
        var gd = ToolProcess.Run(commandLine.Split(' '));

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Be(ToolProcess.Run(option.Split(' ')).Output).And.Contain("Exit codes:");
    }
}
