using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using GradientDescent.Arrow;

namespace GradientDescent.Tests.Arrow;

/// <summary>Files of other programs, and files that are damaged: each is read or refused with its name and the cause.</summary>
public sealed class ArrowFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "data.arrow");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_OfAFileOfAnotherProgram_ReadsItsColumns()
    {
        WriteForeign([1, 2, 3, 4, 5, 6], [10, 20], ["a", "b"]);

        using var file = ArrowDataset.Open(File, targets: ["y"]);

        file.Data.Features(1).ToArray().Should().Equal(4, 5, 6);
        file.Data.Targets(1).ToArray().Should().Equal(20);
        file.Data.FeatureNames.Should().Equal("x1", "x2", "x3");
    }

    [Fact]
    public void Open_OfOurFile_IsReadByApacheArrow()
    {
        ArrowDataset.Write(Dataset.From([[1, 2], [3, 4], [5, 6]], [7, 8, 9], [1, 0, 2]), File);

        using var reader = new ArrowFileReader(System.IO.File.OpenRead(File));
        RecordBatch batch = reader.ReadNextRecordBatch();

        var rows = (FixedSizeListArray)batch.Column("features");
        ((DoubleArray)rows.Values).Values.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        ((DoubleArray)batch.Column("y")).Values.ToArray().Should().Equal(7, 8, 9);
        ((DoubleArray)batch.Column("weight")).Values.ToArray().Should().Equal(1, 0, 2);
    }

    [Fact]
    public void Open_OfSeveralNumbers_AsksForTheTarget()
    {
        WriteForeign([1, 2, 3], [1], ["a"], other: true);

        Refused().WithMessage($"{File} has 2 columns of numbers besides the features: name the targets and the weights among 'y', 'z'.");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Open_OfNumbersThatAreNotFinite_NamesThePlace(double number)
    {
        WriteForeign([1, 2, 3, 4, number, 6], [10, 20], ["a", "b"]);

        Refused().WithMessage($"{File}, row 1, feature 1: the number is not finite, and every number must be.");
    }

    [Fact]
    public void Open_OfMissingColumns_NamesThem()
    {
        WriteForeign([1, 2, 3], [1], ["a"]);

        Refused(["price"]).WithMessage($"{File} has no column 'price': its columns are 'name', 'features', 'y'.");
        Refused(["name"]).WithMessage($"{File}: column 'name' is not of numbers: targets and weights are *");
    }

    [Fact]
    public void Open_OfOtherFiles_SaysWhatTheyAre()
    {
        System.IO.File.WriteAllText(File, "x,y\n1,2\n");
        Refused().WithMessage($"{File} is not an Arrow file: it does not begin with ARROW1.");
        System.IO.File.WriteAllText(File, "");
        Refused().WithMessage($"{File} is empty: it must be an Arrow file.");
        System.IO.File.WriteAllText(File, "PAR1 and more");
        Refused().WithMessage("*It is a Parquet file: convert it with ArrowDataset.ConvertParquet.");
        Action missing = () => ArrowDataset.Open(Path.Combine(_folder, "none.arrow"));
        missing.Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Open_OfACutFile_SaysThatItIsCut()
    {
        ArrowDataset.Write(ArrowDatasetTests.TableOf(100, 4, 1, weighted: false), File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);

        for (int length = 6; length < bytes.Length; length += 97)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Refused().WithMessage($"{File} is cut: it does not end with ARROW1. It was not written to its end.");
        }
    }

    // Each byte of the metadata, changed: the file is refused with its name, or it is read, if the byte did not matter.
    [Fact]
    public void Open_OfADamagedFile_NeverReadsBeyondIt()
    {
        ArrowDataset.Write(Dataset.From([[1, 2], [3, 4]], [5, 6]), File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        for (int i = 0; i < bytes.Length; i++)
        {
            foreach (byte change in new byte[] { 0x01, 0x80, 0xFF })
            {
                byte[] damaged = [.. bytes];
                damaged[i] ^= change;
                System.IO.File.WriteAllBytes(File, damaged);
                try
                {
                    using var file = ArrowDataset.Open(File);
                    file.Data.Fingerprint().Should().NotBeEmpty();
                }
                catch (Exception e) when (e is InvalidDataException)
                {
                    e.Message.Should().StartWith(File);
                }
            }
        }
    }

    [Fact]
    public void Fit_OfAFileThatIsWrittenTo_IsRefused()
    {
        ArrowDataset.Write(ArrowDatasetTests.TableOf(100, 4, 1, weighted: false), File);
        using var file = ArrowDataset.Open(File);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddMinutes(1));

        Action fit = () => new Trainer(new Adam(), new TrainingOptions { MaxEpochs = 2 }).Fit(new LinearRegression(), file.Data);

        fit.Should().Throw<IOException>().WithMessage($"{File} was written to while it was open: *");
    }

    [Fact]
    public void Open_OfTooManyRows_SaysWhatToDo() =>
        ArrowDataset.TooManyRows(3_000_000_000, "big.arrow").Message.Should().Be("big.arrow has at least 3000000000 rows: one file holds " +
            "at most 2147483647. Cut it into several files, one for each process of a job, and join them with Dataset.FromShards.");

    private FluentAssertions.Specialized.ExceptionAssertions<InvalidDataException> Refused(string[]? targets = null)
    {
        Action open = () => ArrowDataset.Open(File, targets).Dispose();
        return open.Should().Throw<InvalidDataException>();
    }

    private void WriteForeign(double[] features, double[] targets, string[] names, bool other = false)
    {
        int count = targets.Length;
        var type = new FixedSizeListType(new Field("item", DoubleType.Default, nullable: true), features.Length / count);
        Field[] fields = [new("name", StringType.Default, true), new("features", type, true), new("y", DoubleType.Default, true)];
        IArrowArray numbers = new DoubleArray.Builder().AppendRange(targets).Build();
        IArrowArray[] columns =
        [
            new StringArray.Builder().AppendRange(names).Build(),
            new FixedSizeListArray(type, count, new DoubleArray.Builder().AppendRange(features).Build(), ArrowBuffer.Empty),
            numbers,
        ];
        var schema = new Schema(other ? [.. fields, new("z", DoubleType.Default, true)] : fields, null);
        using FileStream stream = System.IO.File.Create(File);
        using var writer = new ArrowFileWriter(stream, schema);
        writer.WriteRecordBatch(new RecordBatch(schema, other ? [.. columns, numbers] : columns, count));
        writer.WriteEnd();
    }
}
