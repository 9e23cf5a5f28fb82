using GradientDescent.DataView;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace GradientDescent.Tests.DataView;

public class DataViewTablesTests
{
    [Fact]
    public void ToCsvTable_Numbers_KeepTheirExactValue()
    {
        double[] numbers = [0.1, 1.0 / 3, double.MaxValue, double.Epsilon, -1e-17, 123456789.125];
        var frame = new DataFrame(
            new DoubleDataFrameColumn("d", numbers), new SingleDataFrameColumn("f", numbers.Select(number => (float)(number / 1e300))),
            new Int64DataFrameColumn("l", [long.MaxValue, 1, 2, 3, 4, long.MinValue]));

        CsvTable table = frame.ToCsvTable();

        table.Numbers("d").Should().Equal(numbers);
        table.Numbers("f").Should().Equal(numbers.Select(number => (double)(float)(number / 1e300)));
        table.Column("l")[0].Should().Be("9223372036854775807");
        table.Column("l")[5].Should().Be("-9223372036854775808");
    }

    [Fact]
    public void ToCsvTable_MissingValues_AreEmptyFieldsAndWordsStayText()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("text", ["NA", null, "null", "say \"a, b\""]),
            new Int32DataFrameColumn("int", [1, null, 3, 4]),
            new SingleDataFrameColumn("float", [null, 2, float.NaN, 4]),
            new BooleanDataFrameColumn("bool", [true, false, null, true]),
            new DateTimeDataFrameColumn("day", [new DateTime(2024, 2, 29), null, new DateTime(2024, 3, 1), new DateTime(2024, 3, 2)]));

        CsvTable table = frame.ToCsvTable();

        table.Column("text").Should().Equal("NA", "", "null", "say \"a, b\"");
        table.MissingCount("text").Should().Be(1);
        table.Column("int").Should().Equal("1", "", "3", "4");
        table.Column("float").Should().Equal("", "2", "", "4");
        table.Column("bool").Should().Equal("1", "0", "", "1");
        table.Column("day").Should().Equal("2024-02-29", "", "2024-03-01", "2024-03-02");
        table.IsDates("day").Should().BeTrue();
    }

    [Fact]
    public void ToCsvTable_OneColumnWithMissingValues_KeepsItsRows() =>
        new DataFrame(new StringDataFrameColumn("a", ["x", null, "", "y"])).ToCsvTable().Column("a").Should().Equal("x", "", "", "y");

    [Fact]
    public void ToCsvTable_KeysAndVectors_HaveNames()
    {
        var ml = new MLContext(seed: 1);
        IDataView frame = new DataFrame(
            new StringDataFrameColumn("city", ["b", "a", "", "b"]), new SingleDataFrameColumn("u", [1, 2, 3, 4]),
            new SingleDataFrameColumn("v", [5, 6, 7, 8]));
        IDataView view = ml.Transforms.Conversion.MapValueToKey("key", "city")
            .Append(ml.Transforms.Concatenate("both", "u", "v")).Fit(frame).Transform(frame);

        CsvTable table = view.ToCsvTable(["both", "key"]);

        table.Headers.Should().Equal("u", "v", "key");
        table.Column("key").Should().Equal("b", "a", "", "b");
        table.Numbers("v").Should().Equal(5, 6, 7, 8);
    }

    [Fact]
    public void ToCsvTable_AnEncodingOfIt_FillsMissingNumbers()
    {
        DataFrame frame = new(
            new StringDataFrameColumn("city", ["Oslo", "Rome", "Oslo", "Rome"]), new Int32DataFrameColumn("rooms", [1, null, 3, 2]),
            new DoubleDataFrameColumn("price", [3, 5, 7, 9]));
        CsvTable table = frame.ToCsvTable();
        var encoding = FeatureEncoding.From(table.Without("price"), new EncodingOptions { MissingNumbers = MissingNumbers.Mean });

        Dataset data = Dataset.From(table, encoding, target: "price");

        data.FeatureNames.Should().Contain("city=Rome");
        data.Features(1)[data.FeatureNames.IndexOf("rooms")].Should().Be(2); // (1 + 3 + 2) / 3
    }

    [Fact]
    public void ToCsvTable_InfinityOrAColumnWithoutText_IsRefused()
    {
        Action infinity = () => new ListView([1, double.NegativeInfinity]).ToCsvTable();
        Action unknown = () => new ListView([1]).ToCsvTable(["z"]);

        infinity.Should().Throw<InvalidDataException>().WithMessage("Row 1, column 'x' is -Infinity*");
        unknown.Should().Throw<ArgumentException>().WithMessage("There is no column 'z': the view has 'x', 'y'.*");
    }
}
