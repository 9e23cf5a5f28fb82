using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Tables;

/// <summary>Columns that are kept as bytes give the same strings and numbers as each field alone.</summary>
public class TableColumnTests
{
    private static readonly string[] _fields =
    [
        "", "1", " 2.5 ", "NA", "\u00A03", "-4e-2", "e\u0301t\u00E9", "x y", "1e999", "\u22125", "null", "12%", "\u200B7", "a,b", "NaN",
        "0x1",
    ];

    [Fact]
    public void Column_OfAnyFields_HasTheirLevelsAndNumbers() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(_fields).NonEmptyListOf().ToArbitrary(),
        fields =>
        {
            CsvTable table = Read("k,x\n" + string.Concat(fields.Select((field, i) => $"{i},\"{field}\"\n")));

            table.Column("x").Should().Equal(fields.Select(FieldText.Level));
            foreach ((int row, string field) in table.Column("x").Index())
            {
                double number = table["x"].Numbers[row];
                (double.IsNaN(number) ? (double?)null : number).Should().Be(table.NumberOf(field), "of '{0}'", field);
                table["x"].IsMissing(row).Should().Be(table.IsMissing(field));
            }

            table.MissingCount("x").Should().Be(table.Column("x").Count(table.IsMissing));
            table.IsNumeric("x").Should().Be(
                table.Column("x").All(field => table.IsMissing(field) || table.NumberOf(field) is not null)
                && !table.Column("x").All(table.IsMissing));
        }));

    [Fact]
    public void Read_OfLongColumns_KeepsEachField()
    {
        string[] fields = [.. Enumerable.Range(0, 5000).Select(i => new string((char)('a' + i % 26), i % 97 + 1))];

        CsvTable table = Read("x\n" + string.Join('\n', fields));

        table.Column("x").Should().Equal(fields);
        table["x"].Bytes(4999).ToArray().Should().Equal(Encoding.UTF8.GetBytes(fields[4999]));
    }

    [Fact]
    public void MissingCount_OfATableWithItsOwnWords_CountsThem()
    {
        var options = new CsvOptions { MissingValues = ["none", "-9"] };
        CsvTable table = Read("x,y\nnone,NA\n-9,1\n3,2\n", options);

        (table.MissingCount("x"), table.IsNumeric("x")).Should().Be((2, true));
        (table.MissingCount("y"), table.IsNumeric("y")).Should().Be((0, false));
        table["x"].FirstMissing().Should().Be(0);
        table["y"].FirstMissing().Should().Be(-1);
        table.Invoking(t => t.IsNumeric("z")).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void DatasetFrom_OwnTargets_TakesThemAndTheEncodedFeatures()
    {
        CsvTable table = Read("n,colour\n1,red\n2,blue\n3,red\n");
        FeatureEncoding encoding = FeatureEncoding.From(table);

        var data = Dataset.From(table, encoding, "label", [1, 0, 1]);

        (data.FeatureNames.Length, data.TargetNames[0], data.Encoding).Should().Be((2, "label", encoding));
        Enumerable.Range(0, 3).Select(i => string.Join(' ', [.. data.Features(i), .. data.Targets(i)]))
            .Should().Equal("1 1 1", "2 0 0", "3 1 1");
        FluentActions.Invoking(() => Dataset.From(table, encoding, "label", [1, 0])).Should().Throw<ArgumentException>()
            .WithParameterName("targets").WithMessage("There are 2 targets for 3 rows*");
        FluentActions.Invoking(() => Dataset.From(table, encoding, "n", [1, 0, 1])).Should().Throw<ArgumentException>()
            .WithParameterName("encoding");
        FluentActions.Invoking(() => Dataset.From(table, encoding, "label", (double[])null!)).Should().Throw<ArgumentNullException>();
    }

    private static CsvTable Read(string text, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvTable.Read(stream, "t.csv", options);
    }
}
