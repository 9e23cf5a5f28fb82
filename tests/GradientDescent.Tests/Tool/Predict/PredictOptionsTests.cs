using System.Globalization;
using System.Text.Json;

namespace GradientDescent.Tests.Tool;

/// <summary>What <c>gd predict</c> writes beside the prediction, and what it does with rows that it cannot predict.</summary>
public sealed class PredictOptionsTests : IDisposable
{
    private const string Mixed = "name,x,kind\n\"a, b\",1,red\nc,two,red\nd,3,blue\ne,4,green\n";

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keep_Columns_ComeFirstAsTheyAreInTheFile()
    {
        string file = _folder.Write("new.csv", "name,x,kind\n\"a, b\",1,red\nc,2,blue\n");

        Lines("predict", Line(), file, "--keep", "name,x").Should().Equal("name,x,prediction", "\"a, b\",1,10", "c,2,22");
        Lines("predict", Line(), file, "--keep", "all").Should().Equal("name,x,kind,prediction", "\"a, b\",1,red,10", "c,2,blue,22");
    }

    [Fact]
    public void Keep_Column_IsNotCalledIgnored()
    {
        string file = _folder.Write("new.csv", "name,note,x,kind\na,b,1,red\n");

        ToolProcess.Run("predict", Line(), file, "--keep", "name").ErrorLines.Should().Equal("gd: columns ignored: note.");
    }

    [Fact]
    public void Keep_UnknownColumn_IsRefused()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", "x,kind\n1,red\n"), "--keep", "name");

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines[^1].Should().Be("gd: new.csv has no column 'name': its columns are x, kind.");
    }

    [Fact]
    public void Interval_ContainsANewSampleWithTheProbability()
    {
        string model = _folder.PathOf("line.json");
        string data = _folder.Write("line.csv", "x;y\n0;0\n1;1\n2;5\n");
        ToolProcess.Run("fit", data, "--target", "y", "--delimiter", ";", "--save", model).ExitCode.Should().Be(0);
        string file = _folder.Write("new.csv", "id;x\n7;4\n");

        string[] lines = Lines("predict", model, file, "--keep", "id", "--interval", "0.5", "--delimiter", ";", "--decimal", ",");

        // s² + σ² = 3/2·(1/3 + 9/2 + 1); Student's distribution with one degree of freedom has half of its mass between −1 and 1.
        double reach = Math.Sqrt(1.5 * (1.0 / 3 + 9.0 / 2 + 1)), value = 2 + 3 * 2.5;
        lines[0].Should().Be("id;prediction;lower;upper");
        double[] numbers = [.. lines[1].Replace(',', '.').Split(';').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        numbers[0].Should().Be(7);
        numbers[1].Should().BeApproximately(value, 1e-13);
        numbers[2].Should().BeApproximately(value - reach, 1e-12);
        numbers[3].Should().BeApproximately(value + reach, 1e-12);
        var json = ToolProcess.Run("predict", model, file, "--interval", "0.5", "--delimiter", ";", "--json");
        using var parsed = JsonDocument.Parse(json.Output);
        parsed.RootElement[0].GetProperty("lower").GetDouble().Should().Be(numbers[2]);
        parsed.RootElement[0].GetProperty("upper").GetDouble().Should().Be(numbers[3]);
    }

    // Without the notation of the fit, 1.500 would be 1.5 and 01/05/2023 another day, and nothing would be said.
    [Fact]
    public void Predict_WithoutOptions_ReadsTheFileAsTheFitDid()
    {
        string model = _folder.PathOf("german.json");
        string data = _folder.Write("german.csv", "x;tag;y\n1.000;01.02.2023;3.000 €\n2.000;03.02.2023;5.000 €\nk.A.;04.02.2023;7.000 €\n"
            + "4.000;09.02.2023;9.500 €\n3.500;11.02.2023;8.000 €\n");
        string[] format = ["--delimiter", ";", "--decimal", ",", "--thousands", ".", "--mark", "€", "--na", "k.A.",
            "--date-format", "d.M.yyyy"];
        var fit = ToolProcess.Run(["fit", data, "--target", "y", "--missing", "mean", "--as", "tag=days", "--save", model, .. format]);
        fit.ExitCode.Should().Be(0, fit.Error);
        string file = _folder.Write("new.csv", "x;tag\n1.500;05.02.2023\nk.A.;06.02.2023\n");

        string plain = ToolProcess.Run("predict", model, file).Output;

        plain.Should().Be(ToolProcess.Run(["predict", model, file, .. format]).Output);
        plain.Should().MatchRegex("^prediction\n\\d{4},\\d+\n\\d{4},\\d+\n$", "the target has thousands");
        string points = _folder.Write("points.csv", "x,tag\n1500,05.02.2023\n,06.02.2023\n");
        ToolProcess.Run("predict", model, points, "--delimiter", ",", "--decimal", ".", "--thousands", "'").Output
            .Should().Be(plain.Replace(',', '.'), "options of the command come first");
    }

    [Fact]
    public void Predict_FileOfAnotherFormat_ProposesWhatReadsIt()
    {
        string model = _folder.PathOf("line.json");
        string data = _folder.Write("line.csv", "x;z;y\n0;1;0\n1;0;1\n2;2;5\n3;5;1\n");
        ToolProcess.Run("fit", data, "--target", "y", "--delimiter", ";", "--save", model).ExitCode.Should().Be(0);

        var gd = ToolProcess.Run("predict", model, _folder.Write("new.csv", "x,z\n1,2\n"));

        gd.ExitCode.Should().Be(1);
        gd.Error.ReplaceLineEndings(" ").Should().Contain("Does it need --delimiter \",\"?");
    }

    [Theory]
    [InlineData("x.onnx", "new.csv",
        "is a model for ONNX Runtime. gd predict reads what gd fit --save writes to a name that ends with .json.")]
    [InlineData("new.csv", "line.json", "is not a model file. The model comes first: gd predict line.json new.csv")]
    [InlineData("empty.json", "new.csv", "It is empty.")]
    [InlineData("half.json", "new.csv", "It has no end: the file is cut off.")]
    public void Predict_FileThatIsNoModel_IsNamed(string model, string file, string message)
    {
        string whole = File.ReadAllText(Line());
        _folder.Write("line.json", whole);
        _folder.Write("half.json", whole[..(whole.Length / 2)]);
        _folder.Write("empty.json", "");
        _folder.Write("x.onnx", "\b\u0007");
        _folder.Write("new.csv", "x,kind\n1,red\n");

        var gd = ToolProcess.Run("predict", _folder.PathOf(model), _folder.PathOf(file));

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.Error.ReplaceLineEndings(" ").Replace(_folder.PathOf("") + "/", "").Should().Contain(message);
    }

    [Fact]
    public void Keep_AColumnWithTheNameOfTheOutput_IsRefused()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", "x,kind,prediction\n1,red,5\n"), "--keep", "all");

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.Error.Should().StartWith("gd: --keep has the column 'prediction', and so has the output of gd predict:");
    }

    [Fact]
    public void Interval_OfABadRow_IsEmpty()
    {
        string model = _folder.PathOf("line.json");
        ToolProcess.Run("fit", _folder.Write("line.csv", "x,y\n0,0\n1,1\n2,5\n"), "--target", "y", "--save", model);

        Lines("predict", model, _folder.Write("new.csv", "x\na\n"), "--interval", "0.9", "--bad-rows", "empty")
            .Should().Equal("prediction,lower,upper", ",,");
    }

    [Fact]
    public void Interval_OfAModelWithoutIntervals_IsRefused()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", "x,kind\n1,red\n"), "--interval", "0.9");

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines[0].Should().StartWith("gd: The model file has no intervals, which --interval needs.");
    }

    [Fact]
    public void BadRows_Empty_KeepsTheirPlaceAndNamesThem()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", Mixed), "--bad-rows", "empty", "--keep", "name");

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Be("name,prediction\n\"a, b\",10\nc,\nd,32\ne,\n");
        gd.ErrorLines.Should().Equal(
            "gd: new.csv, line 3, column 'x': 'two' is not a finite number written with '.'.",
            "gd: new.csv, line 5, column 'kind': 'green' is not one of the known levels: blue, red.",
            "gd: rows without a prediction: 2 of 4.");
    }

    [Fact]
    public void BadRows_Drop_LeavesThemOut()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", Mixed), "--bad-rows", "drop");

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Be("prediction\n10\n32\n");
        gd.ErrorLines[^1].Should().Be("gd: rows without a prediction: 2 of 4.");
    }

    [Fact]
    public void BadRows_Json_HasTheReason()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", Mixed), "--bad-rows", "empty", "--keep", "name", "--json");

        using var json = JsonDocument.Parse(gd.Output);
        JsonElement row = json.RootElement[1];
        row.GetProperty("columns").GetProperty("name").GetString().Should().Be("c");
        row.GetProperty("prediction").ValueKind.Should().Be(JsonValueKind.Null);
        row.GetProperty("problem").GetString().Should().StartWith("new.csv, line 3, column 'x'");
        json.RootElement[0].TryGetProperty("problem", out _).Should().BeFalse();
        json.RootElement.GetArrayLength().Should().Be(4);
    }

    [Fact]
    public void BadRows_ManyRows_OnlySomeAreListed()
    {
        string rows = string.Concat(Enumerable.Repeat("x,red\n", 20_000)); // each message by itself would examine the whole column
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", $"x,kind\n{rows}"), "--bad-rows", "drop");

        gd.ErrorLines.Should().HaveCount(6);
        gd.ErrorLines[^1].Should().Be("gd: rows without a prediction: 20000 of 20000.");
    }

    [Fact]
    public void Probabilities_EachClass_HasAColumn()
    {
        string file = _folder.Write("pets.csv", "kg,kind\n4,cat\n5,cat\n9,dog\n6,dog\n8,cat\n9,dog\n1,\"r,at\"\n2,\"r,at\"\n6,\"r,at\"\n");
        string model = Fit(file, "kind");

        string[] lines = Lines("predict", model, file, "--probabilities");

        Classifier<string> classifier = SoftmaxRegression.Load<string>(model);
        lines[0].Should().Be("prediction,probability_cat,probability_dog,\"probability_r,at\"");
        IReadOnlyDictionary<string, double> first = classifier.PredictProbability(4);
        lines[1].Should().Be(FormattableString.Invariant($"\"{classifier.Predict(4)}\",{first["cat"]},{first["dog"]},{first["r,at"]}"));
        ToolProcess.Run("predict", Line(), file, "--probabilities").ErrorLines[^1].Should().Contain("has no column");
    }

    [Fact]
    public void Probabilities_OfANumber_AreRefused()
    {
        var gd = ToolProcess.Run("predict", Line(), _folder.Write("new.csv", "x,kind\n1,red\n"), "--probabilities");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().Be("gd: --probabilities needs a model of classes: this model predicts a number.");
    }

    [Theory]
    [InlineData("fit", "-", "--target", "y")]
    [InlineData("compare", "-", "--target", "y", "--epochs", "2")]
    public void StandardInput_IsReadAsAFile(params string[] arguments)
    {
        var gd = ToolProcess.RunPiped("sep=;\nx;y\n1;1\n2;3\n3;4\n", arguments);

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Should().Contain("3 samples");
    }

    [Fact]
    public void StandardInput_OfPredict_IsNamedInMessages()
    {
        var gd = ToolProcess.RunPiped("x,kind\n1,green\n", "predict", Line(), "-");

        gd.ExitCode.Should().Be(1);
        gd.Error.Should().Be("gd: standard input, line 2, column 'kind': 'green' is not one of the known levels: blue, red.\n");
    }

    /// <summary>A model of 10 x for red, 2 more for blue.</summary>
    private string Line()
    {
        var model = new LinearRegression();
        model.SetParameters([10, -2, 2], columnCount: 2);
        string path = _folder.PathOf("line.json");
        new ModelFile(model, new FeatureEncoding([new NumericColumn("x"), new CategoricalColumn("kind", ["blue", "red"])])).Save(path);
        return path;
    }

    private string Fit(string file, string target, params string[] options)
    {
        string model = _folder.PathOf("model.json");
        ToolProcess.Run(["fit", file, "--target", target, "--save", model, .. options]).ExitCode.Should().Be(0);
        return model;
    }

    private static string[] Lines(params string[] arguments) =>
        ToolProcess.Run(arguments).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
