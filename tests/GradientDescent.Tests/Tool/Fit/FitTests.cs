using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd fit</c>, as the built executable.</summary>
public sealed class FitTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_Numbers_PrintsCoefficientsWithStandardErrorsInPlainLines()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines.Should().Equal("gd: linear model, because 'target' holds 214 different numbers.");
        gd.Output.Should().NotContain("\u001b").And.Contain("Converged after");
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
        CoefficientStatistics bmi = LinearRegression.Fit(Dataset.FromCsv(ToolFolder.Diabetes, "target")).Statistics["bmi"];
        Row(gd.Output, "bmi")[..5].Should()
            .Equal("bmi", Text(bmi.Estimate, "G6"), Text(bmi.StandardError, "G6"), Text(bmi.TStatistic, "G4"), Text(bmi.PValue, "G3"));
        Row(gd.Output, "training").Should().Equal("training", "442", "0.517748", "53.4761", "43.2775");
    }

    [Theory]
    [InlineData("x,y\n1,0\n2,1\n3,0\n4,1\n5,1\n", "logistic", "0 and 1 only")]
    [InlineData("x,y\n1,no\n2,yes\n3,no\n4,yes\n5,yes\n", "logistic", "holds two labels")]
    [InlineData("x,y\n1,no\n2,yes\n3,no\n4,yes\n5,maybe\n", "softmax", "holds 3 different labels")]
    [InlineData("x,y\n1,1\n2,2\n3,1\n4,2\n5,2\n", "logistic", "two different numbers only; --model linear fits them as numbers")]
    [InlineData("x,y\n1,1\n2,2\n3,3\n4,2\n5,2\n", "linear", "3 different numbers")]
    public void Fit_NoModelAskedFor_TakesWhatTheTargetSuggestsAndSaysWhy(string csv, string model, string why)
    {
        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", csv), "--target", "y", "--json");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines.Should().ContainSingle().Which.Should().StartWith($"gd: {model} model").And.Contain(why);
        JsonDocument.Parse(gd.Output).RootElement.GetProperty("model").GetString().Should().Be(model);
    }

    [Fact]
    public void Fit_FewWholeNumbersWithManyRows_AreNumbersAndSoftmaxIsSuggested()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Iris, "--target", "target");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines.Should().Equal(
            "gd: linear model, because 'target' holds 3 different numbers; --model softmax takes them as classes.");
    }

    [Fact]
    public void Fit_SoftmaxAskedFor_TakesNumbersAsLabels()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Iris, "--target", "target", "--model", "softmax",
            "--optimizer", "adam", "--epochs", "20", "--validate",
            "0.2");

        gd.ExitCode.Should().Be(0);
        Row(gd.Output, "validation").Should().HaveCount(4);
        gd.Output.Should().Contain("accuracy  log loss");
    }

    [Fact]
    public void Fit_OptimizerAndOptions_IsWhatTheLibrarysTrainerFinds()
    {
        string[] arguments = ["--optimizer", "Adam", "--rate", "0.05", "--schedule", "cosine", "--batch", "64", "--epochs", "20",
            "--penalty", "l2=0.1", "--validate", "0.2", "--seed", "7"];

        var gd = ToolProcess.Run(["fit", ToolFolder.Diabetes, "--target", "target", "--json", .. arguments]);

        var model = new LinearRegression();
        var options = new TrainingOptions
        {
            Schedule = new CosineDecay(Horizon.Fraction(1)),
            Batching = Batching.Mini(64),
            MaxEpochs = 20,
            Seed = 7,
        };
        var fitOptions = new FitOptions { Penalty = new L2Penalty(0.1), Validation = Validation.HoldOut(0.2) };
        new Trainer(new Adam(0.05), options).Fit(model, Dataset.FromCsv(ToolFolder.Diabetes, "target"), options: fitOptions);
        gd.ExitCode.Should().Be(0, gd.Error);
        JsonElement report = JsonDocument.Parse(gd.Output).RootElement;
        report.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("estimate").GetDouble()).Should()
            .Equal([model.Intercept, .. model.Weights]);
        report.GetProperty("validation").GetProperty("rmse").GetDouble().Should().BePositive();
        report.GetProperty("run").GetProperty("reason").GetString().Should().Be("MaxEpochs");
    }

    [Fact]
    public void Fit_ValidateWithoutOptimizer_MeasuresWhatWasKeptBack()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--validate", "0.25");

        (Dataset held, Dataset training) = Dataset.FromCsv(ToolFolder.Diabetes, "target").Split(0.25);
        RegressionMetrics expected = LinearRegression.Fit(training).Model.Evaluate(held);
        Row(gd.Output, "validation").Should()
            .Equal("validation", Text(held.SampleCount, "G6"), Text(expected.RSquared, "G6"), Text(expected.RootMeanSquaredError, "G6"),
            Text(expected.MeanAbsoluteError, "G6"));
    }

    [Fact]
    public void Fit_Texts_AreRefusedByNameOrEncoded()
    {
        string file = _folder.Write("cars.csv", "power,colour,price\n1,red,3\n2,blue,4\n3,green,6\n4,blue,7\n5,red,11\n6,green,12\n");

        var refused = ToolProcess.Run("fit", file, "--target", "price");
        var encoded = ToolProcess.Run("fit", file, "--target", "price", "--encode", "onehot");

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().BeEmpty();
        refused.Error.Should().Contain("cars.csv, line 2, column 'colour': 'red'").And.Contain("--encode onehot");
        encoded.ExitCode.Should().Be(0);
        encoded.Output.Should()
            .Contain("colour=green").And.Contain("colour=red").And.NotContain("colour=blue ").And.Contain("compared with 'blue'");
    }

    [Fact]
    public void Fit_MissingValues_AreRefusedByPlaceOrFilled()
    {
        // The mean of 1, 3 and 5 is 3: with it, y = x + 1 holds exactly.
        string file = _folder.Write("gaps.csv", "x,y\n1,2\n,4\n3,4\n5,6\n");

        var refused = ToolProcess.Run("fit", file, "--target", "y");
        var filled = ToolProcess.Run("fit", file, "--target", "y", "--missing", "mean");

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("gaps.csv, line 3, column 'x': the value is missing");
        filled.ExitCode.Should().Be(0);
        Row(filled.Output, "(intercept)")[1].Should().Be("1");
        filled.Output.Should().Contain("x: missing values replaced by the mean 3: 1.");
    }

    [Theory]
    [InlineData("x,y\n1,\n2,NA\n", "data.csv: every row has a missing value.")]
    [InlineData("x,z\n1,2\n", "data.csv has no column 'y': its columns are x, z.")]
    [InlineData("y\n1\n2\n", "has no column for features")]
    [InlineData("x,y\n1,2,3\n", "line 2 has 3 fields: the first line names 2 columns.")]
    [InlineData("x,y\n", "no rows")]
    [InlineData("", "data.csv is empty")]
    [InlineData("x,y\n1,a\n2,a\n", "column 'y' is a in every row")]
    [InlineData("x,y\n1,2\n2,3\n3o,4\n4,5\n",
        "line 4, column 'x': '3o' is not a finite number written with '.'; most fields of this column are such numbers.")]
    [InlineData("x,x=b,y\na,1,2\nb,2,3\n", "Two features would be called 'x=b'")]
    public void Fit_WrongData_Is1AndSaysWhere(string csv, string message)
    {
        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", csv), "--target", "y", "--missing", "mean", "--encode", "onehot");

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines[^1].Should().Contain(message);
    }

    [Fact]
    public void Fit_TooFewSamplesToKeepBack_Is1WithoutWordsOfThePrograms()
    {
        var gd = ToolProcess.Run("fit", _folder.Write("data.csv", "x,y\n1,2\n2,3\n3,5\n"), "--target", "y", "--validate", "0.01");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines[^1].Should().Be("gd: data.csv: 0.01 of 3 samples is 0: both parts need at least one sample.");
    }

    [Fact]
    public void Fit_Diverged_SaysSoAndKeepsTheBestModel()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "batchgd", "--rate", "100");

        gd.ExitCode.Should().Be(0);
        gd.ErrorLines[^1].Should().Be("gd: the run diverged; the model is the start: no step was better.");
        gd.Output.Should().Contain("Diverged after");
        Row(gd.Output, "s6").Should().Equal("s6", "0");
    }

    [Theory]
    [InlineData("fit a.csv --target y --model cubic", "linear, logistic, softmax")]
    [InlineData("fit a.csv --target y --optimizer adm", "adamw")]
    [InlineData("fit a.csv --target y --rate 0.1", "--rate needs --optimizer")]
    [InlineData("fit a.csv --target y --optimizer adam --rate 0", "greater than 0")]
    [InlineData("fit a.csv --target y --optimizer adam --batch few", "--batch")]
    [InlineData("fit a.csv --target y --optimizer rprop --batch 5", "full batches only")]
    [InlineData("fit a.csv --target y --optimizer adam --penalty l3=1", "l2=0.1")]
    [InlineData("fit a.csv --target y --validate 1", "less than 1")]
    [InlineData("fit a.csv --target y --save a.csv", "the data file")]
    [InlineData("fit a.csv --target y --decimal , --thousands ,", "decimal separator too")]
    [InlineData("fit a.csv --target y --header --no-header", "cannot be used together")]
    [InlineData("fit a.csv --target y --mark 7", "--mark is '7'")]
    [InlineData("predict m.json a.csv --output a.csv", "an input file")]
    public void Run_WrongUsage_Is2AndNamesTheCulprit(string commandLine, string culprit)
    {
        var gd = ToolProcess.Run(commandLine.Split(' '));

        gd.ExitCode.Should().Be(2);
        gd.Output.Should().BeEmpty();
        gd.Error.Should().Contain(culprit).And.Contain("--help'.");
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("predict")]
    public void Help_OfAVerb_ShowsItsExamplesWithin80Columns(string verb)
    {
        var gd = ToolProcess.Run(verb, "--help");

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Contain("Examples:").And.Contain($"  gd {verb} ");
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
    }

    [Fact]
    public void Fit_ManyClassesAndLongNames_StaysWithin80Columns()
    {
        string labels = string.Concat(Enumerable.Range(0, 60)
            .Select(i => FormattableString.Invariant($"{i % 7}.{i * i % 11},a rather long name of a class {i % 12}\n")));

        var gd = ToolProcess.Run("fit", _folder.Write("long.csv", $"a feature with a name that is longer than any column,y\n{labels}"),
            "--target", "y", "--optimizer", "adam", "--epochs", "3");

        gd.ExitCode.Should().Be(0);
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
    }

    [Fact]
    public void Fit_AClassThatCanBeSeparated_IsNamedByItsLabel()
    {
        // Only the mice are apart: cats and dogs overlap.
        string file = _folder.Write("animals.csv", "weight,animal\n1,mouse\n2,mouse\n30,cat\n40,dog\n35,cat\n50,cat\n45,dog\n");

        var gd = ToolProcess.Run("fit", file, "--target", "animal", "--json");

        JsonOutput.Root(gd.Output).GetProperty("run").GetProperty("stop").GetString().Should().Contain("class 'mouse' from the others");
    }

    [Fact]
    public void Fit_OtherLocale_PrintsTheSame()
    {
        string expected = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target").Output;

        ToolProcess.RunIn("de_DE.UTF-8", "fit", ToolFolder.Diabetes, "--target", "target").Output.Should().Be(expected);
    }

    [Fact]
    public void Fit_FolderOfSaveDoesNotExist_Is1BeforeTheWork()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--save", _folder.PathOf("none/m.json"));

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.Error.Should().Contain("its folder does not exist");
    }

    [Fact]
    public void Fit_Interrupted_PrintsAndSavesTheResultAndIs130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send.");
        string saved = _folder.PathOf("model.json");
        string[] arguments = ["fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "adam", "--epochs", "100000000", "--save",
            saved];
        var start = new ProcessStartInfo("dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "gd.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadLine(); // the model is chosen: the data has been read

        ToolProcess.InterruptTraining(process);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(130);
        output.Should().Contain("Cancelled after").And.Contain("(intercept)");
        LinearRegression.Load(saved).FeatureCount.Should().Be(10);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("logistic")]
    [InlineData("softmax")]
    public void Fit_BestInterrupted_KeepsWhatWasFound(string model)
    {
        CsvTable table = CsvTable.Read(_folder.Write("data.csv", "x,y\n1,0\n2,1\n3,0\n4,1\n"));
        var target = TargetColumn.Of(table, "y", model);

        var settings = new FitSettings(null, new TrainingOptions(), new FitOptions(), null);
        var features = EncodedFeatures.Of(table.Without("y"), "y", target.Values, new TableSettings());
        var fitted = FittedModel.Fit(features.Data, target, settings, new CancellationToken(canceled: true));

        fitted.Result.Reason.Should().Be(StopReason.Cancelled);
        fitted.Model.IsFitted.Should().BeTrue();
    }

    private static string[] Row(string output, string name) =>
        output.Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
