using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>
/// Files that are made to need much memory, or that are not text: each is refused as a model file or read, within the documented memory.
/// </summary>
public sealed class HostileModelFileTests : ModelFileFixture
{
    private const long FixedBytes = 16 << 20, BytesPerByte = 40; // the documentation of ModelFile has these numbers

    private const string Head = "{\"format\":\"GradientDescent.Model\",\"version\":1,\"kind\":";
    private const string Numbers =
        "\"labelType\":null,\"labels\":null,\"loss\":null,\"scaling\":null,\"targetScaling\":null,\"penalty\":null,";

    public static TheoryData<string, int> Greedy
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string kind in (string[])["long column", "levels", "columns", "zeros", "rows", "labels", "targets", "escapes",
                "penalty", "property", "digits", "depth", "levels of the wrong type", "twice", "many long columns", "names with ="])
            {
                cases.Add(kind, 60_000);
                cases.Add(kind, 2_000_000);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Greedy))]
    public void Reading_NeedsAtMostTheDocumentedMemory(string kind, int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(TextOf(kind, size));
        Exception? refusal = null;

        long allocated = AllocatedBytes.Of(() => refusal = Record.Exception(() => SavedModels.Load(bytes)));

        allocated.Should().BeLessThan(FixedBytes + BytesPerByte * bytes.Length);
        refusal.Should().BeOfType<ModelFormatException>("none of these files is sealed").Which.Message.Length.Should().BeLessThan(1000);
    }

    private static string TextOf(string kind, int size)
    {
        string Level(int i) => $"\"{i:x}\"";
        string Repeated(Func<int, string> part, int count) => string.Join(',', Enumerable.Range(0, count).Select(part));
        string Column(string name, string levels) => $"{{\"name\":\"{name}\",\"filling\":null,\"levels\":{levels}}}";
        string Model(
            string columns, string weights, string targets = "\"y\"", string name = "LinearRegression", string numbers = Numbers) =>
            $"{Head}\"{name}\",\"columns\":[{columns}],\"targetNames\":[{targets}],{numbers}\"intercept\":false,\"weights\":[{weights}]," +
            "\"intercepts\":[],\"sha256\":\"\"}";
        int levels = size / 10;
        return kind switch
        {
            "long column" => Model(
                Column(new string('n', size / 2), $"[{Repeated(Level, levels)}]"), $"[{Repeated(_ => "0", levels - 1)}]"),
            "levels" => Model(Column("n", $"[{Repeated(Level, levels)}]"), $"[{Repeated(_ => "0", levels - 1)}]"),
            "columns" => Model(Repeated(i => Column($"{i:x}", "null"), size / 50), $"[{Repeated(_ => "0", size / 50)}]"),
            "many long columns" => Model(
                Repeated(i => Column(new string('n', 1000) + i, $"[{Repeated(Level, 1000)}]"), size / 7000),
                $"[{Repeated(_ => "0", size / 7000 * 999)}]"),
            "names with =" => Model(Repeated(i => Column(new string('=', i), "[\"\",\"=\"]"), (int)Math.Sqrt(2 * size)), "[0]"),
            "zeros" => Model(Column("n", "null"), $"[{Repeated(_ => "0", size / 2)}]"),
            "rows" => Model(Column("n", "null"), Repeated(_ => "[]", size / 3)),
            "targets" => Model(Column("n", "null"), Repeated(_ => "[0]", size / 10), Repeated(Level, size / 10)),
            "labels" => Model(
                Column("n", "null"), Repeated(_ => "[0]", size / 14), name: "SoftmaxRegression",
                numbers: Numbers.Replace("\"labelType\":null,\"labels\":null",
                    $"\"labelType\":\"string\",\"labels\":[{Repeated(Level, size / 14)}]")),
            "escapes" => Model(Column(new string('<', size), "null"), "[0]"),
            "penalty" => Model(
                Column("n", "null"), "[0]", numbers: Numbers.Replace("\"penalty\":null", $"\"penalty\":\"{new string('<', size)}\"")
                    .Replace("ng\":null", "ng\":\"None\"").Replace("\"loss\":null", "\"loss\":\"a\"")),
            "property" => Model(Column("n", "null"), "[0]").Replace("\"sha256\"", $"\"{new string('p', size)}\""),
            "digits" => Model(Column("n", "null"), $"[{new string('7', size)}]"),
            "depth" => Model(Column("n", "null"), new string('[', size)),
            "levels of the wrong type" => Model(Column("n", $"[{Repeated(_ => "{}", size / 3)}]"), "[0]"),
            _ => Model(Column("n", "null"), "[0]").Replace("\"sha256\"", $"{Repeated(_ => "\"kind\":\"\"", size / 10)},\"sha256\""),
        };
    }

    public static TheoryData<string, byte[]> NotAModel
    {
        get
        {
            byte[] whole = SavedModels.Bytes(SavedModels.Complete().Save);
            string text = Encoding.UTF8.GetString(whole);
            var cases = new TheoryData<string, byte[]>
            {
                { "nothing", [] },
                { "white space", "  \n"u8.ToArray() },
                { "half a surrogate pair as a name", "{\"\\ud800\":1}"u8.ToArray() },
                { "the other half", "{\"a\":1,\"\\udc00\":{}}"u8.ToArray() },
                { "half a surrogate pair as the format", "{\"format\":\"\\ud800\",\"version\":1}"u8.ToArray() },
                { "two byte-order marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. whole] },
                { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)] },
                { "UTF-16, the other order", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)] },
                { "UTF-32", Encoding.UTF32.GetBytes(text) },
                { "zeros", new byte[1000] },
                { "a zero at the end", [.. whole, 0] },
                { "gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3] },
                { "a picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] },
                { "bytes that are not UTF-8", Encoding.Latin1.GetBytes(text.Replace("green", "gr\u00FCn", StringComparison.Ordinal)) },
                { "an overlong encoding", Encoding.Latin1.GetBytes(text.Replace("green", "\u00C0\u00AF", StringComparison.Ordinal)) },
                { "a CSV file", "x,y\n1,2\n"u8.ToArray() },
                { "null", "null"u8.ToArray() },
                { "two documents", [.. whole, .. whole] },
            };
            foreach (string member in (string[])["x", "c", "green", "kind", "a", "b", "string", "L1Penalty(0.5)"])
            {
                string broken = text.Replace($"\"{member}\"", "\"\\ud800\"", StringComparison.Ordinal);
                cases.Add($"half a surrogate pair for {member}", Encoding.UTF8.GetBytes(broken));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(NotAModel))]
    public void WhatIsNoModelFile_IsRefusedByName(string what, byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);

        FluentActions.Invoking(() => ModelFile.Load(Path)).Should().Throw<ModelFormatException>(what)
            .WithMessage("'model.json' cannot be used: *");
    }

    [Fact]
    public void AStringThatIsNotUnicode_IsRefusedWithItsPlace() =>
        FluentActions.Invoking(() => SavedModels.Load("{\"a\":1,\"\\udc00\":{}}"u8.ToArray())).Should().Throw<ModelFormatException>()
            .WithMessage("Its contents are not those of a model file: The string at byte 7 is not valid Unicode.");

    [Fact]
    public void Writers_RefuseWhatReadersRefuse()
    {
        string tooLong = new('n', (1 << 20) + 1);
        Refused(Dataset.From([[1.0], [2]], [1, 2], featureNames: [tooLong]), new MeanSquaredError());
        Refused(Dataset.From([[1.0], [2]], [1, 2]), new NamedLoss("\ud800"));
        Refused(Dataset.From([[1.0], [2]], [1, 2]), new NamedLoss(tooLong));
        FluentActions.Invoking(() => SavedModels.Labelled(tooLong, "b").Save(Path)).Should().Throw<NotSupportedException>();
        var large = new LinearRegression(intercept: false);
        large.SetParameters([.. new double[(1 << 25) + 1]], (1 << 25) + 1); // each number needs a line of more than eight bytes
        FluentActions.Invoking(() => large.Save(Path)).Should().Throw<NotSupportedException>().WithMessage("*33554433 weights*");
        Directory.EnumerateFileSystemEntries(Folder).Should().BeEmpty();

        void Refused(Dataset data, ILoss loss)
        {
            var model = new LinearRegression();
            new Trainer(new Adam(), new() { MaxSteps = 1 }).Fit(model, data, loss);
            FluentActions.Invoking(() => model.Save(Path, data)).Should().Throw<NotSupportedException>();
        }
    }

    /// <summary>Squared error with a name of its own, which is in the file.</summary>
    private sealed class NamedLoss(string name) : ILoss
    {
        private readonly MeanSquaredError _inner = new();

        public double Evaluate(
            ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives) =>
            _inner.Evaluate(predictions, targets, weights, derivatives);

        public override string ToString() => name;
    }
}
