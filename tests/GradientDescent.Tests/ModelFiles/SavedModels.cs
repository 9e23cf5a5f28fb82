using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.ModelFiles;

/// <summary>Models to save, and the bytes of their files.</summary>
internal static class SavedModels
{
    private static readonly double[] _awkward =
        [0.1, -0.0, double.Epsilon, double.MaxValue, -1.0 / 3, 1e-308, 123456789.123456789, Math.PI];

    /// <summary>The model with parameters that are hard to write exactly.</summary>
    public static TModel Fitted<TModel>(TModel model, int columns) where TModel : LinearModel
    {
        model.SetParameters([.. Enumerable.Range(0, model.Layout(columns).Count).Select(i => _awkward[i % _awkward.Length])], columns);
        return model;
    }

    /// <summary>A classifier of one feature.</summary>
    public static Classifier<TLabel> Labelled<TLabel>(params TLabel[] labels) where TLabel : notnull =>
        new(Fitted(new SoftmaxRegression(labels.Length), 1), labels);

    /// <summary>A classifier whose file has a value in every member.</summary>
    public static Classifier<string> Complete()
    {
        Dataset data = Dataset.From([[0.5, 0, 1], [1, 1, 0]], [[0.0], [1]], targetNames: ["kind"])
            .WithEncoding(new FeatureEncoding([new NumericColumn("x", 2.75), new CategoricalColumn("c", ["red", "green", "blue"])]));
        var model = new SoftmaxRegression(2);
        model.SetParameters(
            [0.25, 1, 2, 3, 4, 5, 6, -0.5], 3,
                new FitMethod
                {
                    Loss = "CategoricalCrossEntropy(0.1)",
                    Scaling = FeatureScaling.Standardize,
                    TargetScaling = FeatureScaling.None,
                    Penalty = "L1Penalty(0.5)"
                });
        return new Classifier<string>(model, ["a", "b"], data);
    }

    /// <summary>What is written to a stream.</summary>
    public static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    public static ModelFile Load(byte[] bytes) => ModelFile.Load(new MemoryStream(bytes));

    /// <summary>The file with the hash of its contents, where they can be parsed: the text without spaces and with an empty hash.</summary>
    public static byte[] Resealed(string text)
    {
        int start = text.LastIndexOf("\"sha256\": \"", StringComparison.Ordinal);
        if (start < 0)
            throw new InvalidOperationException("There is no hash.");
        start += "\"sha256\": \"".Length;
        int end = text.IndexOf('"', start);
        if (end < 0)
            throw new InvalidOperationException("There is no end of the hash.");
        string empty = text[..start] + text[end..];
        string compact;
        try
        {
            compact = JsonNode.Parse(empty)!.ToJsonString();
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetBytes(text); // refused before the hash is checked
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(compact)));
        return Encoding.UTF8.GetBytes(text[..start] + hash + text[end..]);
    }
}
