using System.Text;

namespace GradientDescent.Tests.Tables;

/// <summary>Column names as spreadsheets write them, and files without names.</summary>
public sealed class CsvHeaderTests
{
    [Theory]
    [InlineData("\"area\nm2\"", "area m2")]
    [InlineData("\"area\r\nin\tm2\"", "area in m2")]
    [InlineData(" area ", "area")]
    [InlineData("area\u00A0m2\u00A0", "area m2")]
    [InlineData("\uFEFF\uFEFFarea", "area")]
    [InlineData("e\u0301te\u0301", "\u00E9t\u00E9")] // decomposed
    public void Read_Name_HasOneForm(string written, string name)
    {
        CsvTable table = Read($"{written},y\n1,2\n3,4\n");

        table.Headers.Should().Equal(name, "y");
        table.Column(written.Trim('"')).Should().Equal("1", "3");
        table.Column(name.Normalize(NormalizationForm.FormD)).Should().Equal("1", "3");
        FromCsv($"y,{written}\n1,2\n3,4\n", name).TargetNames.Should().Equal(name);
    }

    [Fact]
    public void Encode_NamesAndLevelsInAnotherForm_AreFound()
    {
        FeatureEncoding encoding = FeatureEncoding.From(Read("été,n\nété,1\nhiver,2\n"));

        string decomposed = "été".Normalize(NormalizationForm.FormD);
        double[][] rows = encoding.Encode(Read($"n,{decomposed}\n5,{decomposed}\n"));

        rows.Should().ContainSingle().Which.Should().Equal(1, 5); // in ordinal order hiver is first
        encoding.Encode(decomposed, "5").Should().Equal(rows[0]);
        new CategoricalColumn("c", [decomposed, "x"]).Levels[0].Should().Be("été");
    }

    [Theory]
    [InlineData("1,2\n2,4\n", "1, 2", 2)]
    [InlineData("5.1,,-3\n1,2,3\n", "5.1, , -3", 3)]
    [InlineData("2019,2020\n1,2\n", "2019, 2020", 2)]
    [InlineData("\"1,5\",$2\n1,2\n", "1,5, $2", 2)]
    public void Read_NamesThatAreNumbers_AreRefusedUnlessTheOptionsDecide(string csv, string names, int count)
    {
        FluentActions.Invoking(() => Read(csv)).Should().Throw<InvalidDataException>().WithMessage(
            $"data.csv: all column names in the first line are numbers ({names}): is this a file without column names? "
            + "CsvOptions { HasHeader = false } takes the first line as data and calls the columns column1 to column" + count
            + "; CsvOptions { HasHeader = true } takes them as names.");

        CsvTable without = Read(csv, new CsvOptions { HasHeader = false }), with = Read(csv, new CsvOptions { HasHeader = true });
        without.RowCount.Should().Be(2);
        without.Headers.Should().HaveCount(count).And.StartWith("column1");
        with.RowCount.Should().Be(1);
        string.Join(", ", with.Headers).Should().Be(names);
    }

    [Theory]
    [InlineData("5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,1.4,0.2,Iris-setosa\n", "4 of 5", 5)]
    [InlineData("M,12,0.5,b\nF,13,0.7,c\n", "2 of 4", 4)]
    [InlineData("x,$5,\"1,200\"\ny,$6,\"1,300\"\n", "2 of 3", 3)]
    [InlineData("5,b,,7\n6,c,,8\n", "2 of 3", 4)]
    public void Read_HalfOfTheNamesAreNumbers_AreRefusedUnlessTheOptionsDecide(string csv, string how, int count)
    {
        FluentActions.Invoking(() => Read(csv)).Should().Throw<InvalidDataException>().WithMessage(
            $"data.csv: {how} column names in the first line are numbers (*): is this a file without column names? "
            + $"CsvOptions {{ HasHeader = false }} takes * column{count}; CsvOptions {{ HasHeader = true }} takes them as names.");

        Read(csv, new CsvOptions { HasHeader = false }).RowCount.Should().Be(2);
        Read(csv, new CsvOptions { HasHeader = true }).RowCount.Should().Be(1);
    }

    [Theory]
    [InlineData("x,5\n1,2\n")] // one number
    [InlineData("country,code,name,2019,2020\n1,2,3,4,5\n")] // less than half
    public void Read_FewNamesAreNumbers_AreNames(string csv) => Read(csv).RowCount.Should().Be(1);

    [Fact]
    public void FromCsv_NoHeader_ReadsTheFirstLineAsData()
    {
        Dataset data = FromCsv("1,2\n3,4\n", "column2", new CsvOptions { HasHeader = false });

        data.SampleCount.Should().Be(2);
        data.FeatureNames.Should().Equal("column1");
        data.Targets(0)[0].Should().Be(2);
        FluentActions.Invoking(() => FromCsv("1,2\n3\n", "column2", new CsvOptions { HasHeader = false }))
            .Should().Throw<InvalidDataException>().WithMessage("data.csv, line 2 *");
    }

    [Theory]
    [InlineData("a,a\n", "the column name 'a' occurs 2 times: names must differ.")]
    [InlineData("a, a\n", "the column name 'a' occurs 2 times: names must differ.")]
    [InlineData("été,e\u0301te\u0301\n", "the column name 'été' occurs 2 times: names must differ.")]
    [InlineData("a,,\n", "2 columns have no name: names must differ.")]
    [InlineData("1,b,c,d,1\n", "the column name '1' occurs 2 times: names must differ. CsvOptions { HasHeader = false } takes the first " +
        "line as data and calls the columns column1 to column5.")]
    public void Read_SameNameTwice_IsRefused(string csv, string message) =>
        FluentActions.Invoking(() => Read(csv)).Should().Throw<InvalidDataException>()
            .WithMessage($"data.csv: {message}");

    [Theory]
    [InlineData("Price", "price", " Did you mean 'Price'?")]
    [InlineData("été", "ÉTÉ", " Did you mean 'été'?")]
    [InlineData("unit price", "Unit Price", " Did you mean 'unit price'?")]
    [InlineData("price", "prices", "")]
    public void Column_NameInAnotherCase_IsSuggested(string known, string asked, string hint) =>
        FluentActions.Invoking(() => Read($"{known},y\n1,2\n").Column(asked)).Should().Throw<InvalidDataException>()
            .Which.Message.Should().Be($"data.csv has no column '{asked}': its columns are {known}, y.{hint}");

    [Fact]
    public void Column_ManyNames_AreNotAllListed()
    {
        string names = string.Join(',', Enumerable.Range(0, 1000).Select(i => FormattableString.Invariant($"c{i}")));

        FluentActions.Invoking(() => Read($"{names}\n{names}\n").Column("d")).Should().Throw<InvalidDataException>()
            .WithMessage("data.csv has no column 'd': its columns are c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, ….");
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void Read_Utf16_IsReadWithAMarkAndNamedWithoutOne(string name, bool hasMark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("été,y\n1,2\n")];
        CsvTable ReadBytes() => CsvTable.Read(new MemoryStream(bytes), "data.csv");

        if (hasMark)
            ReadBytes().Headers.Should().Equal("été", "y");
        else
        {
            FluentActions.Invoking(ReadBytes).Should().Throw<InvalidDataException>()
                .WithMessage("data.csv does not look like a text file*");
        }
    }

    [Fact]
    public void Read_Utf16WithoutAMark_SaysWhatItMayBe() =>
        FluentActions.Invoking(() => CsvTable.Read(new MemoryStream(Encoding.Unicode.GetBytes("x,y\n1,2\n")), "data.csv"))
            .Should().Throw<InvalidDataException>().WithMessage("*It may be UTF-16 without a byte-order mark: save it as UTF-8.");

    private static CsvTable Read(string text, CsvOptions? options = null) =>
        CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv", options);

    private static Dataset FromCsv(string text, string target, CsvOptions? options = null) =>
        Dataset.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv", [target], options);
}
