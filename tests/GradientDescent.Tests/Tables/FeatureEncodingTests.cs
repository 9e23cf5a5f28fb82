using System.Collections.Immutable;
using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Tables;

/// <summary>Columns of strings, and of numbers with missing values, as features.</summary>
public sealed class FeatureEncodingTests
{
    private const string Cars = "power,colour,price\n1,red,10\n,blue,20\n4,green,30\n4,red,40\n";

    [Fact]
    public void ForPrediction_WithARowThatIsNotValid_SaysWhatIsWrong_AndGoesOn()
    {
        var encoding = new FeatureEncoding([new NumericColumn("x"), new NumericColumn("y")]);

        Dataset samples = Dataset.ForPrediction(
            Table("x,y\n1,2\n3,\n5,6\n"), encoding, out ImmutableArray<string?> problems);

        Enumerable.Range(0, 3).SelectMany(i => samples.Features(i).ToArray()).Should().Equal(1, 2, 0, 0, 5, 6);
        problems[0].Should().BeNull();
        problems[2].Should().BeNull();
        problems[1].Should().Match("*line 3, column 'y': the value is missing*");
    }

    private static CsvTable Table(string text, CsvOptions? options = null) =>
        CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "cars.csv", options);

    private static EncodingOptions Filling(bool fills) => new() { MissingNumbers = fills ? MissingNumbers.Mean : MissingNumbers.Refuse };

    private static FeatureEncoding Colours() =>
        new([new CategoricalColumn("colour", ["blue", "green", "red"]), new NumericColumn("power", 3), new NumericColumn("age")]);

    [Theory]
    [InlineData("red ")]
    [InlineData(" red")]
    [InlineData("red\u00A0")]
    [InlineData("\u200Bred\u2009")]
    public void Encode_BlanksAroundALevel_AreNotCompared(string written)
    {
        static CsvTable TableOf(params string[] fields) =>
            Table("c\n" + string.Concat(fields.Select(field => $"\"{field}\"\n")));

        FeatureEncoding encoding = FeatureEncoding.From(TableOf("red", written, "blue"));

        encoding.FeatureNames.Should().Equal("c=red");
        encoding.Encode(written).Should().Equal(1);
        encoding.Encode(TableOf("blue", written)).Select(row => row[0]).Should().Equal(0, 1);
        new CategoricalColumn("c", ["a", written]).Levels.Should().Equal("a", "red");
        FluentActions.Invoking(() => new CategoricalColumn("c", ["red", written])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Encode_Row_HasAFeatureForEachLevelButTheFirst()
    {
        FeatureEncoding encoding = Colours();

        encoding.FeatureNames.Should().Equal("colour=green", "colour=red", "power", "age");
        encoding.Encode("blue", "1.5", "-2e3").Should().Equal(0, 0, 1.5, -2000);
        encoding.Encode("green", " NA ", "7").Should().Equal(1, 0, 3, 7);
        encoding.Encode("red", "", "7").Should().Equal(0, 1, 3, 7);
    }

    [Theory]
    [InlineData(30_000, 15_000)]
    [InlineData(1_000_000, 50)]
    public void ALongNameForManyLevels_IsRefusedBeforeNamesAreMade(int nameLength, int levels)
    {
        var column = new CategoricalColumn(new string('n', nameLength), [.. Enumerable.Range(0, levels).Select(i => $"{i}")]);

        long allocated = AllocatedBytes.Of(() => FluentActions.Invoking(() => new FeatureEncoding([column]))
            .Should().Throw<ArgumentException>().WithMessage("The feature names would have * characters together: *"));

        allocated.Should().BeLessThan((long)nameLength * levels, "the names would need two bytes for each character");
    }

    [Fact]
    public void ALongNameForManyLevels_IsRefusedInATableToo()
    {
        string fields = string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i % 50},{i}\n"));

        FluentActions.Invoking(() => FeatureEncoding.From(Table($"{new string('n', 100_000)},y\n{fields}")))
            .Should().Throw<InvalidDataException>().WithMessage("cars.csv: The feature names would have * characters together: *");
        FeatureEncoding.From(Table($"{new string('n', 10_000)},y\n{fields}")).FeatureNames.Should().HaveCount(50);
    }

    [Fact]
    public void Encode_Table_FindsColumnsByNameAndReadsItsDecimals()
    {
        CsvTable table = Table("age;note;power;colour\n1,5;x;NaN;red\n2;y;0,25;blue\n", new() { Delimiter = ';', DecimalSeparator = ',' });

        double[][] rows = Colours().Encode(table);

        rows.Should().HaveCount(2);
        rows[0].Should().Equal(0, 1, 3, 1.5);
        rows[1].Should().Equal(0, 0, 0.25, 2);
    }

    [Theory]
    [InlineData("colour,price\nred,1\ngr\u00FCn,2\n", 3)]
    [InlineData("colour,price\n\"gr\u00FCn\",1\nred,2\n", 2)]
    public void Read_BytesOfAnotherEncoding_NamesLineAndColumn(string text, int line)
    {
        FluentActions.Invoking(() => CsvTable.Read(new MemoryStream(Encoding.Latin1.GetBytes(text)), "cars.csv"))
            .Should().Throw<InvalidDataException>().WithMessage($"cars.csv, line {line}, column 'colour': 'gr\uFFFDn' is not UTF-8 text.");

        foreach (Encoding known in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
            CsvTable.Read(new MemoryStream([.. known.GetPreamble(), .. known.GetBytes(text)]), "cars.csv").Column("colour")
                .Should().Contain("gr\u00FCn");
    }

    [Fact]
    public void From_NumbersAndTexts_TakesMeanAndLevels()
    {
        var encoding = FeatureEncoding.From(Table(Cars).Without("price"), Filling(true));

        encoding.Columns.Should().HaveCount(2);
        encoding.Columns[0].Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(3); // (1 + 4 + 4)/3
        encoding.Columns[1].Should().BeOfType<CategoricalColumn>().Which.Levels.Should().Equal("blue", "green", "red");
        Cultures.Under("de-DE", encoding.ToString).Should().Be("power (missing: 3), colour (blue, green, red)");
    }

    [Theory]
    [InlineData(true, 1.5)]
    [InlineData(false, null)]
    public void From_NoGaps_FillsLaterOnesIfThatIsAskedFor(bool fillMissing, double? filling) =>
        FeatureEncoding.From(Table("x\n1\n2\n"), Filling(fillMissing)).Columns
            .Should().ContainSingle().Which.Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(filling);

    [Fact]
    public void Dataset_FromTableWithWeights_HasThemAndNoFeatureOfThem()
    {
        CsvTable table = Table("w,x,y\n2,a,5\n0.5,b,6\n", new() { Weights = "w" });

        Dataset data = Dataset.From(table, FeatureEncoding.From(table.Without("y")), "y");

        data.FeatureNames.Should().Equal("x=b");
        (data.Weight(0), data.Weight(1)).Should().Be((2, 0.5));
        FluentActions.Invoking(() => Dataset.From(table, new FeatureEncoding([new NumericColumn("w")]), "y"))
            .Should().Throw<ArgumentException>()
            .WithMessage("The encoding uses the weights column 'w' for features: create it from the table without this column.*");
    }

    [Fact]
    public void From_NumbersWhoseSumIsTooLarge_StillHaveAMean() =>
        FeatureEncoding.From(Table("x\n1.5e308\n\"\"\n1.5e308\n"), Filling(true)).Encode("").Should().Equal(1.5e308);

    [Theory]
    [InlineData("x\n1\nNA\n", false, "cars.csv, line 3, column 'x': the value is missing ('NA').")]
    [InlineData("x\n\"\"\nNA\n", true, "cars.csv, line 2, column 'x': the value is missing; all values of this column are missing.")]
    [InlineData("x\na\nNA\nb\n", true,
        "cars.csv, line 3, column 'x': the value is missing ('NA'), and a column of strings has no mean to fill it with. " +
        "CsvOptions { MissingValues = [] } takes 'NA' as text.")]
    [InlineData("x\n1\n2\n3o\n", true,
        "cars.csv, line 4, column 'x': '3o' is not a finite number written with '.'; most fields of this column are such numbers. " +
        "CsvOptions { MissingValues = [.. CsvOptions.DefaultMissingValues, \"3o\"] } takes it as missing.")]
    [InlineData("x\na\na\n", true, "cars.csv, column 'x' has 1 different string: one-hot encoding takes from 2 to 50.")]
    [InlineData("x,x=b\na,1\nb,2\n", true, "cars.csv: Two features would be called 'x=b': names must differ.")]
    public void From_WhatNoEncodingFits_IsRefusedByPlace(string csv, bool fillMissing, string message) =>
        Cultures.MessageInEveryCulture(() => FeatureEncoding.From(Table(csv), Filling(fillMissing))).Should().Be(message);

    [Fact]
    public void From_MoreThan50Texts_AreRefused()
    {
        string Column(int count) => "x\n" + string.Concat(
            Enumerable.Range(0, 2 * count).Select(i => FormattableString.Invariant($"t{i % count}\n")));

        FeatureEncoding.From(Table(Column(50))).FeatureNames.Should().HaveCount(49);
        FluentActions.Invoking(() => FeatureEncoding.From(Table(Column(51))))
            .Should().Throw<InvalidDataException>().WithMessage("cars.csv, column 'x' has 51 different strings: *");
    }

    [Theory]
    [InlineData("colour,power,age\nred,1,2\npurple,1,2\n",
        "cars.csv, line 3, column 'colour': 'purple' is not one of the known levels: blue, green, red.")]
    [InlineData("colour,power,age\n,1,2\n", "cars.csv, line 2, column 'colour': the value is missing.")]
    [InlineData("colour,power,age\nred,1,NA\n", "cars.csv, line 2, column 'age': the value is missing ('NA').")]
    [InlineData("colour,power,age\nred,Infinity,1\n",
        "cars.csv, line 2, column 'power': 'Infinity' is not a finite number.")]
    [InlineData("colour\nred\n", "cars.csv has no column 'power', 'age': the features are made of them. Its columns are colour.")]
    [InlineData("Power;AGE;colour\n1;2;red\n", "cars.csv has no column 'colour', 'power', 'age': the features are made of them. Its " +
        "columns are Power;AGE;colour.")]
    [InlineData("Power,age,colour\n1,2,red\n", "cars.csv has no column 'power': the features are made of it. Its columns are Power, " +
        "age, colour. Did you mean 'Power'?")]
    public void Encode_TableThatDoesNotFit_IsRefusedByPlace(string csv, string message) =>
        Cultures.MessageInEveryCulture(() => Colours().Encode(Table(csv))).Should().Be(message);

    // NA is a value of g, not a gap. The options read it if no column of numbers has gaps of this kind.
    [Theory]
    [InlineData("g,x\nNA,1\nA,2\nNA,3\nA,4\n", "NA", "[]", "g=NA")]
    [InlineData("g,x\nNone,1\nA,2\nNone,\nA,4\n", "None", "[]", "g=None")]
    [InlineData("g,x\nA,1\nnull,2\nB,?\nB,4\n", "null", "[\"?\"]", "g=B", "g=null", "?")]
    [InlineData("g,x\nNA,1\nA,NA\nNA,3\nA,4\n", "NA", null)]
    [InlineData("g,x\nNA,1\nA,2\n,3\nA,4\n", "", null)]
    public void From_WordForAMissingValueAmongStrings_NamesTheOptionsIfTheyHelp(
        string csv, string word, string? values, params string[] levels)
    {
        string[] words = [.. levels.Where(level => level == "?")];
        var options = new CsvOptions { MissingValues = [.. CsvOptions.DefaultMissingValues, .. words] };
        CsvTable table = CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "cars.csv", options);
        string shown = word.Length == 0 ? "" : $" ('{word}')";
        string end = values is null ? "" : $" CsvOptions {{ MissingValues = {values} }} takes '{word}' as text.";

        FluentActions.Invoking(() => FeatureEncoding.From(table, Filling(true))).Should().Throw<InvalidDataException>()
            .WithMessage($"*column 'g': the value is missing{shown}, and a column of strings has no mean to fill it with.{end}");
        if (values is not null)
        {
            CsvTable again = CsvTable.Read(
                new MemoryStream(Encoding.UTF8.GetBytes(csv)), "cars.csv", options with { MissingValues = [.. words] });
            FeatureEncoding.From(again, Filling(true)).FeatureNames.Should().Equal([.. levels.Except(words), "x"]);
        }
    }

    public static TheoryData<string, string, Action> Misuses => new()
    {
        { "fields", "There are 2 fields for 3 columns: each column needs one.", () => Colours().Encode("red", "1") },
        { "fields", "fields[0], column 'colour': 'Red' is not one of the known levels: blue, green, red.",
            () => Colours().Encode("Red", "1", "2") },
        { "fields", "fields[2], column 'age': the value is missing.", () => Colours().Encode("red", "1", "") },
        { "fields", "fields[1], column 'power': '1,5' is not a finite number written with '.'.",
            () => Colours().Encode("red", "1,5", "2") },
        { "fields", "fields[1] is null: it must be a string.", () => Colours().Encode("red", null!, "2") },
        { "levels", "levels has 1 string: at least 2 are needed.", () => _ = new CategoricalColumn("c", ["a"]) },
        { "levels", "levels[1] is null: it must be a string.", () => _ = new CategoricalColumn("c", ["a", null!]) },
        { "levels", "levels[2] is 'a', which occurs earlier: all levels must differ.",
            () => _ = new CategoricalColumn("c", ["a", "b", "a"]) },
        { "filling", "filling is NaN: it must be a finite number, or none.", () => _ = new NumericColumn("x", double.NaN) },
        { "columns", "There are no columns: at least one is needed.", () => _ = new FeatureEncoding([]) },
        { "columns", "columns[1] is null: it must be a column.", () => _ = new FeatureEncoding([new NumericColumn("x"), null!]) },
        { "columns", "Two columns are called 'x': names must differ.",
            () => _ = new FeatureEncoding([new NumericColumn("x"), new NumericColumn("x")]) },
        { "encoding", "The encoding makes 4 features: the data has 1.", () => Dataset.From([1.0], [1]).WithEncoding(Colours()) },
        { "encoding", "The encoding uses the target column 'age' for features: create it from the table without this column.",
            () => Dataset.From(Table(Cars), Colours(), "age") },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void Misuse_IsNamedInEveryCulture(string argument, string message, Action misuse)
    {
        misuse.Should().Throw<ArgumentException>().Which.ParamName.Should().Be(argument);
        Cultures.MessageInEveryCulture(misuse).Should().Be($"{message} (Parameter '{argument}')");
    }

    [Fact]
    public void Dataset_FromTable_KeepsTheEncodingInAllThatIsMadeOfIt()
    {
        CsvTable table = Table(Cars);
        var encoding = FeatureEncoding.From(table.Without("price"), Filling(true));

        Dataset data = Dataset.From(table, encoding, "price");

        data.FeatureNames.Should().Equal("power", "colour=green", "colour=red");
        data.TargetNames.Should().Equal("price");
        data.Features(1).ToArray().Should().Equal(3, 0, 0);
        data.Targets(3).ToArray().Should().Equal(40);
        Dataset[] derived = [data, data.Select(1, 2), data.Split(0.5).Second, data.WithPrecision(NumericPrecision.Single)];
        derived.Should().OnlyContain(part => part.Encoding == encoding);
        Dataset.From([[1.0, 2, 3], [1, 2, 4]], [0, 1]).WithEncoding(encoding).WithClassWeights([1, 2]).Encoding.Should().BeSameAs(encoding);
        LinearRegression.Fit(Dataset.From([[1.0, 2, 3], [1, 2, 4]], [0, 1]).WithEncoding(encoding)).Encoding.Should().BeSameAs(encoding);
        LogisticRegression.Fit(Dataset.From([[1.0, 2, 3], [1, 2, 4]], [0, 1]).WithEncoding(encoding)).Encoding.Should().BeSameAs(encoding);
    }

    [Fact]
    public void Table_HasTextsNumbersAndPlaces()
    {
        CsvTable table = Table(Cars);

        table.ToString().Should().Be("cars.csv: 4 rows, 3 columns");
        table.Column("colour").Should().Equal("red", "blue", "green", "red");
        table.Numbers("price").Should().Equal(10, 20, 30, 40);
        table.Without("colour", "price").Headers.Should().Equal("power");
        table.ErrorAt(3, "colour", "wrong.").Message.Should().Be("cars.csv, line 5, column 'colour': wrong.");
        FluentActions.Invoking(() => table.Numbers("power"))
            .Should().Throw<InvalidDataException>().WithMessage("cars.csv, line 3, column 'power': the value is missing.");
        FluentActions.Invoking(() => table.Numbers("colour"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("cars.csv, line 2, column 'colour': 'red' is not a finite number written with '.'.");
        FluentActions.Invoking(() => table.Without("weight"))
            .Should().Throw<InvalidDataException>().WithMessage("cars.csv has no column 'weight': its columns are power, colour, price.");
        FluentActions.Invoking(() => table.ErrorAt(4, "colour", ""))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("row is 4: it must be from 0 to 3.*");
    }
}
