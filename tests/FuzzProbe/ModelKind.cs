using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Fuzzing;

/// <summary>Model files, most of them with the hash of their contents.</summary>
internal sealed class ModelKind : IFileKind
{
    public static readonly ModelKind Instance = new();

    private static readonly string[] _rawTokens =
    [
        "1e999", "-1e999", "NaN", "-0", "00", "0x1", "1e-400", "\"\\ud800\"", "\"\\udc00\\ud800\"", "[[[[[[[[[0]]]]]]]]]",
        "{\"\\ud800\":1}",
    ];

    private readonly byte[][] _whole = [.. Whole()];
    private readonly HashSet<string> _meanings;
    private bool _isResealed;

    private ModelKind() => _meanings = [.. _whole.Select(bytes => Meaning(ModelFile.Load(new MemoryStream(bytes))))];

    public string Name => "model";

    public byte[] Damaged(Random random)
    {
        byte[] whole = _whole[random.Next(_whole.Length)], other = _whole[random.Next(_whole.Length)];
        byte[] damaged = random.Next(1000) switch
        {
            < 20 => Encoding.UTF8.GetBytes(_rawTokens[random.Next(_rawTokens.Length)]),
            20 => WithLongNames(whole, random),
            < 340 => ByteDamage.Done(whole, other, random),
            < 670 => Encoding.UTF8.GetBytes(JsonDamage.Done(JsonNode.Parse(whole)!, JsonNode.Parse(other)!, random).ToJsonString()),
            _ => WithRawToken(whole, random),
        };
        _isResealed = random.Next(5) > 0;
        return _isResealed ? Resealed(damaged) : damaged;
    }

    public bool TryRead(byte[] bytes)
    {
        ModelFile file;
        try
        {
            file = ModelFile.Load(new MemoryStream(bytes));
        }
        catch (ModelFormatException e)
        {
            BrokenPromise.If(e.Message.Length == 0, "no message");
            return false;
        }

        BrokenPromise.If(file.Model.Parameters.Any(parameter => !double.IsFinite(parameter)), "a parameter is not finite");
        BrokenPromise.If(file.FeatureNames.Length != file.Model.FeatureCount, "another number of names than of features");
        BrokenPromise.If(!_isResealed && !_meanings.Contains(Meaning(file)), "with the old hash, another model is accepted");
        byte[] saved = Saved(file.Save);
        ModelFile again = ModelFile.Load(new MemoryStream(saved));
        BrokenPromise.If(Meaning(again) != Meaning(file), "saved and read again, it is another model");
        BrokenPromise.If(!Saved(again.Save).AsSpan().SequenceEqual(saved), "saved again, the bytes are others");
        return true;
    }

    private static IEnumerable<byte[]> Whole()
    {
        double[][] rows = [[0.5, 1], [2, -1], [3.25, 0.125], [4, 1e-3]];
        yield return Saved(LinearRegression.Fit([1.0, 2, 3, 4], [0.1, 0.25, 1.0 / 3, 0.5]).Save);
        yield return Saved(LinearRegression.Fit(rows, [1.0, 2, -3, 1e7]).Save);
        yield return Saved(LogisticRegression.Fit(rows, [true, false, true, false]).Save);
        yield return Saved(SoftmaxRegression.Fit(rows, (string[])["low", "high", "low", "høy"]).Save);
        CsvTable table = CsvTable.Read(new MemoryStream("x,c,y\n1,red,a\n,green,b\n3,blue,a\n2,red,b\n"u8.ToArray()), "c.csv");
        FeatureEncoding encoding = FeatureEncoding.From(table.Without("y"), new() { MissingNumbers = MissingNumbers.Mean });
        yield return Saved(SoftmaxRegression.Fit(table, encoding, "y").Save);
        var both = new LinearRegression(outputCount: 2, intercept: false);
        var data = Dataset.From(rows, [[1.0, 2], [0, 1], [1, 1], [3, 2]]);
        new Trainer(new Adam(0.1), new() { MaxSteps = 3 }).Fit(both, data, options: new() { Penalty = new L1Penalty(0.5) });
        yield return Saved(stream => both.Save(stream, data));
        var network = new FeedForwardNetwork(
            ModelTask.Regression, new DenseLayer(3, Activation.Tanh) { Dropout = 0.25 }, new DenseLayer(2));
        new Trainer(new Adam(0.1), new() { MaxSteps = 3 }).Fit(network, data);
        yield return Saved(stream => network.Save(stream, data));
    }

    private static byte[] Saved(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    private static string Meaning(ModelFile file) => string.Join('|',
        [file.ToString(), file.LabelType, string.Join(",", file.Labels), file.Model.Method?.ToString(), file.Encoding.ToString(),
            string.Join(",", file.FeatureNames), string.Join(",", file.TargetNames), (file.Model as LinearModel)?.HasIntercept,
            .. file.Model.Parameters.Select(BitConverter.DoubleToInt64Bits)]);

    /// <summary>A column with a long name and many levels, whose features have names of both.</summary>
    private static byte[] WithLongNames(byte[] whole, Random random)
    {
        JsonNode root = JsonNode.Parse(whole)!;
        root["columns"] = new JsonArray(new JsonObject
        {
            ["name"] = new string('n', random.Next(10_000)),
            ["filling"] = null,
            ["levels"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3000)).Select(i => JsonValue.Create($"{i:x}"))]),
        });
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    /// <summary>Replaces one number or string, or inserts between two tokens.</summary>
    private static byte[] WithRawToken(byte[] whole, Random random)
    {
        string text = Encoding.UTF8.GetString(whole), token = _rawTokens[random.Next(_rawTokens.Length)];
        int at = random.Next(text.Length), end = at;
        while (at > 0 && text[at - 1] is not (' ' or '[' or ',' or ':' or '\n'))
            at--;
        while (end < text.Length && text[end] is not (',' or '\n' or ']'))
            end++;
        return Encoding.UTF8.GetBytes(text[..at] + token + text[Math.Max(at, end)..]);
    }

    /// <summary>The file with the hash of its contents if it is JSON with one: the text without spaces and with an empty hash.</summary>
    private static byte[] Resealed(byte[] bytes)
    {
        try
        {
            if (JsonNode.Parse(bytes) is not JsonObject members || !members.ContainsKey("sha256"))
                return bytes;
            members["sha256"] = "";
            members["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(members.ToJsonString())));
            return Encoding.UTF8.GetBytes(members.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return bytes; // refused before the hash is checked
        }
    }
}
