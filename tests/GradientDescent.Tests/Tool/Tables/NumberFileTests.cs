using GradientDescent.Arrow;

namespace GradientDescent.Tests.Tool;

/// <summary>Arrow and LIBSVM files, whose columns are numbers already.</summary>
public sealed class NumberFileTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_OfAConvertedFile_PrintsWhatItPrintsOfTheCsvFile()
    {
        string arrow = _folder.PathOf("diabetes.arrow");
        ToolProcess.Run("convert", ToolFolder.Diabetes, arrow, "--target", "target").ExitCode.Should().Be(0);

        var mapped = ToolProcess.Run("fit", arrow, "--validate", "0.2");

        mapped.ExitCode.Should().Be(0);
        var csv = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--validate", "0.2");
        mapped.Output.Replace("diabetes.arrow", "diabetes.csv", StringComparison.Ordinal).Should().Be(csv.Output);
        mapped.Error.Should().Be(csv.Error);
    }

    [Fact]
    public void Predict_OfAnArrowFile_IsThatOfTheCsvFile()
    {
        string arrow = _folder.PathOf("diabetes.arrow"), model = _folder.PathOf("model.json");
        ArrowDataset.ConvertCsv(ToolFolder.Diabetes, arrow, "target");
        ToolProcess.Run("fit", arrow, "--save", model);

        var mapped = ToolProcess.Run("predict", model, arrow, "--interval", "0.9");

        mapped.ExitCode.Should().Be(0);
        mapped.Output.Should().Be(ToolProcess.Run("predict", model, ToolFolder.Diabetes, "--interval", "0.9").Output);
        ToolProcess.Run("predict", model, arrow).Output.Should().Be(ToolProcess.Run("predict", model, ToolFolder.Diabetes).Output);
    }

    [Fact]
    public void FitAndPredict_OfALibSvmFile_TakeTheLabelsAsTheyAre()
    {
        string data = _folder.Write("votes.svm", "-1 1:1 3:1\n-1 1:1\n+1 2:1 3:1\n+1 2:1\n-1 2:1\n+1 1:1\n");
        string model = _folder.PathOf("model.json");

        var fit = ToolProcess.Run("fit", data, "--penalty", "l2=0.1", "--save", model);

        fit.ExitCode.Should().Be(0);
        fit.Output.Should().StartWith("votes.svm: 6 samples; logistic model of y, best fit\n")
            .And.Contain("The probability is that of '1'");
        var predicted = ToolProcess.Run("predict", model, data);
        predicted.ExitCode.Should().Be(0);
        predicted.Output.Split('\n')[1..5].Select(line => line.Split(',')[0]).Should().Equal("-1", "-1", "1", "1");
        ToolProcess.Run("predict", model, _folder.Write("other.svm", "0 4:1\n")).Should().Be(new ToolProcess(
            1, "", "gd: other.svm, line 1, column 3: the index is larger than 3: 3 features were given, and the first has the index 1.\n"));
    }

    [Theory]
    [InlineData("fit votes.svm --target y", "--target does not apply to 'votes.svm': each line of a LIBSVM file begins with the target.")]
    [InlineData("fit votes.svm --auto", "--auto does not apply to 'votes.svm', whose columns are numbers already: it is for CSV files.")]
    [InlineData("rate a.arrow --decimal ,",
        "--decimal does not apply to 'a.arrow', whose columns are numbers already: it is for CSV files.")]
    [InlineData("predict m.json a.ipc --keep id",
        "--keep does not apply to 'a.ipc', whose columns are numbers already: it is for CSV files.")]
    [InlineData("fit a.csv --target y --hash 0", "--hash is '0': it must be a whole number from 1 to 1073741824.")]
    [InlineData("fit a.csv --target y --phrases 9", "--phrases is '9': it must be a whole number from 1 to 8.")]
    public void Run_OptionsThatDoNotApply_AreNamed(string commandLine, string message)
    {
        var gd = ToolProcess.Run(commandLine.Split(' '));

        gd.ExitCode.Should().Be(2);
        gd.ErrorLines[0].Should().Be($"gd: {message}");
    }

    [Fact]
    public void Fit_OfWords_HasTheFeaturesAndPhrasesOfTheOptions()
    {
        string mails = _folder.Write("mails.csv", string.Concat(
            "body,spam\n",
            string.Concat(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "win money now,yes\n" : "see you at noon,no\n"))));
        string model = _folder.PathOf("model.json");

        var fit = ToolProcess.Run(
            "fit", mails, "--target", "spam", "--as", "body=words", "--hash", "256", "--phrases", "2", "--penalty", "l2=0.01",
            "--save", model);

        fit.ExitCode.Should().Be(0);
        fit.Output.Should().Contain("The 256 weights of hashed words are not shown");
        ((HashedColumn)ModelFile.Load(model).Encoding.Columns[0]).PhraseLength.Should().Be(2);
        fit.Error.Should().NotContain("penalty");
        ToolProcess.Run("fit", mails, "--target", "spam", "--as", "body=words", "--hash", "256").Error.Should()
            .Contain("gd: penalty l2=0.005, because words separate most classes; --penalty l2=0 fits without one."); // 1/(10·20)
        ToolProcess.Run("predict", model, mails).Output.Split('\n')[1..3].Select(line => line.Split(',')[0]).Should().Equal("yes", "no");
    }

    [Fact]
    public void Fit_OfTextWithManyLevels_NeedsEncodeSparse()
    {
        string shops = _folder.Write("shops.csv", "shop,y\n" + string.Concat(
            Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"s{i % 60},{i % 60 % 7}.5\n"))));

        ToolProcess.Run("fit", shops, "--target", "y", "--encode", "onehot").Error.Should().Contain("60");
        var sparse = ToolProcess.Run("fit", shops, "--target", "y", "--encode", "sparse");

        sparse.ExitCode.Should().Be(0);
        sparse.Output.Should().Contain("The first 50 of 60 coefficients are shown");
    }

    [Fact]
    public void Fit_OfAnArrowFile_ChoosesAmongItsTargets()
    {
        string arrow = _folder.PathOf("two.arrow");
        ArrowDataset.Write(Dataset.From([[1.0], [2], [4]], new double[][] { [2, 0], [4, 1], [8, 5] }, targetNames: ["a", "b"]), arrow);

        var none = ToolProcess.Run("fit", arrow);

        none.Should().Be(new ToolProcess(1, "", "gd: two.arrow has the targets a, b: --target says which one to predict.\n"));
        ToolProcess.Run("fit", arrow, "--target", "a", "--json").Output.Should().Contain("\"a\"");
        ToolProcess.Run("fit", arrow, "--target", "c").Error.Should()
            .Contain("two.arrow has no column 'c': its columns are 'features', 'a', 'b'.");
    }

    [Fact]
    public void Predict_OfFeaturesInAnotherOrder_NamesTheFirst()
    {
        string arrow = _folder.PathOf("swapped.arrow"), model = _folder.PathOf("model.json");
        ToolProcess.Run("fit", _folder.Write("data.csv", "a,b,y\n1,2,3\n2,1,3\n5,4,1\n3,3,2\n"), "--target", "y", "--save", model);
        ArrowDataset.Write(Dataset.From([[1.0, 2]], [1], featureNames: ["b", "a"]), arrow);

        ToolProcess.Run("predict", model, arrow).Error.Should().Be(
            "gd: swapped.arrow: feature 0 is 'b', and that of the model is 'a': the features must be in the order of the fit.\n");
    }

    [Fact]
    public void Convert_OfText_SaysWhatReadsIt() =>
        ToolProcess.Run(
            "convert", _folder.Write("mails.csv", "body,spam\nwin money,1\nsee you,0\n"), _folder.PathOf("x.arrow"), "--target", "spam")
            .Error.Should().Contain("column 'body'").And.EndWith("gd convert takes files of numbers; gd fit encodes text.\n");

    // A limit on the size of files has the effect of a full disk: a write fails in the middle.
    [Theory]
    [InlineData("data.csv")]
    [InlineData("data.parquet")]
    public async Task Convert_OnADiskThatIsFull_SaysSoAndKeepsTheOldFile(string name)
    {
        if (OperatingSystem.IsWindows())
            return; // which has no such limit
        string source = _folder.PathOf(name), target = _folder.Write("out.arrow", "old");
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(i => 1.0 / (i + 1))];
        if (Path.GetExtension(name) == ".csv")
            File.WriteAllLines(source, numbers.Select(number => FormattableString.Invariant($"{number},1")).Prepend("x,y"));
        else
            await WriteParquet(source, numbers);
        const int Blocks = 1000; // of 512 or 1024 bytes
        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh",
            ["-c", $"trap '' XFSZ; ulimit -f {Blocks}; exec dotnet exec \"$0\" convert \"$1\" \"$2\" --target y",
            Path.Combine(AppContext.BaseDirectory, "gd.dll"), source, target])
        {
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" }, // which would need a larger file
        })!;

        string error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();

        shell.ExitCode.Should().Be(1);
        error.Should().StartWith("gd: ").And.Contain(_folder.PathOf(""));
        File.ReadAllText(target).Should().Be("old");
        Directory.GetFiles(_folder.PathOf("")).Should().BeEquivalentTo([source, target]);
    }

    private static async Task WriteParquet(string path, double[] numbers)
    {
        var schema = new Parquet.Schema.ParquetSchema(new Parquet.Schema.DataField<double>("x"), new Parquet.Schema.DataField<double>("y"));
        await using FileStream stream = File.Create(path);
        await using Parquet.ParquetWriter writer = await Parquet.ParquetWriter.CreateAsync(schema, stream);
        using Parquet.ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach (Parquet.Schema.DataField field in schema.DataFields)
            await group.WriteAsync<double>(field, numbers.AsMemory());
    }
}
