using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Checkpoints;

/// <summary>States that could not be read back are not written, and files that are made to need much memory are refused.</summary>
public sealed class UnwritableStateTests : IDisposable
{
    private static readonly Dataset _data = Dataset.From([1.0, 2, 3, 4, 5], [2.0, 4, 6, 8, 11]);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, OptimizerState> Unwritable
    {
        get
        {
            var empty = new OptimizerState("Own", 0);
            var nested = new OptimizerState("Own", 0, inner: [KeyValuePair.Create("b", empty)]);
            return new()
            {
                { "have 16778", new("Own", 0, [KeyValuePair.Create(new string('n', 1 << 24), 1.0)]) },
                { "have 67110", new(new string('n', 1 << 25), 0) },
                { "Infinity", new("Own", 0, [KeyValuePair.Create("a", double.PositiveInfinity)]) },
                { "is not valid Unicode", new("Own", 0, [KeyValuePair.Create("\ud800", 1.0)]) },
                { "is not valid Unicode", new("\udc00", 0) },
                { "step count", new("Own", (1L << 53) + 1) },
                { "is for 3 parameters", new("Own", 0, length: 3) },
                { "is for 3 parameters", new("Own", 0, inner: [KeyValuePair.Create("a", new OptimizerState("In", 0, length: 3))]) },
                { "precision", new("Own", 0, precision: NumericPrecision.Single) },
                { "line break", new("Own", 0, inner: [KeyValuePair.Create("a\nb", empty)]) },
                { "not be empty", new("Own", 0, inner: [KeyValuePair.Create("", empty)]) },
                { "two entries", new("Own", 0, inner: [KeyValuePair.Create("a", nested), KeyValuePair.Create("a.inner.b", empty)]) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void AStateThatCouldNotBeRead_IsNotWritten(string why, OptimizerState state)
    {
        TrainingResult result = Fit(state, new() { MaxSteps = 3, CheckpointFile = Path });

        result.Steps.Should().Be(3);
        result.Note.Should().StartWith("The last checkpoint could not be written: ").And.Contain(why);
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void TheLongestNameThatIsWritten_IsRead()
    {
        var state = new OptimizerState("Own", 0, [KeyValuePair.Create(new string('n', (1 << 24) - 10_000), 1.0)]);

        Fit(state, new() { MaxSteps = 3, CheckpointFile = Path }).Note.Should().BeNull();

        Fit(state, new() { MaxSteps = 5, ResumeFrom = Path }).Steps.Should().Be(5);
    }

    [Theory]
    [InlineData("{\"strings\":{\"\\ud800\":\"\"},\"counts\":{},\"numbers\":{},\"vectors\":{}}")]
    [InlineData("{\"strings\":{\"a\":\"\\udc00\"},\"counts\":{},\"numbers\":{},\"vectors\":{}}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"strings\":{\"a\":\"\"},\"counts\":{},\"numbers\":{},\"vectors\":{\"\\udc00\":0}}")]
    [InlineData("\uFEFF{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"strings\":{},\"counts\":{\"a\":1e400},\"numbers\":{},\"vectors\":{}}")]
    [InlineData("{\"strings\":[],\"counts\":{},\"numbers\":{},\"vectors\":{}}")]
    public void AHeaderThatIsNoText_IsRefused(string header) =>
        RefusalOf(Encoding.UTF8.GetBytes(header)).Should().BeOfType<CheckpointFormatException>()
            .Which.Message.Should().StartWith("'run.checkpoint' cannot be used: ");

    public static TheoryData<string> Greedy =>
        ["strings", "counts", "numbers", "vectors", "sections", "one long name", "one long string", "depth", "twice"];

    [Theory]
    [MemberData(nameof(Greedy))]
    public void Reading_NeedsASmallMultipleOfTheFile(string kind)
    {
        const int Size = 2_000_000;
        string Entries(string value) => string.Join(',', Enumerable.Range(0, Size / 10).Select(i => $"\"{i:x}\":{value}"));
        string Header(string strings = "", string counts = "", string numbers = "", string vectors = "") =>
            $"{{\"strings\":{{{strings}}},\"counts\":{{{counts}}},\"numbers\":{{{numbers}}},\"vectors\":{{{vectors}}}}}";
        byte[] header = Encoding.UTF8.GetBytes(kind switch
        {
            "strings" => Header(strings: Entries("\"\"")),
            "counts" => Header(counts: Entries("1")),
            "numbers" => Header(numbers: Entries("1")),
            "vectors" => Header(vectors: Entries("0")),
            "sections" => $"{{{Entries("1")}}}",
            "one long name" => Header(counts: $"\"{new string('n', Size)}\":-1"),
            "one long string" => Header(strings: $"\"run.optimizer\":\"{new string('<', Size)}\""),
            "depth" => new string('[', Size),
            _ => Header(counts: string.Join(',', Enumerable.Repeat("\"a\":1", Size / 6))),
        });
        Exception? refusal = null;
        RefusalOf(header);
        long allocated = AllocatedBytes.Of(() => refusal = RefusalOf(header));

        allocated.Should().BeLessThan((16 << 20) + 40L * header.Length);
        refusal.Should().Match(e => e is CheckpointFormatException || e is InvalidOperationException)
            .And.Subject.As<Exception>().Message.Length.Should().BeLessThan(1000);
    }

    private static TrainingResult Fit(OptimizerState state, TrainingOptions options) =>
        new Trainer(new StatefulOptimizer(state), options).Fit(new LinearRegression(), _data);

    private Exception? RefusalOf(byte[] header)
    {
        byte[] file = [.. "GDESCENT"u8, 1, 0, 0, 0, 0, 0, 0, 0, .. header, .. new byte[SHA256.HashSizeInBytes]];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), header.Length);
        SHA256.HashData(file.AsSpan(..^SHA256.HashSizeInBytes), file.AsSpan(^SHA256.HashSizeInBytes..));
        File.WriteAllBytes(Path, file);
        return Record.Exception(() => Fit(new OptimizerState("Own", 0), new() { ResumeFrom = Path }));
    }
}
