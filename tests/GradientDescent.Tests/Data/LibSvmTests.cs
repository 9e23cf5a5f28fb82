using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Data;

/// <summary>LIBSVM files: what is read from them, and that what is written is read again with the same bits.</summary>
public sealed class LibSvmTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.svm");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("1 1:2 3:4\n-1 2:5\n", "1 [2 0 4] -1 [0 5 0]")]
    [InlineData("1 1:2 3:4\n-1 2:5", "1 [2 0 4] -1 [0 5 0]")] // no line break at the end
    [InlineData("1 0:2 3:4\n-1 2:5\n", "1 [2 0 0 4] -1 [0 0 5 0]")] // the index 0 occurs: zero-based
    [InlineData("\uFEFF+1\t1:2 \r\n\r\n  \n# comment\n 0.5 2:3#x 1:7\r\n", "1 [2 0] 0.5 [0 3]")]
    [InlineData("1\n2 1:1\n3 # none\n", "1 [0] 2 [1] 3 [0]")] // empty rows
    [InlineData("1e1 1:-0 2:+2.5E-1 3:.5 4:5. 5:0\n", "10 [0 0.25 0.5 5 0]")]
    [InlineData("2 007:9\n", "2 [0 0 0 0 0 0 9]")]
    public void FromLibSvm_ReadsSamples(string text, string expected)
    {
        Dataset data = Read(text);

        data.IsSparse.Should().BeTrue();
        Shown(data).Should().Be(expected);
    }

    [Fact]
    public void FromLibSvm_WithOptions_ReadsAsTheySay()
    {
        Shown(Read("1 1:2\n", new() { Indexing = LibSvmIndexing.ZeroBased })).Should().Be("1 [0 2]");
        Shown(Read("1 1:2\n", new() { FeatureCount = 3 })).Should().Be("1 [2 0 0]");
        Shown(Read("1 1:2\n", new() { FeatureCount = 1 })).Should().Be("1 [2]");
        Shown(Read("1 qid:7 1:2\n2 qid:8\n", new() { IgnoreQueryIds = true })).Should().Be("1 [2] 2 [0]");
        Shown(Read("-1 1:2\n+1 1:3\n1.0\n", new() { Classes = [-1, 1] })).Should().Be("0 [2] 1 [3] 1 [0]");
        Dataset single = Read("1 1:0.1\n", new() { Precision = NumericPrecision.Single });
        single.FeaturePrecision.Should().Be(NumericPrecision.Single);
        single.Features(0)[0].Should().Be(0.1f);
    }

    [Fact]
    public void LibSvmOptions_ToString_NamesWhatDiffers()
    {
        new LibSvmOptions().ToString().Should().Be("defaults");
        new LibSvmOptions
        {
            FeatureCount = 3,
            Indexing = LibSvmIndexing.OneBased,
            Classes = [-1, 1],
            IgnoreQueryIds = true,
            Precision = NumericPrecision.Single,
        }.ToString().Should().Be("3 features; OneBased; classes -1, 1; query identifiers are ignored; in Single");
    }

    [Fact]
    public void FromLibSvm_OfLongLinesAndManyLines_EqualsTheirNumbers()
    {
        // Longer than the buffer, so that lines are cut by its end: row i has the features i, i + 7, i + 14, … with the value of their
        // index.
        const int Rows = 50, Features = 40_000;
        string text = string.Concat(Enumerable.Range(0, Rows).Select(i =>
            $"{i} " + string.Join(' ', Enumerable.Range(0, Features).Where(j => j % 7 == i % 7).Select(j => $"{j + 1}:{j + 1}")) + "\n"));

        Dataset data = Read(text);

        (data.SampleCount, data.FeatureCount).Should().Be((Rows, Features));
        for (int i = 0; i < Rows; i++)
        {
            data.Targets(i)[0].Should().Be(i);
            data.Features(i).ToArray().Should().Equal(Enumerable.Range(0, Features).Select(j => j % 7 == i % 7 ? j + 1.0 : 0));
        }
    }

    [Fact]
    public void FromLibSvm_OfACompressedFile_SaysSo_AndReadsItsStream()
    {
        using (var file = new GZipStream(File.Create(_path), CompressionLevel.Fastest))
            file.Write("1 1:2 3:4\n-1 2:5\n"u8);

        FluentActions.Invoking(() => Dataset.FromLibSvm(_path)).Should().Throw<InvalidDataException>()
            .WithMessage($"{Path.GetFileName(_path)} is compressed by gzip: decompress it, or read it through a GZipStream.");
        using var stream = new GZipStream(File.OpenRead(_path), CompressionMode.Decompress);
        Shown(Dataset.FromLibSvm(stream, "data.svm.gz")).Should().Be("1 [2 0 4] -1 [0 5 0]");
    }

    [Fact]
    public void SaveLibSvm_OfAnyNumbers_IsReadWithTheSameBits() => Check.QuickThrowOnFailure(Prop.ForAll(
        NumbersOf(rows: 4, columns: 6).ToArbitrary(),
        numbers =>
        {
            Dataset sparse = Sparse(numbers);

            foreach (LibSvmIndexing indexing in (LibSvmIndexing[])[LibSvmIndexing.OneBased, LibSvmIndexing.ZeroBased])
            {
                var options = new LibSvmOptions { FeatureCount = 6, Indexing = indexing };
                Read(Written(sparse, indexing), options).Fingerprint().Should().Be(sparse.Fingerprint());
                Shown(Read(Written(Dense(numbers), indexing), options)).Should().Be(Shown(sparse));
            }
        }));

    [Fact]
    public void SaveLibSvm_OfFloats_IsReadWithTheSameBits()
    {
        var random = new System.Random(5);
        float[] values = [.. Enumerable.Range(0, 20_000)
            .Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite)];
        int[] starts = [.. Enumerable.Range(0, values.Length + 1)];
        Dataset data = Dataset.FromSparse(starts, new int[values.Length], values, 1, new double[values.Length]);

        Dataset read = Read(Written(data), new() { Precision = NumericPrecision.Single });

        read.Fingerprint().Should().Be(data.Fingerprint());
        Written(Dataset.FromSparse([0, 1], [0], [0.1f], 1, [0.1])).Should().Be("0.1 1:0.1\n");
    }

    [Fact]
    public void SaveLibSvm_ToAPath_ReplacesTheFile()
    {
        File.WriteAllText(_path, "old");

        Dataset.From([[0, 1.5], [2, 0], [0, 0]], [1, -1, 3]).SaveLibSvm(_path);

        File.ReadAllText(_path).Should().Be("1 2:1.5\n-1 1:2\n3\n");
    }

    [Fact]
    public void SaveLibSvm_OfWhatTheFormatLacks_IsRefused()
    {
        File.WriteAllText(_path, "old");
        Dataset weighted = Dataset.From([1.0, 2], [3.0, 4], [1, 2]), two = Dataset.From([[1.0]], [[2.0, 3]]);

        weighted.Invoking(data => data.SaveLibSvm(_path)).Should().Throw<NotSupportedException>().WithMessage("The samples have weights*");
        two.Invoking(data => data.SaveLibSvm(_path)).Should().Throw<NotSupportedException>().WithMessage("The samples have 2 targets*");
        Dataset.From([1.0], [2.0]).Invoking(data => data.SaveLibSvm(_path, LibSvmIndexing.Automatic)).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("indexing");
        File.ReadAllText(_path).Should().Be("old");
    }

    private static Gen<double[][]> NumbersOf(int rows, int columns) =>
        from cells in Gen.Elements(0.0, 0, 0, 1, -1, 0.1, 1e-320, -1e300, Math.PI, double.Epsilon, double.MaxValue, 1 / 3.0)
            .ArrayOf(rows * columns)
        select cells.Chunk(columns).ToArray();

    private static Dataset Dense(double[][] numbers) =>
        Dataset.From(numbers, [.. numbers.Select((row, i) => row[0] / 7 - i)]);

    private static Dataset Sparse(double[][] numbers) => Dataset.FromSparse(
        numbers.Index(),
        row => row.Item.Index().Where(cell => cell.Item != 0).Select(cell => (cell.Index, cell.Item)),
        row => row.Item[0] / 7 - row.Index,
        numbers[0].Length);

    private static string Written(Dataset data, LibSvmIndexing indexing = LibSvmIndexing.OneBased)
    {
        using var stream = new MemoryStream();
        data.SaveLibSvm(stream, indexing);
        return Encoding.ASCII.GetString(stream.ToArray());
    }

    private static Dataset Read(string text, LibSvmOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Dataset.FromLibSvm(stream, "data.svm", options);
    }

    private static string Shown(Dataset data) => string.Join(' ', Enumerable.Range(0, data.SampleCount).Select(i =>
        FormattableString.Invariant($"{data.Targets(i)[0]} [{string.Join(' ', data.Features(i).ToArray().Select(x => x == 0 ? 0 : x))}]")));
}
