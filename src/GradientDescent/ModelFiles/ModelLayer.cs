using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>A layer of a network in a model file.</summary>
internal sealed record ModelLayer
{
    public required string Activation { get; init; }

    public required string Initialization { get; init; }

    public required double Dropout { get; init; }

    /// <summary>The weights, a row for each unit.</summary>
    [JsonConverter(typeof(NumberRowsConverter))]
    public required double[][] Weights { get; init; }

    /// <summary>The biases, one for each unit.</summary>
    [JsonConverter(typeof(NumberArrayConverter))]
    public required double[] Biases { get; init; }

    /// <summary>The layers of a fitted network.</summary>
    public static ModelLayer[] Of(FeedForwardNetwork network)
    {
        ImmutableArray<ParameterBlock> blocks = network.Layout(network.FeatureCount).Blocks;
        return [.. network.Layers.Select((layer, l) => Of(layer, blocks[2 * l], blocks[2 * l + 1], network.Parameters))];
    }

    /// <summary>A network with the layers of a document that has been checked, without its parameters.</summary>
    public static FeedForwardNetwork ToNetwork(string task, ModelLayer[] layers) => new(
        Enum.Parse<ModelTask>(task),
        [.. layers.Select(layer => new DenseLayer(layer.Weights.Length, Enum.Parse<Activation>(layer.Activation))
        {
            Initialization = Enum.Parse<WeightInitialization>(layer.Initialization),
            Dropout = layer.Dropout,
        })]);

    /// <summary>The parameters of all layers, in the order of the network's layout.</summary>
    public static ImmutableArray<double> Parameters(ModelLayer[] layers)
    {
        int count = layers.Sum(layer => layer.Weights.Sum(row => row.Length) + layer.Biases.Length);
        ImmutableArray<double>.Builder all = ImmutableArray.CreateBuilder<double>(count);
        foreach (ModelLayer layer in layers)
        {
            foreach (double[] row in layer.Weights)
                all.AddRange(row);
            all.AddRange(layer.Biases);
        }

        return all.MoveToImmutable();
    }

    private static ModelLayer Of(
        DenseLayer layer, ParameterBlock weights, ParameterBlock biases, ImmutableArray<double> parameters) => new()
        {
            Activation = layer.Activation.ToString(),
            Initialization = layer.Initialization.ToString(),
            Dropout = layer.Dropout,
            Weights = [.. Enumerable.Range(0, weights.Rows).Select(
            unit => parameters.AsSpan(weights.Start + unit * weights.Columns, weights.Columns).ToArray())],
            Biases = biases.Of(parameters.AsSpan()).ToArray(),
        };
}
