using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary>Random command lines: each ends with a documented exit code, and none with an error in gd itself.</summary>
public sealed class ArgumentFuzzTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RandomCommandLines_EndWithADocumentedExitCode()
    {
        string data = _folder.Write("data.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n"), model = _folder.PathOf("model.json");
        LinearRegression.Fit(Dataset.FromCsv(data, "y")).Save(model);
        string[][] starts = [[], ["fit", data, "--target", "y"], ["predict", model, data], ["compare", "--epochs", "1"]];
        string[] words =
        [
            "fit", "predict", "compare", data, model, _folder.PathOf("none.csv"), _folder.PathOf("no/such/folder"), _folder.PathOf("."),
            "--help", "-h", "-?", "/?", "--version", "--target", "y", "x", "--model", "linear", "softmax", "--optimizer", "adam", "--rate",
            "0.1", "-1", "NaN", "1e999", "--epochs", "2", "0", "99999999999999999999", "--batch", "full", "--schedule", "cosine",
            "--penalty", "l2=0.1", "l1=", "=", "--validate", "0.5", "--seed", "--json", "--json=", "--json=maybe", "--wide", "--encode",
            "onehot", "--missing", "mean", "--save=", "--save=-x", "--save=" + _folder.PathOf("saved.json"), "--save=" + data,
            "--report=", "--report=" + _folder.PathOf("."), "--report=" + _folder.PathOf("r.html"), "--report=" + model, "--output=",
            "--output=" + _folder.PathOf("o.csv"), "--output=" + model, "--delimiter", ";", "\\t", "--decimal", ",", "", " ", "-", "--",
            "---", "-x", "@file", "[suggest]", "[suggest:3]", "[diagram]", "[env:A=B]", "\0", "\ud800", "\u202e", "a\nb", "--target=",
            "--target:y", "--epochs=2", new string('w', 100_000), "--" + new string('w', 100_000), "{0}", "$HOME", "*",
        ];
        var random = new Random(17);
        for (int i = 0; i < 2000; i++)
        {
            List<string> chosen = [.. starts[i % starts.Length]];
            for (int edits = random.Next(5); edits > 0; edits--)
            {
                if (random.Next(4) == 0 && chosen.Count > 0)
                    chosen.RemoveAt(random.Next(chosen.Count));
                else
                    chosen.Insert(random.Next(chosen.Count + 1), words[random.Next(words.Length)]);
            }

            string[] arguments = [.. chosen];
            StringWriter output = new(), error = new();

            int exitCode = CommandLine.Run(arguments, output, error, terminal: null);

            string line = string.Join(' ', arguments.Select(word => word.Length > 100 ? word[..100] + "…" : word));
            exitCode.Should().BeOneOf([0, 1, 2], line + error);
            if (exitCode != 0)
                error.ToString().Should().StartWith("gd: ", line);
            error.ToString().Length.Should().BeLessThan(20_000, line);
            error.ToString().Should().NotContain("   at ", line);
        }

        File.ReadAllText(data).Should().StartWith("x,y\n");
    }

    [Theory]
    [InlineData("--help --version", 2, "--version option cannot be combined with other arguments.")]
    [InlineData("--version --help", 0, "")]
    [InlineData("--version fit", 2, "--version option cannot be combined with other arguments.")]
    [InlineData("fit --version", 2, "There is no option '--version' (write ./--version for a file with this name).")]
    [InlineData("fit --help --version", 0, "")]
    [InlineData("-- fit", 2, "The command 'fit' must be the first argument.")]
    [InlineData("--help --help", 0, "")]
    [InlineData("--version --version", 0, "")]
    public void GlobalOptions_CanBeCombinedInAnyWay(string commandLine, int exitCode, string message)
    {
        StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };

        CommandLine.Run(commandLine.Split(' '), output, error, terminal: null).Should().Be(exitCode);

        error.ToString().Split('\n')[0].Should().Be(message.Length == 0 ? "" : $"gd: {message}");
    }

    [Fact]
    public void AnErrorInTheToolItself_IsOneLineAndHasItsExitCode()
    {
        StringWriter error = new() { NewLine = "\n" };

        CommandLine.Run(["--version"], new Failing(new InvalidOperationException("broken\nin two")), error, terminal: null).Should().Be(70);

        error.ToString().Should().Be("gd: an error in gd itself: InvalidOperationException: broken in two\n");
    }

    [Fact]
    public void OutputThatCannotBeWritten_IsOneLineAndWrongData()
    {
        StringWriter error = new() { NewLine = "\n" };

        CommandLine.Run(["--version"], new Failing(new IOException("full")), error, terminal: null).Should().Be(1);
        CommandLine.Run(["--version"], new Failing(new IOException("full")), new Failing(new IOException("full")), terminal: null)
            .Should().Be(1, "there is no place left to write to");

        error.ToString().Should().Be("gd: full\n");
    }

    /// <summary>A writer that always throws.</summary>
    private sealed class Failing(Exception exception) : StringWriter
    {
        public override void Write(char value) => throw exception;

        public override void Write(char[] buffer, int index, int count) => throw exception;

        public override void Write(string? value) => throw exception;

        public override void WriteLine(string? value) => throw exception;
    }
}
