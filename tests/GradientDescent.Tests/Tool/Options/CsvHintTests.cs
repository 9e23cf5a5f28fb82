using System.Globalization;
using System.Text;

namespace GradientDescent.Tests.Tool;

/// <summary>Files as spreadsheets of other countries write them, given to the built executable.</summary>
public sealed class CsvHintTests : IDisposable
{
    private const string European = "Größe;\"Preis; in €\";Ort nr\r\n1,5;2,25;1\r\n2,5;3,75;2\r\n4,5;7,0;2\r\n5,5;8,0;1\r\n\r\n\r\n";

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fit")]
    [InlineData("compare")]
    public void Run_MarkOfUtf8SemicolonsCommasQuotesReturnsAndEmptyLines_ReadsThem(string verb)
    {
        string file = _folder.PathOf("haus.csv");
        File.WriteAllText(file, European, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var gd = ToolProcess.Run(verb, file, "--target", "Preis; in €", "--delimiter", ";", "--decimal", ",", "--json");

        // Prices of the two towns: slope by size 1.475, town 2 dearer by 0.25; residuals ±0.075 and ±0.15, so the loss is (2·0.075² +
        // 2·0.15²)/4.
        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Should().Contain("\"samples\": 4").And.Contain("Preis; in €");
        double loss = verb == "fit" ? JsonOutput.Number(gd.Output, "run", "loss") : JsonOutput.Number(gd.Output, "optimum", "loss");
        loss.Should().BeApproximately(0.0140625, 1e-13);
    }

    [Theory]
    [InlineData("fit", "a;b\n1,5;2\n2,5;3\n", "b", "Does it need --delimiter \";\" --decimal \",\"?")]
    [InlineData("compare", "a;b\n1,5;2\n2,5;3\n", "b", "Does it need --delimiter \";\" --decimal \",\"?")]
    [InlineData("fit", "a;b\n1.5;2\n2.5;3\n", "b", "Does it need --delimiter \";\"?")]
    [InlineData("fit", "a\tb\n1\t2\n2\t3\n", "b", "Does it need --delimiter \"\\t\"?")]
    [InlineData("compare", "a|b\n1|2\n2|3\n", "b", "Does it need --delimiter \"|\"?")]
    [InlineData("fit", "\"a,b\";c\n1;2\n2;3\n", "c", "Does it need --delimiter \";\"?")]
    [InlineData("fit", "a;b\n1,250;2\n2,500;3\n", "b", "Does it need --delimiter \";\" --thousands \",\" (reads '1,250' as 1250) or " +
        "--delimiter \";\" --decimal \",\" (reads '1,250' as 1.25)?")]
    [InlineData("compare", "a;b\n1,250;2\n0,500;3\n", "b", "Does it need --delimiter \";\" --decimal \",\"?")]
    [InlineData("fit", "a;c;b\n1,250;0,5;2\n2,500;1,5;3\n", "b", "Does it need --delimiter \";\" --decimal \",\"?")]
    [InlineData("fit", "a;c;b\n1,250;0.5;2\n2,500;1.5;3\n", "b", "Does it need --delimiter \";\" --thousands \",\"?")]
    [InlineData("fit", "a;c;b\n12 €;5%;2\n14 €;7%;3\n", "b", "Does it need --delimiter \";\" --mark \"€\" --mark \"%\"?")]
    [InlineData("fit", "a;c;b\n12 €;1.250,5;2\n14 €;7;3\n", "b",
        "Does it need --delimiter \";\" --decimal \",\" --thousands \".\" --mark \"€\"?")]
    [InlineData("fit", "a,b\n1,2\n2,3\n", "B", "Did you mean 'b'?")]
    [InlineData("compare", "price,size\n1,2\n2,3\n", "prise", "Did you mean 'price'?")]
    [InlineData("fit", "Preis,a\n1,2\n2,3\n", "preis", "Did you mean 'Preis'?")]
    public void Run_AFileWrittenOtherwise_NamesTheOptionsThatReadIt(string verb, string csv, string target, string hint)
    {
        var gd = ToolProcess.Run(verb, _folder.Write("data.csv", csv), "--target", target);

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should().ContainSingle().Which.Should().StartWith("gd: data.csv").And.EndWith(hint);
    }

    // y = a + 10 b.
    [Theory]
    [InlineData("a;b\n1;2\n", " --delimiter \";\"", "21")]
    [InlineData("b;a\n2;1\n", " --delimiter \";\"", "21")]
    [InlineData("a\tb\n1\t2\n", " --delimiter \"\\t\"", "21")]
    [InlineData("a|b|id\n1|2|7\n", " --delimiter \"|\"", "21")]
    [InlineData("a;b\n1,5;2\n", " --delimiter \";\" --decimal \",\"", "21,5")]
    [InlineData("a;b;id\n1,5;2;x\n", " --delimiter \";\" --decimal \",\"", "21,5")]
    [InlineData("a;b\n1 €;2\n", " --delimiter \";\" --mark \"€\"", "21")]
    public void Predict_AFileWithAnotherDelimiter_NamesTheOptionsThatReadIt(string csv, string options, string prediction)
    {
        string train = _folder.Write("train.csv", "a,b,y\n1,1,11\n2,1,12\n1,3,31\n4,2,24\n"), model = _folder.PathOf("m.json");
        ToolProcess.Run("fit", train, "--target", "y", "--save", model).ExitCode.Should().Be(0);
        string file = _folder.Write("new.csv", csv);

        var gd = ToolProcess.Run("predict", model, file);

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines.Should().ContainSingle().Which.Should().EndWith($" Does it need{options}?");
        string[] arguments = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Trim('"'))];
        var again = ToolProcess.Run(["predict", model, file, .. arguments]);
        again.ExitCode.Should().Be(0, again.Error);
        string number = again.Output.Split('\n')[1].Replace(',', '.');
        double.Parse(number, CultureInfo.InvariantCulture).Should().BeApproximately(
            double.Parse(prediction.Replace(',', '.'), CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public void Compare_MissingValue_NamesNothingThatOnlyProgramsHave() =>
        ToolProcess.Run("compare", _folder.Write("data.csv", "x,y\n1,2\n,4\n"), "--target", "y").ErrorLines[^1].Should()
            .Be("gd: data.csv, line 3, column 'x': the value is missing; --missing mean replaces it by the mean of the column, --missing "
                + "drop leaves out such rows, --auto decides for all columns.");

    [Theory]
    [InlineData("a,b\n1,2\n2\n", "b")]
    [InlineData("a,b\n1,2\n2,3\n", "price")]
    [InlineData("a\n1\n2\n", "a")]
    public void Run_AFileWithOtherFaults_IsNotGuessedAt(string csv, string target)
    {
        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", csv), "--target", target);

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().EndWith(".").And.NotContain("?");
    }

    [Fact]
    public void Fit_TargetWithDecimalCommas_IsNoSetOfLabelsUnlessAskedFor()
    {
        string file = _folder.Write("data.csv", "a;b\n1;2,5\n2;3\n3;1,5\n");

        var refused = ToolProcess.Run("fit", file, "--target", "b", "--delimiter", ";");
        var asked = ToolProcess.Run("fit", file, "--target", "b", "--delimiter", ";", "--model", "softmax");

        refused.ExitCode.Should().Be(1);
        refused.ErrorLines.Should().ContainSingle().Which.Should()
            .EndWith("column 'b': '2,5' is not a finite number written with '.'. --decimal \",\" reads it as 2.5. "
                + "--model softmax takes such values as labels.");
        asked.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("1.234,50", "980,25", "2.100.000,00", ",")]
    [InlineData("1,234.50", "980.25", "2,100,000", ".")]
    [InlineData("1'234.50", "1\u2019300", "2\u00A0100\u202F000.5", ".")]
    public void Fit_TargetWithMarksBetweenThousands_IsNoSetOfLabelsUnlessAskedFor(string first, string second, string third,
        string decimalSeparator)
    {
        string file = _folder.Write("data.csv", $"a;b\n1;{first}\n2;{second}\n3;{third}\n");
        string[] command = ["fit", file, "--target", "b", "--delimiter", ";", "--decimal", decimalSeparator];

        var refused = ToolProcess.Run(command);
        var asked = ToolProcess.Run([.. command, "--model", "softmax"]);

        refused.ExitCode.Should().Be(1);
        refused.ErrorLines.Should().ContainSingle().Which.Should()
            .Contain($"column 'b': '{first}' is not a finite number").And.EndWith("--model softmax takes such values as labels.");
        asked.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Fit_TargetOfVersions_IsLabels()
    {
        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", "a,b\n1,1.2.3\n2,1.2.4\n3,1.2.3\n"), "--target", "b");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines[0].Should().Contain("logistic").And.Contain("two labels");
    }

    [Theory]
    [InlineData("größe,preis\n1,2\n2,3\n")]
    [InlineData("size,preis\n1,grün\n2,rot\n")]
    public void Fit_ByteOfAnotherEncoding_AsksForUtf8(string csv)
    {
        string file = _folder.PathOf("data.csv");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(csv));

        var gd = ToolProcess.Run("fit", file, "--target", "preis");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines.Should().ContainSingle().Which.Should().EndWith("save it as UTF-8, which Excel calls CSV UTF-8.");
    }

    [Theory]
    [InlineData("fit", "x,x,y\n1,2,3\n", "the column name 'x' occurs 2 times: names must differ.")]
    [InlineData("compare", "x,x,y\n1,2,3\n", "the column name 'x' occurs 2 times: names must differ.")]
    [InlineData("fit", "x,y\r\n", "there are no rows below the column names: at least one is needed.")]
    [InlineData("compare", "x,y\r\n", "there are no rows below the column names: at least one is needed.")]
    [InlineData("fit", "y\n1\n2\n5\n",
        "has no column for features: no column besides the target is left. At least one feature is needed.")]
    [InlineData("compare", "y\n1\n2\n5\n",
        "has no column for features: no column besides the target is left. At least one feature is needed.")]
    public void Run_NothingToLearnFrom_SaysSo(string verb, string csv, string message)
    {
        var gd = ToolProcess.Run(verb, _folder.Write("data.csv", csv), "--target", "y");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().EndWith(message);
    }

    [Fact]
    public void Fit_ConstantTarget_IsThatConstant()
    {
        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", "x,y\n1,7\n2,7\n3,7\n"), "--target", "y");

        gd.ExitCode.Should().Be(0);
        gd.Output.Split('\n').Should().Contain(line => line.StartsWith("(intercept)         7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1e-200, 1e-150)]
    [InlineData(1e200, 1e150)]
    public void Fit_TinyOrHugeNumbers_AreFittedInTheirUnits(double unitOfX, double unitOfY)
    {
        // In these units x = 1, 2, 3 and y = 1, 3, 4: slope 3/2, intercept −1/3.
        string csv = FormattableString.Invariant($"x,y\n{unitOfX},{unitOfY}\n{2 * unitOfX},{3 * unitOfY}\n{3 * unitOfX},{4 * unitOfY}\n");

        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", csv), "--target", "y", "--json");

        gd.ExitCode.Should().Be(0, gd.Error);
        double[] estimates = [.. JsonOutput.Root(gd.Output).GetProperty("coefficients").EnumerateArray()
            .Select(c => c.GetProperty("estimate").GetDouble())];
        (estimates[0] / unitOfY).Should().BeApproximately(-1.0 / 3, 1e-12);
        (estimates[1] / (unitOfY / unitOfX)).Should().BeApproximately(1.5, 1e-12);
    }
}
