using System.Text;
using GradientDescent.Tests.Tool;

namespace GradientDescent.Tests.Tables;

/// <summary>Columns in which most rows have a value of their own: no levels and no classes.</summary>
public sealed class OwnValuesCsvTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("A{0}")]
    [InlineData("<{0}")]
    [InlineData("{0}/100")]
    [InlineData("name {0}x")]
    [InlineData("{0}00 m2 net")]
    public void Run_MostRowsHaveAValueOfTheirOwn_IsNeitherLevelNorClass(string form)
    {
        string csv = "x,y\n" + string.Concat(Enumerable.Range(10, 12).Select(i => $"{string.Format(null, form, i)},{i * i % 7}\n"));
        string file = _folder.Write("data.csv", csv);
        string examples = string.Join(", ", Enumerable.Range(10, 3).Select(i => $"'{string.Format(null, form, i)}'"));

        var level = ToolProcess.Run("fit", file, "--target", "y", "--encode", "onehot");
        var plain = ToolProcess.Run("fit", file, "--target", "y");
        var label = ToolProcess.Run("fit", file, "--target", "x");
        var asked = ToolProcess.Run("fit", file, "--target", "x", "--model", "softmax");

        level.ExitCode.Should().Be(1);
        level.ErrorLines[^1].Should().EndWith($"column 'x' has 12 different values in 12 rows, such as {examples}: it looks like an "
            + "identifier, a date or numbers with text. Leave it out, convert it to numbers, or count the words of a text "
            + "(ColumnEncoding.Words). --drop COLUMN leaves a column out; --as COLUMN=words counts the words of a text; --auto leaves "
            + "out all that are no features.");
        plain.ErrorLines[^1].Should().NotContain("onehot");
        label.ExitCode.Should().Be(1);
        label.ErrorLines[^1].Should().Contain($"column 'x' has 12 different values in 12 rows, such as {examples}")
            .And.EndWith("--model softmax takes such values as labels.");
        asked.ExitCode.Should().Be(0, asked.Error);
    }

    [Theory]
    [InlineData(10, 1)] // few levels
    [InlineData(11, 2)] // half as many as rows
    [InlineData(12, 3)]
    public void From_FewerLevels_AreEncoded(int levels, int rowsOfEach)
    {
        string csv = "x\n" + string.Concat(Enumerable.Range(0, levels * rowsOfEach).Select(i => $"A{i % levels}\n"));

        FeatureEncoding.From(Read(csv)).FeatureNames.Should().HaveCount(levels - 1);
    }

    [Theory]
    [InlineData("0.-", "500.-", "1,000.-")]
    [InlineData("=95", "=96", "=\"97\"")]
    [InlineData("~5", "~6", "~7.5")]
    [InlineData("12,-", "13,\u2013", "14.\u2014")]
    [InlineData("'95", "'96", "'97")]
    [InlineData("12 m2", "13 m2", "14.5 m2")]
    public void Fit_TargetOfNumbersWithText_IsRefusedUnlessSoftmaxIsAskedFor(string first, string second, string third)
    {
        string[] fields = [first, second, third];
        string csv = "x,y\n" + string.Concat(fields.Select((field, i) => $"{i * i},\"{field.Replace("\"", "\"\"")}\"\n"));
        string file = _folder.Write("data.csv", csv);

        var refused = ToolProcess.Run("fit", file, "--target", "y");
        var asked = ToolProcess.Run("fit", file, "--target", "y", "--model", "softmax");

        refused.ExitCode.Should().Be(1);
        refused.ErrorLines[^1].Should().Contain("column 'y'").And.EndWith("--model softmax takes such values as labels.");
        asked.ExitCode.Should().Be(0, asked.Error);
    }

    [Theory]
    [InlineData("m2", "1104.64 m2", 1104.64)]
    [InlineData("m2", "-7m2", -7)]
    [InlineData("cm3", "12cm3", 12)]
    [InlineData("CO2", "3 CO2", 3)]
    public void Marks_DigitBehindALetter_StandsAfterTheNumber(string mark, string field, double expected)
    {
        var options = new CsvOptions { Marks = [mark] };

        Read($"x\n{field}\n", options).Numbers("x").Should().Equal(expected);
        Read("x\n1\n", options).NumberOf($"{mark}5").Should().BeNull();
        Read($"x\n{field}\n{field}\n").SuggestOptions("x").Should().Equal(options);
    }

    [Theory]
    [InlineData("2024Q1")]
    [InlineData("Q3 2024")]
    [InlineData("2024-W05")]
    public void From_QuartersAndWeeks_AreDates(string date) =>
        FluentActions.Invoking(() => FeatureEncoding.From(Read($"x\n{date}\n2023-02\n{date}\n"))).Should().Throw<InvalidDataException>()
            .WithMessage($"data.csv, line 2, column 'x': '{date}' is a date or a time, not a number; *");

    private static CsvTable Read(string text, CsvOptions? options = null)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvTable.Read(file, "data.csv", options);
    }
}
