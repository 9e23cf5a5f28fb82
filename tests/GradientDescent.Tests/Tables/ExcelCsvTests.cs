using System.Text;

namespace GradientDescent.Tests.Tables;

/// <summary>What spreadsheets and people add to CSV files: a line with the delimiter, blanks in front of quotation marks.</summary>
public sealed class ExcelCsvTests
{
    [Theory]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n3;x\r\n", ';')]
    [InlineData("SEP=,\na,b\n1,2\n3,x\n", ',')]
    [InlineData("\uFEFFsep=|\na|b\n1|2\n3|x\n", '|')]
    [InlineData("\"sep=\t\"\r\na\tb\n1\t2\n3\tx\n", '\t')]
    [InlineData("sep=;\ra;b\r1;2\r3;x\r", ';')]
    [InlineData("sep=^\na^b\n1^2\n3^x\n", '^')]
    [InlineData("sep=~\r\na~b\r\n1~2\r\n3~x\r\n", '~')]
    [InlineData("Sep=:\na:b\n1:2\n3:x\n", ':')]
    public void Read_LineWithTheDelimiter_DecidesAndIsSkipped(string text, char delimiter)
    {
        CsvTable table = CsvTable.Read(Stream(text), "data.csv");

        table.Headers.Should().Equal("a", "b");
        table.Options.Delimiter.Should().Be(delimiter);
        table.Column("a").Should().Equal("1", "3");
        FluentActions.Invoking(() => table.Numbers("b")).Should().Throw<InvalidDataException>()
            .WithMessage("data.csv, line 4, column 'b'*");
        FluentActions.Invoking(() => Dataset.FromCsv(Stream(text), "data.csv", ["b"])).Should().Throw<InvalidDataException>()
            .WithMessage("data.csv, line 4, column 'b'*");
        Dataset.FromCsv(Stream(text.Replace('x', '5')), "data.csv", ["b"]).Targets(1)[0].Should().Be(5);
    }

    [Theory]
    [InlineData("utf-16", "\n")]
    [InlineData("utf-16", "\r\n")]
    [InlineData("utf-16BE", "\r\n")]
    [InlineData("utf-16BE", "\r")]
    public void Read_LineWithTheDelimiterInUtf16_DecidesAndIsSkipped(string name, string lineBreak)
    {
        var encoding = Encoding.GetEncoding(name);
        string text = string.Join(lineBreak, "sep=\t", "größe\tb", "1\t2", "3\t4", "");
        using var file = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        CsvTable table = CsvTable.Read(file, "data.csv");

        table.Headers.Should().Equal("größe", "b");
        table.Numbers("größe").Should().Equal(1, 3);
        file.Position = 0;
        Dataset.FromCsv(file, "data.csv", ["b"]).Targets(1)[0].Should().Be(4);
        file.CanRead.Should().BeTrue("the stream is left open");
    }

    [Theory]
    [InlineData("sep=.,b\n1,2\n", "sep=.")]
    [InlineData("sep=;,b\n1,2\n", "sep=;")]
    [InlineData("sep,b\n1,2\n", "sep")]
    [InlineData("sep=1,b\n1,2\n", "sep=1")]
    public void Read_NameThatBeginsLikeSuchALine_IsAName(string text, string name) =>
        CsvTable.Read(Stream(text), "data.csv").Headers.Should().Equal(name, "b");

    [Theory]
    [InlineData("\"a\", \"b\"\n\"1\", \"x, y\"\n", ',')]
    [InlineData("a;  \"b\" \n1;\t\"x, y\"\n", ';')]
    [InlineData(" \"a\"\t \"b\"\n 1\t \"x, y\" \n", '\t')]
    public void Read_BlankBesideAQuotationMark_IsNoPartOfTheField(string text, char delimiter)
    {
        CsvTable table = CsvTable.Read(Stream(text), "data.csv", new CsvOptions { Delimiter = delimiter });

        table.Headers.Should().Equal("a", "b");
        table.Column("b").Should().Equal("x, y");
        table.Numbers("a").Should().Equal(1);
    }

    [Fact]
    public void Read_EmptyFieldsBetweenTabs_StayFields() =>
        CsvTable.Read(Stream("a\tb\tc\n\t\t1\n"), "data.csv", new CsvOptions { Delimiter = '\t' }).Column("c").Should().Equal("1");

    [Fact]
    public void Load_ModelFileWithAByteOrderMark_IsRead()
    {
        LinearFit fit = LinearRegression.Fit([1, 2, 3], [2, 4, 6]);
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.Preamble);
        fit.Save(file);
        file.Position = 0;

        ((LinearModel)ModelFile.Load(file).Model).Weights.Should().Equal(fit.Weights);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
