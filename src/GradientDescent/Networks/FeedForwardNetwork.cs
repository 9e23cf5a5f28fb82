using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A network of dense layers: each layer computes f(W·x + b) from the outputs x of the layer before.</summary>
/// <remarks>
/// <para>
/// The outputs of the last layer are the scores. The blocks of parameters are <c>layer1.weight</c> (a row for each unit, a column for each
/// input), <c>layer1.bias</c>, <c>layer2.weight</c> and so on. Features are not scaled inside: give columns of about the same size, for
/// example standardized ones.
/// </para>
/// <para>
/// Products of matrices are computed in the precision of the features, in float about twice as fast: see
/// <see cref="Dataset.WithPrecision"/>. Parameters, losses and updates are in double. Each number of a product is one chain of fused
/// multiply-adds, so results have the same bits on any number of threads and on processors with other vectors.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.From([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]);   // exactly one of two
/// var network = new FeedForwardNetwork(ModelTask.BinaryClassification, new DenseLayer(8, Activation.Tanh), new DenseLayer(1));
/// new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 500 }).Fit(network, data);
/// Console.WriteLine($"{network.PredictClass(0, 0)} {network.PredictClass(0, 1)} {network.PredictClass(1, 1)}");   // 0 1 0
/// </code></example>
public sealed partial class FeedForwardNetwork : ParametricModel
{
    // Measured: longer blocks are hardly faster; shorter ones have a gradient each, which takes longer to add.
    private const int RowsOfBlock = 128;

    /// <summary>Creates a network without parameters, to be fitted.</summary>
    /// <param name="task">The meaning of the scores.</param>
    /// <param name="layers">
    /// The layers, at least one. The last one has a unit for each score: 1 for <see cref="ModelTask.BinaryClassification"/>, the number of
    /// classes for <see cref="ModelTask.Classification"/>, one or more for each target of a regression. It has no dropout.
    /// </param>
    /// <exception cref="ArgumentException">There is no layer, or the last one has a wrong number of units or dropout.</exception>
    public FeedForwardNetwork(ModelTask task, params ReadOnlySpan<DenseLayer> layers)
        : base(Guard.Defined(task), layers.IsEmpty ? throw NoLayer() : Guard.NotNull(layers[^1], nameof(layers)).Units)
    {
        foreach (DenseLayer layer in layers)
            ArgumentNullException.ThrowIfNull(layer, nameof(layers));
        if (layers[^1].Dropout > 0)
            throw Guard.Invalid(nameof(layers), $"The last layer has dropout {layers[^1].Dropout}: scores cannot be left out.");
        if (task == ModelTask.BinaryClassification && OutputCount != 1)
            throw Guard.Invalid(nameof(layers), $"The last layer has {OutputCount} units: a binary classification has one score.");
        if (task == ModelTask.Classification && OutputCount < 2)
            throw Guard.Invalid(nameof(layers), $"The last layer has 1 unit: a classification has a score for each of at least 2 classes.");
        Layers = [.. layers];
    }

    /// <summary>The layers, from the first to the last.</summary>
    public ImmutableArray<DenseLayer> Layers { get; }

    internal override string Identity => $"{nameof(FeedForwardNetwork)} {Task} [{string.Join("; ", Layers)}]";

    /// <summary>The weights and the biases of each layer, layer after layer.</summary>
    /// <inheritdoc/>
    public override ParameterLayout Layout(int columnCount)
    {
        int inputs = Guard.AtLeast(columnCount, 1);
        var blocks = new ParameterBlock[2 * Layers.Length];
        for (int l = 0; l < Layers.Length; l++)
        {
            blocks[2 * l] = new ParameterBlock(Format.Text($"layer{l + 1}.weight"), Layers[l].Units, inputs);
            blocks[2 * l + 1] = new ParameterBlock(Format.Text($"layer{l + 1}.bias"), Layers[l].Units, role: ParameterRole.Bias);
            inputs = Layers[l].Units;
        }

        return new(blocks);
    }

    /// <summary>Writes random weights, each layer's by its <see cref="DenseLayer.Initialization"/>, and biases of 0.</summary>
    /// <inheritdoc/>
    public override void Initialize(Span<double> parameters, long seed)
    {
        var random = new CounterRandom(seed, stream: -2);
        int place = parameters.Length;
        for (int l = Layers.Length - 1; l >= 0; l--)
        {
            int units = Layers[l].Units, inputs = l > 0 ? Layers[l - 1].Units : place / units - 1;
            place -= units * (inputs + 1);
            double bound = Layers[l].InitialBound(inputs);
            for (int i = place; i < place + units * inputs; i++)
                parameters[i] = bound * random.Symmetric(i);
            parameters.Slice(place + units * inputs, units).Clear();
        }
    }

    /// <inheritdoc/>
    public override int BatchRows(int columnCount) => RowsOfBlock;

    /// <inheritdoc/>
    public override int ScratchLength(int rowCount, int columnCount) => Math.Max(
        new NetworkShape<double>(Layers, rowCount, columnCount).Length,
        (new NetworkShape<float>(Layers, rowCount, columnCount).Length + 1) / 2);

    /// <summary>Returns the task, the layers, and the number of features if the network has been fitted.</summary>
    public override string ToString()
    {
        string features = IsFitted ? Format.Count(FeatureCount, "feature") : "not fitted";
        return $"{nameof(FeedForwardNetwork)}, {Task}, {string.Join(" → ", Layers)}, {features}";
    }

    private protected override void PredictRows(
        ReadOnlySpan<double> parameters, in FeatureRows rows, Span<double> scores, Span<double> scratch)
    {
        if (rows.IsInFloat)
        {
            RowView<float> narrow = rows.InFloat;
            Predict(parameters, in rows, in narrow, scores, scratch);
            return;
        }

        rows.ReadInDouble(out RowView<double> wide);
        Predict(parameters, in rows, in wide, scores, scratch);
    }

    private protected override void AddRowGradients(ReadOnlySpan<double> parameters, in FeatureRows rows,
        ReadOnlySpan<double> derivatives, Span<double> gradient, Span<double> scratch)
    {
        if (rows.IsInFloat)
        {
            RowView<float> narrow = rows.InFloat;
            ProductsFor<float>(rows.Count, rows.ColumnCount, scratch).Backward(parameters, in narrow, derivatives, gradient);
            return;
        }

        rows.ReadInDouble(out RowView<double> wide);
        ProductsFor<double>(rows.Count, rows.ColumnCount, scratch).Backward(parameters, in wide, derivatives, gradient);
    }

    private void Predict<T>(
        ReadOnlySpan<double> parameters, in FeatureRows features, in RowView<T> rows, Span<double> scores, Span<double> scratch)
        where T : unmanaged
    {
        NetworkProducts<T> products = ProductsFor<T>(rows.Count, rows.ColumnCount, scratch);
        products.Forward(parameters, in features, in rows);
        products.CopyScores(scores);
    }

    private NetworkProducts<T> ProductsFor<T>(int rowCount, int columnCount, Span<double> scratch) where T : unmanaged =>
        new(Layers, new NetworkShape<T>(Layers, rowCount, columnCount), MemoryMarshal.Cast<double, T>(scratch));

    private static ArgumentException NoLayer() => Guard.Invalid("layers", $"There is no layer: at least one is needed.");
}
