using System.Text;

namespace GradientDescent.Tests.Tables;

/// <summary>Points that are decimal points in one country and stand between thousands in another.</summary>
public sealed class PointNumberNotationTests
{
    [Theory]
    [InlineData(';', "250", "1.250", "2.250", "1.250", 1250)]
    [InlineData(';', "12.844", "2.107", "100.000", "12.844", 12844)] // no whole number
    [InlineData(';', "7", "1.250", "12", "1.250", 1250)]
    [InlineData('\t', "980", "12.500", "100.000", "12.500", 12500)]
    [InlineData(';', "-1.250", "-300", "7", "-1.250", -1250)]
    [InlineData(';', "NA", "100", "999.999", "999.999", 999999)]
    public void Numbers_PointsBesideWholeNumbers_NamesBothReadings(
        char delimiter, string first, string second, string third, string ambiguous, double grouped)
    {
        string text = $"a{delimiter}x\n1{delimiter}{first}\n20{delimiter}{second}\n3{delimiter}{third}\n";
        var options = new CsvOptions { Delimiter = delimiter };
        CsvTable table = Read(text, options);
        string message = FormattableString.Invariant(
            $"data.csv, line *, column 'x': '{ambiguous}' can be read in two ways*ThousandsSeparator = '.' }} reads it as {grouped}; ")
            + "CsvOptions { DecimalSeparator = '.' } reads it as *";

        FluentActions.Invoking(() => table.Numbers("x")).Should().Throw<InvalidDataException>().WithMessage(message);
        FluentActions.Invoking(() => Filled(table)).Should().Throw<InvalidDataException>()
            .WithMessage(message);
        if (first != "NA")
        {
            FluentActions.Invoking(() => FromCsv(text, options)).Should().Throw<InvalidDataException>().WithMessage(message);
            CsvOptions point = options with { DecimalSeparator = '.' };
            CsvOptions comma = options with { DecimalSeparator = ',', ThousandsSeparator = '.' };
            Read(text, point).Numbers("x").Should().Contain(grouped / 1000);
            Read(text, comma).Numbers("x").Should().Contain(grouped);
            FromCsv(text, point).SampleCount.Should().Be(3);
        }
    }

    // The digit of a mark is no part of the number.
    [Theory]
    [InlineData("1.250 m2", "500 m2", 1250)]
    [InlineData("1.250m3", "500m3", 1250)]
    [InlineData("-12.500 CO2", "500 CO2", -12500)]
    [InlineData("1.250 €", "500 €", 1250)]
    [InlineData("(1.250)", "500", -1250)]
    [InlineData("1.250%", "500%", 12.5)]
    public void Numbers_PointsInNumbersWithMarks_NamesBothReadings(string first, string second, double grouped)
    {
        string text = $"a;x\n1;{first}\n2;{second}\n";
        var options = new CsvOptions { Delimiter = ';', Marks = ["m2", "m3", "CO2", "€", "()", "%"] };
        string message = FormattableString.Invariant(
            $"data.csv, line 2, column 'x': '{first}' can be read in two ways*reads it as {grouped};*");

        FluentActions.Invoking(() => Read(text, options).Numbers("x")).Should().Throw<InvalidDataException>().WithMessage(message);
        FluentActions.Invoking(() => FromCsv(text, options)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Theory]
    [InlineData("1.250e3", 1250)]
    [InlineData("1.250E-3", 0.00125)]
    [InlineData("1.2505 m2", 1.2505)]
    [InlineData("1.25 m2", 1.25)]
    public void Numbers_DecimalPointsInNumbersWithMarks_AreRead(string field, double expected) =>
        Read($"a;x\n1;{field}\n2;500\n", new CsvOptions { Delimiter = ';', Marks = ["m2"] }).Numbers("x").Should().Equal(expected, 500);

    [Theory]
    [InlineData('\t', "1.250", "1.375", "2.500")] // no whole number
    [InlineData(',', "1.250", "1.375", "2.500")]
    [InlineData(';', "1.250", "2.5", "250")]
    [InlineData(';', "0.125", "1.250", "250")]
    [InlineData('\t', "1.250", "12", "7")] // small whole numbers
    [InlineData(';', "1234.567", "1.250", "250")]
    [InlineData(';', ".125", "1.250", "250")]
    [InlineData(',', "1.250", "250", "100")]
    public void Numbers_PointsThatAreDecimal_AreRead(char delimiter, string first, string second, string third)
    {
        string text = $"a{delimiter}x\n1{delimiter}{first}\n20{delimiter}{second}\n3{delimiter}{third}\n";
        var options = new CsvOptions { Delimiter = delimiter };

        Read(text, options).Numbers("x").Should().Equal(
            new[] { first, second, third }.Select(field => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture)));
        FromCsv(text, options).SampleCount.Should().Be(3);
    }

    [Fact]
    public void Numbers_AnotherColumnHasDecimalPoints_AreRead()
    {
        const string Text = "a;x\n1.5;250\n2.5;1.250\n";

        Read(Text, new CsvOptions { Delimiter = ';' }).Numbers("x").Should().Equal(250, 1.25);
        FromCsv(Text, new CsvOptions { Delimiter = ';' }).Targets(1)[0].Should().Be(1.25);
    }

    // The price is 2.5: the points of this file are decimal, whether the price is a feature or the target.
    [Theory]
    [InlineData("price")]
    [InlineData("id")]
    public void From_ARemovedColumnHasDecimalPoints_ReadsThePoints(string removed)
    {
        CsvTable table = Read("id;x;price\n0.1;1.500;2.5\n0.2;500;3.5\n", new CsvOptions { Delimiter = ';' }).Without(removed);

        FeatureEncoding.From(table).Encode(table).Select(row => row[table.Headers.IndexOf("x")]).Should().Equal(1.5, 500);
        table.Without("id" == removed ? "price" : "id").Numbers("x").Should().Equal(1.5, 500);
    }

    [Fact]
    public void SuggestOptions_DecimalCommasBesidePointsBetweenThousands_NamesBoth()
    {
        CsvTable table = Read("a;x\n1,5;250\n2,5;1.250\n", new CsvOptions { Delimiter = ';' });

        table.SuggestOptions("a").Should().Equal(
            new CsvOptions { Delimiter = ';', DecimalSeparator = ',', ThousandsSeparator = '.' });
    }

    [Theory]
    [InlineData("\u0661\u0662\u0663")] // Arabic digits
    [InlineData("\uFF11\uFF12\uFF13")] // full width
    [InlineData("\u00BD")] // one half
    [InlineData("\u2167")] // the Roman number eight
    [InlineData("\U0001D7CF")] // a mathematical digit
    [InlineData("#12")]
    public void SuggestOptions_NumberOfAnotherScript_IsNoWordForAMissingValue(string field) =>
        Read($"x\n1\n2\n3\n{field}\n", new CsvOptions()).SuggestOptions("x").Should().BeEmpty();

    private static CsvTable Read(string text, CsvOptions options)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvTable.Read(file, "data.csv", options);
    }

    private static Dataset FromCsv(string text, CsvOptions options)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Dataset.FromCsv(file, "data.csv", ["x"], options);
    }

    private static FeatureEncoding Filled(CsvTable table) =>
        FeatureEncoding.From(table, new EncodingOptions { MissingNumbers = MissingNumbers.Mean });
}
