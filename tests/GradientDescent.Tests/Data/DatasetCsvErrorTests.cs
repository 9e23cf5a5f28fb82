using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

/// <summary>Every message names the file and, where there is one, the line, the column and the text.</summary>
public sealed class DatasetCsvErrorTests
{
    private static readonly CsvOptions _weighted = new() { Weights = "w" };

    private static readonly CsvOptions _european = new() { Delimiter = ';', DecimalSeparator = ',' };

    public static TheoryData<string, CsvOptions?, string> BadFiles => new()
    {
        { "", null, "pay.csv is empty: its first line must hold the column names." },
        { "\n\n", null, "pay.csv is empty: its first line must hold the column names." },
        { "\uFEFF", null, "pay.csv is empty: its first line must hold the column names." },
        { "x,y", null, "pay.csv: there are no rows below the column names: at least one is needed." },
        { "x,y\r\n\r\n", null, "pay.csv: there are no rows below the column names: at least one is needed." },
        { "x,z\n1,2\n", null, "pay.csv has no column 'y': its columns are x, z." },
        { "x,Y\n1,2\n", null, "pay.csv has no column 'y': its columns are x, Y. Did you mean 'Y'?" },
        { "x;y\n1;2\n", null, "pay.csv has no column 'y': its columns are x;y." },
        { "y\n1\n", null, "pay.csv has no column for features: each column is a target or holds the weights. At least one feature is " +
            "needed." },
        { "w,y\n1,2\n", _weighted,
            "pay.csv has no column for features: each column is a target or holds the weights. At least one feature is needed." },
        { "x,y\n1,2\n", _weighted, "pay.csv has no column 'w': its columns are x, y." },
        { "x,y,x\n1,2,3\n", null, "pay.csv: the column name 'x' occurs 2 times: names must differ." },
        { "x,y\n1,2\n3,four\n", null, "pay.csv, line 3, column 'y': 'four' is not a finite number written with '.'." },
        { "x,y\n,2\n", null,
            "pay.csv, line 2, column 'x': the value is missing; a number is needed. FeatureEncoding can fill in missing values." },
        { "x,y\n1,2\nNaN,2\n", null,
            "pay.csv, line 3, column 'x': the value is missing ('NaN'); a number is needed. FeatureEncoding can fill in missing values." },
        { "x,y\n1,Infinity\n", null, "pay.csv, line 2, column 'y': 'Infinity' is not a finite number." },
        { "x,y\n1,-inf\n", null, "pay.csv, line 2, column 'y': '-inf' is not a finite number." },
        { "x,y\n1,∞\n", null, "pay.csv, line 2, column 'y': '∞' is not a finite number." },
        { "x,y\n1,1e999\n", null, "pay.csv, line 2, column 'y': '1e999' is too large: numbers have at most the size 1.7977E+308." },
        { "x,y\n1,\"1,5\"\n", null,
            "pay.csv, line 2, column 'y': '1,5' is not a finite number written with '.'. CsvOptions { DecimalSeparator = ',' } "
            + "reads it as 1.5." },
        { "x,y\n1,\"1,000\"\n", null,
            "pay.csv, line 2, column 'y': '1,000' is not a finite number written with '.'. CsvOptions { ThousandsSeparator = ',' } "
            + "reads it as 1000; CsvOptions { DecimalSeparator = ',' } reads it as 1." },
        { "x;y\n1;1.5\n", _european,
            "pay.csv, line 2, column 'y': '1.5' is not a finite number written with ','. CsvOptions { DecimalSeparator = '.' } "
            + "reads it as 1.5." },
        { "x;y\n1;1.000,5\n", _european,
            "pay.csv, line 2, column 'y': '1.000,5' is not a finite number written with ','. CsvOptions { ThousandsSeparator = '.' } "
            + "reads it as 1000.5." },
        { "x,y\n1,0x10\n", null, "pay.csv, line 2, column 'y': '0x10' is not a finite number written with '.'." },
        { "x,y\n\"1\n2\",3\n", null, "pay.csv, line 2, column 'x': '1 2' (U+000A line feed) is not a finite number written with '.'." },
        { "w,x,y\n1,2,3\n-0.5,2,3\n", _weighted, "pay.csv, line 3, column 'w': the weight '-0.5' is negative; it must be at least 0." },
        { "w,x,y\n0,2,3\n0,2,3\n", _weighted, "pay.csv, column 'w': all weights are 0: at least one must be greater." },
        { "w,x,y\n1.7e308,2,3\n1.7e308,2,3\n", _weighted, "pay.csv, line 3, column 'w': with this weight, the sum is too large " +
            "for a double: divide all weights by the largest one." },
        { "x,y\n1," + new string('7', 40) + "_bc\n", null,
            "pay.csv, line 2, column 'y': '" + new string('7', 40) + "…' is not a finite number written with '.'." },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void FromCsv_BadFile_SaysWhereAndWhatInEveryCulture(string text, CsvOptions? options, string expected)
    {
        Action act = () => Read(Encoding.UTF8.GetBytes(text), options);

        act.Should().Throw<InvalidDataException>();
        Cultures.MessageInEveryCulture(act).Should().Be(expected);
    }

    [Theory]
    [InlineData("x,y\n1,2\n3\n4,5\n", "3")]
    [InlineData("x,y\n1,2\n3,4,5\n", "3")]
    [InlineData("x,y\n1,2\n1,\"2\n", "3")] // a quote that is never closed
    public void FromCsv_RaggedOrBrokenLine_NamesFileAndLineInEveryCulture(string text, string line)
    {
        Action act = () => Read(Encoding.UTF8.GetBytes(text));

        act.Should().Throw<InvalidDataException>();
        Cultures.MessageInEveryCulture(act).Should().StartWith("pay.csv").And.MatchRegex($@"\bline {line}\b");
    }

    [Fact]
    public void FromCsv_FileWithTabs_IsText()
    {
        Action act = () => Read("x\ty\n1\t2\n"u8.ToArray());

        act.Should().Throw<InvalidDataException>().WithMessage("pay.csv has no column 'y': its columns are x y.");
    }

    // The first bytes of a PNG, of a gzip file and of a zip file.
    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52 })]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xED, 0xC1 })]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0x14, 0, 0, 0, 8, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    public void FromCsv_BinaryFile_SaysThatItIsNotText(byte[] bytes)
    {
        Action act = () => Read(bytes);

        act
            .Should().Throw<InvalidDataException>()
            .WithMessage("pay.csv does not look like a text file: its first line holds bytes that are not text.");
    }

    [Fact]
    public void FromCsv_NoSuchFile_NamesIt()
    {
        Action act = () => Dataset.FromCsv(TestData.PathOf("nowhere.csv"), "y");

        act.Should().Throw<FileNotFoundException>().WithMessage("*nowhere.csv*");
    }

    [Fact]
    public void FromCsv_SameThousandsAndDecimalSeparator_IsRefused()
    {
        Action act = () => Read("x,y\n1,2\n"u8.ToArray(), new() { ThousandsSeparator = '.' });

        act
            .Should().Throw<ArgumentException>().WithMessage("ThousandsSeparator and DecimalSeparator are both '.': they must differ.*")
            .Which.ParamName.Should().Be("options");
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-")]
    [InlineData("(")]
    [InlineData("k g")]
    public void FromCsv_MarkThatCannotBe_IsRefused(string mark)
    {
        Action act = () => Read("x,y\n1,2\n"u8.ToArray(), new() { Marks = [mark] });

        act
            .Should().Throw<ArgumentException>().WithMessage($"Marks contains '{mark}': *").Which.ParamName.Should().Be("options");
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('7')]
    [InlineData('e')]
    [InlineData('-')]
    [InlineData('\0')]
    [InlineData('§')]
    public void FromCsv_DelimiterThatCannotBe_IsRefused(char delimiter)
    {
        Action act = () => Read("x,y\n1,2\n"u8.ToArray(), new() { Delimiter = delimiter });

        act.Should().Throw<ArgumentException>().Which.ParamName.Should().Be("options");
    }

    [Theory]
    [InlineData('-')]
    [InlineData('5')]
    [InlineData('\0')]
    public void FromCsv_DecimalSeparatorThatCannotBe_IsRefused(char separator)
    {
        Action act = () => Read("x,y\n1,2\n"u8.ToArray(), new() { DecimalSeparator = separator });

        act.Should().Throw<ArgumentException>().Which.ParamName.Should().Be("options");
    }

    [Fact]
    public void FromCsv_NumberFollowedByANul_IsNotText()
    {
        Action act = () => Read("x,y\n1\0,2\n"u8.ToArray(), new());

        act.Should().Throw<InvalidDataException>()
            .WithMessage("pay.csv, line 2, column 'x': '1\uFFFD' (U+0000 null) is not a finite number written with '.'.");
    }

    [Fact]
    public void FromCsv_NoTarget_IsRefused()
    {
        using var stream = new MemoryStream("x,y\n1,2\n"u8.ToArray());
        Action act = () => Dataset.FromCsv(stream, "pay.csv", []);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage("targets.Count is 0: it must be at least 1.*");
    }

    [Fact]
    public void FromCsv_SameColumnTwice_IsRefused()
    {
        using var stream = new MemoryStream("x,y\n1,2\n"u8.ToArray());
        Action act = () => Dataset.FromCsv(stream, "pay.csv", ["y", "y"]);

        act
            .Should().Throw<ArgumentException>()
            .WithMessage("The column 'y' is named twice among targets and weights: each column has one use.*");
    }

    [Fact]
    public void FromCsv_WeightsThatAreTheTarget_AreRefused()
    {
        Action act = () => Read("x,y\n1,2\n"u8.ToArray(), new() { Weights = "y" });

        act
            .Should().Throw<ArgumentException>()
            .WithMessage("The column 'y' is named twice among targets and weights: each column has one use.*");
    }

    private static Dataset Read(byte[] bytes, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return Dataset.FromCsv(stream, "pay.csv", ["y"], options);
    }
}
