using System.Text;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Classifiers on disk, with labels, names and encodings.</summary>
public sealed class ClassifierFileTests : ModelFileFixture
{
    public enum Animal
    {
        Cat = 2,
        Dog = 5,
    }

    [Fact]
    public void AClassifierOfATable_IsSavedWithEncodingLabelsAndTarget()
    {
        CsvTable table = CsvTable.Read(new MemoryStream(
            "kind,colour,kg\ndog,red,9\ncat,red,4\ncat,blue,5\ndog,blue,6\ncat,red,8\ndog,red,5\n"u8.ToArray()), "pets.csv");
        var encoding = FeatureEncoding.From(table.Without("kind"));

        ClassifierFit<string> fit = SoftmaxRegression.Fit(table, encoding, "kind");

        ClassifierFit<int> plain =
            SoftmaxRegression.Fit(Dataset.From([[1, 9], [1, 4], [0, 5], [0, 6], [1, 8], [1, 5.0]], [1.0, 0, 0, 1, 0, 1]));
        fit.Save(Path);
        Classifier<string> read = SoftmaxRegression.Load<string>(Path);
        read.Labels.Should().Equal("cat", "dog");
        read.Model.Parameters.Should().Equal(plain.Model.Parameters);
        read.Encoding!.Encode("red", "9").Should().Equal(1, 9);
        ModelFile.Load(Path).TargetNames.Should().Equal("kind");
        FluentActions.Invoking(() => SoftmaxRegression.Fit(table, FeatureEncoding.From(table), "kind"))
            .Should().Throw<ArgumentException>().WithMessage("The encoding uses the target column 'kind' for features: *");
        FluentActions.Invoking(() => SoftmaxRegression.Fit(Gaps("dog,1\nNA,2\n"), encoding, "kind"))
            .Should().Throw<InvalidDataException>().WithMessage("pets.csv, line 3, column 'kind': the value is missing ('NA').");
        FluentActions.Invoking(() => SoftmaxRegression.Fit(Gaps("dog,1\ndog,2\n"), encoding, "kind"))
            .Should().Throw<InvalidDataException>().WithMessage("pets.csv, column 'kind' is dog everywhere: *");

        static CsvTable Gaps(string rows) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes($"kind,kg\n{rows}")), "pets.csv");
    }

    [Fact]
    public void AClassifierWithOtherData_IsRefused()
    {
        FluentActions.Invoking(() => new Classifier<string>(
            SavedModels.Fitted(new SoftmaxRegression(2), 2), ["a", "b"], Dataset.From([1.0], [1]))).Should().Throw<ArgumentException>()
            .WithMessage("The data has 1 feature and 1 target: the model has 2 and 1.*").Which.ParamName.Should().Be("data");
    }

    [Fact]
    public void WhatWasRead_IsWrittenAsItWas()
    {
        byte[] whole = SavedModels.Bytes(SavedModels.Complete().Save);

        SavedModels.Bytes(SavedModels.Load(whole).Save).Should().Equal(whole);
        SavedModels.Bytes(SoftmaxRegression.Load<string>(new MemoryStream(whole)).Save).Should().Equal(whole);
        SavedModels.Load(whole).Save(Path);
        File.ReadAllBytes(Path).Should().Equal(whole);
    }

    [Fact]
    public void AClassifier_ComesBackWithItsLabels()
    {
        double[][] rows = [[1], [2], [3], [4], [5], [6]];
        ShouldComeBack(SoftmaxRegression.Fit(rows, ["naïve", "日本", "naïve", "日本", "", "日本"]), "string");
        ShouldComeBack(Labelled(7, int.MinValue), "int");
        ShouldComeBack(Labelled(long.MaxValue, long.MinValue), "long");
        ShouldComeBack(Labelled((short)-5, (short)3), "short");
        ShouldComeBack(Labelled((byte)0, (byte)255), "byte");
        ShouldComeBack(Labelled((sbyte)-128, (sbyte)1), "sbyte");
        ShouldComeBack(Labelled(ulong.MaxValue, 0ul), "ulong");
        ShouldComeBack(Labelled(uint.MaxValue, 1u), "uint");
        ShouldComeBack(Labelled((ushort)65535, (ushort)0), "ushort");
        ShouldComeBack(Labelled('ß', '"'), "char");
        ShouldComeBack(Labelled(true, false), "bool");
        ShouldComeBack(Labelled(0.1, double.Epsilon), "double");
        ShouldComeBack(Labelled(0.1f, -3f), "float");
        ShouldComeBack(Labelled(1.50m, -0.1m), "decimal");
        ShouldComeBack(Labelled(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Guid.Empty), "Guid");
        ShouldComeBack(Labelled(new DateOnly(2024, 2, 29), DateOnly.MinValue), "DateOnly");
        ShouldComeBack(Labelled(new TimeOnly(23, 59, 59, 999, 999), TimeOnly.MinValue), "TimeOnly");
        ShouldComeBack(SoftmaxRegression.Fit(rows, [Animal.Dog, Animal.Cat, Animal.Dog, Animal.Cat, Animal.Dog, Animal.Cat]), "enum");

        ClassifierFit<TLabel> Labelled<TLabel>(TLabel odd, TLabel even) where TLabel : notnull =>
            SoftmaxRegression.Fit(rows, [odd, even, odd, even, odd, odd]);

        void ShouldComeBack<TLabel>(ClassifierFit<TLabel> fit, string labelType) where TLabel : notnull
        {
            fit.Save(Path);

            Classifier<TLabel> read = SoftmaxRegression.Load<TLabel>(Path);
            read.Labels.Should().Equal(fit.Labels);
            read.Model.Parameters.Should().Equal(fit.Model.Parameters);
            read.PredictAll(rows).Should().Equal(fit.PredictAll(rows));
            SoftmaxRegression.Load(Path).Parameters.Should().Equal(fit.Model.Parameters);
            (ModelFile.Load(Path).LabelType, read.Model.Method?.Loss).Should().Be((labelType, "CategoricalCrossEntropy"));
            SavedModels.Bytes(read.Save).Should().Equal(SavedModels.Bytes(fit.Save), "what was read can be written");
        }
    }

    [Fact]
    public void LabelsThatCouldNotBeReadAgain_AreRefusedOnSaving()
    {
        FluentActions.Invoking(() => SavedModels.Labelled(Animal.Cat, (Animal)99).Save(Stream.Null))
            .Should().Throw<NotSupportedException>().WithMessage("The label 99 has no name in Animal: *");
        FluentActions.Invoking(() => SavedModels.Labelled("a", "\ud800").Save(Stream.Null))
            .Should().Throw<NotSupportedException>().WithMessage("The label * is not valid Unicode: *");
        FluentActions.Invoking(() => SavedModels.Labelled('a', '\udc00').Save(Stream.Null))
            .Should().Throw<NotSupportedException>().WithMessage("The label * is not valid Unicode: *");
        FluentActions.Invoking(() => SavedModels.Labelled(new DateTime(2020, 1, 1), new DateTime(2021, 1, 1)).Save(Stream.Null))
            .Should().Throw<NotSupportedException>().WithMessage("Labels of type DateTime cannot be in a model file: the type must be *");
    }

    [Fact]
    public void AnotherKind_IsRefusedByName()
    {
        SavedModels.Fitted(new LogisticRegression(), 2).Save(Path);

        FluentActions.Invoking(() => LinearRegression.Load(Path)).Should().Throw<ModelFormatException>().WithMessage(
            "'model.json' cannot be used: 'kind' is LogisticRegression: LinearRegression is required.");
        FluentActions.Invoking(() => SoftmaxRegression.Load<string>(Path))
            .Should().Throw<ModelFormatException>().WithMessage("*: SoftmaxRegression is required.");
        SavedModels.Fitted(new SoftmaxRegression(2), 2).Save(Path);
        FluentActions.Invoking(() => SoftmaxRegression.Load<string>(Path))
            .Should().Throw<ModelFormatException>().WithMessage("*'labelType' is null: string is required.");
        SavedModels.Labelled(3, 4).Save(Path);
        FluentActions.Invoking(() => SoftmaxRegression.Load<string>(Path))
            .Should().Throw<ModelFormatException>().WithMessage("*'labelType' is int: string is required.");
        SavedModels.Labelled(ConsoleColor.Red, ConsoleColor.Blue).Save(Path);
        FluentActions.Invoking(() => SoftmaxRegression.Load<Animal>(Path))
            .Should().Throw<ModelFormatException>().WithMessage("*'labels[0]' is 'Red': Animal has no such value.");
    }
}
