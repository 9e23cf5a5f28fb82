using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace GradientDescent.Tests.Data;

/// <summary>
/// Files with more rows than are needed to estimate the number of rows. The estimate must not change what is read, however wrong it is.
/// </summary>
public sealed class LongCsvTests
{
    private const int Rows = 20_000;

    /// <summary>The function returns the text of the feature in a row.</summary>
    public static TheoryData<string, Func<int, string>> Lengths => new()
    {
        { "rows of one length", row => (1000 + row).ToString(CultureInfo.InvariantCulture) },
        { "longer rows at the start: the estimate is too low", row => row < 1200 ? $"0.{new string('0', 90)}{row}" : $"{row % 10}" },
        { "shorter rows at the start: the estimate is too high", row => row < 1200 ? $"{row % 10}" : $"0.{new string('0', 90)}{row}" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void FromCsv_OfManyRows_ReadsEachNumber(string lengths, Func<int, string> field)
    {
        double[] features = [.. Enumerable.Range(0, Rows).Select(row => double.Parse(field(row), CultureInfo.InvariantCulture))];
        double[] targets = [.. Enumerable.Range(0, Rows).Select(row => row / 4.0)];
        double[] weights = [.. Enumerable.Range(0, Rows).Select(row => row % 3 + 0.5)];
        var expected = Dataset.From(features.Chunk(1).ToArray(), targets, weights, ["x"]);
        byte[] file = FileOf(field);
        var options = new CsvOptions { Weights = "w" };

        using var whole = new MemoryStream(file);
        using var endless = new ZLibStream(new MemoryStream(Compressed(file)), CompressionMode.Decompress); // it cannot tell its length

        Dataset.FromCsv(whole, "a.csv", ["y"], options).Fingerprint().Should().Be(expected.Fingerprint(), lengths);
        Dataset.FromCsv(endless, "a.csv", ["y"], options).Fingerprint().Should().Be(expected.Fingerprint());
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void CsvTable_OfManyRows_HasEachField(string lengths, Func<int, string> field)
    {
        using var file = new MemoryStream(FileOf(field));

        CsvTable table = CsvTable.Read(file, "a.csv");

        table.RowCount.Should().Be(Rows, lengths);
        table.Column("x").Should().Equal(Enumerable.Range(0, Rows).Select(field));
        table.Numbers("y").Should().Equal(Enumerable.Range(0, Rows).Select(row => row / 4.0));
        table["x"].Bytes(Rows - 1).ToArray().Should().Equal(Encoding.UTF8.GetBytes(field(Rows - 1)));
    }

    [Fact]
    public void FromCsv_ErrorBehindManyRows_NamesItsLine()
    {
        byte[] file = [.. FileOf(row => $"{row}"), .. "x,1,1\n"u8];
        using var stream = new MemoryStream(file);

        FluentActions.Invoking(() => Dataset.FromCsv(stream, "a.csv", ["y"])).Should().Throw<InvalidDataException>()
            .WithMessage($"a.csv, line {Rows + 2}, column 'x': 'x' is not a finite number*");
    }

    private static byte[] FileOf(Func<int, string> field) => Encoding.UTF8.GetBytes("x,y,w\n" + string.Concat(
        Enumerable.Range(0, Rows).Select(row => FormattableString.Invariant($"{field(row)},{row / 4.0},{row % 3 + 0.5}\n"))));

    private static byte[] Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var zip = new ZLibStream(target, CompressionLevel.Fastest))
            zip.Write(bytes);
        return target.ToArray();
    }
}
