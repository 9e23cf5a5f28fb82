using System.Globalization;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

public class CommandLineTests
{
    [Theory]
    [InlineData("fit", "fit")]
    [InlineData("compare --epoch 5", "--epoch")]
    [InlineData("compare --epochs", "--epochs")]
    [InlineData("compare --epochs 0", "from 1 to")]
    [InlineData("compare --epochs 1.5", "1.5")]
    [InlineData("compare --epochs 99999999999", "99999999999")]
    [InlineData("compare --seed x", "--seed")]
    [InlineData("compare houses.csv", "--target")]
    [InlineData("compare --target price", "FILE")]
    [InlineData("compare a.csv b.csv --target price", "b.csv")]
    [InlineData("compare --delimiter ab", "ab")]
    [InlineData("compare --delimiter 5", "--delimiter")]
    [InlineData("compare --decimal ;", "--decimal")]
    [InlineData("compare --thousands .", "--thousands")]
    public void Run_WrongUsage_Is2AndNamesTheCulpritAndTheHelp(string commandLine, string culprit)
    {
        (int exitCode, string output, string error) = Run(commandLine.Split(' '));

        exitCode.Should().Be(2);
        output.Should().BeEmpty();
        error.Should().Contain(culprit).And.EndWith("--help'.\n");
    }

    [Theory]
    [InlineData("", "data.csv is empty: its first line must hold the column names.")]
    [InlineData("x,y\n1,2\n", "data.csv has no column 'price': its columns are x, y.")]
    [InlineData("x,price\n1,2\n3,cheap\n", "data.csv, line 3, column 'price': 'cheap'")]
    [InlineData("x,price\n,2\n", "data.csv, line 2, column 'x'")]
    [InlineData("x,price\n1,1e200\n2,2e200\n", "'price' are too large")]
    [InlineData("x,price\n1,\u001b[2J\n", "column 'price'")]
    public void Run_WrongData_Is1AndOneLine(string csv, string message)
    {
        using var file = new TemporaryFile("data.csv", csv);

        (int exitCode, string output, string error) = Run("compare", file.Path, "--target", "price", "--epochs", "1");

        exitCode.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().Contain(message).And.NotContain("\u001b");
        error.TrimEnd('\n').Should().NotContain("\n");
    }

    [Fact]
    public void Run_DirectoryAsFile_Is1()
    {
        (int exitCode, _, string error) = Run("compare", Path.GetTempPath(), "--target", "y");

        exitCode.Should().Be(1);
        error.Should().Contain("is a directory");
    }

    [Theory]
    [InlineData("groesse;preis\n1,5;2,25\n2,5;3,75\n4,5;7,0\n", ";")]
    [InlineData("groesse\tpreis\n1,5\t2,25\n2,5\t3,75\n4,5\t7,0\n", "\\t")]
    public void Run_DecimalCommas_ReadsThem(string csv, string delimiter)
    {
        using var file = new TemporaryFile("haus.csv", csv);

        (int exitCode, string output, _) =
            Run("compare", file.Path, "--target", "preis", "--delimiter", delimiter, "--decimal", ",", "--epochs", "1");

        // Σ(x − x̄)² = 14/3, Σ(x − x̄)(y − ȳ) = 89/12, Σ(y − ȳ)² = 283/24: the loss is (283/24 − (89/12)²/(14/3))/3 = 1/672.
        exitCode.Should().Be(0);
        PrintedTable.Parse(output).Number(8, "loss").Should().Be(0.00148810);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Run_OtherCulture_PrintsTheSame(string culture)
    {
        string[] arguments = ["compare", "--epochs", "2", "--wide"];
        var expected = PrintedTable.Parse(Run(arguments).Output);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            PrintedTable.Parse(Run(arguments).Output).Timeless.Should().Equal(expected.Timeless);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Run_OtherSeed_DrawsOtherSamples()
    {
        string[] arguments = ["compare", "--epochs", "2"];

        var first = PrintedTable.Parse(Run([.. arguments, "--seed", "0"]).Output);
        var second = PrintedTable.Parse(Run([.. arguments, "--seed", "1"]).Output);

        second.Cell(0, "loss").Should().Be(first.Cell(0, "loss"));
        second.Cell(1, "loss").Should().NotBe(first.Cell(1, "loss"));
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int exitCode = CommandLine.Run(arguments, output, error, terminal: null);
        return (exitCode, output.ToString(), error.ToString());
    }

    private sealed class TemporaryFile : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gd");

        public TemporaryFile(string name, string text)
        {
            Path = System.IO.Path.Combine(_directory.FullName, name);
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
