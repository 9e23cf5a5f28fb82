using System.Globalization;
using System.Text.RegularExpressions;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary>Files as Excel, pandas and databases write them: the advice of each message is followed, and then the file is read.</summary>
public sealed partial class CsvFormatTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The numbers of x in each file are in the ratio 1 : 2 : 3 : 5, and y is 2, 4, 6, 10: the slope is 2 divided by the unit.
    [Theory]
    [InlineData("x,y\n\"1,200\",2\n\"2,400\",4\n\"3,600\",6\n\"6,000\",10\n", 1200)]
    [InlineData("x,y\n\"1,200.00\",2\n\"2,400.00\",4\n\"3,600.00\",6\n\"6,000.00\",10\n", 1200)]
    [InlineData("x,y\n1 200,2\n2 400,4\n3 600,6\n6 000,10\n", 1200)]
    [InlineData("x,y\n1\u00A0200,2\n2\u202F400,4\n3\u2009600,6\n6 000,10\n", 1200)]
    [InlineData("x,y\n1'200,2\n2'400,4\n3\u2019600,6\n6'000,10\n", 1200)]
    [InlineData("x,y\n12%,2\n24%,4\n36%,6\n60%,10\n", 0.12)]
    [InlineData("x,y\n$15,2\n$30,4\n45,6\n$75,10\n", 15)]
    [InlineData("x,y\n15 €,2\n30 €,4\n45 €,6\n75 €,10\n", 15)]
    [InlineData("x,y\n(12),2\n(24),4\n(36),6\n(60),10\n", -12)]
    [InlineData("x,y\n12 kg,2\n24 kg,4\n36 kg,6\n60 kg,10\n", 12)]
    [InlineData("x,y\n\"1,5\",2\n\"3\",4\n\"4,5\",6\n\"7,5\",10\n", 1.5)]
    [InlineData("x;y\n1,5;2\n3;4\n4,5;6\n7,5;10\n", 1.5)]
    [InlineData("x\ty\n1,5\t2\n3\t4\n4,5\t6\n7,5\t10\n", 1.5)]
    [InlineData("x|y\n1.5|2\n3|4\n4.5|6\n7.5|10\n", 1.5)]
    public void Fit_OptionsThatTheMessageNames_ReadTheFile(string csv, double unit)
    {
        string file = _folder.Write("data.csv", csv);

        (int code, string output, string error) = Run("fit", file, "--target", "y", "--json");

        code.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().NotContain("onehot");
        (code, output, error) = Run(["fit", file, "--target", "y", "--json", .. Advice(error)]);
        code.Should().Be(0, error);
        JsonOutput.Root(output).GetProperty("coefficients")[1].GetProperty("estimate").GetDouble()
            .Should().BeApproximately(2 / unit, 1e-12 / Math.Abs(unit));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("-")]
    [InlineData("Infinity")]
    [InlineData("#DIV/0!")]
    [InlineData("unknown")]
    public void Fit_WordsForMissingValues_AreReadWithTheNamedOptions(string word)
    {
        string file = _folder.Write("data.csv", $"x,y\n1,2\n2,4\n{word},5\n3,6\n");

        (int code, _, string error) = Run("fit", file, "--target", "y");

        code.Should().Be(1);
        error.Should().EndWith(
            $"--na \"{word}\" takes it as missing. --missing mean replaces missing values by the mean of their column.\n");
        (code, string output, error) = Run("fit", file, "--target", "y", "--na", word, "--missing", "mean");
        code.Should().Be(0, error);
        output.Should().Contain("x: missing values replaced by the mean 2: 1.");
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("N/A")]
    [InlineData("#N/A")]
    [InlineData("nan")]
    [InlineData("None")]
    public void Fit_KnownWordsForMissingValues_NeedNoOption(string word)
    {
        string file = _folder.Write("data.csv", $"x,y\n1,2\n2,4\n{word},5\n3,6\n");

        Run("fit", file, "--target", "y").Error.Should().EndWith(
            $"column 'x': the value is missing ('{word}'); --missing mean replaces it by the mean of the column, --missing drop leaves "
            + "out such rows, --auto decides for all columns.\n");
        Run("fit", file, "--target", "y", "--missing", "mean").Code.Should().Be(0);
        Run("fit", file, "--target", "y", "--na", "").Error.Should().Contain($"'{word}' is not a finite number");
    }

    [Theory]
    [InlineData("12:30,12:45,13:00", "'12:30' is a date or a time, not a number")]
    [InlineData("1e999,2,3", "'1e999' is too large: numbers have at most the size 1.7977E+308")]
    [InlineData("\u201312,2,3", "'\u201312' (U+2013 en dash) is not a finite number written with '.'")]
    [InlineData("$15,€12,3", "'$15' is not a finite number written with '.'")]
    public void Fit_NumbersThatNoOptionReads_AreNotEncodedAsText(string values, string message)
    {
        string rows = string.Concat(values.Split(',').Select((value, i) => FormattableString.Invariant($"{value},{i * i}\n")));
        string file = _folder.Write("data.csv", $"x,y\n{rows}");

        Run("fit", file, "--target", "y").Error.Should().Contain($"column 'x': {message}").And.NotContain("onehot");
        Run("fit", file, "--target", "y", "--encode", "onehot").Error.Should().Contain($"column 'x': {message}");
    }

    [Fact]
    public void Fit_Text_IsAllowedByTheNamedOption()
    {
        string file = _folder.Write("data.csv", "x,y\nred,1\nblue,2\nred,3\n");

        Run("fit", file, "--target", "y").Error.Should().EndWith(
            "column 'x': 'red' is not a finite number written with '.'. --encode onehot allows text; --drop x leaves the column out; "
            + "--auto decides for all columns.\n");
        Run("fit", file, "--target", "y", "--encode", "onehot").Code.Should().Be(0);
    }

    [Theory]
    [InlineData("1,2\n2,4\n3,7\n")]
    [InlineData("0.5,-2\n2,4\n3,7\n")]
    [InlineData("1e3,2\n2,4\n3,7\n")]
    public void Fit_FileWithoutNames_IsReadWithTheNamedOption(string csv)
    {
        string file = _folder.Write("data.csv", csv);

        Run("fit", file, "--target", "2").Error.Should().EndWith(
            "--no-header takes the first line as data and calls the columns column1 to column2; --header takes them as names.\n");
        (int code, string output, string error) = Run("fit", file, "--target", "column2", "--no-header", "--json");
        code.Should().Be(0, error);
        JsonOutput.Root(output).GetProperty("samples").GetInt32().Should().Be(3);
        Run("fit", file, "--target", csv[..csv.IndexOf('\n')].Split(',')[1], "--header").Code.Should().Be(0);
    }

    [Fact]
    public void Predict_NamesInAnotherForm_AreFoundAndNumbersHaveTheFormatOfTheFile()
    {
        string model = _folder.PathOf("m.json");
        string data = _folder.Write("data.csv", "\"e\u0301te\u0301\nm2\",y\n1,2\n2,4\n3,6\n");
        Run("fit", data, "--target", "y", "--save", model).Code.Should().Be(0);
        string file = _folder.Write("new.csv", "été m2\u00A0\n\"1,25\"\n");

        Run("predict", model, file).Error.Should().EndWith("--decimal \",\" reads it as 1.25.\n");
        string[] lines = Run("predict", model, file, "--decimal", ",").Output.Split('\n');
        lines[0].Should().Be("prediction");
        lines[1].Should().StartWith("\"").And.EndWith("\""); // because it contains the delimiter
        double.Parse(lines[1].Trim('"').Replace(',', '.'), CultureInfo.InvariantCulture).Should().BeApproximately(2.5, 1e-14);
    }

    private static string[] Advice(string error)
    {
        string last = error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Match advice = NamedOptions().Match(last);
        advice.Success.Should().BeTrue(last);
        return [.. Words().Matches(advice.Value).Select(word => word.Value.Trim('"').Replace("\\t", "\t", StringComparison.Ordinal))];
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = CommandLine.Run(arguments, output, error, terminal: null);
        return (code, output.ToString(), error.ToString());
    }

    [GeneratedRegex("(?<= )--[a-z]+ \"[^\"]+\"(?: --[a-z]+ \"[^\"]+\")*")]
    private static partial Regex NamedOptions();

    [GeneratedRegex("\"[^\"]+\"|--[a-z]+")]
    private static partial Regex Words();
}
