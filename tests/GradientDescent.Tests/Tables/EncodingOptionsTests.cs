using System.Text;

namespace GradientDescent.Tests.Tables;

public sealed class EncodingOptionsTests
{
    [Fact]
    public void Columns_NumbersThatAreCodes_AreLevelsInTheOrderOfNumbers()
    {
        FeatureEncoding encoding = FeatureEncoding.From(
            Table("zip\n90\n100\n9\n90\n"), new EncodingOptions { Columns = { ["zip"] = ColumnEncoding.Category } });

        encoding.Columns[0].Should().BeOfType<CategoricalColumn>().Which.Levels.Should().Equal("9", "90", "100");
        encoding.FeatureNames.Should().Equal("zip=90", "zip=100");
    }

    [Fact]
    public void Columns_TextThatShouldBeNumbers_IsRefusedByLine() =>
        Refused("x\n1\nlow\n", new() { Columns = { ["x"] = ColumnEncoding.Number } })
            .Should().StartWith("data.csv, line 3, column 'x': 'low' is not a finite number");

    [Fact]
    public void Columns_TextThatShouldBeDates_IsRefusedByLine() =>
        Refused("x\n2024-01-01\nlow\n", new() { Columns = { ["x"] = ColumnEncoding.Days } })
            .Should().Be("data.csv, line 3, column 'x': 'low' is not a date such as 2024-01-31.");

    [Fact]
    public void Columns_OneMonthOnly_IsRefused() =>
        Refused("x\n2024-01-01\n2024-01-02\n", new() { Columns = { ["x"] = ColumnEncoding.Month } })
            .Should().Be("data.csv, column 'x' has the same Month in every row.");

    [Theory]
    [InlineData(ColumnEncoding.Number | ColumnEncoding.Days)]
    [InlineData(ColumnEncoding.Number | ColumnEncoding.Category)]
    [InlineData((ColumnEncoding)128)]
    [InlineData((ColumnEncoding)(-1))]
    public void Columns_KindsThatCannotBeCombined_AreRefused(ColumnEncoding kind) =>
        FluentActions.Invoking(() => FeatureEncoding.From(Table("x\n1\n"), new EncodingOptions { Columns = { ["x"] = kind } }))
            .Should().Throw<ArgumentException>().WithMessage("Columns['x'] is *: only parts of a date can be combined.*");

    [Fact]
    public void Columns_UnknownName_IsRefused() =>
        FluentActions.Invoking(() => FeatureEncoding.From(Table("x\n1\n"), new() { Columns = { ["z"] = ColumnEncoding.Number } }))
            .Should().Throw<ArgumentException>().WithMessage("Columns has 'z', which is not a column of data.csv.*");

    [Theory]
    [InlineData(MissingNumbers.Mean, 4)]
    [InlineData(MissingNumbers.Median, 2)]
    public void MissingNumbers_OddCount_TakesMeanOrMiddle(MissingNumbers missing, double filling) =>
        Filling("x\n9\n\"\"\n1\n2\n", new EncodingOptions { MissingNumbers = missing }).Should().Be(filling);

    [Fact]
    public void Median_EvenCount_IsBetweenTheMiddleTwo()
    {
        Filling("x\n9\n1\n2\n4\nNA\n", new() { MissingNumbers = MissingNumbers.Median }).Should().Be(3);
        Filling("x\n1.5e308\n1.7e308\nNA\n", new() { MissingNumbers = MissingNumbers.Median }).Should().Be(1.6e308); // sum overflows
    }

    [Fact]
    public void TrainingRows_DecideNumbersButNotLevels()
    {
        CsvTable table = Table("x,kind,day\n1,a,2024-01-02\nNA,b,2024-01-01\n3,a,2024-01-05\n100,c,2023-01-01\n");
        FeatureEncoding encoding = FeatureEncoding.From(
            table, new EncodingOptions { MissingNumbers = MissingNumbers.Mean, TrainingRows = [0, 1, 2] });

        encoding.Columns[0].Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(2); // not (1 + 3 + 100)/3
        encoding.Columns[1].Should().BeOfType<CategoricalColumn>().Which.Levels.Should().Equal("a", "b", "c");
        encoding.Columns[2].Should().BeOfType<DateColumn>().Which.Origin!.Value.Day.Should().Be(1);
        encoding.Encode(table)[3].Should().Equal(100, 0, 1, -365);
    }

    [Theory]
    [InlineData(new int[0], "TrainingRows is empty*")]
    [InlineData(new[] { 0, 2 }, "*TrainingRows*")]
    [InlineData(new[] { -1 }, "*TrainingRows*")]
    public void TrainingRows_WhatIsNoRow_IsRefused(int[] rows, string message) =>
        FluentActions.Invoking(() => FeatureEncoding.From(Table("x\n1\n2\n"), new() { TrainingRows = [.. rows] }))
            .Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void MissingTextIsLevel_IsTheLastOneForAllWordsThatStandForMissing()
    {
        CsvTable table = Table("kind\nb\nNA\na\n\"\"\n");
        FeatureEncoding encoding = FeatureEncoding.From(table, new EncodingOptions { MissingTextIsLevel = true });

        encoding.FeatureNames.Should().Equal("kind=b", "kind=(missing)");
        encoding.Encode(table).Should().BeEquivalentTo(
            (double[][])[[1, 0], [0, 1], [0, 0], [0, 1]], options => options.WithStrictOrdering());
        encoding.Encode("").Should().Equal(0, 1);
        FluentActions.Invoking(() => encoding.Encode("z")).Should().Throw<ArgumentException>()
            .WithMessage("*'z' is not one of the known levels: a, b, (missing).*");
    }

    [Fact]
    public void MissingTextIsLevel_NothingMissing_AddsNoLevel()
    {
        FeatureEncoding encoding = FeatureEncoding.From(Table("kind\nb\na\n"), new EncodingOptions { MissingTextIsLevel = true });

        encoding.FeatureNames.Should().Equal("kind=b");
        FluentActions.Invoking(() => encoding.Encode("")).Should().Throw<ArgumentException>().WithMessage("*the value is missing*");
    }

    [Fact]
    public void LeaveOutUnusable_NamesEachColumnWithItsReason()
    {
        string rows = string.Concat(Enumerable.Range(0, 120).Select(i =>
            FormattableString.Invariant($"{i},{i % 2},n{i},same,NA,c{i % 60},{i * i}\n")));
        FeatureEncoding encoding = FeatureEncoding.From(
            Table($"user_id,x,name,flat,empty,town,square\n{rows}"), new EncodingOptions { LeaveOutUnusable = true });

        encoding.FeatureNames.Should().Equal("x", "square"); // different whole numbers under another name are no identifier
        encoding.LeftOut.Select(column => column.ToString()).Should().Equal(
            "user_id has 120 different values in 120 rows, as an identifier has",
            "name has 120 different values in 120 rows",
            "flat has the same value in every row",
            "empty has no values",
            "town has 60 different values; at most 50 are one-hot encoded");
    }

    [Fact]
    public void LeaveOutUnusable_ColumnsThatWereNamed_Stay() =>
        FeatureEncoding.From(Table("id\n1\n2\n"), new() { LeaveOutUnusable = true, Columns = { ["id"] = ColumnEncoding.Number } })
            .FeatureNames.Should().Equal("id");

    [Fact]
    public void LeaveOutUnusable_NumbersInAnotherNotation_AreStillRefused() =>
        Refused("x,y\n\"1,200\",1\n\"2,300\",2\n", new() { LeaveOutUnusable = true }).Should().Contain("ThousandsSeparator = ','");

    [Fact]
    public void LeaveOutUnusable_NothingLeft_NamesTheReason() =>
        Refused("flat\na\na\n", new() { LeaveOutUnusable = true })
            .Should().Be("data.csv has no column that can be a feature: 'flat' has the same value in every row.");

    [Theory]
    [InlineData("id", true)]
    [InlineData("ID", true)]
    [InlineData("customer_id", true)]
    [InlineData("PassengerId", true)]
    [InlineData("userID", true)]
    [InlineData("row no", true)]
    [InlineData("index", true)]
    [InlineData("Unnamed: 0", true)]
    [InlineData("paid", false)]
    [InlineData("width", false)]
    [InlineData("acid", false)]
    [InlineData("Unnamed: 01", false)]
    public void LooksLikeIdentifier_NeedsTheName(string name, bool isIdentifier) =>
        Table($"{name}\n3\n1\n2\n").LooksLikeIdentifier(name).Should().Be(isIdentifier);

    [Theory]
    [InlineData("1 1 2")]
    [InlineData("1 2 2.5")]
    [InlineData("1 NA 2")]
    public void LooksLikeIdentifier_NeedsDifferentWholeNumbers(string numbers) =>
        Table($"id\n{numbers.Replace(' ', '\n')}\n").LooksLikeIdentifier("id").Should().BeFalse();

    [Fact]
    public void Rows_SomeInAnotherOrder_KeepFieldsAndLines()
    {
        CsvTable table = Table("x,kind\n1,a\n2,\"b\nb\"\n3,c\n4,d\n").Rows([3, 1, 1]);

        table.RowCount.Should().Be(3);
        table.Numbers("x").Should().Equal(4, 2, 2);
        table.Column("kind").Should().Equal("d", "b\nb", "b\nb");
        table.ErrorAt(0, "x", "no").Message.Should().StartWith("data.csv, line 6");
        table.ErrorAt(2, "x", "no").Message.Should().StartWith("data.csv, line 3");
    }

    [Fact]
    public void WithoutMissing_LooksAtTheNamedColumnsOnly()
    {
        CsvTable table = Table("x,y\n1,\nNA,2\n3,4\n");

        table.WithoutMissing("x").Numbers("x").Should().Equal(1, 3);
        table.WithoutMissing("x", "y").Numbers("y").Should().Equal(4);
        FluentActions.Invoking(() => Table("x\nNA\n").WithoutMissing("x")).Should().Throw<InvalidDataException>()
            .WithMessage("data.csv: every row has a missing value.");
    }

    private static double? Filling(string text, EncodingOptions options) =>
        FeatureEncoding.From(Table(text), options).Columns[0].Should().BeOfType<NumericColumn>().Which.Filling;

    private static string Refused(string text, EncodingOptions options) =>
        FluentActions.Invoking(() => FeatureEncoding.From(Table(text), options)).Should().Throw<InvalidDataException>().Which.Message;

    private static CsvTable Table(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvTable.Read(file, "data.csv");
    }
}
