using System.Text;
using FluentAssertions.Specialized;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Tables;

public sealed class DateColumnTests
{
    private static readonly DateTimeOffset _origin = new(2024, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2024-01-31", 0)]
    [InlineData("2024-03-01", 30)] // 2024 is a leap year
    [InlineData("2024/03/01", 30)]
    [InlineData("2024-03", 30)]
    [InlineData("2023-12-31", -31)]
    [InlineData("2024-02-01 12:00", 1.5)]
    [InlineData("2024-02-01T06:00:00", 1.25)]
    [InlineData("2024-02-01T18:00:00.000Z", 1.75)]
    [InlineData("2024-02-01T01:00:00+01:00", 1)]
    [InlineData(" 2024-02-01 ", 1)]
    public void Encode_IsoDate_CountsDaysInUtc(string field, double days) =>
        Encoded(new DateColumn("sold", _origin), field).Should().Equal(days);

    [Fact]
    public void Encode_AllParts_AreInTheOrderOfTheirNames()
    {
        var column = new DateColumn("sold", _origin, hasYear: true, [1, 3, 12], [DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Sunday]);

        column.FeatureNames.Should().Equal("sold.days", "sold.year", "sold=Mar", "sold=Dec", "sold=Fri", "sold=Sun");
        Encoded(column, "2024-03-01").Should().Equal(30, 2024, 1, 0, 1, 0);  // a Friday
        Encoded(column, "2024-12-01").Should().Equal(305, 2024, 0, 1, 0, 1); // a Sunday
        Encoded(column, "2025-01-06").Should().Equal(341, 2025, 0, 0, 0, 0); // a Monday
    }

    [Fact]
    public void Encode_TimeWithOffset_HasTheMonthThatIsWritten() => // in UTC it is still January
        Encoded(new DateColumn("t", null, months: [1, 2]), "2024-02-01T00:30:00+01:00").Should().Equal(1);

    [Theory]
    [InlineData("2024-02-30", "fields[0], column 'sold': '2024-02-30' is not a date such as 2024-01-31.*")]
    [InlineData("31.1.2024", "fields[0], column 'sold': '31.1.2024' is not a date such as 2024-01-31.*")]
    [InlineData("NA", "fields[0], column 'sold': the value is missing ('NA').*")]
    [InlineData("2024-05-06", "fields[0], column 'sold': '2024-05-06': May is not one of the known months: Jan, Mar.*")]
    [InlineData("2024-03-05", "fields[0], column 'sold': '2024-03-05': Tue is not one of the known days: Mon, Fri.*")]
    public void Encode_WhatIsNoKnownDate_IsRefusedByName(string field, string message)
    {
        var encoding = new FeatureEncoding(
            [new DateColumn("sold", null, months: [1, 3], weekdays: [DayOfWeek.Monday, DayOfWeek.Friday])]);

        FluentActions.Invoking(() => encoding.Encode(field)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Constructor_WhatMakesNoColumn_IsRefused()
    {
        Refused(() => new DateColumn("t", null)).WithMessage("The column 't' would have no feature*");
        Refused(() => new DateColumn("t", null, months: [4])).WithMessage("The column 't' would have no feature*");
        Refused(() => new DateColumn("t", null, months: [4, 13])).WithMessage("A month is 13: it must be from 1 to 12.*");
        Refused(() => new DateColumn("t", null, months: [4, 4])).WithMessage("A month occurs twice*");
        Refused(() => new DateColumn("t", null, weekdays: [DayOfWeek.Friday, DayOfWeek.Friday])).WithMessage("A day of the week occurs*");
        Refused(() => new DateColumn("t", null, weekdays: [DayOfWeek.Friday, (DayOfWeek)7])).WithMessage("A day of the week is 7*");
        Refused(() => new DateColumn("t", null, months: [4, 5], filling: _origin)).WithMessage("Jan is not one of the known months*");

        static ExceptionAssertions<ArgumentException> Refused(Func<DateColumn> create) =>
            FluentActions.Invoking(create).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void From_Dates_LearnsPartsFromTheTable()
    {
        CsvTable table = Table("sold,y\n2024-03-01,1\n,2\n2024-01-31,3\n2024-03-04,4\n");
        FeatureEncoding encoding = FeatureEncoding.From(table.Without("y"), new EncodingOptions
        {
            Columns = { ["sold"] = ColumnEncoding.Days | ColumnEncoding.Month | ColumnEncoding.Weekday },
            MissingNumbers = MissingNumbers.Mean,
        });

        DateColumn column = encoding.Columns.Should().ContainSingle().Which.Should().BeOfType<DateColumn>().Subject;
        column.Origin.Should().Be(_origin);
        column.Months.Should().Equal(1, 3);
        column.Weekdays.Should().Equal(DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday);
        column.Filling.Should().Be(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero)); // the median of three dates
        encoding.Encode(table).Should().BeEquivalentTo(
            (double[][])[[30, 1, 0, 1], [30, 1, 0, 1], [0, 0, 1, 0], [33, 1, 0, 0]], options => options.WithStrictOrdering());
        Cultures.Under("de-DE", column.ToString).Should().Be("sold (days since 2024-01-31, Jan Mar, Mon Wed Fri)");
    }

    [Fact]
    public void From_IsoDatesWithoutOptions_AreDays()
    {
        FeatureEncoding encoding = FeatureEncoding.From(Table("sold\n2024-03-01\n2024-01-31\n"));

        encoding.FeatureNames.Should().Equal("sold.days");
        encoding.Encode("2024-02-01").Should().Equal(1);
    }

    [Theory]
    [InlineData("31.01.2024,21.02.2024", "CsvOptions { DateFormat = \"d.M.yyyy\" } reads it as 2024-01-31.")]
    [InlineData("1/31/24,2/21/24", "CsvOptions { DateFormat = \"M/d/yy\" } reads it as 2024-01-31.")]
    [InlineData("3 Jan 2024,2 Feb 2024", "CsvOptions { DateFormat = \"d MMM yyyy\" } reads it as 2024-01-03.")]
    [InlineData("3/4/2024,5/6/2024", "CsvOptions { DateFormat = \"d/M/yyyy\" } reads it as 2024-04-03; "
        + "CsvOptions { DateFormat = \"M/d/yyyy\" } reads it as 2024-03-04.")]
    public void From_DatesOfOtherFormats_ProposesThoseThatReadAll(string dates, string proposals)
    {
        string[] fields = dates.Split(',');
        string file = $"x\n{string.Join('\n', fields)}\n";

        FluentActions.Invoking(() => FeatureEncoding.From(Table(file))).Should().Throw<InvalidDataException>()
            .WithMessage($"data.csv, line 2, column 'x': '{fields[0]}' is not a date such as 2024-01-31. {proposals}");
    }

    [Fact]
    public void From_DateFormat_ReadsTheTableAndNothingElse()
    {
        FeatureEncoding encoding = FeatureEncoding.From(Table("x\n31.1.2024\n1.3.2024\n", new() { DateFormat = "d.M.yyyy" }));

        encoding.Encode(Table("x\n1.2.2024\n", new() { DateFormat = "d.M.yyyy" })).Should().BeEquivalentTo((double[][])[[1]]);
        encoding.Encode("2024-02-01").Should().Equal(1); // programs pass dates of ISO 8601
        FluentActions.Invoking(() => encoding.Encode(Table("x\n1.2.2024\n"))).Should().Throw<InvalidDataException>()
            .WithMessage("data.csv, line 2, column 'x': '1.2.2024' is not a date such as 2024-01-31.");
    }

    [Theory]
    [InlineData("M.yyyy")]
    [InlineData("d.M")]
    [InlineData("HH:mm")]
    [InlineData("")]
    [InlineData("%")]
    public void DateFormat_WithoutYearMonthAndDay_IsRefused(string format) =>
        FluentActions.Invoking(() => new CsvOptions { DateFormat = format }).Should().Throw<ArgumentException>()
            .WithMessage($"DateFormat is '{format}': it must be a format with year, month and day*");

    private static double[] Encoded(DateColumn column, string field) => new FeatureEncoding([column]).Encode(field);

    private static CsvTable Table(string text, CsvOptions? options = null)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvTable.Read(file, "data.csv", options);
    }
}
