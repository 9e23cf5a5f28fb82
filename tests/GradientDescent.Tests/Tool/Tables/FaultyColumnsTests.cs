using System.Globalization;
namespace GradientDescent.Tests.Tool;

/// <summary>Columns with a fault or of another meaning than their fields seem to have, given to the built executable.</summary>
public sealed class FaultyColumnsTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_AutoWithOneTypoAmongNumbers_StopsAtItsLine()
    {
        ToolProcess gd = Fit(300, i => i == 100 ? "l74.7" : FormattableString.Invariant($"{i}.5"), "--auto");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().Be("gd: data.csv, line 102, column 'x': 'l74.7' is not a finite number written with '.'; most fields "
            + "of this column are such numbers. --na \"l74.7\" takes it as missing. --drop COLUMN leaves a column out; "
            + "--as COLUMN=words counts the words of a text.");
        Fit(300, i => i == 100 ? "l74.7" : FormattableString.Invariant($"{i}.5"), "--auto", "--na", "l74.7").ExitCode.Should().Be(0);
    }

    [Fact]
    public void Fit_AutoWithManyFieldsThatAreNoNumbers_LeavesOutAndCountsThem() =>
        Text(Fit(100, i => i % 4 == 0 ? FormattableString.Invariant($"A/{i}") : FormattableString.Invariant($"{10 * i}"), "--auto"))
            .Should().Contain("x: left out, because it has 100 different values in 100 rows, of which 25 fields are no numbers.");

    [Theory]
    [InlineData("2O24-01-05", "{0}-03-{1:00}", "--na \"2O24-01-05\" takes it as missing.")]
    [InlineData("13/32/2024", "3/{1}/{0}", "--na \"13/32/2024\" --date-format \"M/d/yyyy\" takes it as missing.")]
    public void Fit_AutoWithOneTypoAmongDates_StopsAtItsLine(string typo, string format, string advice)
    {
        string DateOf(int i) => string.Format(CultureInfo.InvariantCulture, format, 2000 + i / 28, 1 + i % 28);

        ToolProcess gd = Fit(280, i => i == 7 ? typo : DateOf(i), "--auto");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().StartWith($"gd: data.csv, line 9, column 'x': '{typo}' is not a date such as ").And.Contain(advice);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(280)]
    public void Fit_AutoWithDatesOfAnotherFormat_NamesTheOption(int count) =>
        Text(Fit(count, i => FormattableString.Invariant($"3/{1 + i % 28}/{2000 + i / 28}"), "--auto")).Should().Contain(
            "x: left out, because it looks like dates in the format M/d/yyyy; --date-format \"M/d/yyyy\" uses it.");

    [Fact]
    public void Fit_Codes_AreCategoriesWithAutoAndNamedWithout()
    {
        static string Few(int i) => FormattableString.Invariant($"{1067 + i % 9:00000}");
        static string Many(int i) => FormattableString.Invariant($"{1067 + i % 99:00000}");

        Text(Fit(300, Few, "--auto")).Should()
            .Contain("x: one-hot encoded, because its numbers begin with 0, as codes do; compared with '01067'.");
        Text(Fit(300, Many, "--auto")).Should().Contain("x: left out, because it has 99 different values, and its numbers begin with 0");
        Text(Fit(300, Few)).Should().Contain("x: numbers that begin with 0 look like codes: --as x=category takes them as such.");
        Text(Fit(300, Few, "--as", "x=number")).Should().NotContain("look like codes");
    }

    [Fact]
    public void Fit_AutoWithLongNumbersOfTheirOwn_LeavesThemOut() =>
        Text(Fit(300, i => FormattableString.Invariant($"{100_000_007 + 2_777_777L * i}"), "--auto")).Should()
            .Contain("x: left out, because it has 300 different values in 300 rows, as an identifier has. --as x=number keeps it.");

    [Fact]
    public void Fit_AutoWithTimesOfUnix_KeepsThem() =>
        Text(Fit(300, i => FormattableString.Invariant($"{1_700_000_000 + 3600 * i}"), "--auto")).Should().NotContain("x: left out");

    [Fact]
    public void Fit_MoreThanHalfMissing_IsNamed() =>
        Text(Fit(9, i => i < 5 ? "" : FormattableString.Invariant($"{i}"), "--missing", "mean")).Should()
            .Contain("x: more than half of the values are missing (5 of 9), so its coefficients say little; --drop x leaves it out.");

    [Fact]
    public void Fit_LevelsAndLabelsThatDifferInCase_AreNamed()
    {
        string file = _folder.Write("data.csv", "x,y\nYes,a b\nyes,ab\nYES,c\nNo,c\nNo,ab\n");

        Text(ToolProcess.Run("fit", file, "--target", "y", "--encode", "onehot")).Should()
            .Contain("x: these values differ only in case or blanks and count as different: 'YES', 'Yes', 'yes'.")
            .And.Contain("y: these values differ only in case or blanks and count as different: 'a b', 'ab'.");
    }

    [Fact]
    public void Fit_ConstantTarget_IsNamed() =>
        Text(ToolProcess.Run("fit", _folder.Write("data.csv", "x,y\n1,3\n2,3\n4,3\n"), "--target", "y")).Should()
            .Contain("y is 3 in every row: there is nothing to explain.");

    [Fact]
    public void Fit_SeparableClasses_NamesTheOptionOfThePenalty() =>
        Text(ToolProcess.Run("fit", _folder.Write("data.csv", "x,y\n1,no\n2,no\n3,yes\n4,yes\n"), "--target", "y")).Should()
            .Contain("With a penalty, such as --penalty l2=0.01, the weights are finite.");

    [Fact]
    public void Fit_TestOfAPerfectFit_PrintsNoZeroProbability() =>
        GradientDescent.Tool.NumberText.PValue(0).Should().Be("<1E-300");

    [Fact]
    public void Compare_TextTarget_SaysThatTheTargetMustBeNumbers() =>
        ToolProcess.Run("compare", _folder.Write("data.csv", "x,y\n1,a\n2,b\n3,a\n"), "--target", "y").ErrorLines[^1].Should()
            .EndWith("A linear model needs numbers as its target.");

    [Fact]
    public void Fit_Workbook_AsksForCsv() =>
        ToolProcess.Run("fit", _folder.Write("data.xlsx", "PK\u0003\u0004"), "--target", "y").ErrorLines[^1].Should()
            .Be("gd: data.xlsx is an Excel workbook: save it as CSV UTF-8 there.");

    [Theory]
    [InlineData("empty")]
    [InlineData("drop")]
    public void Predict_NotOneRow_Is1(string how)
    {
        string file = _folder.Write("data.csv", "x,y\n1,2\n2,5\n4,7\n"), model = _folder.PathOf("model.json");
        ToolProcess.Run("fit", file, "--target", "y", "--save", model).ExitCode.Should().Be(0);

        ToolProcess.Run("predict", model, _folder.Write("bad.csv", "x\na\nb\n"), "--bad-rows", how).ExitCode.Should().Be(1);
        ToolProcess.Run("predict", model, _folder.Write("half.csv", "x\na\n1\n"), "--bad-rows", how).ExitCode.Should().Be(0);
    }

    private ToolProcess Fit(int count, Func<int, string> field, params string[] options)
    {
        string rows = string.Concat(Enumerable.Range(0, count).Select(
            i => FormattableString.Invariant($"{field(i)},{i * i % 7},{i * i % 11}\n")));
        return ToolProcess.Run(["fit", _folder.Write("data.csv", $"x,z,y\n{rows}"), "--target", "y", .. options]);
    }

    private static string Text(ToolProcess gd)
    {
        gd.ExitCode.Should().Be(0, gd.Error);
        return gd.Output.ReplaceLineEndings(" ");
    }
}
