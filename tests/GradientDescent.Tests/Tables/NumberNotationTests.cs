using System.Collections.Immutable;
using System.Text;

namespace GradientDescent.Tests.Tables;

/// <summary>Numbers as spreadsheets write them: read where they have one meaning, otherwise with the suggested options.</summary>
public sealed class NumberNotationTests
{
    [Theory]
    [InlineData("\u221212", -12)] // U+2212
    [InlineData("\u00A012", 12)]
    [InlineData("12\u202F", 12)]
    [InlineData("\u20091.5\u00A0", 1.5)]
    [InlineData("\uFEFF7", 7)]
    [InlineData("9\u200B", 9)]
    [InlineData("1.5e\u22123", 0.0015)]
    [InlineData("9007199254740993", 9007199254740992)]
    public void Read_OneMeaning_NeedsNoOption(string field, double expected)
    {
        Table([field]).Numbers("x").Should().Equal(expected);
        FromCsv([field]).Features(0)[0].Should().Be(expected);
    }

    [Theory]
    [InlineData("1,234,567.5", 1234567.5)]
    [InlineData("-1,200", -1200)]
    [InlineData("12,34,567", 1234567)] // India
    [InlineData("$15", 15)]
    [InlineData("-$1,200.50", -1200.5)]
    [InlineData("15 $", 15)]
    [InlineData("(12)", -12)]
    [InlineData("($12)", -12)]
    [InlineData("$(12)", -12)]
    [InlineData("12%", 0.12)]
    [InlineData("0.1 %", 0.001)]
    [InlineData("(5%)", -0.05)]
    [InlineData("3 kg", 3)]
    [InlineData("12", 12)]
    public void NumberOf_MarksThatTheOptionsName_AreRead(string field, double expected) =>
        Table(["1"], new CsvOptions { ThousandsSeparator = ',', Marks = ["$", "%", "()", "kg"] }).NumberOf(field).Should().Be(expected);

    [Theory]
    [InlineData("1,5")]
    [InlineData("1,2000")]
    [InlineData("1234,567")]
    [InlineData(",123")]
    [InlineData("1,,234")]
    [InlineData("1.5,000")]
    [InlineData("$$5")]
    [InlineData("-$-5")]
    [InlineData("((5))")]
    [InlineData("(-5)")]
    [InlineData("5 €")]
    [InlineData("$")]
    [InlineData("1e999")]
    [InlineData("2024-01-31")]
    [InlineData("0,250")] // no number of thousands begins with 0: this is a decimal comma
    [InlineData("-0,250")]
    [InlineData("00,12,345")]
    [InlineData("$012,500")]
    public void NumberOf_OtherText_IsNoNumber(string field) =>
        Table(["1"], new CsvOptions { ThousandsSeparator = ',', Marks = ["$", "%", "()"] }).NumberOf(field).Should().BeNull();

    [Theory]
    [InlineData("1 200", 1200)]
    [InlineData("1\u00A0200\u202F300", 1200300)]
    [InlineData("1\u2009200.25", 1200.25)]
    public void NumberOf_SpaceBetweenThousands_IsAnyKindOfSpace(string field, double expected) =>
        Table(["1"], new CsvOptions { ThousandsSeparator = ' ' }).NumberOf(field).Should().Be(expected);

    public static TheoryData<string[], string[], double[]> Columns => new()
    {
        { ["1,200", "2,300,400"], ["ThousandsSeparator = ','"], [1200, 2300400] },
        { ["1,200.50", "30"], ["ThousandsSeparator = ','"], [1200.5, 30] },
        { ["1,5", "2,25"], ["DecimalSeparator = ','"], [1.5, 2.25] },
        { ["0,250", "1,125"], ["DecimalSeparator = ','"], [0.25, 1.125] },
        { ["1,250", "2,500"], ["ThousandsSeparator = ','", "DecimalSeparator = ','"], [1250, 2500] },
        { ["1.200,5", "30"], ["DecimalSeparator = ',', ThousandsSeparator = '.'"], [1200.5, 30] },
        { ["1,200", "3,400"], ["ThousandsSeparator = ','", "DecimalSeparator = ','"], [1200, 3400] },
        { ["1 200", "30"], ["ThousandsSeparator = ' '"], [1200, 30] },
        { ["1\u00A0200", "2\u202F300"], ["ThousandsSeparator = ' '"], [1200, 2300] },
        { ["1'200", "30"], ["ThousandsSeparator = '\\''"], [1200, 30] },
        { ["1\u2019200", "30"], ["ThousandsSeparator = '\\''"], [1200, 30] },
        { ["12%", "9.5%"], ["Marks = [\"%\"]"], [0.12, 0.095] },
        { ["$15", "3"], ["Marks = [\"$\"]"], [15, 3] },
        { ["15 €", "3 €"], ["Marks = [\"€\"]"], [15, 3] },
        { ["CHF 15", "CHF 3"], ["Marks = [\"CHF\"]"], [15, 3] },
        { ["£1,200.50", "£3"], ["ThousandsSeparator = ',', Marks = [\"£\"]"], [1200.5, 3] },
        { ["(12)", "13"], ["Marks = [\"()\"]"], [-12, 13] },
        { ["12 kg", "13 kg"], ["Marks = [\"kg\"]"], [12, 13] },
        { ["?", "1", "2"], ["MissingValues = [.. CsvOptions.DefaultMissingValues, \"?\"]"], [double.NaN, 1, 2] },
        { ["-", "1", "2"], ["MissingValues = [.. CsvOptions.DefaultMissingValues, \"-\"]"], [double.NaN, 1, 2] },
        { ["#DIV/0!", "1", "2"], ["MissingValues = [.. CsvOptions.DefaultMissingValues, \"#DIV/0!\"]"], [double.NaN, 1, 2] },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void SuggestOptions_ColumnInAnotherNotation_ReadsIt(string[] fields, string[] expected, double[] numbers)
    {
        CsvTable table = Table(fields);

        ImmutableArray<CsvOptions> suggested = table.SuggestOptions("x");

        suggested.Select(options => options.ToString()).Should().Equal(expected.Select(text => $"CsvOptions {{ {text} }}"));
        CsvTable again = Table(fields, suggested[0]);
        fields.Select(field => again.NumberOf(field) ?? double.NaN).Should().Equal(numbers);
        FluentActions.Invoking(() => FeatureEncoding.From(table)) // and the column is not encoded as text
            .Should().Throw<InvalidDataException>().WithMessage($"*column 'x'*CsvOptions {{ {expected[0]} }} *");
    }

    [Theory]
    [InlineData("red", "blue")]
    [InlineData("1", "2")]
    [InlineData("$15", "€12")] // two units
    [InlineData("12%", "0.5")] // with and without the mark
    [InlineData("2024-01-31", "2024-02-01")]
    [InlineData("A1", "A2")]
    [InlineData("10A", "12A")]
    [InlineData("1-2", "3-4")]
    public void SuggestOptions_NothingThatReadsTheColumn_IsEmpty(params string[] fields) =>
        Table(fields).SuggestOptions("x").Should().BeEmpty();

    [Fact]
    public void SuggestOptions_DecimalCommasBesideDecimalPoints_AreNotSuggested()
    {
        CsvTable table = Read("x,z\n\"1,5\",1.5\n\"2,5\",2.25\n");

        table.SuggestOptions("x").Should().BeEmpty();
        FluentActions.Invoking(() => table.Numbers("x")).Should().Throw<InvalidDataException>().WithMessage(
            "*'1,5' is not a finite number written with '.'. Other columns have numbers in another notation: write all numbers of the "
            + "file in the same one.");
    }

    // Beside 1.250,5 the point of 1.300 stands between thousands; and in a file with ; beside 2,5. It does not beside 2,5 in a file with
    // commas, or if another number has a decimal point.
    [Theory]
    [InlineData(',', "1.250,5", "1.300", "DecimalSeparator = ',', ThousandsSeparator = '.'", 1250.5, 1300)]
    [InlineData(';', "1.250,5", "1.300", "DecimalSeparator = ',', ThousandsSeparator = '.'", 1250.5, 1300)]
    [InlineData(';', "-1.250,50", "12.345.678", "DecimalSeparator = ',', ThousandsSeparator = '.'", -1250.5, 12345678)]
    [InlineData('\t', "2,5", "1.300", "DecimalSeparator = ',', ThousandsSeparator = '.'", 2.5, 1300)]
    [InlineData(';', "1.250,5 €", "1.300 €", "DecimalSeparator = ',', ThousandsSeparator = '.', Marks = [\"€\"]", 1250.5, 1300)]
    [InlineData(';', "1.250,5 €", "1.300", "DecimalSeparator = ',', ThousandsSeparator = '.', Marks = [\"€\"]", 1250.5, 1300)]
    [InlineData(',', "2,5", "1.300", null, 0, 0)]
    [InlineData(';', "1.250,5", "1.3", null, 0, 0)]
    [InlineData(';', "1.250,5", "0.300", null, 0, 0)]
    [InlineData(';', "1,250.5", "1.300", "ThousandsSeparator = ','", 1250.5, 1.3)]
    public void SuggestOptions_PointsThatCanBeBetweenThousandsInTheSameColumn_ReadsThemSo(
        char delimiter, string first, string second, string? expected, double one, double two)
    {
        string text = $"x\n\"{first}\"\n\"{second}\"\n\"{second}\"\n";
        CsvTable table = Read(text, new CsvOptions { Delimiter = delimiter });

        ImmutableArray<CsvOptions> found = table.SuggestOptions("x");

        string start = delimiter switch { ';' => "Delimiter = ';', ", '\t' => "Delimiter = '\\t', ", _ => "" };
        found.Select(options => options.ToString()).Should().Equal(expected is null ? [] : [$"CsvOptions {{ {start}{expected} }}"]);
        if (expected is not null)
            Read(text, found[0]).Numbers("x").Should().Equal(one, two, two);
    }

    // 6.436,99 shows that the points of another column stand between thousands too. In a file with commas nothing is read otherwise.
    [Theory]
    [InlineData("88.156", "6.436,99", true)]
    [InlineData("88.156", "-6.436,9 €", true)]
    [InlineData("88.156", "6,99", true)] // all points of the file can stand between thousands
    [InlineData("88.1", "6.436,99", false)]
    [InlineData("0.156", "6.436,99", false)]
    public void SuggestOptions_ANumberWithBothMarks_ShowsTheNotationOfOtherColumns(string plain, string shown, bool isRead)
    {
        string text = $"x;y;z\n0,5;{plain};{shown}\n1,5;{plain};{shown}\n", commas = text.Replace(",", "@", StringComparison.Ordinal)
            .Replace(";", ",", StringComparison.Ordinal);
        commas = System.Text.RegularExpressions.Regex.Replace(commas, "[^,\n]*@[^,\n]*", "\"$0\"").Replace('@', ',');
        CsvTable table = Read(text, new CsvOptions { Delimiter = ';' });

        ImmutableArray<CsvOptions> found = table.SuggestOptions("x");

        found.Select(options => options.ToString()).Should().Equal(
            isRead ? ["CsvOptions { Delimiter = ';', DecimalSeparator = ',', ThousandsSeparator = '.' }"] : []);
        if (isRead)
            Read(text, found[0]).Numbers("y").Should().Equal(88156, 88156);
        FluentActions.Invoking(() => FeatureEncoding.From(Read(commas).Without("z"))).Should().Throw<InvalidDataException>().WithMessage(
            "data.csv, line 2, column 'x': '0,5' is not a finite number written with '.'. Other columns have numbers in another "
            + "notation: *");
    }

    // A comma cannot be decimal beside 2.5, or between thousands beside 0,5: also if the other column is the target, or the weights.
    [Theory]
    [InlineData("2.5", "ThousandsSeparator = ','", 1234)]
    [InlineData("0,5", "DecimalSeparator = ','", 1.234)]
    [InlineData("12,50", "DecimalSeparator = ','", 1.234)]
    [InlineData("1,234.5", "ThousandsSeparator = ','", 1234)]
    [InlineData("1.234,5", "DecimalSeparator = ','", 1.234)]
    public void SuggestOptions_AnotherColumnShowsTheNotation_FollowsIt(string other, string expected, double number)
    {
        string text = $"x,z,w\n\"1,234\",\"{other}\",1\n\"5,678\",\"{other}\",1\n";
        string message = FormattableString.Invariant(
            $"data.csv, line 2, column 'x': *'.'. CsvOptions {{ {expected} }} reads it as {number}.");
        CsvTable table = Read(text);

        table.SuggestOptions("x").Select(options => options.ToString()).Should().Equal($"CsvOptions {{ {expected} }}");
        FluentActions.Invoking(() => FeatureEncoding.From(table)).Should().Throw<InvalidDataException>().WithMessage(message);
        FluentActions.Invoking(() => FeatureEncoding.From(table.Without("z"))).Should().Throw<InvalidDataException>().WithMessage(message);
        FluentActions.Invoking(() => FeatureEncoding.From(table.Without("w").Without("z"))).Should().Throw<InvalidDataException>()
            .WithMessage(message);
    }

    // The encoding uses x only. The column z does not matter, unless it is the target or holds the weights.
    [Fact]
    public void Encode_AColumnThatIsNotUsed_DoesNotPreventOptions()
    {
        var encoding = new FeatureEncoding([new NumericColumn("x")]);
        CsvTable table = Read("x,z\n\"1,5\",1.5\n\"2,5\",2.25\n"), weighted = Read(
            "x,z,y\n\"1,5\",1.5,1\n\"2,5\",2.25,1\n", new CsvOptions { Weights = "z" });

        FluentActions.Invoking(() => encoding.Encode(table)).Should().Throw<InvalidDataException>()
            .WithMessage("*'.'. CsvOptions { DecimalSeparator = ',' } reads it as 1.5.");
        encoding.Encode(Read("x,z\n\"1,5\",1.5\n", new CsvOptions { DecimalSeparator = ',' }))[0].Should().Equal(1.5);
        FluentActions.Invoking(() => Dataset.From(table, encoding, "z")).Should().Throw<InvalidDataException>()
            .WithMessage("*Other columns have numbers in another notation*");
        FluentActions.Invoking(() => Dataset.From(weighted, encoding, "y")).Should().Throw<InvalidDataException>()
            .WithMessage("*Other columns have numbers in another notation*");
    }

    [Fact]
    public void From_TimesOfDay_AreNoLevels() =>
        FluentActions.Invoking(() => FeatureEncoding.From(Table(["12:30", "12:20", "12:30"]))).Should().Throw<InvalidDataException>()
            .WithMessage("data.csv, line 2, column 'x': '12:30' is a date or a time, not a number; *");

    [Theory]
    [InlineData("$15", "€12", "$3")]
    [InlineData("12%", "0.5", "13%")]
    [InlineData("1.200,50", "1,200.50", "7")]
    [InlineData("\u201312", "\u201313", "\u201314")] // en dashes
    [InlineData("1_000", "2_000", "3_000")]
    [InlineData("12-", "13-", "14")]
    [InlineData("\uFF11\uFF12", "\uFF13", "5")] // digits of full width
    public void From_NumbersThatNoOptionReads_AreNoLevels(params string[] fields) =>
        FluentActions.Invoking(() => FeatureEncoding.From(Table(fields))).Should().Throw<InvalidDataException>()
            .WithMessage("*is not a finite number written with '.'; most fields of this column are such numbers.");

    [Theory]
    [InlineData("18-25")]
    [InlineData("1.2.3")]
    [InlineData("1st")]
    [InlineData("10A")]
    [InlineData("Q1")]
    public void LooksLikeNumber_LabelWithDigits_DoesNot(string label) => Table(["1"]).LooksLikeNumber(label).Should().BeFalse();

    [Theory]
    [InlineData("\u201312", "'\u201312' (U+2013 en dash)")]
    [InlineData("1\u00A02", "'1 2' (U+00A0 no-break space)")]
    [InlineData("1\t2", "'1 2' (U+0009 tab)")]
    [InlineData("\uFF11", "'\uFF11' (U+FF11 full width)")]
    [InlineData("1\u202E2", "'1\uFFFD2' (U+202E)")]
    public void Numbers_TextThatLooksLikeANumber_ShowsTheCharacter(string field, string shown) =>
        FluentActions.Invoking(() => Table([field]).Numbers("x")).Should().Throw<InvalidDataException>()
            .WithMessage($"data.csv, line 2, column 'x': {shown} is not a finite number written with '.'.");

    [Fact]
    public void IsMissing_Default_IsTheDocumentedList()
    {
        CsvTable table = Table(["1"]);

        string[] missing =
            ["", " ", "\u00A0", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "-nan", "NULL", "null", "None", " NA "];
        missing.Should().OnlyContain(word => table.IsMissing(word));
        string[] known = ["?", "-", "Na", "none", "0", "."];
        known.Should().OnlyContain(word => !table.IsMissing(word));
    }

    [Fact]
    public void MissingValues_NumberAmongThem_IsMissing()
    {
        CsvTable table = Table(["-999", "1", "3"], new CsvOptions { MissingValues = ["-999"] });

        Filled(table).Encode(table).Select(row => row[0]).Should().Equal(2, 1, 3);
        table.IsMissing("NA").Should().BeFalse();
    }

    [Fact]
    public void CsvOptions_WithEqualLists_AreEqual()
    {
        CsvOptions First() => new() { Marks = ["$"], MissingValues = ["?"] };

        First().Should().Be(First());
        First().GetHashCode().Should().Be(First().GetHashCode());
        First().Should().NotBe(First() with { Marks = ["€"] });
    }

    private static CsvTable Table(string[] fields, CsvOptions? options = null) =>
        Read("x\n" + string.Concat(fields.Select(field => $"\"{field}\"\n")), options);

    private static CsvTable Read(string text, CsvOptions? options = null) =>
        CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv", options);

    private static Dataset FromCsv(string[] fields) => Dataset.FromCsv(
        new MemoryStream(Encoding.UTF8.GetBytes("x,y\n" + string.Concat(fields.Select(field => $"\"{field}\",1\n")))), "data.csv", ["y"]);

    private static FeatureEncoding Filled(CsvTable table) =>
        FeatureEncoding.From(table, new EncodingOptions { MissingNumbers = MissingNumbers.Mean });
}
