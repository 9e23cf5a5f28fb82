using System.Collections.Immutable;
using System.Text.Json;

namespace GradientDescent;

// The contents as the document on disk, and back.
public sealed partial class ModelFile
{
    /// <summary>A bound that each readable file meets: a weight has a line of its own, with at least eight characters.</summary>
    private const int MaxWeights = ModelDocument.MaxBytes / 8;

    private static ModelFile Of(ModelDocument document, FeatureEncoding encoding)
    {
        (ParametricModel model, ImmutableArray<double> parameters) = document is { Task: { } task, Layers: { } layers }
            ? ((ParametricModel)ModelLayer.ToNetwork(task, layers), ModelLayer.Parameters(layers))
            : (LinearModelOf(document), ParametersOf(document));
        if (document is { Loss: { } loss, Scaling: { } scaling, TargetScaling: { } targetScaling })
        {
            var method = new FitMethod
            {
                Loss = loss,
                Scaling = Enum.Parse<FeatureScaling>(scaling),
                TargetScaling = Enum.Parse<FeatureScaling>(targetScaling),
                Penalty = document.Penalty,
            };
            model.SetParameters(parameters, encoding.FeatureCount, method);
        }
        else
        {
            model.SetParameters(parameters, encoding.FeatureCount);
        }

        return new ModelFile(model, encoding, [.. document.TargetNames])
        {
            LabelType = document.LabelType,
            Labels = [.. document.Labels ?? []],
            Variance = document.Intervals?.ToVariance(),
            Csv = document.Csv?.ToOptions(),
        };
    }

    private static LinearModel LinearModelOf(ModelDocument document) => document.Kind switch
    {
        nameof(LinearRegression) => new LinearRegression(document.Weights.Length, document.Intercept),
        nameof(LogisticRegression) => new LogisticRegression(document.Intercept),
        _ => new SoftmaxRegression(document.Weights.Length, document.Intercept),
    };

    private static ImmutableArray<double> ParametersOf(ModelDocument document)
    {
        int count = document.Weights.Sum(row => row.Length) + document.Intercepts.Length;
        ImmutableArray<double>.Builder all = ImmutableArray.CreateBuilder<double>(count);
        foreach (double[] row in document.Weights)
            all.AddRange(row);
        all.AddRange(document.Intercepts);
        return all.MoveToImmutable();
    }

    /// <summary>Throws before the names of the features are made, which would take gigabytes.</summary>
    private static void RequireFewWeights(ParametricModel model)
    {
        long count = model is LinearModel ? (long)model.FeatureCount * model.OutputCount : model.Parameters.Length;
        if (count > MaxWeights)
            throw new NotSupportedException(Format.Text(
                $"The model has {count} weights: a model file has at most {ModelDocument.MaxBytes} bytes."));
    }

    private byte[] ToBytes()
    {
        int d = Model.FeatureCount;
        LinearModel? linear = Model as LinearModel;
        var network = Model as FeedForwardNetwork;
        ImmutableArray<double> weights = linear?.Weights ?? [];
        var document = new ModelDocument
        {
            Format = ModelDocument.FormatName,
            Version = ModelDocument.CurrentVersion,
            Kind = Model.GetType().Name,
            Columns = [.. Encoding.Columns.Select(ModelColumn.Of)],
            Sparse = Encoding.IsSparse ? true : null,
            TargetNames = [.. TargetNames.Select(name => LabelText.Writable(name, "name"))],
            LabelType = LabelType,
            Labels = Labels.IsEmpty ? null : [.. Labels],
            Loss = Model.Method is { Loss: var loss } ? LabelText.Writable(loss, "loss") : null,
            Scaling = Model.Method?.Scaling.ToString(),
            TargetScaling = Model.Method?.TargetScaling.ToString(),
            Penalty = Model.Method is { Penalty: { } penalty } ? LabelText.Writable(penalty, "penalty") : null,
            Intercept = linear is { HasIntercept: true },
            Weights = [.. Enumerable.Range(0, weights.Length / d).Select(k => weights.AsSpan(k * d, d).ToArray())],
            Intercepts = linear is { HasIntercept: true } ? [.. linear.Intercepts] : [],
            Task = network?.Task.ToString(),
            Layers = network is null ? null : ModelLayer.Of(network),
            Intervals = Variance is null ? null : ModelIntervals.Of(Variance),
            Csv = Csv is null ? null : ModelCsv.Of(Csv),
            Sha256 = "",
        };
        ModelDocument complete = document with { Sha256 = document.ComputeHash() };
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(complete, ModelJson.Default.ModelDocument);
        return bytes.Length <= ModelDocument.MaxBytes
            ? bytes
            : throw new NotSupportedException(
                Format.Text($"The model needs {bytes.Length} bytes: a model file has at most {ModelDocument.MaxBytes}."));
    }
}
