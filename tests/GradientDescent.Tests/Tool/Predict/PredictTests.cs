using System.Globalization;
using System.Text.Json;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd predict</c> with models of <c>gd fit</c>, as the built executable.</summary>
public sealed class PredictTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_LinearModel_EqualsTheLibrarysPredictions()
    {
        string model = Fit(ToolFolder.Diabetes, "target");

        var gd = ToolProcess.Run("predict", model, ToolFolder.Diabetes);

        var data = Dataset.FromCsv(ToolFolder.Diabetes, "target");
        LinearFit fit = LinearRegression.Fit(data);
        gd.ExitCode.Should().Be(0);
        gd.ErrorLines.Should().Equal("gd: columns ignored: target.");
        Lines(gd.Output).Should()
            .Equal(Enumerable.Range(0, data.SampleCount).Select(i => fit.Predict(data.Features(i)).ToString(CultureInfo.InvariantCulture))
            .Prepend("prediction"));
    }

    [Fact]
    public void Predict_LogisticModel_HasTheProbabilityOfTheClass()
    {
        string file = _folder.Write("exam.csv", "hours,passed\n1,0\n2,1\n3,0\n4,1\n5,1\n");

        var gd = ToolProcess.Run("predict", Fit(file, "passed"), file);

        LogisticFit fit = LogisticRegression.Fit(Dataset.FromCsv(file, "passed"));
        Lines(gd.Output).Should().Equal(Enumerable.Range(1, 5).Select(Expected).Prepend("prediction,probability"));

        string Expected(int hours)
        {
            double probability = fit.PredictProbability(hours);
            return fit.Predict(hours) ? FormattableString.Invariant($"1,{probability}")
                : FormattableString.Invariant($"0,{1 - probability}");
        }
    }

    [Fact]
    public void Predict_Networks_EqualsTheLibrarysPredictions()
    {
        string file = _folder.Write("exam.csv", "hours,passed\n1,0\n2,1\n3,0\n4,1\n5,1\n"), model = _folder.Write("network.json", "");
        var data = Dataset.FromCsv(file, "passed");
        var classifier = new FeedForwardNetwork(ModelTask.BinaryClassification, new DenseLayer(3, Activation.Tanh), new DenseLayer(1));
        new Trainer(new Adam(0.1), new() { MaxEpochs = 20 }).Fit(classifier, data);
        classifier.Save(model, data, ["no", "yes"]);
        var classes = ToolProcess.Run("predict", model, file);
        var regression = new FeedForwardNetwork(ModelTask.Regression, new DenseLayer(3, Activation.Tanh), new DenseLayer(1));
        new Trainer(new Adam(0.1), new() { MaxEpochs = 20 }).Fit(regression, data);
        regression.Save(model, data);
        var numbers = ToolProcess.Run("predict", model, file);

        Lines(classes.Output).Should().Equal(Enumerable.Range(1, 5).Select(Expected).Prepend("prediction,probability"));
        Lines(numbers.Output).Should().Equal(Enumerable.Range(1, 5)
            .Select(hours => regression.Scores(hours)[0].ToString(CultureInfo.InvariantCulture)).Prepend("prediction"));

        string Expected(int hours)
        {
            int own = classifier.PredictClass(hours);
            return FormattableString.Invariant($"{(own == 1 ? "yes" : "no")},{classifier.PredictProbability(hours)[own]}");
        }
    }

    [Fact]
    public void Predict_Labels_EqualsTheLibrarysProbabilities()
    {
        string file = _folder.Write("animals.csv",
            "kg,\"a, b\",kind\n4,25,cat\n5,23,cat\n9.5,40,\"big, dog\"\n30,60,\"big, dog\"\n8,35,cat\n40,31,cat\n");
        string model = Fit(file, "kind", ["--model", "softmax"]);

        var csv = ToolProcess.Run("predict", model, file);
        var json = ToolProcess.Run("predict", model, file, "--json");

        Classifier<string> classifier = SoftmaxRegression.Load<string>(model);
        classifier.Labels.Should().Equal("big, dog", "cat");
        IReadOnlyDictionary<string, double> first = classifier.PredictProbability(4, 25);
        Lines(csv.Output)[0].Should().Be("prediction,probability");
        Lines(csv.Output)[1].Should().Be(FormattableString.Invariant($"cat,{first["cat"]}"));
        Lines(csv.Output)[4].Should().StartWith("\"big, dog\",");
        JsonElement row = JsonDocument.Parse(json.Output).RootElement[0];
        row.GetProperty("prediction").GetString().Should().Be("cat");
        row.GetProperty("probabilities").EnumerateObject().Should().OnlyContain(label => label.Value.GetDouble() == first[label.Name]);
    }

    [Fact]
    public void Predict_OtherOrderAndMoreColumns_FindsThemByName()
    {
        string model = Fit(_folder.Write("data.csv", "a,b,y\n1,0,1\n0,1,10\n1,1,11\n2,1,12\n"), "y");

        var gd = ToolProcess.Run("predict", model, _folder.Write("new.csv", "note,b,a\nsome text,2,3\n"));

        // y = a + 10 b
        gd.ExitCode.Should().Be(0);
        gd.ErrorLines.Should().Equal("gd: columns ignored: note.");
        double.Parse(Lines(gd.Output)[1], CultureInfo.InvariantCulture).Should().BeApproximately(23, 1e-9);
    }

    private const string Cars = "power,colour,price\n1,red,3\n2,blue,4\n,green,6\n4,blue,7\n6,red,11\n7,green,12\n";

    private static readonly string[] _encoded = ["--encode", "onehot", "--missing", "mean"];

    [Fact]
    public void Predict_EncodedColumns_AreEncodedAsInTheFit()
    {
        string file = _folder.Write("cars.csv", Cars);

        var gd = ToolProcess.Run("predict", Fit(file, "price", _encoded), file);

        // The mean power is (1 + 2 + 4 + 6 + 7)/5 = 4; blue comes first, so green and red have a column.
        double[][] rows = [[1, 0, 1], [2, 0, 0], [4, 1, 0], [4, 0, 0], [6, 0, 1], [7, 1, 0]];
        LinearFit fit = LinearRegression.Fit(rows, [3, 4, 6, 7, 11, 12]);
        gd.ExitCode.Should().Be(0, gd.Error);
        Lines(gd.Output).Should().Equal(rows.Select(row => fit.Predict(row).ToString(CultureInfo.InvariantCulture)).Prepend("prediction"));
    }

    [Fact]
    public void Predict_EncodedColumnsInAnotherOrder_AreFoundByName()
    {
        string model = Fit(_folder.Write("cars.csv", Cars), "price", _encoded);

        var gd = ToolProcess.Run("predict", model, _folder.Write("new.csv", "colour;note;power\nred;x;6,0\ngreen;x;NA\n"), "--delimiter",
            ";", "--decimal", ",");

        var known = ToolProcess.Run("predict", model, _folder.PathOf("cars.csv"));
        gd.ExitCode.Should().Be(0, gd.Error);
        gd.ErrorLines.Should().Equal("gd: columns ignored: note.");
        Lines(gd.Output)[1..].Should().Equal(Lines(known.Output)[5].Replace('.', ','), Lines(known.Output)[3].Replace('.', ','));
    }

    [Fact]
    public void Predict_LabelsAndTexts_AreThoseOfTheFile()
    {
        string file = _folder.Write("pets.csv", "colour,kg,kind\nred,4,cat\nblue,5,cat\nred,9,dog\nred,6,dog\nblue,8,cat\nblue,9,dog\n");
        string model = Fit(file, "kind",
            ["--model", "softmax", "--encode", "onehot", "--optimizer", "adam", "--epochs", "30", "--penalty", "l2=0.1"]);

        var gd = ToolProcess.Run("predict", model, file);

        Classifier<string> classifier = SoftmaxRegression.Load<string>(model);
        ModelFile.Load(model).TargetNames.Should().Equal("kind");
        classifier.Model.Method.Should()
            .Be(new FitMethod
            {
                Loss = "CategoricalCrossEntropy",
                Scaling = FeatureScaling.Standardize,
                TargetScaling = FeatureScaling.None,
                Penalty = "L2Penalty(0.1)"
            });
        string first = classifier.Predict(classifier.Encoding!.Encode("red", "4"));
        gd.ExitCode.Should().Be(0, gd.Error);
        Lines(gd.Output)[1].Should().StartWith($"{first},");
    }

    [Theory]
    [InlineData("power,colour\n1,red\n2,purple\n",
        "new.csv, line 3, column 'colour': 'purple' is not one of the known levels: blue, green, red.")]
    [InlineData("power,colour\n1,\n", "new.csv, line 2, column 'colour': the value is missing.")]
    [InlineData("power,colour\nten,red\n", "new.csv, line 2, column 'power': 'ten' is not a finite number written with '.'.")]
    [InlineData("power\n1\n", "new.csv has no column 'colour': the features are made of it. Its columns are power.")]
    public void Predict_FieldsThatCannotBeEncoded_Is1AndSaysWhere(string csv, string message)
    {
        string model = Fit(_folder.Write("cars.csv", Cars), "price", _encoded);

        var gd = ToolProcess.Run("predict", model, _folder.Write("new.csv", csv));

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should().Equal($"gd: {message}");
    }

    // The output has the decimal separator of the file, for labels and for probabilities.
    [Theory]
    [InlineData("1,5", "2,5", ",")]
    [InlineData("-1,0", "0,25", ",")]
    [InlineData("1.5", "2.5", ".")]
    [InlineData("v1.5", "v2.5", ",")] // no numbers
    [InlineData("10,5", "12,5", ",", "7,25")]
    public void Predict_LabelsThatAreNumbers_HaveTheDecimalSeparatorOfTheFile(params string[] values)
    {
        string point = values[2];
        string[] labels = [.. values.Where((_, index) => index != 2)];
        string rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"{i};{labels[i / 4 % labels.Length]}\n"));
        string file = _folder.Write("labels.csv", "x;y\n" + rows), model = _folder.PathOf("labels.json");
        string[] options = ["--delimiter", ";", "--decimal", point], kind = labels.Length > 2 ? ["--model", "softmax"] : [];
        ToolProcess.Run(["fit", file, "--target", "y", "--save", model, .. options, .. kind]).ExitCode.Should().Be(0);

        var gd = ToolProcess.Run(["predict", model, file, .. options]);

        gd.ExitCode.Should().Be(0, gd.Error);
        string[] expected = [.. labels.Select(label => label == "-1,0" ? "-1" : label)];
        foreach (string line in Lines(gd.Output)[1..13])
        {
            string[] fields = line.Split(';');
            fields[0].Should().BeOneOf(expected);
            fields[1].Should().MatchRegex($"^(0|1|0[{point}][0-9]+(E-[0-9]+)?)$");
        }
    }

    [Fact]
    public void Predict_MissingColumns_Is1AndNamesThem()
    {
        string model = Fit(ToolFolder.Diabetes, "target");

        var gd = ToolProcess.Run("predict", model, _folder.Write("new.csv", "age,sex,bp,s1,s2,s3,s4,s5\n1,2,3,4,5,6,7,8\n"));

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should().Equal("gd: new.csv has no column 'bmi', 's6': the features are made of them. Its columns are "
            + "age, sex, bp, s1, s2, s3, s4, s5.");
    }

    [Theory]
    [InlineData("x\n\"\"\n", "line 2, column 'x': the value is missing")]
    [InlineData("x\nten\n", "line 2, column 'x': 'ten' is not a finite number")]
    [InlineData("x\n", "no rows")]
    public void Predict_WrongData_Is1AndSaysWhere(string csv, string message)
    {
        string model = Fit(_folder.Write("data.csv", "x,y\n1,1\n2,3\n3,4\n"), "y");

        var gd = ToolProcess.Run("predict", model, _folder.Write("new.csv", csv));

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should().ContainSingle().Which.Should().Contain(message);
    }

    [Fact]
    public void Predict_NoModelFile_Is1AndOneLine()
    {
        string file = _folder.Write("data.csv", "x,y\n1,1\n");

        var gd = ToolProcess.Run("predict", file, file);

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines.Should().ContainSingle().Which.Should().Contain("'data.csv' cannot be used");
    }

    [Fact]
    public void Predict_EuropeanFile_IsAnsweredInKind()
    {
        string file = _folder.Write("haus.csv", "groesse;preis\n1,5;2,25\n2,5;3,75\n4,5;6,75\n"); // preis = 1.5 groesse
        string[] format = ["--delimiter", ";", "--decimal", ","];

        var fit = ToolProcess.Run(["fit", file, "--target", "preis", "--save", _folder.PathOf("m.json"), .. format]);
        var gd = ToolProcess.Run(["predict", _folder.PathOf("m.json"), file, "--output", _folder.PathOf("out.csv"), .. format]);

        fit.ExitCode.Should().Be(0);
        gd.ExitCode.Should().Be(0);
        gd.Output.Should().BeEmpty();
        string[] lines = Lines(File.ReadAllText(_folder.PathOf("out.csv")));
        lines[1].Should().NotContain(".");
        double.Parse(lines[1].Replace(',', '.'), CultureInfo.InvariantCulture).Should().BeApproximately(2.25, 1e-12);
    }

    private string Fit(string file, string target, params string[] options)
    {
        string model = _folder.PathOf("model.json");
        ToolProcess.Run(["fit", file, "--target", target, "--save", model, .. options]).ExitCode.Should().Be(0);
        return model;
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
