using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Models on disk: what is loaded is what was saved, bit for bit.</summary>
public sealed class ModelFileTests : ModelFileFixture
{
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
        SavedModels.Fitted(model, 5);

        model.Save(Path);

        var read = (LinearModel)ModelFile.Load(Path).Model;
        read.Should().BeOfType(model.GetType());
        (read.OutputCount, read.HasIntercept, read.FeatureCount).Should().Be((model.OutputCount, model.HasIntercept, 5));
        read.Parameters.Select(BitConverter.DoubleToInt64Bits).Should().Equal(model.Parameters.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void AColumnOfDates_ComesBack()
    {
        var filling = new DateTimeOffset(2024, 4, 1, 6, 30, 0, TimeSpan.FromHours(2)); // a Monday
        var column = new DateColumn("t", filling.AddDays(-1.25), hasYear: true, [4, 12], [DayOfWeek.Monday, DayOfWeek.Sunday], filling);
        LinearRegression model = SavedModels.Fitted(new LinearRegression(), 5);

        new ModelFile(model, new FeatureEncoding([column, new CategoricalColumn("c", ["a", ""])])).Save(Path);

        FeatureEncoding read = ModelFile.Load(Path).Encoding;
        read.FeatureNames.Should().Equal("t.days", "t.year", "t=Dec", "t=Sun", "c=(missing)");
        read.Encode("", "").Should().Equal(1.25, 2024, 0, 0, 1);
        read.Encode("2023-12-03T06:30:00+02:00", "a").Should().Equal(-118.75, 2023, 1, 1, 0); // 120 days before the filling
        read.Columns[0].ToString().Should().Be(column.ToString());
    }

    [Fact]
    public void TheFormatOfTheCsvFile_ComesBack()
    {
        var options = new CsvOptions
        {
            Delimiter = ';',
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
            Marks = ["€"],
            MissingValues = ["k.A."],
            DateFormat = "d.M.yyyy",
            HasHeader = false,
        };
        LinearRegression.Fit([0, 1, 2], [0, 1, 5]).Save(Path, intervals: true);
        var file = ModelFile.Load(Path);
        file.Csv.Should().BeNull();

        file.WithCsv(options with { Weights = "n" }).Save(Path);

        var read = ModelFile.Load(Path);
        read.Csv.Should().Be(options);
        read.HasIntervals.Should().BeTrue();
        read.WithCsv(null).Csv.Should().BeNull();
        file.WithCsv(new CsvOptions { Delimiter = ';' }).Save(Path);
        ModelFile.Load(Path).Csv.Should().Be(new CsvOptions { Delimiter = ';' }, "a decimal separator that was not set stays so");
    }

    [Fact]
    public void RandomBits_ComeBack()
    {
        var random = new Random(5);
        double[] numbers = [.. Enumerable.Range(0, 20_000)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)];
        var model = new LinearRegression(intercept: false);
        model.SetParameters([.. numbers], numbers.Length);

        byte[] bytes = Cultures.Under("de-DE", () => SavedModels.Bytes(stream => model.Save(stream)));

        Cultures.Under("tr-TR", () => LinearRegression.Load(new MemoryStream(bytes))).Parameters.Select(BitConverter.DoubleToInt64Bits)
            .Should().Equal(numbers.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Names_ComeFromTheData()
    {
        Dataset data = Dataset.From([[1, 2], [2, 5], [3, 3.0]], [[1.0], [2], [3]], null, ["größe", "a \"b\"\\"], ["<price>"]);
        LinearFit fit = LinearRegression.Fit(data);

        fit.Save(Path);

        ModelFile file = ModelFile.Load(Path);
        file.FeatureNames.Should().Equal("größe", "a \"b\"\\").And.Equal(fit.FeatureNames);
        file.TargetNames.Should().Equal("<price>");
        file.Model.Method.Should()
            .Be(new FitMethod
            {
                Loss = "MeanSquaredError",
                Scaling = FeatureScaling.Decorrelate,
                TargetScaling = FeatureScaling.Standardize
            });
        file.LabelType.Should().BeNull();
        file.Labels.Should().BeEmpty();
        file.ToString().Should().Be("LinearRegression, 2 features");
        LinearRegression.Load(Path).Predict(2, 2).Should().Be(fit.Predict(2, 2));
    }

    [Fact]
    public void WithoutData_NamesAreThoseOfADatasetWithout()
    {
        SavedModels.Fitted(new LinearRegression(2), 2).Save(Path);

        ModelFile file = ModelFile.Load(Path);
        file.FeatureNames.Should().Equal("x1", "x2");
        file.TargetNames.Should().Equal("y1", "y2");
        file.Model.Method.Should().BeNull();
    }

    [Fact]
    public void HowAModelWasFitted_IsInItsFile()
    {
        Dataset data = Dataset.From([1.0, 2, 3, 4], [2.0, 4, 6, 9]);
        Saved(new FitOptions { Penalty = new L2Penalty(0.1) }, new HuberLoss(1.5))
            .Should().Be(new FitMethod
            {
                Loss = "HuberLoss(1.5)",
                Scaling = FeatureScaling.Standardize,
                TargetScaling = FeatureScaling.Standardize,
                Penalty = "L2Penalty(0.1)"
            });
        Saved(new FitOptions { Scaling = FeatureScaling.None })
            .Should().Be(new FitMethod { Loss = "MeanSquaredError", Scaling = FeatureScaling.None, TargetScaling = FeatureScaling.None });
        // The targets of Poisson regression are counts, so they are not shifted.
        Saved(new FitOptions(), new PoissonLoss()).Should()
            .Be(new FitMethod { Loss = "PoissonLoss", Scaling = FeatureScaling.Standardize, TargetScaling = FeatureScaling.None });


        FitMethod? Saved(FitOptions options, ILoss? loss = null)
        {
            var model = new LinearRegression();
            new Trainer(new Adam(), new() { MaxSteps = 2 }).Fit(model, data, loss, options);
            model.Save(Path);
            FitMethod? read = ModelFile.Load(Path).Model.Method;
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

        ModelFile file = ModelFile.Load(Path);
        file.FeatureNames.Should().Equal("colour=日本", "power");
        file.Encoding.Columns[0].Should().BeOfType<CategoricalColumn>().Which.Levels.Should().Equal("naïve", "日本");
        file.Encoding.Columns[1].Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(0.1);
        LinearRegression.Load(Path).Predict(file.Encoding.Encode("日本", "NA")).Should().Be(fit.Predict(1, 0.1));
    }

    [Fact]
    public void NamesThatCouldNotBeToldApart_AreRefusedOnSaving()
    {
        LinearFit fit = LinearRegression.Fit(Dataset.From([[1, 2], [2, 5], [3, 3.0]], [1, 2, 3], featureNames: ["a", "a"]));

        FluentActions.Invoking(() => fit.Save(Path))
            .Should().Throw<ArgumentException>().WithMessage("Two columns are called 'a': names must differ.*");
        FluentActions.Invoking(
            () => SavedModels.Fitted(new LinearRegression(), 1).Save(Stream.Null, Dataset.From([[1.0]], [1], featureNames: ["\ud800"])))
            .Should().Throw<NotSupportedException>().WithMessage("The name * is not valid Unicode: *");
        Directory.EnumerateFileSystemEntries(Folder).Should().BeEmpty();
    }

    [Fact]
    public void ALogisticFit_IsSavedWithItsNames()
    {
        LogisticFit fit = LogisticRegression.Fit(Dataset.From([[1.0], [2], [3], [4]], [0.0, 1, 0, 1], null, ["size"]));

        fit.Save(Path);

        LogisticRegression.Load(Path).Parameters.Should().Equal(fit.Model.Parameters);
        ModelFile.Load(Path).FeatureNames.Should().Equal("size");
        ModelFile.Load(Path).Model.Method.Should()
            .Be(new FitMethod { Loss = "BinaryCrossEntropy", Scaling = FeatureScaling.Decorrelate, TargetScaling = FeatureScaling.None });
    }

    [Fact]
    public void Save_WhatDoesNotFit_IsSaid()
    {
        FluentActions.Invoking(() => new LinearRegression().Save(Path))
            .Should().Throw<InvalidOperationException>().WithMessage("This LinearRegression has no parameters yet*");
        FluentActions.Invoking(() => SavedModels.Fitted(new LinearRegression(), 2).Save(Path, Dataset.From([1.0], [1])))
            .Should().Throw<ArgumentException>()
            .WithMessage("The data has 1 feature and 1 target: the model has 2 and 1.*").Which.ParamName.Should().Be("data");
        FluentActions.Invoking(() => SavedModels.Fitted(new LinearRegression(), 2).Save(""))
            .Should().Throw<ArgumentException>().Which.ParamName.Should().Be("path");
        FluentActions.Invoking(() => LinearRegression.Load(Path)).Should().Throw<FileNotFoundException>();
        Directory.EnumerateFileSystemEntries(Folder).Should().BeEmpty();
    }

    [Fact]
    public void TheOldFile_SurvivesUntilTheNewOneIsWhole()
    {
        SavedModels.Fitted(new LinearRegression(), 2).Save(Path);
        byte[] old = File.ReadAllBytes(Path);

        FluentActions.Invoking(() => AtomicFiles.Write(Path, file =>
        {
            file.WriteByte(1);
            throw new IOException("The disk is full.");
        })).Should().Throw<IOException>().WithMessage("The disk is full.");

        File.ReadAllBytes(Path).Should().Equal(old);
        Directory.EnumerateFileSystemEntries(Folder).Should().Equal(Path);
    }
}
