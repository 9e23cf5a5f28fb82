using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Data;

public sealed class DatasetCsvTests
{
    private static Dataset Read(string text, string target = "y", CsvOptions? options = null) =>
        Read(Encoding.UTF8.GetBytes(text), [target], options);

    private static Dataset Read(byte[] bytes, string[] targets, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return Dataset.FromCsv(stream, "pay.csv", targets, options);
    }

    /// <summary>The same two samples, written in different ways.</summary>
    public static TheoryData<string, string, CsvOptions> SameTable => new()
    {
        { "plain", "a,b,y\n1.5,-2,3\n4e2,0.25,-6\n", new() },
        { "CRLF", "a,b,y\r\n1.5,-2,3\r\n4e2,0.25,-6\r\n", new() },
        { "no line end at the end", "a,b,y\n1.5,-2,3\n4e2,0.25,-6", new() },
        { "byte-order mark", "\uFEFFa,b,y\n1.5,-2,3\n4e2,0.25,-6\n", new() },
        { "quoted", "\"a\",\"b\",\"y\"\n\"1.5\",-2,\"3\"\n4e2,\"0.25\",-6\n", new() },
        { "spaces", "a,b,y\n 1.5,-2 ,3\n4e2, 0.25 ,-6\n", new() },
        { "blank lines at the end", "a,b,y\n1.5,-2,3\n4e2,0.25,-6\n\n\n", new() },
        { "signs and exponents", "a,b,y\n+1.5E+0,-0.2e1,3\n4E2,2.5e-1,-6\n", new() },
        { "semicolon and comma", "a;b;y\n1,5;-2;3\n4e2;0,25;-6\n", new() { Delimiter = ';', DecimalSeparator = ',' } },
        { "tab", "a\tb\ty\n1.5\t-2\t3\n4e2\t0.25\t-6\n", new() { Delimiter = '\t' } },
        { "target in the middle", "a,y,b\n1.5,3,-2\n4e2,-6,0.25\n", new() },
    };

    [Theory]
    [MemberData(nameof(SameTable))]
    public void FromCsv_WrittenAnyWay_ReadsTheSameNumbers(string how, string text, CsvOptions options)
    {
        Dataset data = Read(text, "y", options);

        data.FeatureNames.Should().Equal(["a", "b"], how);
        data.TargetNames.Should().Equal("y");
        data.HasWeights.Should().BeFalse();
        data.SampleCount.Should().Be(2);
        data.Features(0).ToArray().Should().Equal(1.5, -2);
        data.Features(1).ToArray().Should().Equal(400, 0.25);
        (data.Targets(0)[0], data.Targets(1)[0]).Should().Be((3, -6));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void FromCsv_ByteOrderMark_DecidesTheEncoding(string encoding)
    {
        var with = Encoding.GetEncoding(encoding);

        Dataset data = Read([.. with.GetPreamble(), .. with.GetBytes("größe,y\n1.5,2\n")], ["y"]);

        data.FeatureNames.Should().Equal("größe");
        data.Features(0)[0].Should().Be(1.5);
    }

    [Fact]
    public void FromCsv_SeveralTargets_KeepsTheirOrder()
    {
        Dataset data = Read("u,x,v\n1,2,3\n4,5,6\n"u8.ToArray(), ["v", "u"]);

        data.TargetNames.Should().Equal("v", "u");
        data.FeatureNames.Should().Equal("x");
        data.Targets(1).ToArray().Should().Equal(6, 4);
    }

    [Fact]
    public void FromCsv_WeightsColumn_IsNoFeature()
    {
        Dataset data = Read("w,x,y\n2,1,3\n0,1,3\n0.5,1,3\n", "y", new() { Weights = "w" });

        data.FeatureNames.Should().Equal("x");
        Enumerable.Range(0, 3).Select(data.Weight).Should().Equal(2, 0, 0.5);
    }

    [Fact]
    public void FromCsv_UnderAnotherCulture_ReadsTheSameNumbers()
    {
        // A German reader would take the point for a thousands separator: 15 for 1.5.
        double first = Cultures.Under("de-DE", () => Read("x,y\n1.5,2\n").Features(0)[0]);

        first.Should().Be(1.5);
    }

    [Fact]
    public void FromCsv_Path_ReadsTheFile()
    {
        Dataset data = Dataset.FromCsv(TestData.PathOf("iris.csv"), "target");

        data.ToString().Should().Be("150 samples, 4 features, 1 target");
        data.Features(0).ToArray().Should().Equal(5.1, 3.5, 1.4, 0.2);
        data.FeatureNames[1].Should().Be("sepal_width");
        Enumerable.Range(0, 150).GroupBy(i => data.Targets(i)[0]).Select(group => (group.Key, group.Count()))
            .Should().Equal((0, 50), (1, 50), (2, 50));
    }

    [Fact]
    public void FromCsv_EveryDigit_IsTheNearestDouble()
    {
        // 17 digits name a double; half-way cases go to even: 9007199254740993 lies between ..992 and ..994.
        Dataset data = Read("x,y\n0.1000000000000000055511151231257827,9007199254740993\n4.9406564584124654e-324,1.7976931348623157e308\n");

        data.Features(0)[0].Should().Be(0.1);
        data.Targets(0)[0].Should().Be(9007199254740992);
        data.Features(1)[0].Should().Be(double.Epsilon);
        data.Targets(1)[0].Should().Be(double.MaxValue);
    }

    [Fact]
    public void FromCsv_Stream_IsLeftOpen()
    {
        using var stream = new MemoryStream("x,y\n1,2\n"u8.ToArray());

        Dataset.FromCsv(stream, "pay.csv", ["y"]);

        stream.CanRead.Should().BeTrue();
    }

    [Fact]
    public void FromCsv_ThousandsOfRows_ReadsThemAll() // several of the reader's buffers
    {
        string text = "x,y\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => FormattableString.Invariant($"{i}.5,{-i}\n")));

        Dataset data = Read(text);

        data.SampleCount.Should().Be(50_000);
        Enumerable.Range(0, 50_000).Select(i => data.Features(i)[0]).Should().Equal(Enumerable.Range(0, 50_000).Select(i => i + 0.5));
        Enumerable.Range(0, 50_000).Select(i => data.Targets(i)[0]).Should().Equal(Enumerable.Range(0, 50_000).Select(i => -(double)i));
    }
}
