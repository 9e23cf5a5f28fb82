using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Models on disk: what is read is what was written, bit for bit; anything else is refused in words.</summary>
public sealed class ModelFileTests : IDisposable
{
    public enum Animal
    {
        Cat = 2,
        Dog = 5,
    }

    private static readonly double[] _awkward = [0.1, -0.0, double.Epsilon, double.MaxValue, -1.0 / 3, 1e-308, 123456789.123456789, Math.PI];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "model.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TModel Fitted<TModel>(TModel model, int columns) where TModel : LinearModel
    {
        model.SetParameters([.. Enumerable.Range(0, model.Layout(columns).Count).Select(i => _awkward[i % _awkward.Length])], columns);
        return model;
    }

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    private static ModelFile Read(byte[] bytes) => ModelFile.Read(new MemoryStream(bytes));

    public static TheoryData<LinearModel> Models => new()
    {
        new LinearRegression(),
        new LinearRegression(intercept: false),
        new LinearRegression(3),
        new LinearRegression(2, intercept: false),
        new LogisticRegression(),
        new LogisticRegression(intercept: false),
        new SoftmaxRegression(4),
        new SoftmaxRegression(2, intercept: false),
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void ASavedModel_ComesBackBitForBit(LinearModel model)
    {
        Fitted(model, 5);

        model.Save(Path);

        LinearModel read = ModelFile.Read(Path).Model;
        read.Should().BeOfType(model.GetType());
        (read.OutputCount, read.HasIntercept, read.FeatureCount).Should().Be((model.OutputCount, model.HasIntercept, 5));
        read.Parameters.Select(BitConverter.DoubleToInt64Bits).Should().Equal(model.Parameters.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void RandomBits_ComeBack()
    {
        var random = new Random(5);
        double[] numbers = [.. Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)];
        var model = new LinearRegression(intercept: false);
        model.SetParameters([.. numbers], numbers.Length);

        byte[] bytes = Cultures.Under("de-DE", () => Bytes(stream => model.Save(stream)));

        Cultures.Under("tr-TR", () => LinearRegression.Load(new MemoryStream(bytes))).Parameters.Select(BitConverter.DoubleToInt64Bits)
            .Should().Equal(numbers.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Names_ComeFromTheData()
    {
        Dataset data = Dataset.From([[1, 2], [2, 5], [3, 3.0]], [[1.0], [2], [3]], null, ["größe", "a \"b\"\\"], ["<price>"]);
        LinearFit fit = LinearRegression.Fit(data);

        fit.Save(Path);

        ModelFile file = ModelFile.Read(Path);
        file.FeatureNames.Should().Equal("größe", "a \"b\"\\").And.Equal(fit.FeatureNames);
        file.TargetNames.Should().Equal("<price>");
        file.Model.Method.Should().Be(new FitMethod { Loss = "MeanSquaredError", Scaling = FeatureScaling.Decorrelate, TargetScaling = FeatureScaling.Standardize });
        file.LabelType.Should().BeNull();
        file.Labels.Should().BeEmpty();
        file.ToString().Should().Be("LinearRegression, 2 features");
        LinearRegression.Load(Path).Predict(2, 2).Should().Be(fit.Predict(2, 2));
    }

    [Fact]
    public void WithoutData_NamesAreThoseOfADatasetWithout()
    {
        Fitted(new LinearRegression(2), 2).Save(Path);

        ModelFile file = ModelFile.Read(Path);
        file.FeatureNames.Should().Equal("x1", "x2");
        file.TargetNames.Should().Equal("y1", "y2");
        file.Model.Method.Should().BeNull();
    }

    [Fact]
    public void HowAModelWasFitted_IsInItsFile()
    {
        Dataset data = Dataset.From([1.0, 2, 3, 4], [2.0, 4, 6, 9]);
        Saved(new FitOptions { Penalty = new L2Penalty(0.1) }, new HuberLoss(1.5)).Should().Be(new FitMethod { Loss = "HuberLoss(1.5)", Scaling = FeatureScaling.Standardize, TargetScaling = FeatureScaling.Standardize, Penalty = "L2Penalty(0.1)" });
        Saved(new FitOptions { Scaling = FeatureScaling.None }).Should().Be(new FitMethod { Loss = "MeanSquaredError", Scaling = FeatureScaling.None, TargetScaling = FeatureScaling.None });
        Saved(new FitOptions(), new PoissonLoss()).Should().Be(new FitMethod { Loss = "PoissonLoss", Scaling = FeatureScaling.Standardize, TargetScaling = FeatureScaling.None }); // whose targets are counts, which nothing can be taken from


        FitMethod? Saved(FitOptions options, ILoss? loss = null)
        {
            var model = new LinearRegression();
            new Trainer(new Adam(), new() { MaxSteps = 2 }).Fit(model, data, loss, options);
            model.Save(Path);
            FitMethod? read = ModelFile.Read(Path).Model.Method;
            read.Should().Be(model.Method);
            return read;
        }
    }

    [Fact]
    public void AnEncoding_ComesBackWithTheModel()
    {
        Dataset data = Dataset.From([[0, 1.5], [1, 2], [0, 4], [1, 7]], [1.0, 2, 3, 5])
            .WithEncoding(new FeatureEncoding([new CategoricalColumn("colour", ["naïve", "日本"]), new NumericColumn("power", 0.1)]));
        LinearFit fit = LinearRegression.Fit(data);

        fit.Save(Path);

        ModelFile file = ModelFile.Read(Path);
        file.FeatureNames.Should().Equal("colour=日本", "power");
        file.Encoding.Columns[0].Should().BeOfType<CategoricalColumn>().Which.Levels.Should().Equal("naïve", "日本");
        file.Encoding.Columns[1].Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(0.1);
        LinearRegression.Load(Path).Predict(file.Encoding.Encode("日本", "NA")).Should().Be(fit.Predict(1, 0.1));
    }

    [Fact]
    public void AClassifierOfATable_IsSavedWithEncodingLabelsAndTarget()
    {
        CsvTable table = CsvTable.Read(new MemoryStream("kind,colour,kg\ndog,red,9\ncat,red,4\ncat,blue,5\ndog,blue,6\ncat,red,8\ndog,red,5\n"u8.ToArray()), "pets.csv");
        var encoding = FeatureEncoding.From(table.Without("kind"));

        ClassifierFit<string> fit = SoftmaxRegression.Fit(table, encoding, "kind");

        ClassifierFit<int> plain = SoftmaxRegression.Fit(Dataset.From([[1, 9], [1, 4], [0, 5], [0, 6], [1, 8], [1, 5.0]], [1.0, 0, 0, 1, 0, 1]));
        fit.Save(Path);
        Classifier<string> read = SoftmaxRegression.Load<string>(Path);
        read.Labels.Should().Equal("cat", "dog");
        read.Model.Parameters.Should().Equal(plain.Model.Parameters);
        read.Encoding!.Encode("red", "9").Should().Equal(1, 9);
        ModelFile.Read(Path).TargetNames.Should().Equal("kind");
        FluentActions.Invoking(() => SoftmaxRegression.Fit(table, FeatureEncoding.From(table), "kind")).Should().Throw<ArgumentException>().WithMessage("The encoding makes features of the target 'kind': *");
        FluentActions.Invoking(() => SoftmaxRegression.Fit(Gaps("dog,1\nNA,2\n"), encoding, "kind")).Should().Throw<InvalidDataException>().WithMessage("pets.csv, line 3, column 'kind': the value is missing.");
        FluentActions.Invoking(() => SoftmaxRegression.Fit(Gaps("dog,1\ndog,2\n"), encoding, "kind")).Should().Throw<InvalidDataException>().WithMessage("pets.csv, column 'kind' is dog everywhere: *");

        static CsvTable Gaps(string rows) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes($"kind,kg\n{rows}")), "pets.csv");
    }

    [Fact]
    public void AClassifierWithOtherData_IsRefused()
    {
        FluentActions.Invoking(() => new Classifier<string>(Fitted(new SoftmaxRegression(2), 2), ["a", "b"], Dataset.From([1.0], [1]))).Should().Throw<ArgumentException>()
            .WithMessage("The data has 1 feature and 1 target: the model has 2 and 1.*").Which.ParamName.Should().Be("data");
    }

    [Fact]
    public void WhatWasRead_IsWrittenAsItWas()
    {
        byte[] whole = Bytes(Complete().Save);

        Bytes(Read(whole).Save).Should().Equal(whole);
        Bytes(SoftmaxRegression.Load<string>(new MemoryStream(whole)).Save).Should().Equal(whole);
        Read(whole).Save(Path);
        File.ReadAllBytes(Path).Should().Equal(whole);
    }

    [Fact]
    public void NamesThatCouldNotBeToldApart_AreRefusedOnSaving()
    {
        LinearFit fit = LinearRegression.Fit(Dataset.From([[1, 2], [2, 5], [3, 3.0]], [1, 2, 3], featureNames: ["a", "a"]));

        FluentActions.Invoking(() => fit.Save(Path)).Should().Throw<ArgumentException>().WithMessage("Two columns are called 'a': names must differ.*");
        FluentActions.Invoking(() => Fitted(new LinearRegression(), 1).Save(Stream.Null, Dataset.From([[1.0]], [1], featureNames: ["\ud800"])))
            .Should().Throw<NotSupportedException>().WithMessage("The name * is not valid Unicode: *");
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void ALogisticFit_IsSavedWithItsNames()
    {
        LogisticFit fit = LogisticRegression.Fit(Dataset.From([[1.0], [2], [3], [4]], [0.0, 1, 0, 1], null, ["size"]));

        fit.Save(Path);

        LogisticRegression.Load(Path).Parameters.Should().Equal(fit.Model.Parameters);
        ModelFile.Read(Path).FeatureNames.Should().Equal("size");
        ModelFile.Read(Path).Model.Method.Should().Be(new FitMethod { Loss = "BinaryCrossEntropy", Scaling = FeatureScaling.Decorrelate, TargetScaling = FeatureScaling.None });
    }

    [Fact]
    public void AClassifier_ComesBackWithItsLabels()
    {
        double[][] rows = [[1], [2], [3], [4], [5], [6]];
        ShouldComeBack(SoftmaxRegression.Fit(rows, ["naïve", "日本", "naïve", "日本", "", "日本"]), "string");
        ShouldComeBack(SoftmaxRegression.Fit(rows, [7, int.MinValue, 7, int.MinValue, 7, 7]), "int");
        ShouldComeBack(SoftmaxRegression.Fit(rows, [Animal.Dog, Animal.Cat, Animal.Dog, Animal.Cat, Animal.Dog, Animal.Cat]), "enum");

        void ShouldComeBack<TLabel>(ClassifierFit<TLabel> fit, string labelType) where TLabel : notnull
        {
            fit.Save(Path);

            Classifier<TLabel> read = SoftmaxRegression.Load<TLabel>(Path);
            read.Labels.Should().Equal(fit.Labels);
            read.Model.Parameters.Should().Equal(fit.Model.Parameters);
            read.PredictAll(rows).Should().Equal(fit.PredictAll(rows));
            SoftmaxRegression.Load(Path).Parameters.Should().Equal(fit.Model.Parameters);
            (ModelFile.Read(Path).LabelType, read.Model.Method?.Loss).Should().Be((labelType, "CategoricalCrossEntropy"));
            Bytes(read.Save).Should().Equal(Bytes(fit.Save), "what was read can be written");
        }
    }

    private static Classifier<TLabel> Labelled<TLabel>(params TLabel[] labels) where TLabel : notnull => new(Fitted(new SoftmaxRegression(labels.Length), 1), labels);

    /// <summary>A classifier of whose file every member holds something.</summary>
    private static Classifier<string> Complete()
    {
        Dataset data = Dataset.From([[0.5, 0, 1], [1, 1, 0]], [[0.0], [1]], targetNames: ["kind"])
            .WithEncoding(new FeatureEncoding([new NumericColumn("x", 2.75), new CategoricalColumn("c", ["red", "green", "blue"])]));
        var model = new SoftmaxRegression(2);
        model.SetParameters([0.25, 1, 2, 3, 4, 5, 6, -0.5], 3, new FitMethod { Loss = "CategoricalCrossEntropy(0.1)", Scaling = FeatureScaling.Standardize, TargetScaling = FeatureScaling.None, Penalty = "L1Penalty(0.5)" });
        return new Classifier<string>(model, ["a", "b"], data);
    }

    [Fact]
    public void LabelsThatCouldNotBeReadAgain_AreRefusedOnSaving()
    {
        FluentActions.Invoking(() => Labelled(Animal.Cat, (Animal)99).Save(Stream.Null)).Should().Throw<NotSupportedException>().WithMessage("The label 99 has no name in Animal: *");
        FluentActions.Invoking(() => Labelled("a", "\ud800").Save(Stream.Null)).Should().Throw<NotSupportedException>().WithMessage("The label * is not valid Unicode: *");
        FluentActions.Invoking(() => Labelled(1.5, 2.5).Save(Stream.Null)).Should().Throw<NotSupportedException>().WithMessage("Labels of type Double cannot *");
    }

    [Fact]
    public void Save_WhatDoesNotFit_IsSaid()
    {
        FluentActions.Invoking(() => new LinearRegression().Save(Path)).Should().Throw<InvalidOperationException>().WithMessage("This LinearRegression has no parameters yet*");
        FluentActions.Invoking(() => Fitted(new LinearRegression(), 2).Save(Path, Dataset.From([1.0], [1]))).Should().Throw<ArgumentException>()
            .WithMessage("The data has 1 feature and 1 target: the model has 2 and 1.*").Which.ParamName.Should().Be("data");
        FluentActions.Invoking(() => Fitted(new LinearRegression(), 2).Save("")).Should().Throw<ArgumentException>().Which.ParamName.Should().Be("path");
        FluentActions.Invoking(() => LinearRegression.Load(Path)).Should().Throw<FileNotFoundException>();
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void TheOldFile_SurvivesUntilTheNewOneIsWhole()
    {
        Fitted(new LinearRegression(), 2).Save(Path);
        byte[] old = File.ReadAllBytes(Path);
        Directory.CreateDirectory(Path + ".unfinished"); // where the new one would be written: so it cannot be

        FluentActions.Invoking(() => Fitted(new LinearRegression(), 3).Save(Path)).Should().Throw<Exception>().Which.Should().Match(e => e is IOException || e is UnauthorizedAccessException);

        File.ReadAllBytes(Path).Should().Equal(old);
    }

    [Fact]
    public void AnotherKind_IsRefusedByName()
    {
        Fitted(new LogisticRegression(), 2).Save(Path);

        FluentActions.Invoking(() => LinearRegression.Load(Path)).Should().Throw<ModelFormatException>().WithMessage("'model.json' cannot be used: 'kind' is LogisticRegression: LinearRegression was asked for.");
        FluentActions.Invoking(() => SoftmaxRegression.Load<string>(Path)).Should().Throw<ModelFormatException>().WithMessage("*: SoftmaxRegression was asked for.");
        Fitted(new SoftmaxRegression(2), 2).Save(Path);
        FluentActions.Invoking(() => SoftmaxRegression.Load<string>(Path)).Should().Throw<ModelFormatException>().WithMessage("*'labelType' is null: string was asked for.");
        Labelled(3, 4).Save(Path);
        FluentActions.Invoking(() => SoftmaxRegression.Load<string>(Path)).Should().Throw<ModelFormatException>().WithMessage("*'labelType' is int: string was asked for.");
        Labelled(ConsoleColor.Red, ConsoleColor.Blue).Save(Path);
        FluentActions.Invoking(() => SoftmaxRegression.Load<Animal>(Path)).Should().Throw<ModelFormatException>().WithMessage("*'labels[0]' is 'Red': Animal has no such value.");
    }

    // Whoever can write files can also write the right hash: what is inside must hold by itself.
    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "Its 'version' is 2: this library reads version 1.")]
    [InlineData("\"version\": 1", "\"version\": 2, \"more\": [{}]", "Its 'version' is 2: this library reads version 1.")]
    [InlineData("\"version\": 1", "\"version\": 1.0", "*version*")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "*version*")]
    [InlineData("\"version\": 1,", "", "*version*")]
    [InlineData("\"format\": \"GradientDescent.Model\"", "\"format\": \"GradientDescent\"", "It is not a model file: its 'format' is not 'GradientDescent.Model'.")]
    [InlineData("\"format\": \"GradientDescent.Model\",", "", "It is not a model file: *")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": \"Forest\"", "'kind' is 'Forest': it must be LinearRegression, LogisticRegression or SoftmaxRegression.")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": \"LogisticRegression\"", "'weights' has 2 entries: it must have 1.")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": \"LinearRegression\"", "'targetNames' has 1 entries: it must have 2.")]
    [InlineData("\"kind\": \"SoftmaxRegression\"", "\"kind\": null", "*kind*")]
    [InlineData("\"loss\"", "\"colour\": 1, \"loss\"", "*colour*")]
    [InlineData("\"loss\"", "\"kind\": \"SoftmaxRegression\", \"loss\"", "*kind*")]
    [InlineData("\"penalty\": \"L1Penalty(0.5)\",", "", "*penalty*")]
    [InlineData("\"loss\": \"CategoricalCrossEntropy(0.1)\"", "\"loss\": 1", "*loss*")]
    [InlineData("\"loss\": \"CategoricalCrossEntropy(0.1)\"", "\"loss\": null", "One of 'loss', 'scaling' and 'targetScaling' is null: all or none must be.")]
    [InlineData("\"CategoricalCrossEntropy(0.1)\",\n  \"scaling\": \"Standardize\",\n  \"targetScaling\": \"None\"", "null, \"scaling\": null, \"targetScaling\": null", "'penalty' is not null where 'loss' is: *")]
    [InlineData("\"scaling\": \"Standardize\"", "\"scaling\": \"MinMax\"", "'scaling' is 'MinMax': it must be null or one of Standardize, None, Decorrelate.")]
    [InlineData("\"targetScaling\": \"None\"", "\"targetScaling\": \"Decorrelate\"", "'targetScaling' is 'Decorrelate': it must be null or one of Standardize, None.")]
    [InlineData("\"columns\": [", "\"columns\": [ { \"name\": \"more\", \"filling\": null, \"levels\": null },", "'weights[0]' has 3 entries: it must have 4.")]
    [InlineData("\"columns\": [", "\"columns\": [ null,", "'columns[0]' is null: it must be an object.")]
    [InlineData("\"columns\": [", "\"columns\": [ [],", "It is not what a model file holds: *columns[0]*")]
    [InlineData("\"columns\": [", "\"columns\": [ { \"name\": \"x\", \"filling\": null, \"levels\": null },", "'columns': Two columns are called 'x': names must differ.")]
    [InlineData("\"columns\": [", "\"columns\": [ { \"name\": \"c=blue\", \"filling\": null, \"levels\": null },", "'columns': Two features would be called 'c=blue': names must differ.")]
    [InlineData("\"columns\": [", "\"columns\": [], \"columns\": [", "It is not what a model file holds: *columns*")]
    [InlineData("\"name\": \"x\"", "\"name\": null", "It is not what a model file holds: *name*")]
    [InlineData("\"name\": \"x\",", "", "It is not what a model file holds: *name*")]
    [InlineData("\"name\": \"x\"", "\"name\": \"x\", \"unit\": \"m\"", "It is not what a model file holds: *unit*")]
    [InlineData("2.75", "1e999", "'columns[0].filling' is Infinity: every number must be finite.")]
    [InlineData("2.75", "\"2.75\"", "It is not what a model file holds: *filling*")]
    [InlineData("\"filling\": null,", "", "It is not what a model file holds: *filling*")]
    [InlineData("\"filling\": null", "\"filling\": 1", "'columns[1]' has a filling and levels: it must be a column of numbers or one of texts.")]
    [InlineData("\"levels\": null", "\"levels\": []", "'columns[0]' has a filling and levels: *")]
    [InlineData("\"green\",", "", "'weights[0]' has 3 entries: it must have 2.")]
    [InlineData("\"green\"", "\"red\"", "'columns[1]': levels[1] is 'red', as a level before it is: all must differ.")]
    [InlineData("\"green\"", "null", "'columns[1]': levels[1] is null: it must be a string.")]
    [InlineData("\"green\"", "[\"green\"]", "It is not what a model file holds: *levels*")]
    [InlineData("\"red\",\n        \"green\",", "", "'columns[1]': levels has 1 string: at least 2 are needed.")]
    [InlineData("\"kind\"\n", "\"kind\", \"kind\"\n", "'targetNames' has 2 entries: it must have 1.")]
    [InlineData("\"kind\"\n", "null\n", "'targetNames[0]' is null: it must be a text.")]
    [InlineData("\"labels\": [", "\"labels\": [ \"c\",", "'labels' has 3 entries: it must have 2.")]
    [InlineData("\"b\"", "\"a\"", "'labels' has 'a' twice: each class needs its own.")]
    [InlineData("\"b\"", "null", "'labels[1]' is null: it must be a text.")]
    [InlineData("\"labelType\": \"string\"", "\"labelType\": \"text\"", "'labelType' is 'text': it must be null, string, int or enum.")]
    [InlineData("\"labelType\": \"string\"", "\"labelType\": null", "One of 'labelType' and 'labels' is null: both or none must be.")]
    [InlineData("\"labelType\": \"string\"", "\"labelType\": \"int\"", "'labels[0]' is 'a': Int32 has no such value.")]
    [InlineData("0.25", "1e999", "'weights[0][0]' is Infinity: every number must be finite.")]
    [InlineData("0.25", "NaN", "It is not what a model file holds: *")]
    [InlineData("0.25", "\"NaN\"", "It is not what a model file holds: *weights[0][0]*")]
    [InlineData("0.25", "[0.25]", "It is not what a model file holds: *")]
    [InlineData("0.25,", "", "'weights[0]' has 2 entries: it must have 3.")]
    [InlineData("-0.5", "-1e999", "'intercepts[1]' is -Infinity: every number must be finite.")]
    [InlineData("-0.5", "-0.5, 1", "'intercepts' has 3 entries: it must have 2.")]
    [InlineData("\"intercept\": true", "\"intercept\": false", "'intercepts' has 2 entries: it must have 0.")]
    [InlineData("{", "[{", "It is not a model file.")]
    [InlineData("{", "// no\n{", "It is not what a model file holds: *")]
    public void AForgedFile_IsRefusedByTheMember(string from, string to, string message)
    {
        string whole = Encoding.UTF8.GetString(Bytes(Complete().Save));
        whole.Should().Contain(from);
        int at = whole.IndexOf(from, StringComparison.Ordinal);

        byte[] forged = Resealed(whole[..at] + to + whole[(at + from.Length)..]);

        FluentActions.Invoking(() => AsTexts(forged)).Should().Throw<ModelFormatException>().WithMessage(message);
    }

    private static Classifier<string> AsTexts(byte[] bytes) => Read(bytes).LabelType == "int"
        ? throw Record.Exception(() => SoftmaxRegression.Load<int>(new MemoryStream(bytes)))!
        : SoftmaxRegression.Load<string>(new MemoryStream(bytes));

    [Fact]
    public void AFileThatIsSealedAnew_IsRead() // else the test above would prove nothing
    {
        byte[] whole = Bytes(stream => Fitted(new LinearRegression(), 1).Save(stream));

        Read(Resealed(Encoding.UTF8.GetString(whole).Replace("0.1", "0.125"))).Model.Weights.Should().Equal(0.125);
        Read(Encoding.UTF8.GetBytes(JsonNode.Parse(whole)!.ToJsonString())).Model.Weights.Should().Equal(0.1); // laid out anew: the same file
    }

    [Fact]
    public void AChangedDigit_IsNoticed()
    {
        string whole = Encoding.UTF8.GetString(Bytes(stream => Fitted(new LinearRegression(), 1).Save(stream)));

        FluentActions.Invoking(() => Read(Encoding.UTF8.GetBytes(whole.Replace("0.1", "0.2")))).Should().Throw<ModelFormatException>()
            .WithMessage("'sha256' does not fit the rest: it is damaged, or was changed by hand.");
    }

    [Fact]
    public void ATruncatedFile_IsRefusedAtEveryLength()
    {
        byte[] whole = Bytes(Labelled("a", "b").Save);
        for (int length = 0; length < whole.Length; length++)
            FluentActions.Invoking(() => Read(whole[..length])).Should().Throw<ModelFormatException>();
        FluentActions.Invoking(() => Read([.. whole, (byte)'x'])).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void AFileThatIsTooLarge_IsRefusedBeforeItIsRead()
    {
        FluentActions.Invoking(() => ModelFile.Read(new Endless(canSeek: true))).Should().Throw<ModelFormatException>().WithMessage("It has more than 268435456 bytes: no model file has.");
        FluentActions.Invoking(() => ModelFile.Read(new Endless(canSeek: false))).Should().Throw<ModelFormatException>().WithMessage("It has more than 268435456 bytes*");
    }

    /// <summary>Random damages: refused, or of no consequence. Half of them have the right hash. MUTATED_MODELS sets how many.</summary>
    [Fact]
    public void MutatedFiles_AreRefusedOrMeanTheSame()
    {
        byte[] whole = Bytes(Complete().Save);
        string expected = Meaning(Read(whole));
        var random = new Random(3);
        int count = int.TryParse(Environment.GetEnvironmentVariable("MUTATED_MODELS"), out int wanted) ? wanted : 4000;
        int accepted = 0, sealedAnew = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] mutated = Damage.Done(whole, random);
            bool isResealed = random.Next(2) == 0 && TryReseal(ref mutated);
            sealedAnew += isResealed ? 1 : 0;
            try
            {
                ModelFile file = Read(mutated);
                accepted++;
                file.Model.Parameters.Should().OnlyContain(p => double.IsFinite(p));
                if (!isResealed)
                    Meaning(file).Should().Be(expected);
            }
            catch (ModelFormatException e)
            {
                e.Message.Should().NotBeEmpty();
            }
        }

        sealedAnew.Should().BeGreaterThan(count / 40);
        accepted.Should().BeGreaterThan(count / 80).And.BeLessThan(count / 2);
    }

    private static string Meaning(ModelFile file) =>
        $"{file} {file.LabelType} {file.Model.Method} {file.Encoding} {string.Join("|", file.TargetNames)} {string.Join(" ", file.Model.Parameters.Select(BitConverter.DoubleToInt64Bits))}";

    private static bool TryReseal(ref byte[] bytes)
    {
        try
        {
            bytes = Resealed(Encoding.UTF8.GetString(bytes));
            return true;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or NullReferenceException)
        {
            return false; // not JSON any more
        }
    }

    /// <summary>With the hash of what is in it, if that can be told: the text without spaces, with an empty hash.</summary>
    private static byte[] Resealed(string text)
    {
        int start = text.LastIndexOf("\"sha256\": \"", StringComparison.Ordinal);
        if (start < 0)
            throw new InvalidOperationException("There is no hash.");
        start += "\"sha256\": \"".Length;
        int end = text.IndexOf('"', start);
        if (end < 0)
            throw new InvalidOperationException("There is no end of the hash.");
        string empty = text[..start] + text[end..];
        string compact;
        try
        {
            compact = JsonNode.Parse(empty)!.ToJsonString();
        }
        catch (System.Text.Json.JsonException)
        {
            return Encoding.UTF8.GetBytes(text); // refused for what it is before any hash is looked at
        }

        return Encoding.UTF8.GetBytes(text[..start] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(compact))) + text[end..]);
    }

    /// <summary>Spaces without end.</summary>
    private sealed class Endless(bool canSeek) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => canSeek;

        public override bool CanWrite => false;

        public override long Length => canSeek ? long.MaxValue : throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (canSeek)
                throw new InvalidOperationException("Its length alone is reason enough.");
            Array.Fill(buffer, (byte)' ', offset, count);
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
