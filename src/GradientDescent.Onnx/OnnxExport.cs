using System.Collections.Immutable;

namespace GradientDescent.Onnx;

/// <summary>Writes fitted models as ONNX files, which ONNX Runtime runs in .NET, Python, C++, Java and a browser.</summary>
/// <remarks>
/// <para>
/// Inputs: if all columns of the model are numbers and none of them fills missing values, one matrix <c>features</c> with one row for each
/// sample and the columns in the order of <see cref="ModelFile.FeatureNames"/>. Otherwise one input of one column for each column of the
/// table, with its name: of doubles, where NaN is a missing value if the encoding fills those, or of strings. A string that is not a known
/// level is an error of ONNX Runtime; missing text is an empty string.
/// </para>
/// <para>
/// Outputs: for a regression <c>prediction</c>, a column for each target; for a classifier <c>label</c>, a string or, without labels, the
/// index of the class, and <c>probabilities</c>, a column for each class. If an input has one of these names, an underscore follows.
/// </para>
/// <para>
/// All numbers are doubles, so predictions equal the library's to rounding. The file needs the operator sets ai.onnx 17 and ai.onnx.ml 3:
/// ONNX Runtime 1.12 or later. Columns of dates cannot be exported, because ONNX has no operator that reads dates.
/// </para>
/// </remarks>
/// <example><code>
/// LinearFit fit = LinearRegression.Fit([1, 2, 3], [2.0, 4, 7]);
/// fit.SaveOnnx("line.onnx");
/// Console.WriteLine(File.Exists("line.onnx"));   // True
/// </code></example>
public static class OnnxExport
{
    /// <summary>Writes a fitted model to an ONNX file.</summary>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TMetrics">The type of the metrics.</typeparam>
    /// <param name="fit">The fit.</param>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="ArgumentException">Two features of the data have the same name.</exception>
    /// <exception cref="NotSupportedException">
    /// A column has dates, a name is not valid Unicode, or the labels of a classifier have no text form.
    /// </exception>
    public static void SaveOnnx<TModel, TMetrics>(this ModelFit<TModel, TMetrics> fit, string path) where TModel : LinearModel =>
        FileOf(fit).SaveOnnx(path);

    /// <inheritdoc cref="SaveOnnx{TModel, TMetrics}(ModelFit{TModel, TMetrics}, string)"/>
    /// <param name="fit">The fit.</param>
    /// <param name="stream">The stream to write to; left open.</param>
    public static void SaveOnnx<TModel, TMetrics>(this ModelFit<TModel, TMetrics> fit, Stream stream) where TModel : LinearModel =>
        FileOf(fit).SaveOnnx(stream);

    /// <summary>Writes the model of a model file to an ONNX file.</summary>
    /// <param name="file">The contents of a model file.</param>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="NotSupportedException">A column has dates, or the model is a network.</exception>
    public static void SaveOnnx(this ModelFile file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ToBytes(file);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <inheritdoc cref="SaveOnnx(ModelFile, string)"/>
    /// <param name="file">The contents of a model file.</param>
    /// <param name="stream">The stream to write to; left open.</param>
    public static void SaveOnnx(this ModelFile file, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes(file));
    }

    /// <summary>Returns what <c>Save</c> writes: the model with its names, labels and encoding.</summary>
    private static ModelFile FileOf<TModel, TMetrics>(ModelFit<TModel, TMetrics> fit) where TModel : LinearModel
    {
        ArgumentNullException.ThrowIfNull(fit);
        using var file = new MemoryStream();
        fit.Save(file);
        file.Position = 0;
        return ModelFile.Load(file);
    }

    private static byte[] ToBytes(ModelFile file)
    {
        if (file.Model is not LinearModel model)
            throw new NotSupportedException(
                $"The model is a {file.Model.GetType().Name}: only linear models can be written as ONNX files.");
        var graph = new OnnxGraph();
        var features = OnnxFeatures.Of(graph, file.Encoding);
        string scores = Scores(graph, model, features);
        switch (model)
        {
            case LinearRegression:
                graph.Output("prediction", OnnxType.Double, model.OutputCount, name => graph.Node("Identity", [scores], result: name));
                break;
            case LogisticRegression:
                string isPositive = graph.Node("GreaterOrEqual", [scores, graph.Constant([0.0], 1)]);
                Label(graph, file.Labels, graph.Node("Cast", [isPositive], [new("to", (long)OnnxType.Int64)]));
                string negative = graph.Node("Sigmoid", [graph.Node("Neg", [scores])]), positive = graph.Node("Sigmoid", [scores]);
                graph.Output("probabilities", OnnxType.Double, 2, name =>
                    graph.Node("Concat", [negative, positive], [new("axis", 1)], result: name));
                break;
            default:
                Label(graph, file.Labels, graph.Node("ArgMax", [scores], [new("axis", 1), new("keepdims", 0)]));
                graph.Output("probabilities", OnnxType.Double, model.OutputCount, name =>
                    graph.Node("Softmax", [scores], [new("axis", 1)], result: name));
                break;
        }

        string kind = model.GetType().Name;
        return graph.ToBytes(kind, "GradientDescent", $"{kind} of {string.Join(", ", file.TargetNames)}");
    }

    /// <summary>Adds the nodes that compute the scores of each output, and returns their name.</summary>
    private static string Scores(OnnxGraph graph, LinearModel model, OnnxFeatures features)
    {
        int outputs = model.OutputCount, columns = features.Positions.Length;
        double[] weights = new double[columns * outputs];
        for (int column = 0; column < columns; column++)
        {
            for (int output = 0; output < outputs && features.Positions[column] is { } feature; output++)
                weights[column * outputs + output] = model.Weights[output * model.FeatureCount + feature];
        }

        string products = graph.Node("MatMul", [features.Name, graph.Constant(weights, columns, outputs)]);
        return model.HasIntercept
            ? graph.Node("Add", [products, graph.Constant(model.Intercepts.AsSpan(), outputs)])
            : products;
    }

    /// <summary>Adds the output with the label of each sample.</summary>
    private static void Label(OnnxGraph graph, ImmutableArray<string> labels, string classes)
    {
        string indices = graph.Node("Reshape", [classes, graph.Constant(-1L)]);
        if (labels.IsEmpty)
        {
            graph.Output("label", OnnxType.Int64, null, name => graph.Node("Identity", [indices], result: name));
            return;
        }

        OnnxAttribute[] attributes =
        [
            new("keys_int64s", Enumerable.Range(0, labels.Length).Select(index => (long)index)),
            new("values_strings", labels),
        ];
        graph.Output("label", OnnxType.String, null, name =>
            graph.Node("LabelEncoder", [indices], attributes, OnnxGraph.MachineLearning, name));
    }
}
